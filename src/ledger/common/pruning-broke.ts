import { SignalboxError } from "../../core/errors.ts";

/** The error of a pruning that broke off, with what it had done by then; as it is when that was nothing. */
export function pruningBroke(error: unknown, prunedRequests: number): unknown {
  if (prunedRequests === 0 || !(error instanceof SignalboxError)) return error;
  const message = `${error.message}. ${prunedRequests} requests were pruned before that; all sums are kept`;
  return new SignalboxError(error.kind, message, { cause: error });
}
