import type { AttemptRecord } from "../../../core/attempt.ts";
import { billedOutputTokens, promptTokens } from "../../../core/usage.ts";
import { DEAD, samplesOf, shortened } from "../../common/attempt-facts.ts";
import { checkedAmount, wholeMs, wholeMsOrNull, type DayNumber } from "../../units.ts";
import { insertChecks } from "./check-results.ts";
import type { Connection } from "../db/connection.ts";
import { insertText, type StoredRequest } from "./requests.ts";
import { pushLatency } from "./latency-stats.ts";
import { pushOwnHealth } from "./own-health.ts";
import { RECENT_MS } from "../../common/bounds.ts";
import { pushRecentSamples } from "./recent-samples.ts";
import { addAttempt, type AttemptFacts } from "./rollups.ts";

/** Where an attempt belongs: what its reservation knew. */
export interface AttemptPlace {
  readonly request: number;
  readonly seq: number;
  readonly task: number;
  /** Who asked, by the number of the name; `null`: the owner. */
  readonly principal: number | null;
  readonly day: DayNumber;
  readonly reservedNanoUsd: number;
  /** Its process died, or slept past its lease, and it was settled on its behalf. */
  readonly dead: boolean;
}

const INSERT = `
  INSERT INTO attempts (request, seq, attempt_id, ordinal, model, provider, outcome, dead, day, started_at_ms, latency_ms,
    first_token_ms, reserved_nano_usd, cost_nano_usd, cost_exact, input_tokens, cache_read_tokens, cache_write_tokens,
    output_tokens, reasoning_tokens, answer_chars, verdict_status, score, basis, error_kind, error_message,
    error_status, retry_after_ms, role, judged_by)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Stores a settled attempt with verdict and checks, and counts it in the rollups and rings. */
export function insertAttempt(
  connection: Connection,
  place: AttemptPlace,
  attempt: AttemptRecord,
  storeText: boolean,
): void {
  const { names } = connection;
  const { usage, failure, verdict } = attempt;
  const { principal } = place;
  const model = names.id(attempt.model);
  const provider = names.id(attempt.provider);
  storeAttempt(connection, place, attempt, storeText);
  addAttempt(
    connection,
    {
      model,
      provider,
      principal,
      task: place.task,
      day: place.day,
      outcome: attempt.outcome,
      failure: failure === null ? null : names.id(place.dead ? DEAD : failure.kind),
      verified: verdict?.status === "verified",
      costNanoUsd: attempt.cost.nanoUsd,
      inputTokens: promptTokens(usage) ?? 0,
      outputTokens: billedOutputTokens(usage) ?? 0,
    },
    1,
  );
  pushRecent(connection, { task: place.task, model, principal }, attempt);
}

/** Writes an attempt with verdict, checks and text; counts nothing. */
export function storeAttempt(
  connection: Connection,
  place: Pick<AttemptPlace, "request" | "seq" | "day" | "reservedNanoUsd" | "dead">,
  attempt: AttemptRecord,
  storeText: boolean,
): void {
  const { names } = connection;
  const { usage, failure, verdict } = attempt;
  connection.run(
    INSERT,
    place.request,
    place.seq,
    attempt.attemptId,
    attempt.ordinal,
    names.id(attempt.model),
    names.id(attempt.provider),
    names.id(attempt.outcome),
    place.dead ? 1 : 0,
    place.day,
    wholeMs(attempt.startedAtMs),
    wholeMs(attempt.latencyMs),
    wholeMsOrNull(attempt.firstTokenMs),
    place.reservedNanoUsd,
    checkedAmount(attempt.cost.nanoUsd, "The cost of an attempt"),
    attempt.cost.exact ? 1 : 0,
    usage.inputTokens,
    usage.cacheReadTokens,
    usage.cacheWriteTokens,
    usage.outputTokens,
    usage.reasoningTokens,
    attempt.text === null ? null : attempt.text.length,
    names.idOrNull(verdict?.status ?? null),
    verdict?.score ?? null,
    names.idOrNull(verdict?.basis ?? null),
    names.idOrNull(failure?.kind ?? null),
    failure === null ? null : shortened(failure.message),
    failure?.status ?? null,
    wholeMsOrNull(failure?.retryAfterMs ?? null),
    attempt.role === "answer" ? null : names.id(attempt.role),
    names.idOrNull(verdict?.judgedBy ?? null),
  );
  insertChecks(connection, place, attempt.verdict?.checks ?? []);
  if (storeText && attempt.text !== null) insertText(connection, place.request, place.seq, attempt.text);
}

function pushRecent(
  connection: Connection,
  { task, model, principal }: Pick<AttemptFacts, "task" | "model" | "principal">,
  attempt: AttemptRecord,
): void {
  const samples = samplesOf(attempt);
  if (samples === null) return;
  const { atMs, tripped } = samples;
  if (samples.isOwn) {
    pushOwnHealth(connection, principal, model, { atMs, tripped }, atMs - RECENT_MS);
    return;
  }
  pushRecentSamples(connection, model, atMs, { health: tripped ? 1 : 0, latency: samples.latencyMs });
  if (samples.latencyMs === null) return;
  pushLatency(connection, task, model, attempt.latencyMs);
}

/**
 * Takes the record of an attempt that was settled on behalf of a dead process back out, and says where it belonged.
 * Such a record has no checks, no text and no place in the rings.
 */
export function removeDead(connection: Connection, request: StoredRequest, seq: number): AttemptPlace {
  const { names } = connection;
  const { id, task, principal } = request;
  const row = connection.get<{
    model: number;
    provider: number;
    day: number;
    cost_nano_usd: number;
    reserved_nano_usd: number;
  }>(
    "DELETE FROM attempts WHERE request = ? AND seq = ? RETURNING model, provider, day, cost_nano_usd, reserved_nano_usd",
    id,
    seq,
  );
  if (row === undefined) throw new Error(`request ${id} has no attempt ${seq}`);
  const facts: AttemptFacts = {
    model: row.model,
    provider: row.provider,
    principal,
    task,
    day: row.day,
    outcome: "failed",
    failure: names.id(DEAD),
    verified: false,
    costNanoUsd: row.cost_nano_usd,
    inputTokens: 0,
    outputTokens: 0,
  };
  addAttempt(connection, facts, -1);
  return { request: id, seq, task, principal, day: row.day, reservedNanoUsd: row.reserved_nano_usd, dead: false };
}
