import type { CheckResult } from "../checks/kit/check-result.ts";
import { listed, REPAIR_CHARS, type CheckOutcome, type Subject } from "../checks/kit/check.ts";
import type { Verifier } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import { verdictOf } from "../core/verdict.ts";
import { seemsToHoldPage } from "../checks/web/browser/seems-to-hold-page.ts";
import { dueChecks, OWN_CHECK, type DueCheck } from "./due-checks.ts";
import { INLINE_CHECKS, INLINE_MAX_CHARS, MAIN_CHECKS } from "./inline-checks.ts";
import { inProcess } from "./in-process-runner.ts";
import type { CheckRunner } from "./run-check.ts";
import { workerPool } from "./worker-pool/pool.ts";

const MAX_DETAIL_CHARS = 600;
/** More findings of one check say nothing more. */
const MOST_FINDINGS = 20;

export interface VerifierOptions {
  /** Runs what is too heavy for the thread that serves requests. By default a pool of worker threads. */
  readonly workers?: CheckRunner;
  /** Names of the checks that hold for every task. */
  readonly universal?: readonly string[];
  /** The browser that pages are loaded in: a path, or `auto`; `null`: none. */
  readonly browser?: string | null;
}

/** The verifier: every check that is due, each where it can do no harm, then the verdict. */
export function createVerifier(options: VerifierOptions = {}): Verifier {
  const workers = options.workers ?? workerPool();
  const here = inProcess(async () => INLINE_CHECKS);
  const main = inProcess(MAIN_CHECKS);
  return {
    async verify(answer, request, signal) {
      const subject = {
        ...subjectOf(answer, request),
        ...(options.browser == null ? {} : { browser: options.browser }),
      };
      const due = dueChecks(request, options.universal).map((each) => ({ ...each, place: placeOf(each, subject) }));
      const placed = async (place: Place): Promise<(CheckResult | null)[]> => {
        const mine = due.filter((each) => each.place === place);
        if (mine.length === 0) return [];
        const outcomes = await { here, main, workers }[place].run(mine, subject, signal);
        return mine.map((each, index) => resultOf(each, outcomes[index] ?? null));
      };
      const scanned = await placed("here");
      const [made, asked] = await Promise.all([placed("workers"), placed("main")]);
      const results = { here: scanned, workers: made, main: asked };
      const inOrder = due.map(({ place }) => results[place].shift() ?? null);
      return verdictOf(
        inOrder.filter((result) => result !== null),
        request.minQuality,
      );
    },
    close: () => workers.close(),
  };
}

type Place = "here" | "main" | "workers";

/** Cheap scans of what is not large are made at once; whatever parses, compiles or runs has a thread of its own. */
function placeOf({ check, criterion }: DueCheck, { text, size, browser }: SizedSubject): Place {
  if (criterion?.kind === "command" || check === "page_in_browser") return "main";
  if (check === "accept_page" && browser !== undefined && seemsToHoldPage(text)) return "main";
  return INLINE_CHECKS.has(check) && Math.max(text.length, size) <= INLINE_MAX_CHARS ? "here" : "workers";
}

interface SizedSubject extends Subject {
  /** Characters of everything in it. */
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

function resultOf({ name, check, criterion, gate }: DueCheck, outcome: CheckOutcome): CheckResult | null {
  if (outcome === null) return null;
  const findings = outcome.findings.slice(0, MOST_FINDINGS).map((finding) => ({
    ...finding,
    ...(gate ? {} : { certainty: "hint" as const }),
    message: clip(finding.message),
    ...(finding.repair === undefined ? {} : { repair: finding.repair.slice(0, REPAIR_CHARS) }),
  }));
  const failed = findings.some(({ certainty }) => certainty === "fact");
  const { looked, measured, unmade } = outcome;
  return {
    name,
    ...(criterion !== null && check !== OWN_CHECK ? { criterion: true as const } : {}),
    passed: failed ? false : unmade === undefined ? true : null,
    detail: clip(detailOf(outcome)),
    ...(looked === undefined ? {} : { looked: clip(looked) }),
    findings,
    // What the config only wants told proves nothing either.
    evidence: gate ? outcome.evidence : [],
    ...(measured === undefined ? {} : { measured }),
  };
}

function detailOf({ findings, evidence, looked, unmade }: NonNullable<CheckOutcome>): string {
  const parts = [
    ...(findings.length === 0 ? [] : [listed(findings.map(({ message }) => message))]),
    ...(unmade === undefined ? [] : [`not checked: ${unmade}`]),
    ...(findings.length > 0 || looked === undefined ? [] : [looked]),
    ...(findings.length > 0 ? [] : evidence.map(({ summary }) => summary)),
  ];
  return parts.length === 0 ? "nothing found" : [...new Set(parts)].join("; ");
}

function clip(detail: string): string {
  return detail.length > MAX_DETAIL_CHARS ? `${detail.slice(0, MAX_DETAIL_CHARS).toWellFormed()}…` : detail;
}
