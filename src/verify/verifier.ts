import type { CheckResult } from "../checks/kit/check-result.ts";
import { listed, unmade, type CheckOutcome, type CheckReport, type Subject } from "../checks/kit/check.ts";
import { checkOf, CRITERION_CHECKS } from "../checks/kit/criterion.ts";
import { legible } from "../core/legible.ts";
import type { Verifier } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import { unsaid, verdictOf } from "../core/verdict.ts";
import { isForBrowser } from "../checks/web/browser/is-for-browser.ts";
import { dueChecks, OWN_CHECK, type DueCheck } from "./due-checks.ts";
import { INLINE_CHECKS, INLINE_MAX_CHARS, MAIN_CHECKS } from "./inline-checks.ts";
import { inProcess } from "./in-process-runner.ts";
import { bounded, type CheckRunner } from "./run-check.ts";
import { WarmUp } from "./warm-up.ts";
import { workerPool } from "./worker-pool/pool.ts";

const MAX_DETAIL_CHARS = 600;
/** Findings in the detail of a check. */
const MOST_LISTED = 4;
/** A longer answer, in UTF-16 units, is not checked at all: it would not even be handed to a thread in no time. */
export const MAX_ANSWER_CHARS = 1_000_000;

export interface VerifierOptions {
  /** Runs the checks that are too slow for the thread that serves requests. Default: a pool of worker threads. */
  readonly workers?: CheckRunner;
  /** Names of the checks that every task gets. */
  readonly universal?: readonly string[];
  /** The browser that loads pages: a path, or `auto`; `null`: none. */
  readonly browser?: string | null;
}

/** The verifier: runs every check that is due, each in a suitable thread, then forms the verdict. */
export function createVerifier(options: VerifierOptions = {}): Verifier {
  const workers = options.workers ?? workerPool();
  const here = inProcess(async () => INLINE_CHECKS);
  const main = inProcess(MAIN_CHECKS);
  const warmUp = new WarmUp(workers);
  return {
    warmUp(request) {
      const subject = subjectOf("", request);
      const due = dueChecks(request, options.universal).filter((each) => placeOf(each, subject) === "workers");
      warmUp.begin(due, subject, request.principal);
    },

    async verify(answer, request, signal) {
      const subject = subjectOf(answer, request);
      const { browser } = options;
      // A worker never starts a browser: ending the worker would leave the browser running.
      const inBrowser = browser == null ? subject : { ...subject, browser };
      const due = dueChecks(request, options.universal).map((each) => ({ ...each, place: placeOf(each, inBrowser) }));
      const results = new Map<DueCheck, CheckResult | null>();
      const make = async (place: CheckPlace): Promise<void> => {
        const mine = due.filter((each) => each.place === place).toSorted((a, b) => turnOf(a) - turnOf(b));
        if (mine.length === 0) return;
        const tooLong = answer.length > MAX_ANSWER_CHARS;
        if (place === "workers") warmUp.ran(mine);
        const runner = { here, main, workers }[place];
        const about = place === "main" ? inBrowser : subject;
        const outcomes = tooLong ? mine.map(isTooLong) : await runner.run(mine, about, signal, request.principal);
        for (const [index, each] of mine.entries()) results.set(each, resultOf(each, outcomes[index] ?? null));
      };
      await make("here");
      await Promise.all([make("workers"), make("main")]);
      return verdictOf(
        due.flatMap((each) => results.get(each) ?? []),
        request.minQuality,
      );
    },
    close: () => workers.close(),
  };
}

const isTooLong = (): CheckOutcome =>
  unmade(`the answer is too long to check: answers of at most ${MAX_ANSWER_CHARS} characters are`);

type CheckPlace = "here" | "main" | "workers";

/** Cheap scans of small answers run at once in this thread; checks that parse, compile or run code go to worker threads. */
function placeOf({ check, criterion }: DueCheck, { text, size, browser }: SizedSubject): CheckPlace {
  if (criterion?.kind === "command" || check === "page_in_browser") return "main";
  if (check === "accept_page" && browser !== undefined && isForBrowser(text)) return "main";
  return INLINE_CHECKS.has(check) && Math.max(text.length, size) <= INLINE_MAX_CHARS ? "here" : "workers";
}

