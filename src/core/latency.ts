import type { Model } from "./model.ts";

/** How long the answers of one model to one task have taken lately, milliseconds. */
export interface MeasuredLatency {
  readonly samples: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** How long an answer is expected to take: a typical one, and one that is late (only one in twenty takes longer); milliseconds. */
export interface LatencyEstimate {
  readonly typicalMs: number;
  readonly p95Ms: number;
  /** From the ledger, and not from the priors of the catalogue. */
  readonly measured: boolean;
}

/** Fewer answers than this say little about the slowest twentieth. */
export const SAMPLES_TO_TRUST = 8;
/** How much longer than a typical answer a late one takes, as long as nothing was measured. A prior. */
const LATE_FACTOR = 2.5;

/** The pace of a model for an answer of so many tokens: measured where the ledger has seen enough, else by the catalogue's priors. */
export function estimateLatency(
  model: Model,
  outputTokensExpected: number,
  measured: MeasuredLatency | undefined,
): LatencyEstimate {
  if (measured !== undefined && measured.samples >= SAMPLES_TO_TRUST) {
    return { typicalMs: measured.p50Ms, p95Ms: Math.max(measured.p95Ms, measured.p50Ms), measured: true };
  }
  const typicalMs = Math.min(
    model.timeoutMs,
    model.floorMs + Math.ceil((1000 * outputTokensExpected) / model.outputTokensPerS),
  );
  return { typicalMs, p95Ms: Math.min(model.timeoutMs, Math.ceil(typicalMs * LATE_FACTOR)), measured: false };
}
