import type { Finding } from "../checks/kit/check-result.ts";
import {
  CHECK_TIMEOUT_MS,
  REPAIR_CHARS,
  unmade,
  type Check,
  type CheckOutcome,
  type Subject,
} from "../checks/kit/check.ts";
import type { Tested } from "../checks/kit/criterion.ts";

/** A request to run one check: its name and, for a check of criteria, the criterion. */
export interface CheckRequest {
  readonly check: string;
  readonly criterion: Tested | null;
}

/** Runs checks one after the other: in this thread or in a worker. */
export interface CheckRunner {
  /**
   * One outcome for each request, in order. Never rejects: a check that breaks, hangs or is cut off by the signal is "unmade" with
   * the reason. Who has the checks made (`principal`; `null`: the owner) decides whose turn it is.
   */
  run(
    requests: readonly CheckRequest[],
    subject: Subject,
    signal: AbortSignal,
    principal: string | null,
  ): Promise<readonly CheckOutcome[]>;
  /** Ends all running checks and their threads. */
  close(): Promise<void>;
}

/** What all checks of one answer may take together in worker threads, milliseconds. */
export const ANSWER_LIMIT_MS = 20_000;

export const NO_TIME = "there was no time left for it";
export const NO_ANSWER_TIME = `the checks of one answer may take ${ANSWER_LIMIT_MS / 1000} s together, and they have`;

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

/** More findings of one check add nothing useful. */
export const MOST_FINDINGS = 20;

/**
 * An outcome that the thread that serves requests can read in no time: the first findings, facts before hints, with texts cut.
 * A check may find a hundred thousand things in a hostile answer.
 */
export function bounded(outcome: CheckOutcome): CheckOutcome {
  if (outcome === null) return null;
  const { findings, leftOut = 0 } = outcome;
  const kept = factsFirst(findings).slice(0, MOST_FINDINGS).map(cut);
  const more = findings.length - kept.length + leftOut;
  return {
    ...outcome,
    findings: kept,
    evidence: outcome.evidence.map((each) => ({ ...each, summary: short(each.summary) })),
    ...(outcome.looked === undefined ? {} : { looked: short(outcome.looked) }),
    ...(outcome.unmade === undefined ? {} : { unmade: short(outcome.unmade) }),
    ...(more === 0 ? {} : { leftOut: more }),
  };
}

/** Facts first, so that a limit on findings cuts hints. */
function factsFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => Number(a.certainty === "hint") - Number(b.certainty === "hint"));
}

function cut(finding: Finding): Finding {
  const { message, repair } = finding;
  return { ...finding, message: short(message), ...(typeof repair === "string" ? { repair: short(repair) } : {}) };
}

function short(text: string): string {
  return text.length > REPAIR_CHARS ? text.slice(0, REPAIR_CHARS).toWellFormed() : text;
}

function tooLong(check: Check, { text }: Subject): CheckOutcome {
  if (text.length <= check.maxChars) return null;
  return unmade(`the answer has ${text.length} characters; this check reads at most ${check.maxChars}`);
}

function messageOf(error: unknown): string {
  return `the check broke: ${error instanceof Error ? error.message : String(error)}`;
}
