import { fits } from "../../../core/budget.ts";
import { neededIn } from "../../common/hold-needs.ts";
import type { HoldInput, HoldResult } from "../../../core/ports.ts";
import { checkedAmount, wholeMs, dayNumberAt } from "../../units.ts";
import { budgetState } from "../read/budgets.ts";
import type { Connection } from "../db/connection.ts";
import { HOLD_LINES, ALL_NAMES } from "./rollups.ts";
import { expireLeases } from "./expire-leases.ts";

const INSERT = `
  INSERT INTO holds (batch_id, line, name, day, amount_nano_usd, lease_until_ms, ends_by_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

/** Holds the money of a whole batch if every limit allows that. To be run in a writing transaction, like `reserve`. */
export function hold(connection: Connection, input: HoldInput): HoldResult {
  checkedAmount(input.amountNanoUsd, "The amount to hold");
  expireLeases(connection, input.nowMs);
  for (const limit of input.limits) {
    const needed = neededIn(limit.scope, input);
    if (needed === 0) continue;
    const state = budgetState(connection, limit, input.nowMs);
    if (!fits(state, needed)) return { ok: false, over: state };
  }
  const { names } = connection;
  const line = (kind: number, name: number, amountNanoUsd: number): void => {
    const amount = checkedAmount(amountNanoUsd, "The amount to hold");
    const times = [wholeMs(input.leaseUntilMs), wholeMs(input.endsByMs)];
    connection.run(INSERT, input.batchId, kind, name, dayNumberAt(input.nowMs), amount, ...times);
  };
  line(HOLD_LINES.all, ALL_NAMES, input.amountNanoUsd);
  for (const [task, amount] of input.byTask) line(HOLD_LINES.task, names.id(task), amount);
  for (const [provider, amount] of input.byProvider) line(HOLD_LINES.provider, names.id(provider), amount);
  if (input.principal !== null) line(HOLD_LINES.principal, names.id(input.principal), input.amountNanoUsd);
  return { ok: true };
}

/** Releases what a batch still holds. Reservations that drew on it keep their own. */
export function release(connection: Connection, batchId: string): void {
  connection.run("DELETE FROM holds WHERE batch_id = ?", batchId);
}

/** How much a reservation took out of each line of its batch. */
export interface Drawn {
  readonly all: number;
  readonly task: number;
  readonly provider: number;
  readonly principal: number;
}

/** A reservation and where its lines are. */
interface HoldPlace {
  readonly task: number;
  readonly provider: number;
  /** `null`: the owner, who has no line. */
  readonly principal: number | null;
}

const LEFT = "SELECT amount_nano_usd AS left FROM holds WHERE batch_id = ? AND line = ? AND name = ?";
const ADD = "UPDATE holds SET amount_nano_usd = amount_nano_usd + ? WHERE batch_id = ? AND line = ? AND name = ?";

/** Takes an amount out of the lines of a batch, as far as they reach. */
export function draw(connection: Connection, batchId: string, place: HoldPlace, amount: number): Drawn {
  const from = (kind: number, name: number): number => {
    const left = connection.get<{ left: number }>(LEFT, batchId, kind, name)?.left ?? 0;
    const drawn = Math.min(amount, left);
    connection.run(ADD, -drawn, batchId, kind, name);
    return drawn;
  };
  return {
    all: from(HOLD_LINES.all, ALL_NAMES),
    task: from(HOLD_LINES.task, place.task),
    provider: from(HOLD_LINES.provider, place.provider),
    principal: place.principal === null ? 0 : from(HOLD_LINES.principal, place.principal),
  };
}

const DRAWN = `
  SELECT batch_id, task, provider, principal, drawn_all, drawn_task, drawn_provider, drawn_principal FROM reservations
  WHERE attempt_id = ? AND batch_id IS NOT NULL AND settled = 0`;
const KEEP = `
  UPDATE reservations SET drawn_all = min(drawn_all, ?), drawn_task = min(drawn_task, ?), drawn_provider = min(drawn_provider, ?),
    drawn_principal = min(drawn_principal, ?)
  WHERE attempt_id = ?`;

/** Returns to its batch what an attempt has drawn beyond `keptNanoUsd`. Nothing, where the batch has ended. */
export function returnUndrawn(connection: Connection, attemptId: string, keptNanoUsd: number): void {
  const row = connection.get<{
    batch_id: string;
    task: number;
    provider: number;
    principal: number | null;
    drawn_all: number;
    drawn_task: number;
    drawn_provider: number;
    drawn_principal: number;
  }>(DRAWN, attemptId);
  if (row === undefined) return;
  const back = (drawn: number, kind: number, name: number): void => {
    if (drawn > keptNanoUsd) connection.run(ADD, drawn - keptNanoUsd, row.batch_id, kind, name);
  };
  back(row.drawn_all, HOLD_LINES.all, ALL_NAMES);
  back(row.drawn_task, HOLD_LINES.task, row.task);
  back(row.drawn_provider, HOLD_LINES.provider, row.provider);
  if (row.principal !== null) back(row.drawn_principal, HOLD_LINES.principal, row.principal);
  connection.run(KEEP, keptNanoUsd, keptNanoUsd, keptNanoUsd, keptNanoUsd, attemptId);
}
