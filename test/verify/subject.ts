import type { CheckOutcome, Subject } from "../../src/checks/kit/check.ts";
import type { Context } from "../../src/checks/kit/request-context.ts";
import { render } from "../../src/core/prompt.ts";
import type { Request } from "../../src/core/request.ts";
import type { Task, TaskCheck } from "../../src/core/task.ts";
import { CHECKS } from "../../src/verify/registry.ts";

export { fenced } from "./fenced.ts";

export function taskWith(checks: readonly TaskCheck[]): Task {
  return {
    id: "a_task",
    title: "A task",
    description: "",
    candidates: [],
    minQuality: 0.8,
    optimize: "quality",
    maxOutputTokens: 1000,
    expectedOutputTokens: 500,
    checks,
  };
}

const NO_CONTEXT: Context = { system: null, files: [], notes: [], tests: [] };

export function subject(text: string, over: Partial<Subject> = {}): Subject {
  return {
    text,
    taskId: "a_task",
    checks: [],
    prompt: "Do the task.",
    context: NO_CONTEXT,
    files: [],
    notes: [],
    responseSchema: null,
    criterion: null,
    ...over,
  };
}

/** Runs one check of the table. */
export async function run(name: string, text: string, over: Partial<Subject> = {}): Promise<CheckOutcome> {
  const check = CHECKS.get(name);
  if (check === undefined) throw new Error(`no check named ${name}`);
  return check.run(subject(text, over), new AbortController().signal);
}

/** "fact: …", "hint: …", "not checked: …", "evidence: …" or "nothing": the first that holds. */
export function said(outcome: CheckOutcome): string {
  if (outcome === null) return "does not apply";
  const { findings, evidence, unmade } = outcome;
  const first = findings.find(({ certainty }) => certainty === "fact") ?? findings[0];
  if (first !== undefined) return `${first.certainty}: ${first.message}`;
  if (unmade !== undefined) return `not checked: ${unmade}`;
  return evidence[0] === undefined ? "nothing" : `evidence: ${evidence[0].summary}`;
}

export function request(over: Partial<Request> = {}): Request {
  return {
    routeId: "r1",
    principal: null,
    task: taskWith([]),
    prompt: "Do the task.",
    context: NO_CONTEXT,
    rendered: render("Do the task.", NO_CONTEXT, null),
    budgetNanoUsd: null,
    deadlineMs: 30_000,
    minQuality: 0.8,
    models: null,
    optimize: "quality",
    maxOutputTokens: 1000,
    responseSchema: null,
    accept: [],
    onBelowQuality: "return_best",
    onUnchecked: ["accept"],
    evidenceModels: [],
    repair: true,
    notes: [],
    ...over,
  };
}
