import type { AttemptRecord } from "../../../core/attempt.ts";
import { SignalboxError } from "../../../core/errors.ts";
import type { AttemptLesson } from "../../../core/learning.ts";
import type { HealthNews, RequestEnd, RequestRecord } from "../../../core/ports.ts";
import { wholeMs, dayNumberAt } from "../../units.ts";
import { insertAttempt, removeDead, type AttemptPlace } from "./attempts.ts";
import type { Connection } from "../db/connection.ts";
import { returnUndrawn } from "./batch-holds.ts";
import { learnAttempt } from "./lessons.ts";
import { storeNews } from "./outages.ts";
import { readPrunedBefore } from "../prune/step.ts";
import { endRequest, findRequest, insertRequest, type StoredRequest } from "./requests.ts";
import { nextSeq } from "./reserve.ts";
import { expireLeases } from "./expire-leases.ts";

/**
 * Replaces a reservation by the real cost and the record of the attempt, and ends the request when `end` is given. To be run in
 * a writing transaction. Once is enough: settling again changes nothing, but for a record that the sweep made in the meantime.
 */
export function settle(
  connection: Connection,
  attempt: AttemptRecord,
  end: RequestEnd | null,
  storeText: boolean,
  news?: HealthNews,
  lesson?: AttemptLesson,
): void {
  const request = findRequest(connection, attempt.routeId);
  if (request === null) {
    // Its process slept so long that its request was ended, settled in full and pruned: that is the last word then.
    if (readPrunedBefore(connection) !== null) return;
    throw new SignalboxError(
      "ledger_unavailable",
      `The ledger does not know the request of attempt ${attempt.attemptId}: it was replaced while the call ran`,
    );
  }
  const place = placeOf(connection, request, attempt, end === null);
  if (place !== null) insertAttempt(connection, place, attempt, storeText);
  if (place !== null && news !== undefined) storeNews(connection, news, wholeMs(attempt.startedAtMs));
  if (place !== null && lesson !== undefined) learnAttempt(connection, request, attempt, lesson);
  if (end !== null) endRequest(connection, request, end, false);
}

/**
 * Ends a request, and records it first when it never made an attempt. To be run in a writing transaction. Sweeps too: when the money
 * is all spent or held, no call reserves any more, and what dead processes hold would stay theirs for the rest of the day.
 */
export function finish(connection: Connection, request: RequestRecord, end: RequestEnd, storeText: boolean): void {
  expireLeases(connection, end.endedAtMs);
  const stored = findRequest(connection, request.routeId) ?? insertRequest(connection, request, storeText);
  endRequest(connection, stored, end, false);
}

const RELEASE = "UPDATE reservations SET settled = 1, amount_nano_usd = 0 WHERE attempt_id = ?";
const REMOVE = "DELETE FROM reservations WHERE attempt_id = ?";

/** Takes the amounts booked for the attempt so far out of the books; `null` when it was settled before. */
function placeOf(
  connection: Connection,
  request: StoredRequest,
  attempt: AttemptRecord,
  goesOn: boolean,
): AttemptPlace | null {
  const { id, task, principal } = request;
  const held = connection.get<{ seq: number; day: number; amount_nano_usd: number; batch_id: string | null }>(
    "SELECT seq, day, amount_nano_usd, batch_id FROM reservations WHERE attempt_id = ? AND settled = 0",
    attempt.attemptId,
  );
  if (held !== undefined) {
    if (held.batch_id !== null) returnUndrawn(connection, attempt.attemptId, attempt.cost.nanoUsd);
    connection.run(goesOn ? RELEASE : REMOVE, attempt.attemptId);
    const { seq, day, amount_nano_usd: reservedNanoUsd } = held;
    return { request: id, seq, task, principal, day, reservedNanoUsd, dead: false };
  }
  const settled = connection.get<{ seq: number; dead: number }>(
    "SELECT seq, dead FROM attempts WHERE request = ? AND attempt_id = ?",
    id,
    attempt.attemptId,
  );
  if (settled !== undefined) return settled.dead === 1 ? removeDead(connection, request, settled.seq) : null;
  // It has no reservation; the money is spent all the same.
  const day = dayNumberAt(attempt.startedAtMs);
  return { request: id, seq: nextSeq(connection, id), task, principal, day, reservedNanoUsd: 0, dead: false };
}
