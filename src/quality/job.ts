import type { CheckKind } from "../core/verdict.ts";
import { CHECK_TIMEOUT_MS, notChecked, type Check, type CheckOutcome, type Subject } from "./check.ts";
import { MissingPackageError } from "./optional.ts";
import type { OwnTest } from "../core/caller-test.ts";

/** A check to be made of a subject: by name, with what the config wants of it. */
export interface Wanted {
  readonly check: string;
  readonly own: OwnTest | null;
}

/** What became of a check. `null`: it has no meaning for this request and leaves no line in the verdict. */
export type Ran = { readonly kind: CheckKind; readonly cap?: number; readonly outcome: CheckOutcome } | null;

/** Runs checks one after the other, somewhere. */
export interface CheckRunner {
  /**
   * One result for each of `wanted`, in order. Never rejects: what breaks, hangs or is cut off by the signal is "not checked",
   * with the reason, and the others are made all the same.
   */
  run(wanted: readonly Wanted[], subject: Subject, signal: AbortSignal): Promise<readonly Ran[]>;
  /** Ends every check that runs, and whatever they run in. */
  close(): Promise<void>;
}

export const NO_TIME = "there was no time left for it";

/** Makes one check; what it throws means that it could not be made. */
export async function runCheck(
  check: Check | undefined,
  { check: name, own }: Wanted,
  subject: Subject,
  signal: AbortSignal,
): Promise<Ran> {
  if (check === undefined) return unmade(notChecked(`there is no check named ${name}`));
  try {
    const each = { ...subject, own };
    if (check.applies?.(each) === false) return null;
    return ranOf(check, tooLong(check, each) ?? (await check.run(each, signal)));
  } catch (error) {
    return ranOf(check, notChecked(messageOf(error)));
  }
}

/** The result of a check that was never begun, or of which nobody knows more than its name. */
export function unmade(outcome: CheckOutcome): Ran {
  return { kind: "graded", outcome };
}

export function timeLimitOf(check: Check | undefined): number {
  return check?.timeoutMs ?? CHECK_TIMEOUT_MS;
}

export function ranOf(check: Pick<Check, "kind" | "cap">, outcome: CheckOutcome): NonNullable<Ran> {
  return { kind: check.kind, ...(check.cap === undefined ? {} : { cap: check.cap }), outcome };
}

function tooLong(check: Check, { text }: Subject): CheckOutcome | null {
  if (text.length <= check.maxChars) return null;
  return notChecked(`the answer has ${text.length} characters; this check reads at most ${check.maxChars}`);
}

function messageOf(error: unknown): string {
  if (error instanceof Error) {
    return error instanceof MissingPackageError ? error.message : `the check broke: ${error.message}`;
  }
  return `the check broke: ${String(error)}`;
}