/**
 * The order when time is short: what only scans the text; then the caller's criteria, first those that only read, then patterns, which
 * may be slow, then those that run code, and last Solidity tests, which compile and run; then the checks of the task.
 */
function turnOf({ check, criterion }: DueCheck): number {
  if (INLINE_CHECKS.has(check)) return 0;
  if (criterion === null || check === OWN_CHECK) return 5;
  if (criterion.kind === "solidity_test") return 4;
  if (check !== CRITERION_CHECKS.contains) return 3;
  return criterion.kind === "matches" || criterion.kind === "not_matches" ? 2 : 1;
}

interface SizedSubject extends Subject {
  /** Characters of answer, prompt and context together. */
  readonly size: number;
}

function subjectOf(text: string, request: Request): SizedSubject {
  const { task, prompt, context, responseSchema } = request;
  const notes = context.notes.map((note) => note.value).filter((value) => typeof value === "string");
  const checks = task.checks.map(({ check }) => check);
  const size = text.length + (request.rendered.user.length + (context.system?.length ?? 0));
  return {
    text,
    taskId: task.id,
    checks,
    prompt,
    context,
    files: context.files,
    notes,
    responseSchema,
    criterion: null,
    size,
  };
}

function resultOf(due: DueCheck, outcome: CheckOutcome): CheckResult | null {
  const { name, check } = due;
  // A test of the config may abstain; a criterion of the caller always needs a result.
  const ofCaller = due.criterion !== null && checkOf(due.criterion) === check;
  const report = bounded(ofCaller ? decided(outcome) : outcome);
  if (report === null) return null;
  const { findings, evidence, unmade } = due.gate ? report : asHints(report);
  const kept = findings.map((finding) => ({ ...finding, message: clip(finding.message) }));
  const { looked, measured } = report;
  return {
    name,
    ...(ofCaller ? { criterion: true as const } : {}),
    passed: kept.some(({ certainty }) => certainty === "fact") ? false : unmade === undefined ? true : null,
    detail: clip(detailOf(report)),
    ...(looked === undefined ? {} : { looked: clip(looked) }),
    findings: kept,
    evidence: evidence.map((each) => ({ ...each, score: share(each.score), summary: clip(each.summary) })),
    ...(measured === undefined ? {} : { measured }),
  };
}

/** A criterion always gets a result: if its check found nothing to look at, the criterion is unmade. */
function decided(outcome: CheckOutcome): CheckReport {
  if (outcome === null) return unmade("there is nothing in the answer that it can be held against");
  const { findings, evidence, unmade: why } = outcome;
  const silent = why === undefined && evidence.length === 0 && !findings.some(({ certainty }) => certainty === "fact");
  return silent ? { ...outcome, unmade: "its check did not say whether it holds" } : outcome;
}

/** A test with `gate: false` only reports: it neither fails nor verifies the answer, nor leaves the verdict open. */
function asHints(report: CheckReport): CheckReport {
  const findings = report.findings.map((finding) => ({ ...finding, certainty: "hint" as const }));
  return { findings, evidence: [] };
}

/** Clamped to 0..1; NaN counts as 0. */
function share(score: number): number {
  return Number.isNaN(score) ? 0 : Math.min(1, Math.max(0, score));
}

function detailOf({ findings, leftOut, evidence, looked, unmade }: CheckReport): string {
  const messages = findings.map(({ message }) => message);
  const parts = [
    ...(findings.length === 0 ? [] : [listed(messages, MOST_LISTED, leftOut)]),
    ...(unmade === undefined ? [] : [`not checked: ${unmade}`]),
    ...(findings.length > 0 || looked === undefined ? [] : [looked]),
    ...(findings.length > 0 ? [] : unsaid(evidence, looked === undefined ? [] : [looked])),
  ];
  return parts.length === 0 ? "nothing found" : [...new Set(parts)].join("; ");
}

function clip(text: string): string {
  return legible(text, MAX_DETAIL_CHARS);
}
