import { TASKS } from "../../../src/catalog/tasks.ts";
import { parseContext, render } from "../../../src/core/prompt.ts";
import type { Verifier } from "../../../src/core/ports.ts";
import type { Request } from "../../../src/core/request.ts";
import type { Verdict } from "../../../src/core/verdict.ts";
import { CHECKS } from "../../../src/quality/checks/index.ts";
import { inProcess } from "../../../src/quality/in-process.ts";
import { createVerifier } from "../../../src/quality/verifier.ts";
import type { AnswerCase } from "./case.ts";

/** The checks of production, in this thread: a case that fails is then easy to step into. */
export const HERE: Verifier = createVerifier({ workers: inProcess(async () => CHECKS) });

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

export async function verdictFor(each: AnswerCase, verifier: Verifier = HERE): Promise<Verdict> {
  return verifier.verify(each.answer, requestOf(each), new AbortController().signal);
}
