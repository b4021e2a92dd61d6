import type { Verifier } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import { verdictOf, type CheckResult } from "../core/verdict.ts";
import { REPAIR_CHARS, type Extras, type Subject } from "./check.ts";
import { INLINE_CHECKS, INLINE_MAX_CHARS, MAIN_CHECKS } from "./checks/inline.ts";
import { inProcess } from "./in-process.ts";
import { type CheckRunner, type Ran } from "./job.ts";
import { workerPool } from "./pool/pool.ts";
import { rowsOf, type Row } from "./rows.ts";

const MAX_DETAIL_CHARS = 600;

export interface VerifierOptions {
  /** Runs what is too heavy for the thread that serves requests. By default a pool of worker threads. */
  readonly workers?: CheckRunner;
  /** Names of the checks that hold for every task. */
  readonly universal?: readonly string[];
}

/** The verifier: universal gates and the checks of the task's row, each where it can do no harm, then the verdict. */
export function createVerifier(options: VerifierOptions = {}): Verifier {
  const workers = options.workers ?? workerPool();
  const here = inProcess(async () => INLINE_CHECKS);
  const main = inProcess(MAIN_CHECKS);
  return {
    async verify(answer, request, signal) {
      const subject = subjectOf(answer, request);
      const rows = rowsOf(request, options.universal).map((row) => ({ ...row, place: placeOf(row, subject) }));
      const placed = async (place: Place): Promise<(CheckResult | null)[]> => {
        const mine = rows.filter((row) => row.place === place);
        if (mine.length === 0) return [];
        const ran = await { here, main, workers }[place].run(mine, subject, signal);
        return mine.map((row, index) => resultOf(row, ran[index] ?? null));
      };
      const scanned = await placed("here");
      const [made, asked] = await Promise.all([placed("workers"), placed("main")]);
      const results = { here: scanned, workers: made, main: asked };
      const inOrder = rows.map(({ place }) => results[place].shift() ?? null);
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
function placeOf(row: Row, { text, size }: SizedSubject): Place {
  if (row.own?.kind === "command") return "main";
  return INLINE_CHECKS.has(row.check) && Math.max(text.length, size) <= INLINE_MAX_CHARS ? "here" : "workers";
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
    own: null,
    size,
  };
}

function resultOf(row: Row, ran: Ran): CheckResult | null {
  if (ran === null) return null;
  const { outcome } = ran;
  const found = outcome.checked
    ? { ...extrasOf(outcome), passed: outcome.passed, score: outcome.score, detail: clip(outcome.detail) }
    : { passed: null, score: null, detail: clip(`not checked: ${outcome.reason}`) };
  const cap = ran.cap === undefined ? {} : { cap: ran.cap };
  return { name: row.name, kind: row.gate === false ? "graded" : ran.kind, weight: row.weight, ...cap, ...found };
}

function extrasOf({ repair, evidence }: Extras): Extras {
  return { ...(repair === undefined ? {} : { repair: repair.slice(0, REPAIR_CHARS) }), ...(evidence && { evidence }) };
}

function clip(detail: string): string {
  return detail.length > MAX_DETAIL_CHARS ? `${detail.slice(0, MAX_DETAIL_CHARS).toWellFormed()}…` : detail;
}
