import type { Evidence, Finding, Measured } from "./check-result.ts";
import type { Tested } from "./criterion.ts";
import type { Context, ContextFile } from "./request-context.ts";
import type { Rule } from "./rule.ts";

/** An answer and everything about its request that a check may look at. Plain data: it goes to a worker as a message. */
export interface Subject {
  /** The answer, as the model wrote it. */
  readonly text: string;
  readonly taskId: string;
  /** Names of the checks of the task. */
  readonly checks: readonly string[];
  readonly prompt: string;
  readonly context: Context;
  readonly files: readonly ContextFile[];
  /** The other texts of the request's context. */
  readonly notes: readonly string[];
  readonly responseSchema: Readonly<Record<string, unknown>> | null;
  /** The one criterion that this run of the check is about; `null` for every check but those of criteria. */
  readonly criterion: Tested | null;
  /** The browser that pages may be loaded in: a path, or `auto`. Absent: none. */
  readonly browser?: string;
}

/** What a check found. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  /** How many more findings there were than it lists. Absent: none. */
  readonly leftOut?: number;
  readonly evidence: readonly Evidence[];
  /** A clause about what the check looked at: "parses". */
  readonly looked?: string;
  /** Why the check, or a part of it that was due, could not be made. */
  readonly unmade?: string;
  readonly measured?: Measured;
}

/** `null`: the check does not apply to this answer and leaves no line in the verdict. */
export type CheckOutcome = CheckReport | null;

/** One kind of check of an answer, without a model call. */
export interface Check {
  readonly name: string;
  /** Longer answers, in UTF-16 units, are not checked. */
  readonly maxChars: number;
  /** After this time the check and its thread are ended. Default {@link CHECK_TIMEOUT_MS}. */
  readonly timeoutMs?: number;
  /** Whether the check applies to this request. Absent: always. */
  applies?(subject: Subject): boolean;
  /** May throw: then the check could not be made. */
  run(subject: Subject, signal: AbortSignal): CheckOutcome | Promise<CheckOutcome>;
  /** Its rules, if it is made of rules. */
  readonly rules?: readonly Rule<never>[];
}

/** For checks that only scan. */
export const SCAN_MAX_CHARS = 4_000_000;
/** For checks that parse. */
export const PARSE_MAX_CHARS = 400_000;

export const CHECK_TIMEOUT_MS = 5_000;
/** A longer excerpt of a compiler's output does not help a model. */
export const REPAIR_CHARS = 4_000;

/** A check that was due and could not be made. */
export function unmade(reason: string): CheckReport {
  return { findings: [], evidence: [], unmade: reason };
}

/** At most `max` of the problems, and how many more there are; `leftOut` of them are not in the list. */
export function listed(problems: readonly string[], max = 4, leftOut = 0): string {
  const first = problems.slice(0, max).join("; ");
  const more = Math.max(0, problems.length - max) + leftOut;
  return more > 0 ? `${first}; and ${more} more` : first;
}
