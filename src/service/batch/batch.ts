import { scopeName, type BudgetState } from "../../core/budget.ts";
import {
  type BatchInput,
  type BatchOutput,
  MOST_BATCH_PARALLELISM,
  MOST_BATCH_TASKS,
  type RouteOutput,
} from "../../core/contract.ts";
import { formatUsd, nanoFromUsd, type NanoUsd } from "../../core/money.ts";
import type { Snapshot } from "../../core/planning.ts";
import { planAsLearned } from "../../engine/learned-plan.ts";
import type { Request } from "../../core/request.ts";
import type { Outcome } from "../../core/outcome.ts";
import type { CallOptions } from "../../core/service.ts";
import { worstCaseOf } from "../../core/worst-case.ts";
import { approvalRule, clear, type Planned } from "../approval.ts";
import type { EngineDeps } from "../../engine/engine-deps.ts";
import { presentRouted, refusal } from "../present/route.ts";
import { buildRequest, ofProject, ceilingProblems, MOST_DEADLINE_MS, type BuiltRequest } from "../build-request.ts";
import { RequestContext } from "../../engine/request-context.ts";
import { route } from "../../engine/router.ts";
import type { RoutingParts } from "../route-task.ts";
import { LEASE_MS } from "../../engine/lease-heartbeat.ts";
import { whileLocked } from "../../engine/while-locked.ts";
import { takeSnapshot } from "../../engine/snapshot.ts";
import { presentBatch, presentResult, type TaskOutcome } from "./present.ts";
import { giveAgain, keepAnswered } from "../kept-answers/give-again.ts";
import { BatchBudget } from "./batch-budget.ts";
import { withoutSameOutput } from "./same-output.ts";
import { WarmFirst } from "./warm-first.ts";

/** What a batch is run with. */
export interface BatchParts extends RoutingParts {
  /** Turns a ledger that cannot be used into a typed failure. */
  guard(work: () => Promise<Outcome<RouteOutput>>): Promise<Outcome<RouteOutput>>;
  /** Told after each task. */
  changed(): void;
}

const DEFAULT_PARALLELISM = 4;

/** How long a batch may take: as the caller says, or the usual time of a task for each round of them. */
export function batchDeadlineMs(input: BatchInput, normalMs: number): number {
  return Math.ceil(input.deadline_ms ?? Math.min(MOST_DEADLINE_MS, normalMs * roundsOf(input)));
}

function roundsOf({ tasks, parallelism }: BatchInput): number {
  return Math.ceil(tasks.length / (parallelism ?? DEFAULT_PARALLELISM));
}

/** What the whole batch may need. */
interface Need {
  readonly amountNanoUsd: NanoUsd;
  readonly byTask: ReadonlyMap<string, NanoUsd>;
  readonly byProvider: ReadonlyMap<string, NanoUsd>;
}

/**
 * The way of a batch: build and plan every task, hold the worst case of all of them (or the budget, if that is less) in one
 * transaction, run so many at a time in their order, give back what is left. Fails as a whole only before anything was spent.
 * Throws when the ledger cannot be used before that.
 */
