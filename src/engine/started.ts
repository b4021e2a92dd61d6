import type { AttemptRole } from "../core/attempt.ts";
import type { Candidate } from "../core/planning.ts";

/** An attempt that holds its money and is about to be made. */
export interface Started {
  readonly attemptId: string;
  readonly ordinal: number;
  readonly role: AttemptRole;
  readonly candidate: Candidate;
  /** The account at its provider that it goes out on. */
  readonly account: string;
  readonly startedAtMs: number;
  /** Ends it: the caller's cancel, or another answer that was accepted first. */
  readonly signal: AbortSignal;
}

/** How an attempt is begun. */
export interface StartOptions {
  readonly role: AttemptRole;
  /** How long it may wait for room at its provider, milliseconds. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** Asked although another call probes the model: no other candidate is left. */
  readonly anyway?: boolean;
}
