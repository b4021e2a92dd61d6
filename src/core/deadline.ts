import type { LatencyEstimate } from "./latency.ts";
import type { Model } from "./model.ts";

/** Left aside at the end of a request for verification and the ledger, milliseconds. */
const CLOSING_MS = 200;
/** Of the time that is left a candidate gets no less and no more than this, as long as others come after it. */
const LEAST_SHARE = { withOneLater: 0.4, withMoreLater: 0.3 } as const;
const MOST_SHARE = 0.7;
/** So many of those after it count: who comes later than that finds what they leave. */
const LATER_THAT_COUNT = 2;
/** A model that takes so much longer than its 95th percentile will not answer at all. Only for measured latencies: a prior does not know. */
const HOPELESS_FACTOR = 5;
const HOPELESS_MIN_MS = 10_000;
/** Once the text has begun, silence of this share of the slice means that it will not end. */
const SILENCE_SHARE = 0.4;
const SILENCE_MIN_MS = 300;
const SILENCE_MAX_MS = 10_000;

/** How long one attempt may take in all, and how long it may be silent once its text has begun; milliseconds. */
export interface TimeShare {
  readonly totalMs: number;
  readonly silenceMs: number;
}

/**
 * The slice of the next attempt: what is left is shared out by how long this model and those after it take when they are late,
 * so that each of them has its chance; the last one gets all that is left. The time in which a model is loaded comes first, as far as
 * those after it keep their least. Never more than the model's own time-out.
 */
export function timeShareOf(
  remainingMs: number,
  own: LatencyEstimate,
  later: readonly LatencyEstimate[],
  model: Pick<Model, "timeoutMs" | "loadsMs" | "silenceMs">,
): TimeShare {
  const usableMs = Math.max(0, remainingMs - closingMs(remainingMs));
  const loadsMs = Math.min(model.loadsMs ?? 0, usableMs * MOST_SHARE);
  const cap =
    later.length > 0 && own.measured
      ? Math.max(HOPELESS_MIN_MS, own.p95Ms * HOPELESS_FACTOR) + loadsMs
      : model.timeoutMs;
  const shareMs = loadsMs + (usableMs - loadsMs) * shareOf(own, later);
  const totalMs = Math.min(shareMs, model.timeoutMs, cap);
  const silenceMs = Math.min(SILENCE_MAX_MS, Math.max(SILENCE_MIN_MS, totalMs * SILENCE_SHARE));
  return { totalMs, silenceMs: model.silenceMs ?? silenceMs };
}

/** What verification may take when others can still be asked: as long as the next of them keeps its chance. */
export function verificationMs(remainingMs: number, next: LatencyEstimate | undefined): number {
  const usableMs = Math.max(0, remainingMs - closingMs(remainingMs));
  return next === undefined ? remainingMs : Math.max(usableMs * (1 - MOST_SHARE), usableMs - next.p95Ms);
}

/** How long a candidate may wait for room at its provider: half of its slice, so that enough is left to answer in. */
export function waitingMs(
  remainingMs: number,
  own: LatencyEstimate,
  later: readonly LatencyEstimate[],
  floorMs: number,
): number {
  if (later.length === 0) return Math.max(0, remainingMs - closingMs(remainingMs) - floorMs);
  return timeShareOf(remainingMs, own, later, { timeoutMs: remainingMs }).totalMs / 2;
}

function closingMs(remainingMs: number): number {
  return Math.min(CLOSING_MS, remainingMs * 0.1);
}

function shareOf(own: LatencyEstimate, later: readonly LatencyEstimate[]): number {
  if (later.length === 0) return 1;
  const theirsMs = later.slice(0, LATER_THAT_COUNT).reduce((sum, latency) => sum + latency.p95Ms, 0);
  const allMs = own.p95Ms + theirsMs;
  const share = allMs === 0 ? 0.5 : own.p95Ms / allMs;
  const least = later.length === 1 ? LEAST_SHARE.withOneLater : LEAST_SHARE.withMoreLater;
  return Math.min(MOST_SHARE, Math.max(least, share));
}
