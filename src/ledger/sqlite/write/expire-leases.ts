import type { RequestEnd } from "../../../core/ports.ts";
import { UNKNOWN_USAGE } from "../../../core/usage.ts";
import { insertAttempt } from "./attempts.ts";
import type { Connection } from "../db/connection.ts";
import { endRequest, findRequest } from "./requests.ts";

interface DeadReservation {
  readonly attempt_id: string;
  readonly request: number;
  readonly seq: number;
  readonly task: number;
  readonly model: number;
  readonly provider: number;
  readonly day: number;
  readonly amount_nano_usd: number;
  readonly reserved_at_ms: number;
  readonly lease_until_ms: number;
  readonly settled: number;
  readonly route_id: string;
  readonly started_at_ms: number;
}

const DEAD = `
  SELECT v.*, r.route_id, r.started_at_ms FROM reservations v JOIN requests r ON r.id = v.request
  WHERE v.lease_until_ms < ? ORDER BY v.reserved_at_ms, v.seq`;

/**
 * Settles reservations whose lease has run out at their full amount, since nobody knows what the vendor billed, and ends the
 * requests that nobody works on any more. Should their process wake up after all, its own figures replace these.
 */
export function sweep(connection: Connection, nowMs: number): void {
  // A batch whose process died: what it had not drawn was never spent.
  connection.run("DELETE FROM holds WHERE lease_until_ms < ?", nowMs);
  for (const dead of connection.all<DeadReservation>(DEAD, nowMs)) {
    connection.run("DELETE FROM reservations WHERE attempt_id = ?", dead.attempt_id);
    if (dead.settled === 0) settleDead(connection, dead);
    endAbandoned(connection, dead);
  }
}

function settleDead(connection: Connection, dead: DeadReservation): void {
  const { names } = connection;
  insertAttempt(
    connection,
    {
      request: dead.request,
      seq: dead.seq,
      task: dead.task,
      day: dead.day,
      reservedNanoUsd: dead.amount_nano_usd,
      dead: true,
    },
    {
      attemptId: dead.attempt_id,
      routeId: dead.route_id,
      role: "answer",
      ordinal: dead.seq,
      model: names.of(dead.model),
      provider: names.of(dead.provider),
      outcome: "failed",
      failure: {
        kind: "cancelled",
        message: "dead: the process that made this attempt did not report back; settled at the full reservation",
      },
      verdict: null,
      usage: UNKNOWN_USAGE,
      cost: { nanoUsd: dead.amount_nano_usd, exact: false },
      startedAtMs: dead.reserved_at_ms,
      latencyMs: dead.lease_until_ms - dead.reserved_at_ms,
      firstTokenMs: null,
      text: null,
    },
    false,
  );
}

/** Ends a request on behalf of its process, unless another of its attempts still runs. */
function endAbandoned(connection: Connection, dead: DeadReservation): void {
  if (connection.get("SELECT 1 FROM reservations WHERE request = ?", dead.request) !== undefined) return;
  const request = findRequest(connection, dead.route_id);
  if (request === null) return;
  const end: RequestEnd = {
    routeId: dead.route_id,
    status: "failed",
    errorCode: "all_failed",
    attemptId: null,
    verdictStatus: null,
    baselineModel: null,
    baselineNanoUsd: null,
    endedAtMs: dead.lease_until_ms,
    latencyMs: dead.lease_until_ms - dead.started_at_ms,
    notes: ["the process that made this request did not end it"],
  };
  endRequest(connection, request, end, true);
}
