import type { ReportOut, SpendReportOutput } from "../../core/contract-reports.ts";
import type { EndingGroup, Endings, LatencyCount } from "../../core/ledger-reader.ts";
import { wilsonInterval } from "../../planner/wilson.ts";

/** The model that is asked first gives the answer. */
const RIGHT_MODEL_SHARE = 0.9;
/** Of the requests whose first answer was none, or not good enough. */
const SAVED_SHARE = 0.9;
const LATENCY_MS = 30_000;
const LATENCY_SHARE = 0.99;
const SUCCESS_SHARE = 0.995;

/** Errors of a request by which a limit of the user's, or the user, said no. */
const REFUSALS: ReadonlySet<string | null> = new Set(["budget_exceeded", "approval_required", "approval_declined"]);

/** The five promises, each with its target and its mark. `target` is the mark of the savings, by their own rule. */
export function reportOf(
  endings: Endings,
  target: SpendReportOutput["totals"]["target"],
  savedShare: number | null,
): ReportOut {
  const { groups } = endings;
  const cancelled = groups.filter(({ status }) => status === "cancelled");
  const refused = groups.filter(({ errorCode, firstModel }) => firstModel === null && REFUSALS.has(errorCode));
  const counted = groups.filter((group) => !cancelled.includes(group) && !refused.includes(group));
  return {
    requests: count(groups),
    complete: endings.complete,
    right_model: rightModel(counted),
    saved_requests: savedRequests(counted),
    cost: { mark: target.mark, target_share: target.saved_share, share: savedShare, by: target.by },
    latency: latency(endings.latencies),
    success: success(counted, count(refused), count(cancelled)),
  };
}

function rightModel(counted: readonly EndingGroup[]): ReportOut["right_model"] {
  const asked = counted.filter(({ firstModel }) => firstModel !== null);
  const pairs = Map.groupBy(asked, ({ task, firstModel }) => JSON.stringify([task, firstModel]));
  const rows = [...pairs.values()].map((groups) => {
    const right = groups.filter(isFirstRight);
    return {
      task: groups[0]?.task ?? "",
      model: groups[0]?.firstModel ?? "",
      asked_first: count(groups),
      answered: count(right),
      verified: count(right.filter(({ verified }) => verified)),
      share: shareOf(count(right), count(groups)),
    };
  });
  return {
    ...marked(count(asked.filter(isFirstRight)), count(asked), RIGHT_MODEL_SHARE),
    by_task: rows.sort(
      (one, other) =>
        compare(one.task, other.task) || other.asked_first - one.asked_first || compare(one.model, other.model),
    ),
  };
}

function isFirstRight(group: EndingGroup): boolean {
  return isSuccess(group) && group.answer === "first";
}

function savedRequests(counted: readonly EndingGroup[]): ReportOut["saved_requests"] {
  const inNeed = counted.filter((group) => group.firstModel !== null && !isFirstRight(group));
  const saved = inNeed.filter(isSuccess);
  const byRepair = count(saved.filter(({ answer }) => answer === "repair"));
  return {
    ...marked(count(saved), count(inNeed), SAVED_SHARE),
    in_need: count(inNeed),
    by_fallback: count(saved) - byRepair,
    by_repair: byRepair,
  };
}

function latency(latencies: readonly LatencyCount[]): ReportOut["latency"] {
  const all = count(latencies);
  const within = count(latencies.filter(({ latencyMs }) => latencyMs <= LATENCY_MS));
  return {
    ...marked(within, all, LATENCY_SHARE),
    target_ms: LATENCY_MS,
    p50_ms: quantile(latencies, 0.5, all),
    p90_ms: quantile(latencies, 0.9, all),
    p95_ms: quantile(latencies, 0.95, all),
    p99_ms: quantile(latencies, 0.99, all),
    most_ms: quantile(latencies, 1, all),
  };
}

function success(counted: readonly EndingGroup[], refused: number, cancelled: number): ReportOut["success"] {
  const succeeded = count(counted.filter(isSuccess));
  return {
    ...marked(succeeded, count(counted), SUCCESS_SHARE),
    succeeded,
    failed: count(counted) - succeeded,
    refused,
    cancelled,
  };
}

function isSuccess({ status, reportedWrong }: EndingGroup): boolean {
  return status === "accepted" && !reportedWrong;
}

/**
 * A share against its target. So few requests that one failure alone would miss it cannot meet it; they can miss it, once chance does not
 * explain that any more.
 */
function marked(
  part: number,
  whole: number,
  target: number,
): Pick<ReportOut["success"], "mark" | "target_share" | "share"> {
  const figures = { target_share: target, share: shareOf(part, whole) };
  const [, high] = wilsonInterval(part, whole);
  if (high < target) return { mark: "missed", ...figures };
  if (whole * (1 - target) < 1 - 1e-9) return { mark: "open", ...figures };
  return { mark: part / whole >= target ? "met" : "missed", ...figures };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Nearest rank: the shortest time that so large a share of the requests did not exceed. */
function quantile(ascending: readonly LatencyCount[], share: number, all: number): number | null {
  let seen = 0;
  for (const { latencyMs, requests } of ascending) {
    seen += requests;
    if (seen >= share * all) return latencyMs;
  }
  return null;
}

function count(groups: readonly { readonly requests: number }[]): number {
  return groups.reduce((sum, { requests }) => sum + requests, 0);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
