import { covers, type BudgetLimit } from "../../../core/budget.ts";
import type { HoldInput, HoldResult, ReserveInput, ReserveResult } from "../../../core/ports.ts";
import { neededIn } from "../../common/hold-needs.ts";
import { checkedAmount, dayNumberAt, wholeMs } from "../../units.ts";
import { outageFrom, type OutageColumns } from "../read/outages.ts";
import { guardOf, limitArgument, LINES, stateOf, type UsedOfLimit } from "./limits.ts";
import { requestArgument } from "./requests.ts";

type DatabaseRefusal =
  | ({ readonly ok: false; readonly why: "over_budget"; readonly index: number } & UsedOfLimit)
  | { readonly ok: false; readonly why: "out"; readonly outage: OutageColumns }
  | Extract<ReserveResult, { why: "busy" | "probed" }>;

/** What the functions `reserve` and `hold` answer. */
export type Granted = { readonly ok: true } | DatabaseRefusal;

/** What the function `reserve` takes. Throws RangeError on an amount that is no amount of money. */
export function reserveArgument(input: ReserveInput, storeText: boolean): object {
  const amountNanoUsd = checkedAmount(input.amountNanoUsd, "The amount to reserve");
  const { request, provider, model, probe, room } = input;
  const covering = input.limits
    .map((limit, index) => ({ limit, index }))
    .filter(({ limit }) => covers(limit.scope, request.task, provider));
  const guards = covering.flatMap(({ limit }) => guardOf(limit));
  return {
    attemptId: input.attemptId,
    role: input.role,
    model,
    provider,
    amountNanoUsd,
    nowMs: wholeMs(input.nowMs),
    day: dayNumberAt(input.nowMs),
    leaseUntilMs: wholeMs(input.leaseUntilMs),
    endsByMs: wholeMs(input.endsByMs),
    room,
    probe,
    outageKeys: input.outageKeys,
    batchId: input.batchId ?? null,
    request: requestArgument(request, storeText),
    limits: covering.map(({ limit, index }) => limitArgument(limit, index, amountNanoUsd, input.nowMs)),
    guards: [
      ...guards,
      ...(room === null ? [] : [`room ${provider}`]),
      ...(probe === null ? [] : [`probe ${probe} ${probe === "model" ? model : provider}`]),
    ],
  };
}

export function reserveResult(limits: readonly BudgetLimit[], granted: Granted): ReserveResult {
  if (granted.ok) return { ok: true };
  switch (granted.why) {
    case "over_budget":
      return { ok: false, why: "over_budget", over: stateOf(limitAt(limits, granted.index), granted) };
    case "out":
      return { ok: false, why: "out", outage: outageFrom(granted.outage) };
    case "busy":
    case "probed":
      return granted;
  }
}

/** What the function `hold` takes. Throws RangeError on an amount that is no amount of money. */
export function holdArgument(input: HoldInput): object {
  const line = (kind: number, name: string, amount: number): object => ({
    line: kind,
    name,
    amount: checkedAmount(amount, "The amount to hold"),
  });
  const needing = input.limits
    .map((limit, index) => ({ limit, index, needed: neededIn(limit.scope, input) }))
    .filter(({ needed }) => needed > 0);
  return {
    holdId: input.batchId,
    nowMs: wholeMs(input.nowMs),
    day: dayNumberAt(input.nowMs),
    leaseUntilMs: wholeMs(input.leaseUntilMs),
    endsByMs: wholeMs(input.endsByMs),
    limits: needing.map(({ limit, index, needed }) => limitArgument(limit, index, needed, input.nowMs)),
    guards: needing.flatMap(({ limit }) => guardOf(limit)),
    lines: [
      line(LINES.all, "", input.amountNanoUsd),
      ...[...input.byTask].map(([task, amount]) => line(LINES.task, task, amount)),
      ...[...input.byProvider].map(([provider, amount]) => line(LINES.provider, provider, amount)),
      ...(input.principal === null ? [] : [line(LINES.principal, input.principal, input.amountNanoUsd)]),
    ],
  };
}

export function holdResult(limits: readonly BudgetLimit[], granted: Granted): HoldResult {
  if (granted.ok) return { ok: true };
  if (granted.why !== "over_budget") throw new Error(`a hold was refused: ${granted.why}`);
  return { ok: false, over: stateOf(limitAt(limits, granted.index), granted) };
}

function limitAt(limits: readonly BudgetLimit[], index: number): BudgetLimit {
  const limit = limits[index];
  if (limit === undefined) throw new RangeError(`there is no limit ${index}`);
  return limit;
}
