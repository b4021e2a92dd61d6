import { expect, it } from "vitest";
import { TASKS } from "../../../src/catalog/tasks.ts";
import { parseContext, render } from "../../../src/core/prompt.ts";
import type { Verifier } from "../../../src/core/ports.ts";
import type { Request } from "../../../src/core/request.ts";
import type { Verdict, VerdictStatus } from "../../../src/core/verdict.ts";
import { createVerifier } from "../../../src/quality/verifier.ts";

/** An answer to a request of a task, and what a careful expert says of it. */
export interface AnswerCase {
  /** What is good or bad about it, as a sentence without a subject: "lets anybody mint". */
  readonly name: string;
  readonly task: string;
  readonly prompt: string;
  /** As `route_task` takes it. */
  readonly context?: string | Readonly<Record<string, unknown>>;
  readonly responseSchema?: Readonly<Record<string, unknown>>;
  readonly answer: string;
  readonly expect: VerdictStatus;
  /** The check that must have failed. */
  readonly by?: string;
}

export function requestOf(each: AnswerCase): Request {
  const task = TASKS.find(({ id }) => id === each.task);
  if (task === undefined) throw new Error(`no task ${each.task}`);
  const parsed = parseContext(each.context);
  if (!parsed.ok) throw new Error(parsed.problem);
  const responseSchema = each.responseSchema ?? null;
  return {
    routeId: "r1",
    task,
    prompt: each.prompt,
    context: parsed.context,
    rendered: render(each.prompt, parsed.context, responseSchema),
    budgetNanoUsd: null,
    deadlineMs: 30_000,
    minQuality: task.minQuality,
    models: null,
    optimize: task.optimize,
    maxOutputTokens: task.maxOutputTokens,
    responseSchema,
    onBelowQuality: "return_best",
    repair: true,
    notes: [],
  };
}

export async function verdictFor(each: AnswerCase, verifier: Verifier = createVerifier()): Promise<Verdict> {
  return verifier.verify(each.answer, requestOf(each), new AbortController().signal);
}

/** One test per case: the verdict is the expected one, and the named check has found the defect. */
export function holdsForAll(cases: readonly AnswerCase[]): void {
  it.each(cases.map((each) => [`${each.expect}: ${each.name}`, each] as const))("%s", async (_name, each) => {
    const verdict = await verdictFor(each);
    const failed = verdict.checks.filter((check) => check.passed === false).map((check) => check.name);
    expect(
      verdict.status,
      JSON.stringify(
        verdict.checks.map(({ name, passed, score, detail }) => ({ name, passed, score, detail })),
        null,
        1,
      ),
    ).toBe(each.expect);
    if (each.by !== undefined) expect(failed).toContain(each.by);
  });
}
