import { criteriaOf } from "../../src/checks/kit/parse-criteria.ts";
import { TASKS } from "../../src/catalog/tasks.ts";
import { parseContext, render } from "../../src/core/prompt.ts";
import type { Verifier } from "../../src/core/ports.ts";
import type { Request } from "../../src/core/request.ts";
import type { Verdict } from "../../src/core/verdict.ts";
import { CHECKS } from "../../src/verify/registry.ts";
import { inProcess } from "../../src/verify/in-process-runner.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import type { AnswerCase } from "./load.ts";

/** The checks of production, in this thread: a case that fails is then easy to step into. */
export const HERE: Verifier = createVerifier({ workers: inProcess(async () => CHECKS) });

/** What a request is made of, as `route_task` takes it. */
export type RequestParts = Pick<AnswerCase, "task" | "prompt" | "context" | "accept" | "response_schema">;

export function requestOf(each: RequestParts): Request {
  const task = TASKS.find(({ id }) => id === each.task);
  if (task === undefined) throw new Error(`no task ${each.task}`);
  const parsed = parseContext(each.context);
  if (!parsed.ok) throw new Error(parsed.problem);
  const { criteria, problems } = criteriaOf(each);
  if (problems.length > 0) throw new Error(problems.join("; "));
  const accept = criteria.map(({ criterion }) => criterion);
  const responseSchema = each.response_schema ?? null;
  return {
    routeId: "r1",
    principal: null,
    task,
    prompt: each.prompt,
    context: parsed.context,
    rendered: render(each.prompt, parsed.context, responseSchema, accept, task.answerForm ?? null),
    budgetNanoUsd: null,
    deadlineMs: 30_000,
    minQuality: task.minQuality,
    models: null,
    optimize: task.optimize,
    maxOutputTokens: task.maxOutputTokens,
    responseSchema,
    accept,
    onBelowQuality: "return_best",
    onUnchecked: task.onUnchecked ?? ["accept"],
    evidenceModels: task.candidates,
    repair: true,
    notes: [],
  };
}

export async function verdictFor(
  each: RequestParts & { readonly answer: string },
  verifier: Verifier = HERE,
): Promise<Verdict> {
  return verifier.verify(each.answer, requestOf(each), new AbortController().signal);
}