export async function routeBatch(
  input: BatchInput,
  parts: BatchParts,
  options: CallOptions,
): Promise<Outcome<BatchOutput>> {
  const { clock, ids, ledger, leases, limits, prefixes } = parts.engine;
  const startedMs = clock.monotonicMs();
  const problems = batchProblems(input);
  if (problems.length > 0) return refusal("invalid_request", `${problems.join("; ")}.`);
  const parallelism = input.parallelism ?? DEFAULT_PARALLELISM;
  const normalMs = parts.sources.defaults.deadlineMs;
  const deadlineMs = batchDeadlineMs(input, normalMs);
  const asked = input.budget_usd === undefined ? null : nanoFromUsd(input.budget_usd);
  const all: BuiltRequest[] = [];
  for (const task of input.tasks) {
    await parts.enter();
    const built = await buildRequest(task, ids.next(), ofProject(parts.sources, options));
    all.push(built.ok ? { ...built, request: prefixes.withPrefix(built.request) } : built);
  }
  const tasks = withoutSameOutput(all);
  const warmFirst = new WarmFirst(tasks.map((built) => (built.ok ? built.request.prefix : undefined)));

  const batchId = ids.next();
  const endMs = startedMs + deadlineMs;
  const patience = { clock, signal: options.signal, leftMs: () => endMs - clock.monotonicMs() };
  const planned = await whileLocked(() => planAll(tasks, parts), patience);
  const rule = approvalRule(parts.sources.approvalNanoUsd, options);
  const cleared = await clear(asked, rule, async () => planned);
  if (!cleared.ok) return cleared;
  const { budgetNanoUsd } = cleared;
  const need = needOf(planned, budgetNanoUsd);
  const endsByMs = clock.nowMs() + deadlineMs;
  const held = await whileLocked(() => {
    const nowMs = clock.nowMs();
    const lease = { nowMs, leaseUntilMs: nowMs + LEASE_MS, endsByMs };
    return ledger.hold({ ...need, batchId, principal: parts.sources.principal, limits, ...lease });
  }, patience);
  if (!held.ok) return refusal("budget_exceeded", overBudget(held.over, need, input.tasks.length));

  leases.keep(batchId);
  const batchBudget = new BatchBudget(batchId, budgetNanoUsd, endsByMs, ledger, clock);
  // A task may take its share of the whole, or its usual time where that is more, but never more than is left.
  const shareMs = Math.max(normalMs, deadlineMs / roundsOf(input));
  let done = 0;
  const tell = (): void => {
    const message = `${done} of ${tasks.length} done`;
    try {
      options.onProgress?.({ stage: "batch", model: null, tokens: 0, done, message });
    } catch {
      // A listener that fails must not cost the whole batch its answers.
    }
  };
  const tellResult = (index: number, { outcome }: TaskOutcome): void => {
    try {
      options.onResult?.(index, presentResult(outcome));
    } catch {
      // As above.
    }
  };
  try {
    tell();
    const outcomes = await inOrder(tasks, parallelism, async (built, index) => {
      const prefix = built.ok ? built.request.prefix : undefined;
      const routed = (): Promise<TaskOutcome> => {
        const leftMs = Math.min(shareMs, endMs - clock.monotonicMs());
        return routeOne(built, leftMs, warmFirst.isShared(prefix), batchBudget, batchId, parts, options);
      };
      const outcome = await warmFirst.run(prefix, routed);
      done += 1;
      parts.changed();
      tellResult(index, outcome);
      tell();
      return outcome;
    });
    return {
      ok: true,
      value: presentBatch(outcomes, need.amountNanoUsd, Math.round(clock.monotonicMs() - startedMs)),
    };
  } finally {
    leases.drop(batchId);
    // What is not given back now is given back when its lease is over.
    await ledger.release(batchId).catch(() => undefined);
  }
}

async function routeOne(
  built: BuiltRequest,
  leftMs: number,
  isPrefixShared: boolean,
  batchBudget: BatchBudget,
  batchId: string,
  parts: BatchParts,
  options: CallOptions,
): Promise<TaskOutcome> {
  const { clock, ledger, prefixes } = parts.engine;
  const refused = (code: string, message: string): TaskOutcome => ({ outcome: refusal(code, message), costNanoUsd: 0 });
  if (!built.ok) return refused(built.code, built.message);
  await parts.enter();
  if (options.signal.aborted) return refused("cancelled", "The caller cancelled before this task was begun.");
  if (leftMs < 1)
    return refused(
      "deadline_exceeded",
      "The deadline of the batch was over before this task was begun. Raise deadline_ms.",
    );
  const startedMs = clock.monotonicMs();
  const given = await giveAgain(built.request, { ...parts.engine, ...parts }, startedMs);
  if (given !== null) return { outcome: given, costNanoUsd: 0 };
  // Asked for again: an earlier task may have been answered meanwhile.
  const request: Request = {
    ...prefixes.withPrefix(built.request, isPrefixShared),
    deadlineMs: Math.floor(leftMs),
  };
  prefixes.sent(request.prefix);
  const deps: EngineDeps = {
    ...parts.engine,
    ledger: batchBudget.ledgerFor(startedMs + request.deadlineMs, options.signal),
    accountsOf: parts.world.accountsOf,
  };
  let costNanoUsd = 0;
  const outcome = await parts.guard(async () => {
    const { learner } = parts;
    const task = request.task.id;
    const take = async (): Promise<Snapshot> =>
      learner.inform(await takeSnapshot(parts.world, ledger, clock, task, batchId), request.principal, task);
    const recent = await whileLocked(take, {
      clock,
      signal: options.signal,
      leftMs: () => startedMs + request.deadlineMs - clock.monotonicMs(),
    });
    const snapshot = { ...recent, budgets: [...recent.budgets, ...batchBudget.budgets] };
    const planned = { request, snapshot, ...(await planAsLearned(request, snapshot, learner, true)) };
    const routed = await route(new RequestContext(planned, deps, { signal: options.signal }, startedMs));
    learner.refresh(request.principal, task);
    await keepAnswered(request, routed, parts);
    costNanoUsd = routed.costNanoUsd;
    return presentRouted(routed);
  });
  return { outcome, costNanoUsd };
}

