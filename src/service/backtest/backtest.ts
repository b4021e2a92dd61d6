import type {
  BacktestInput,
  BacktestOutput,
  BacktestTask,
  FiledOutcomes,
  Interval,
  PastRequest,
  PolicyGain,
} from "../../core/backtest.ts";
import type { LedgerReader } from "../../core/ledger-reader.ts";
import type { Catalogue, Model } from "../../core/model.ts";
import { formatUsd } from "../../core/money.ts";
import type { Outcome } from "../../core/outcome.ts";
import type { Task } from "../../core/task.ts";
import { didYouMean } from "../../checks/kit/suggest.ts";
import { refusal } from "../present/route.ts";
import { readPolicy, type PolicyTask } from "./policy.ts";
import { fromFile, fromLedger, type RecordedRequest } from "./recorded.ts";
import { Replay, type ReplayPolicy } from "./replay.ts";

/** What a backtest needs of the service. */
export interface BacktestParts {
  readonly catalogue: Catalogue;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly baseline: Model;
  readonly reader: Pick<LedgerReader, "history">;
  readonly principal: string | null;
}

/** The latest requests of a task that are looked at. */
const MOST_REQUESTS = 50_000;

/** Replays what was recorded under another policy. What the history does not say is a refusal of that figure, with its reason. */
export async function backtest(input: BacktestInput, parts: BacktestParts): Promise<Outcome<BacktestOutput>> {
  const read = readPolicy(input.policy);
  if (!read.ok) return refusal("invalid_request", read.problem);
  const tasks: BacktestTask[] = [];
  for (const row of read.tasks) {
    const made =
      input.history === "ledger" ? await onLedger(row, parts) : onFile(row, input.history, parts.tasks.get(row.id));
    if (typeof made === "string") return refusal("invalid_request", made);
    tasks.push(made);
  }
  return { ok: true, value: { tasks } };
}

async function onLedger(row: PolicyTask, parts: BacktestParts): Promise<BacktestTask | string> {
  const { catalogue, tasks, reader, principal, baseline } = parts;
  const task = tasks.get(row.id);
  if (task === undefined) return `Unknown task "${row.id}"${didYouMean(row.id, [...tasks.keys()])}`;
  const order: string[] = [];
  for (const name of row.candidates ?? task.candidates) {
    const model = catalogue.find(name);
    if (model === undefined) {
      const known = catalogue.models.map(({ id }) => id);
      return `Unknown model "${name}" of the task "${row.id}"${didYouMean(name, known)}`;
    }
    order.push(model.id);
  }
  if (row.on_unchecked === "judge" && task.onUnchecked?.includes("judge") !== true)
    return `What a judge would say of the task "${row.id}" was not recorded: on_unchecked can be accept or next`;
  const today = policyOf(task.candidates, task, {});
  const past: readonly PastRequest[] = await reader.history(task.id, MOST_REQUESTS, principal);
  const requests = fromLedger(past, task.minQuality);
  return compare(row.id, requests, policyOf(order, task, row), today, [baseline.id]);
}

function onFile(row: PolicyTask, sets: readonly FiledOutcomes[], task: Task | undefined): BacktestTask | string {
  const set = sets.find((each) => each.task === row.id);
  const names = sets.map((each) => each.task);
  if (set === undefined)
    return `The history has no set "${row.id}"${didYouMean(row.id, names)}. It has: ${names.join(", ")}.`;
  const order = row.candidates ?? task?.candidates;
  if (order === undefined) return `The policy names no candidates for "${row.id}", and the config has no such task`;
  const unknown = order.find((name) => !set.models.includes(name));
  if (unknown !== undefined)
    return `"${unknown}" was not recorded in "${row.id}"${didYouMean(unknown, set.models)}. It has: ${set.models.join(", ")}.`;
  const requests = fromFile(set);
  const isRecorded = task?.candidates.every((name) => set.models.includes(name)) === true;
  const today = task === undefined || !isRecorded ? null : policyOf(task.candidates, task, {});
  return compare(row.id, requests, policyOf(order, task, row), today, [bestOf(set.models, requests)]);
}

function policyOf(order: readonly string[], task: Task | undefined, row: Partial<PolicyTask>): ReplayPolicy {
  return {
    order,
    minQuality: row.min_quality ?? task?.minQuality ?? 0,
    onUnchecked: (row.on_unchecked ?? task?.onUnchecked?.at(-1)) === "next" ? "next" : "accept",
  };
}

/** The model that is right most often. */
function bestOf(models: readonly string[], requests: readonly RecordedRequest[]): string {
  const means = models.map((model) => {
    const known = requests.flatMap(({ steps }) => steps.get(model)?.quality ?? []);
    // A model with gaps is not compared on the easier half.
    return known.length < requests.length ? -1 : known.reduce((sum, quality) => sum + quality, 0) / known.length;
  });
  return models[means.indexOf(Math.max(...means))] ?? "";
}

function compare(
  task: string,
  requests: readonly RecordedRequest[],
  policy: ReplayPolicy,
  todays: ReplayPolicy | null,
  single: readonly string[],
): BacktestTask {
  const mine = new Replay(policy, requests);
  const today = todays === null ? null : new Replay(todays, requests, true);
  const alone = new Replay({ ...policy, order: single }, requests);
  const againstToday = today === null ? null : mine.gainOver(today);
  const againstSingle = mine.gainOver(alone);
  const added = todays === null ? [] : policy.order.filter((model) => !todays.order.includes(model));
  const what = added.length > 0 ? `adding ${added.join(" and ")}` : "the new policy";
  return {
    task,
    requests: requests.length,
    new: mine.outcome(),
    today: today?.outcome() ?? null,
    single: alone.outcome(),
    against_today: againstToday,
    against_single: againstSingle,
    says: [
      ...sentence(what, "today's policy", againstToday),
      ...sentence(what, `${single.join()} alone`, againstSingle),
    ],
  };
}

function sentence(what: string, other: string, gain: PolicyGain | null): readonly string[] {
  if (gain === null) return [];
  const { saved_usd: saved, saved_share: share, quality } = gain;
  const percent = share === null ? "" : ` (${(100 * share).toFixed(1)}%)`;
  const money = `${formatUsd(nano(saved.value))} ± ${formatUsd(nano(half(saved)))} a request${percent}`;
  const points = `${signed(100 * quality.value)} ± ${(100 * half(quality)).toFixed(1)} points of quality`;
  return [`${what} would save ${money} against ${other}, at ${points}`];
}

function half({ low, high }: Interval): number {
  return (high - low) / 2;
}

function nano(usd: number): number {
  return Math.round(usd * 1e9);
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(1)}`;
}
