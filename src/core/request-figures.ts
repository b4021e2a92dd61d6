import type { ModelId } from "./model.ts";
import type { RequestStatus } from "./ports.ts";

/** A request that has ended, as far as figures of service go. */
export interface EndedRequest {
  readonly routeId: string;
  readonly task: string;
  readonly startedAtMs: number;
  readonly status: RequestStatus;
  readonly errorCode: string | null;
  readonly verdict: string | null;
  readonly latencyMs: number;
  readonly costNanoUsd: number;
  readonly attempts: number;
  /** Whose answer was asked for first; `null`: no model was asked. */
  readonly firstModel: ModelId | null;
  /** Whose answer was returned, and whether it was a repair of an earlier one; `null`: none was. */
  readonly answerModel: ModelId | null;
  readonly answerIsRepair: boolean;
}

/** How well requests were served: what `report` and the view show. Shares are of what they name; `null` where there is nothing to share. */
export interface RequestFigures {
  readonly requests: number;
  readonly accepted: number;
  readonly belowQuality: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Refused before any model was asked: that is no failure of service. */
  readonly refused: number;
  /** Accepted requests of those that a model was asked for and that their callers did not cancel. */
  readonly successShare: number | null;
  /** Accepted with the answer of another model than the first. */
  readonly savedByFallback: number;
  /** Accepted with an answer that was repaired. */
  readonly savedByRepair: number;
  /** Of accepted requests, milliseconds; `null` where there are none. */
  readonly latencyMs: Readonly<Record<"p50" | "p90" | "p95" | "p99" | "max", number>> | null;
}

/** Sums up requests that have ended. Pure. */
export function figuresOf(requests: readonly EndedRequest[]): RequestFigures {
  const count = (holds: (request: EndedRequest) => boolean): number => requests.filter(holds).length;
  const accepted = requests.filter(({ status }) => status === "accepted");
  const cancelled = count(({ status }) => status === "cancelled");
  const refused = count(isRefused);
  const served = requests.length - cancelled - refused;
  return {
    requests: requests.length,
    accepted: accepted.length,
    belowQuality: count(({ status }) => status === "below_quality"),
    failed: count((request) => request.status === "failed" && !isRefused(request)),
    cancelled,
    refused,
    successShare: served === 0 ? null : accepted.length / served,
    savedByFallback: accepted.filter((each) => !each.answerIsRepair && each.answerModel !== each.firstModel).length,
    savedByRepair: accepted.filter(({ answerIsRepair }) => answerIsRepair).length,
    latencyMs: quantiles(accepted.map(({ latencyMs }) => latencyMs)),
  };
}

function isRefused({ status, attempts }: EndedRequest): boolean {
  return status === "failed" && attempts === 0;
}

function quantiles(values: readonly number[]): RequestFigures["latencyMs"] {
  const ascending = values.toSorted((one, other) => one - other);
  // Nearest rank: a value that was measured.
  const at = (share: number): number => ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? 0;
  if (ascending.length === 0) return null;
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), max: at(1) };
}
