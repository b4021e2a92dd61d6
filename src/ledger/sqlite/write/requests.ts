import type { RequestEnd, RequestRecord } from "../../../core/ports.ts";
import { wholeMs, dayNumberAt } from "../../units.ts";
import type { Connection } from "../db/connection.ts";
import type { SqlValue } from "../db/sql.ts";
import { packNotes, packPlan } from "./plan-codec.ts";
import { countExploration, learnOutcome, learnRequest } from "./lessons.ts";
import { addCallerSaving } from "./caller-savings.ts";
import { packEndExtras, packExtras } from "./extras.ts";
import { addRequest, type RequestFacts } from "./rollups.ts";

/** What the writing half needs to know of a stored request. */
export interface StoredRequest {
  readonly id: number;
  readonly task: number;
  /** It has ended. */
  readonly ended: boolean;
  /** It was ended on behalf of a process that seemed dead, so that its own word still counts. */
  readonly presumed: boolean;
  /** Who asked, by the number of the name; `null`: the owner. */
  readonly principal: number | null;
  /** Probability with which its plan was taken. */
  readonly propensity: number;
}

const FIND =
  "SELECT id, task, status IS NOT NULL AS ended, presumed, principal, propensity FROM requests WHERE route_id = ?";

export function findRequest(connection: Connection, routeId: string): StoredRequest | null {
  const row = connection.get<{
    id: number;
    task: number;
    ended: number;
    presumed: number;
    principal: number | null;
    propensity: number | null;
  }>(FIND, routeId);
  if (row === undefined) return null;
  const { id, task, principal, propensity } = row;
  return { id, task, principal, propensity: propensity ?? 1, ended: row.ended === 1, presumed: row.presumed === 1 };
}

const INSERT = `
  INSERT INTO requests (id, route_id, task, started_at_ms, budget_nano_usd, deadline_ms, min_quality, optimize, prompt_chars,
    prompt_sha256, plan, notes, principal, caller_tokens, propensity, extras)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  RETURNING id`;

export const PROMPT_SEQ = 0;

/** Records a request that begins. The prompt itself only when `storeText`. `id`: the number it has had in another ledger. */
export function insertRequest(
  connection: Connection,
  request: RequestRecord,
  storeText: boolean,
  id: number | null = null,
): StoredRequest {
  const { names } = connection;
  const task = names.id(request.task);
  const principal = names.idOrNull(request.principal);
  const { choice } = request;
  const row = connection.get<{ id: number }>(
    INSERT,
    id,
    request.routeId,
    task,
    wholeMs(request.startedAtMs),
    request.budgetNanoUsd,
    wholeMs(request.deadlineMs),
    request.minQuality,
    names.id(request.optimize),
    request.promptChars,
    packHash(request.promptSha256),
    packPlan(connection, request.plan, dayNumberAt(request.startedAtMs)),
    packNotes(connection, request.notes, dayNumberAt(request.startedAtMs)),
    principal,
    request.callerTokens,
    choice?.propensity ?? null,
    packExtras(request),
  );
  if (row === undefined) throw new Error(`the request ${request.routeId} was not stored`);
  if (storeText && request.promptText !== null) insertText(connection, row.id, PROMPT_SEQ, request.promptText);
  if (choice !== undefined) countExploration(connection, dayNumberAt(request.startedAtMs), choice.exploredNanoUsd);
  return { id: row.id, task, principal, propensity: choice?.propensity ?? 1, ended: false, presumed: false };
}

export function insertText(connection: Connection, request: number, seq: number, text: string): void {
  connection.run("INSERT OR REPLACE INTO texts (request, seq, text) VALUES (?, ?, ?)", request, seq, text);
}

const END = `
  UPDATE requests SET status = ?, presumed = ?, error_code = ?, verdict_status = ?, baseline_model = ?, baseline_nano_usd = ?,
    ended_at_ms = ?, latency_ms = ?, end_notes = ?, end_extras = ?,
    answer_seq = (SELECT seq FROM attempts WHERE request = requests.id AND attempt_id = ?)
  WHERE id = ?
  RETURNING task, started_at_ms, status, verdict_status, baseline_nano_usd, principal, caller_tokens,
    (SELECT model FROM attempts a WHERE a.request = requests.id AND a.seq = requests.answer_seq) AS model,
    (SELECT provider FROM attempts a WHERE a.request = requests.id AND a.seq = requests.answer_seq) AS provider,
    (SELECT success FROM outcomes o WHERE o.request = requests.id) AS success`;

