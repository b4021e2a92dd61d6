import type { AttemptRole } from "../../../core/attempt.ts";
import type { RequestEnd } from "../../../core/ports.ts";
import { UNKNOWN_USAGE } from "../../../core/usage.ts";
import { insertAttempt } from "./attempts.ts";
import type { Connection } from "../db/connection.ts";
import { endRequest, findRequest } from "./requests.ts";

interface AbandonedReservation {
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
  readonly role: number | null;
  readonly principal: number | null;
  readonly route_id: string;
  readonly started_at_ms: number;
}

/** All that most calls ask: is there anything to do? */
const ANY_EXPIRED = `
  SELECT EXISTS (SELECT 1 FROM reservations WHERE lease_until_ms < ?) OR EXISTS (SELECT 1 FROM holds WHERE lease_until_ms < ?) AS any`;

const ABANDONED = `
  SELECT v.*, r.route_id, r.started_at_ms FROM reservations v JOIN requests r ON r.id = v.request
  WHERE v.lease_until_ms < ? ORDER BY v.reserved_at_ms, v.seq`;

/**
 * Settles reservations whose lease has run out at their full amount, since only their process knew what the vendor billed, and ends
 * requests without a running attempt. Should the process wake up after all, its own figures replace these.
 */
export function expireLeases(connection: Connection, nowMs: number): void {
  if (connection.get<{ any: number }>(ANY_EXPIRED, nowMs, nowMs)?.any !== 1) return;
  // A batch whose process died: what it had not drawn was never spent.
  connection.run("DELETE FROM holds WHERE lease_until_ms < ?", nowMs);
  for (const reservation of connection.all<AbandonedReservation>(ABANDONED, nowMs)) {
    connection.run("DELETE FROM reservations WHERE attempt_id = ?", reservation.attempt_id);
    if (reservation.settled === 0) settleAbandoned(connection, reservation);
    endAbandoned(connection, reservation);
  }
}

function settleAbandoned(connection: Connection, reservation: AbandonedReservation): void {
  const { names } = connection;
  insertAttempt(
    connection,
    {
      request: reservation.request,
      seq: reservation.seq,
      task: reservation.task,
      principal: reservation.principal,
      day: reservation.day,
      reservedNanoUsd: reservation.amount_nano_usd,
      dead: true,
    },
    {
      attemptId: reservation.attempt_id,
      routeId: reservation.route_id,
      role: (names.ofOrNull(reservation.role) ?? "answer") as AttemptRole,
      ordinal: reservation.seq,
      model: names.of(reservation.model),
      provider: names.of(reservation.provider),
      outcome: "failed",
      failure: {
        kind: "cancelled",
        message: "dead: the process that made this attempt did not report back; settled at the full reservation",
      },
      verdict: null,
      usage: UNKNOWN_USAGE,
      cost: { nanoUsd: reservation.amount_nano_usd, exact: false },
      startedAtMs: reservation.reserved_at_ms,
      latencyMs: reservation.lease_until_ms - reservation.reserved_at_ms,
      firstTokenMs: null,
      text: null,
    },
    false,
  );
}

/** Ends a request on behalf of its process, unless another of its attempts still runs. */
function endAbandoned(connection: Connection, reservation: AbandonedReservation): void {
  if (connection.get("SELECT 1 FROM reservations WHERE request = ?", reservation.request) !== undefined) return;
  const request = findRequest(connection, reservation.route_id);
  if (request === null) return;
  const end: RequestEnd = {
    routeId: reservation.route_id,
    status: "failed",
    errorCode: "all_failed",
    attemptId: null,
    verdictStatus: null,
    baselineModel: null,
    baselineNanoUsd: null,
    endedAtMs: reservation.lease_until_ms,
    latencyMs: reservation.lease_until_ms - reservation.started_at_ms,
    notes: ["the process that made this request did not end it"],
  };
  endRequest(connection, request, end, true);
}
