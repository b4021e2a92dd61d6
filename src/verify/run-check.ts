import { CHECK_TIMEOUT_MS, unmade, type Check, type CheckOutcome, type Subject } from "../checks/kit/check.ts";
import type { CommandTest, Criterion } from "../checks/kit/criterion.ts";

/** A request to run one check: its name and, for a check of criteria, the criterion. */
export interface CheckRequest {
  readonly check: string;
  readonly criterion: Criterion | CommandTest | null;
}

/** Runs checks one after the other: in this thread or in a worker. */
export interface CheckRunner {
  /**
   * One outcome for each request, in order. Never rejects: a check that breaks, hangs or is cut off by the signal is "unmade" with
   * the reason, and the other checks still run.
   */
  run(requests: readonly CheckRequest[], subject: Subject, signal: AbortSignal): Promise<readonly CheckOutcome[]>;
  /** Ends all running checks and their threads. */
  close(): Promise<void>;
}

export const NO_TIME = "there was no time left for it";

/** Runs one check. An error that it throws becomes "unmade". */
export async function runCheck(
  check: Check | undefined,
  { check: name, criterion }: CheckRequest,
  subject: Subject,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  if (check === undefined) return unmade(`there is no check named ${name}`);
  try {
    const each = { ...subject, criterion };
    if (check.applies?.(each) === false) return null;
    return tooLong(check, each) ?? (await check.run(each, signal));
  } catch (error) {
    return unmade(messageOf(error));
  }
}

export function timeLimitOf(check: Check | undefined): number {
  return check?.timeoutMs ?? CHECK_TIMEOUT_MS;
}

function tooLong(check: Check, { text }: Subject): CheckOutcome {
  if (text.length <= check.maxChars) return null;
  return unmade(`the answer has ${text.length} characters; this check reads at most ${check.maxChars}`);
}

function messageOf(error: unknown): string {
  return `the check broke: ${error instanceof Error ? error.message : String(error)}`;
}