/** Ends a request and counts it. Once is enough: a second end changes nothing, unless the first one was presumed. */
export function endRequest(connection: Connection, request: StoredRequest, end: RequestEnd, presumed: boolean): void {
  if (request.ended && (presumed || !request.presumed)) return;
  connection.run("DELETE FROM reservations WHERE request = ? AND settled = 1", request.id);
  const store = (): FactsRow | undefined => storeEnd(connection, request.id, end, presumed);
  // Only what has ended was counted before.
  if (request.ended) recount(connection, request.id, store);
  else {
    const stored = store();
    if (stored !== undefined) addRequest(connection, factsFrom(connection, stored), 1);
  }
  if (!presumed) addCallerSaving(connection, request.id, end);
  if (!presumed && end.seen !== undefined) learnRequest(connection, request, end.seen);
}

/** Writes how a request ended; counts nothing. */
export function storeEnd(
  connection: Connection,
  request: number,
  end: RequestEnd,
  presumed: boolean,
): FactsRow | undefined {
  const { names } = connection;
  return connection.get<FactsRow>(
    END,
    names.id(end.status),
    presumed ? 1 : 0,
    names.idOrNull(end.errorCode),
    names.idOrNull(end.verdictStatus),
    names.idOrNull(end.baselineModel),
    end.baselineNanoUsd,
    wholeMs(end.endedAtMs),
    wholeMs(end.latencyMs),
    packNotes(connection, end.notes, dayNumberAt(end.endedAtMs)),
    packEndExtras(end),
    end.attemptId,
    request,
  );
}

/** Takes a request out of the rollups, lets `change` happen to it, and counts what it is then. */
export function recount(connection: Connection, request: number, change: () => unknown): void {
  const before = requestFacts(connection, request);
  if (before !== null) addRequest(connection, before, -1);
  change();
  const after = requestFacts(connection, request);
  if (after !== null) addRequest(connection, after, 1);
}

/** An ended request with the answer that was returned and what its caller said of it, as stored. */
interface FactsRow {
  readonly task: number;
  readonly started_at_ms: number;
  readonly status: number;
  readonly verdict_status: number | null;
  readonly baseline_nano_usd: number | null;
  readonly model: number | null;
  readonly provider: number | null;
  readonly principal: number | null;
  readonly caller_tokens: number | null;
  readonly success: number | null;
}

const FACTS = `
  SELECT r.task, r.started_at_ms, r.status, r.verdict_status, r.baseline_nano_usd, r.principal, r.caller_tokens, a.model, a.provider, o.success
  FROM requests r
  LEFT JOIN attempts a ON a.request = r.id AND a.seq = r.answer_seq
  LEFT JOIN outcomes o ON o.request = r.id
  WHERE r.id = (SELECT ?) AND r.status IS NOT NULL`;

function requestFacts(connection: Connection, request: number): RequestFacts | null {
  const row = connection.get<FactsRow>(FACTS, request);
  return row === undefined ? null : factsFrom(connection, row);
}

function factsFrom({ names }: Connection, row: FactsRow): RequestFacts {
  const verdictStatus = names.ofOrNull(row.verdict_status);
  return {
    model: row.model,
    provider: row.provider,
    principal: row.principal,
    task: row.task,
    day: dayNumberAt(row.started_at_ms),
    accepted: names.of(row.status) === "accepted",
    verified: verdictStatus === "verified",
    unchecked: verdictStatus === "unchecked",
    // An answer that its caller found wrong saves nothing.
    baselineNanoUsd: row.success === 0 ? 0 : (row.baseline_nano_usd ?? 0),
    callerTokens: row.caller_tokens ?? 0,
    success: row.success === null ? null : row.success === 1,
  };
}

/** A SHA-256 in hex is stored as its 32 bytes. */
function packHash(hash: string): SqlValue {
  return /^[0-9a-f]{64}$/.test(hash) ? Buffer.from(hash, "hex") : hash;
}

export function unpackHash(column: string | Uint8Array): string {
  return typeof column === "string" ? column : Buffer.from(column).toString("hex");
}

const UPSERT = `
  INSERT INTO outcomes (request, success, note, at_ms) VALUES (?, ?, ?, ?)
  ON CONFLICT (request) DO UPDATE SET success = excluded.success, note = excluded.note, at_ms = excluded.at_ms`;

/** Stores what the caller says about an answer later; the last word counts. False when the route is unknown. */
export function recordOutcome(
  connection: Connection,
  routeId: string,
  success: boolean,
  note: string | null,
  nowMs: number,
): boolean {
  const request = findRequest(connection, routeId);
  if (request === null) return false;
  learnOutcome(connection, request, success);
  recount(connection, request.id, () => storeOutcome(connection, request.id, success, note, nowMs));
  return true;
}

/** Writes what the caller said of an answer; counts nothing and learns nothing. */
export function storeOutcome(
  connection: Connection,
  request: number,
  success: boolean,
  note: string | null,
  atMs: number,
): void {
  connection.run(UPSERT, request, success ? 1 : 0, note, wholeMs(atMs));
}
