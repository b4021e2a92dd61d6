import { setImmediate } from "node:timers/promises";
import type { Verifier } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import { verdictOf, type CheckResult } from "../core/verdict.ts";
import { notChecked, REPAIR_CHARS, type Check, type CheckOutcome, type Extras, type Subject } from "./check.ts";
import { CHECKS, UNIVERSAL_CHECKS } from "./checks/index.ts";

/** The share of the verdict that a response schema takes; the task's own checks divide the rest in proportion. */
const SCHEMA_WEIGHT = 0.6;
const SCHEMA_CHECK = "schema";
const MAX_DETAIL_CHARS = 600;
/** After so much work in one go everybody else has a turn; cheap checks together take less. */
const TURN_AFTER_MS = 5;

export interface VerifierOptions {
  /** Every check by name. */
  readonly checks?: ReadonlyMap<string, Check>;
  /** Names of the checks that hold for every task. */
  readonly universal?: readonly string[];
}

interface Row {
  readonly name: string;
  readonly weight: number;
}

/** The verifier: universal gates first, then the checks of the task's row, then the verdict. */
export function createVerifier(options: VerifierOptions = {}): Verifier {
  const checks = options.checks ?? CHECKS;
  const universal = options.universal ?? UNIVERSAL_CHECKS;
  return {
    async verify(answer, request, signal) {
      const subject = subjectOf(answer, request);
      const results: CheckResult[] = [];
      let turnedMs = performance.now();
      for (const row of rowsOf(request, universal)) {
        // Checks are mostly synchronous: without a turn of the event loop no deadline could ever fire between them.
        if (performance.now() - turnedMs > TURN_AFTER_MS) {
          await setImmediate();
          turnedMs = performance.now();
        }
        const result = await resultOf(row, checks.get(row.name), subject, signal);
        if (result !== null) results.push(result);
      }
      return verdictOf(results, request.minQuality);
    },
  };
}

function subjectOf(text: string, request: Request): Subject {
  const { task, prompt, context, responseSchema } = request;
  const notes = context.notes.map((note) => note.value).filter((value) => typeof value === "string");
  const checks = task.checks.map(({ check }) => check);
  return { text, taskId: task.id, checks, prompt, context, files: context.files, notes, responseSchema, own: null };
}

/** A task may give weight to a check that is universal anyway: each check has one row. */
function rowsOf(request: Request, universal: readonly string[]): readonly Row[] {
  const share = request.responseSchema === null ? 1 : 1 - SCHEMA_WEIGHT;
  const weights = new Map(universal.map((name) => [name, 0]));
  for (const { check, weight } of request.task.checks) weights.set(check, weight * share);
  if (request.responseSchema !== null) weights.set(SCHEMA_CHECK, SCHEMA_WEIGHT);
  return [...weights].map(([name, weight]) => ({ name, weight }));
}

async function resultOf(
  row: Row,
  check: Check | undefined,
  subject: Subject,
  signal: AbortSignal,
): Promise<CheckResult | null> {
  if (check === undefined) {
    return resultFrom(row, { kind: "graded" }, notChecked(`there is no check named ${row.name}`));
  }
  try {
    if (check.applies?.(subject) === false) return null;
    return resultFrom(row, check, await outcomeOf(check, subject, signal));
  } catch (error) {
    return resultFrom(row, check, notChecked(`the check broke: ${messageOf(error)}`));
  }
}

async function outcomeOf(check: Check, subject: Subject, signal: AbortSignal): Promise<CheckOutcome> {
  const { text } = subject;
  if (text.length > check.maxChars) {
    return notChecked(`the answer has ${text.length} characters; this check reads at most ${check.maxChars}`);
  }
  if (signal.aborted) return notChecked(NO_TIME);
  return await untilAborted(check.run(subject), signal);
}

const NO_TIME = "there was no time left for it";

async function untilAborted(outcome: CheckOutcome | Promise<CheckOutcome>, signal: AbortSignal): Promise<CheckOutcome> {
  if (!(outcome instanceof Promise)) return outcome;
  const { promise: aborted, resolve } = Promise.withResolvers<CheckOutcome>();
  const onAbort = (): void => resolve(notChecked(NO_TIME));
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([outcome, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function resultFrom(row: Row, check: Pick<Check, "kind" | "cap">, outcome: CheckOutcome): CheckResult {
  const { name, weight } = row;
  const cap = check.cap === undefined ? {} : { cap: check.cap };
  const found = outcome.checked
    ? { ...extrasOf(outcome), passed: outcome.passed, score: outcome.score, detail: clip(outcome.detail) }
    : { passed: null, score: null, detail: clip(`not checked: ${outcome.reason}`) };
  return { name, kind: check.kind, weight, ...cap, ...found };
}

function extrasOf({ repair, evidence }: Extras): Extras {
  return { ...(repair === undefined ? {} : { repair: repair.slice(0, REPAIR_CHARS) }), ...(evidence && { evidence }) };
}

function clip(detail: string): string {
  return detail.length > MAX_DETAIL_CHARS ? `${detail.slice(0, MAX_DETAIL_CHARS).toWellFormed()}…` : detail;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
