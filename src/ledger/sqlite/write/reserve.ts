import { covers, fits } from "../../../core/budget.ts";
import type { ReserveInput, ReserveResult } from "../../../core/ports.ts";
import { checkedAmount, wholeMs, dayNumberAt } from "../../units.ts";
import { budgetState } from "../read/budgets.ts";
import type { Connection } from "../db/connection.ts";
import { draw, returnUndrawn } from "./batch-holds.ts";
import { findRequest, insertRequest } from "./requests.ts";
import { countStart, PROBES, roomRefusal } from "./provider-capacity.ts";
import { expireLeases } from "./expire-leases.ts";

const INSERT = `
  INSERT INTO reservations (attempt_id, request, seq, task, model, provider, day, amount_nano_usd, reserved_at_ms,
    lease_until_ms, ends_by_ms, probe, principal, batch_id, drawn_all, drawn_task, drawn_provider, drawn_principal, role)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * Holds the money of one attempt if every limit that covers it allows that and its provider has room for it. To be run in a writing transaction. What the sweep
 * found stays done when a limit refuses. Throws RangeError on an amount that is no amount of money.
 */
export function reserve(connection: Connection, input: ReserveInput, storeText: boolean): ReserveResult {
  const amount = checkedAmount(input.amountNanoUsd, "The amount to reserve");
  const batchId = input.batchId ?? null;
  const viewer = batchId === null ? undefined : { batchId, ownCallsAreFree: false };
  expireLeases(connection, input.nowMs);
  for (const limit of input.limits) {
    if (!covers(limit.scope, input.request.task, input.provider)) continue;
    const state = budgetState(connection, limit, input.nowMs, viewer);
    if (!fits(state, amount)) return { ok: false, why: "over_budget", over: state };
  }
  const refusal = roomRefusal(connection, input);
  if (refusal !== null) return refusal;
  countStart(connection, input);
  const { names } = connection;
  const known = findRequest(connection, input.request.routeId);
  const seq = known === null ? 1 : nextSeq(connection, known.id);
  const request = known ?? insertRequest(connection, input.request, storeText);
  const principal = names.idOrNull(input.request.principal);
  const place = { task: request.task, provider: names.id(input.provider), principal };
  const drawn = batchId === null ? NOTHING_DRAWN : draw(connection, batchId, place, amount);
  connection.run(
    INSERT,
    input.attemptId,
    request.id,
    seq,
    place.task,
    names.id(input.model),
    place.provider,
    dayNumberAt(input.nowMs),
    amount,
    wholeMs(input.nowMs),
    wholeMs(input.leaseUntilMs),
    wholeMs(input.endsByMs),
    input.probe === null ? null : PROBES[input.probe],
    place.principal,
    batchId,
    drawn.all,
    drawn.task,
    drawn.provider,
    drawn.principal,
    input.role === "answer" ? null : names.id(input.role),
  );
  return { ok: true };
}

const NOTHING_DRAWN = { all: 0, task: 0, provider: 0, principal: 0 };

/** The number of the next attempt of a request. */
export function nextSeq(connection: Connection, request: number): number {
  const row = connection.get<{ last: number }>(
    `SELECT max(coalesce((SELECT max(seq) FROM attempts WHERE request = ?), 0),
      coalesce((SELECT max(seq) FROM reservations WHERE request = ?), 0)) AS last`,
    request,
    request,
  );
  return (row?.last ?? 0) + 1;
}

/** Prolongs the leases of attempts and batches that still hold something. */
export function renew(connection: Connection, ids: readonly string[], leaseUntilMs: number): void {
  const attempt = "UPDATE reservations SET lease_until_ms = ? WHERE attempt_id = ? AND settled = 0";
  const batch = "UPDATE holds SET lease_until_ms = ? WHERE batch_id = ?";
  for (const id of ids) for (const sql of [attempt, batch]) connection.run(sql, wholeMs(leaseUntilMs), id);
}

/** The call of an attempt has ended: what it holds sinks to what it has cost, never rises, and its provider has room again. */
export function answered(connection: Connection, attemptId: string, costNanoUsd: number): void {
  const cost = checkedAmount(costNanoUsd, "What an attempt has cost");
  returnUndrawn(connection, attemptId, cost);
  connection.run(
    "UPDATE reservations SET amount_nano_usd = min(amount_nano_usd, ?), calling = 0 WHERE attempt_id = ? AND settled = 0",
    cost,
    attemptId,
  );
}
