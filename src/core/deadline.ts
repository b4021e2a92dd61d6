/** Left aside at the end of a request for verification and the ledger, milliseconds. */
const CLOSING_MS = 200;
/** Share of the remaining time for a candidate with one, or with more, after it; the last one gets all that is left. */
const SHARE_WITH_ONE_LATER = 0.6;
const SHARE_WITH_MORE_LATER = 0.45;
/** Once an answer has begun, silence of this share of the slice means that it will not end. */
const SILENCE_SHARE = 0.4;
const SILENCE_MIN_MS = 300;
const SILENCE_MAX_MS = 10_000;

/** How long one attempt may take in all, and how long it may be silent after its first sign of life; milliseconds. */
export interface Slice {
  readonly totalMs: number;
  readonly silenceMs: number;
}

/** The slice of the next attempt: it leaves room for those after it, and never exceeds the model's own time-out. */
export function sliceOf(remainingMs: number, laterCandidates: number, modelTimeoutMs: number): Slice {
  const usableMs = Math.max(0, remainingMs - Math.min(CLOSING_MS, remainingMs * 0.1));
  const share = laterCandidates === 0 ? 1 : laterCandidates === 1 ? SHARE_WITH_ONE_LATER : SHARE_WITH_MORE_LATER;
  const totalMs = Math.min(usableMs * share, modelTimeoutMs);
  return { totalMs, silenceMs: Math.min(SILENCE_MAX_MS, Math.max(SILENCE_MIN_MS, totalMs * SILENCE_SHARE)) };
}