function batchProblems(input: BatchInput): readonly string[] {
  const { tasks, parallelism } = input;
  const wanted = parallelism ?? DEFAULT_PARALLELISM;
  return [
    ...(tasks.length >= 1 && tasks.length <= MOST_BATCH_TASKS
      ? []
      : [`tasks must be 1 to ${MOST_BATCH_TASKS} tasks; got ${tasks.length}`]),
    ...ceilingProblems(input),
    ...(Number.isSafeInteger(wanted) && wanted >= 1 && wanted <= MOST_BATCH_PARALLELISM
      ? []
      : [`parallelism must be a whole number from 1 to ${MOST_BATCH_PARALLELISM}; got ${wanted}`]),
  ];
}

interface PlannedTask extends Planned {
  readonly task: string;
}

/** Every task that can be planned, as if the standing budgets were full: whether they have so much is for the ledger to say. */
async function planAll(tasks: readonly BuiltRequest[], parts: BatchParts): Promise<readonly PlannedTask[]> {
  const { ledger, clock } = parts.engine;
  const snapshot = { ...(await takeSnapshot(parts.world, ledger, clock, null)), budgets: [] };
  const planned: PlannedTask[] = [];
  for (const built of tasks) {
    if (!built.ok) continue;
    const { request } = built;
    const { plan: made } = await planAsLearned(request, snapshot, parts.learner, false);
    planned.push({ task: request.task.id, plan: made, worst: worstCaseOf(request, made, snapshot) });
  }
  return planned;
}

/** The worst case of all tasks together, in all and by task and provider, none of it above the budget. */
function needOf(planned: readonly PlannedTask[], budgetNanoUsd: NanoUsd | null): Need {
  const cap = budgetNanoUsd ?? Number.POSITIVE_INFINITY;
  let total = 0;
  const byTask = new Map<string, NanoUsd>();
  const byProvider = new Map<string, NanoUsd>();
  const add = (sums: Map<string, NanoUsd>, key: string, nanoUsd: NanoUsd): void => {
    sums.set(key, Math.min(cap, (sums.get(key) ?? 0) + nanoUsd));
  };
  for (const { task, worst } of planned) {
    total = Math.min(cap, total + worst.nanoUsd);
    add(byTask, task, worst.nanoUsd);
    for (const [provider, nanoUsd] of worst.byProvider) add(byProvider, provider, nanoUsd);
  }
  return { amountNanoUsd: total, byTask, byProvider };
}

function overBudget(over: BudgetState, need: Need, tasks: number): string {
  const left = Math.max(0, over.limitNanoUsd - over.spentNanoUsd - over.heldNanoUsd);
  const figures = `of ${formatUsd(over.limitNanoUsd)} has ${formatUsd(over.spentNanoUsd)} spent and ${formatUsd(over.heldNanoUsd)} held by running calls`;
  // What others have drawn on a shared budget is not the business of who asks.
  const isShared = over.shared === true;
  return (
    `The worst case of these ${tasks} tasks is ${formatUsd(need.amountNanoUsd)}; the ${scopeName(over.scope)} budget ` +
    `${isShared ? "has less left" : figures}. Nothing was begun. Give the batch ` +
    `${isShared ? "a smaller budget_usd" : `a budget_usd of at most ${(left / 1e9).toFixed(6)}`}, fewer tasks, or raise that budget.`
  );
}

/** Runs `work` over the items, at most so many at a time, begun in their order; results in their order. Throws the first error when all are over. */
async function inOrder<Item, Result>(
  items: readonly Item[],
  parallelism: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const runOn = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item, index);
  };
  const runners = await Promise.allSettled(Array.from({ length: Math.min(parallelism, items.length) }, runOn));
  for (const runner of runners) if (runner.status === "rejected") throw runner.reason;
  return results;
}
