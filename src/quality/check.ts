import type { OwnTest } from "../core/caller-test.ts";
import type { Context, ContextFile } from "../core/request.ts";
import type { TaskId } from "../core/task.ts";
import type { CheckKind, Evidence } from "../core/verdict.ts";

/** An answer and everything about its request that a check may look at. Plain data: it goes to a worker as a message. */
export interface Subject {
  /** The answer, as the model wrote it. */
  readonly text: string;
  readonly taskId: TaskId;
  /** Names of the checks of the task. */
  readonly checks: readonly string[];
  readonly prompt: string;
  readonly context: Context;
  readonly files: readonly ContextFile[];
  /** The other texts of the request's context. */
  readonly notes: readonly string[];
  readonly responseSchema: Readonly<Record<string, unknown>> | null;
  /** What the config wants tested by this row of the task; `null` for every check but `own_test`. */
  readonly own: OwnTest | null;
}

/** What goes along with a finding. */
export interface Extras {
  /** Concrete errors by which a model can mend its answer: compiler output, a failing example. At most {@link REPAIR_CHARS}. */
  readonly repair?: string;
  /** What was measured, as JSON for the receipt. */
  readonly evidence?: Evidence;
}

/** What a check found: pass or fail with a score (0..1) and what to do about it, or why it could not be made. */
export type CheckOutcome =
  | ({ readonly checked: true; readonly passed: boolean; readonly score: number; readonly detail: string } & Extras)
  | { readonly checked: false; readonly reason: string };

/** One thing that can be said about an answer without asking anybody. */
export interface Check {
  readonly name: string;
  readonly kind: CheckKind;
  /** The most that an answer can score when this gate fails. Lies below every task's threshold. Default 0. */
  readonly cap?: number;
  /** Longer answers, in UTF-16 units, are not checked. */
  readonly maxChars: number;
  /** After so long the check is given up, together with the thread that it runs in. Default {@link CHECK_TIMEOUT_MS}. */
  readonly timeoutMs?: number;
  /** Whether the check has a meaning for this request; without it: always. One that does not apply leaves no line in the verdict. */
  applies?(subject: Subject): boolean;
  /** May throw, which means that the check could not be made. */
  run(subject: Subject, signal: AbortSignal): CheckOutcome | Promise<CheckOutcome>;
}

/** For checks that only scan. */
export const SCAN_MAX_CHARS = 4_000_000;
/** For checks that parse. */
export const PARSE_MAX_CHARS = 400_000;

export const CHECK_TIMEOUT_MS = 5_000;
/** More of a compiler's output helps no model. */
export const REPAIR_CHARS = 4_000;

export function pass(detail: string, extras: Extras = {}): CheckOutcome {
  return { checked: true, passed: true, score: 1, detail, ...extras };
}

export function fail(detail: string, extras: Extras = {}): CheckOutcome {
  return { checked: true, passed: false, score: 0, detail, ...extras };
}

/** A failure whose own words are what a model can mend its answer by. */
export function failToMend(problem: string): CheckOutcome {
  return fail(problem, { repair: problem });
}

/** From this score on a graded check counts as passed. */
const PASS_SCORE = 0.75;

export function graded(score: number, detail: string, extras: Extras = {}): CheckOutcome {
  return { checked: true, passed: score >= PASS_SCORE, score: Math.min(1, Math.max(0, score)), detail, ...extras };
}

export function notChecked(reason: string): CheckOutcome {
  return { checked: false, reason };
}

/** At most `max` of the problems, and how many more there are. */
export function listed(problems: readonly string[], max = 4): string {
  const shown = problems.slice(0, max).join("; ");
  return problems.length > max ? `${shown}; and ${problems.length - max} more` : shown;
}
