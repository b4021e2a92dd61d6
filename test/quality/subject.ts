import { CHECKS } from "../../src/quality/checks/index.ts";
import type { CheckOutcome, Subject } from "../../src/quality/check.ts";
import { render } from "../../src/core/prompt.ts";
import type { Context, Request } from "../../src/core/request.ts";
import type { Task, TaskCheck } from "../../src/core/task.ts";

export { FENCE, fenced } from "./fenced.ts";

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
    own: null,
    ...over,
  };
}

/** Runs one check of the table. */
export async function run(name: string, text: string, over: Partial<Subject> = {}): Promise<CheckOutcome> {
  const check = CHECKS.get(name);
  if (check === undefined) throw new Error(`no check named ${name}`);
  return check.run(subject(text, over), new AbortController().signal);
}

/** "pass", "fail" or "not checked", and the words for it. */
export function said(outcome: CheckOutcome): string {
  if (!outcome.checked) return `not checked: ${outcome.reason}`;
  return `${outcome.passed ? "pass" : "fail"}: ${outcome.detail}`;
}

export function request(over: Partial<Request> = {}): Request {
  return {
    routeId: "r1",
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
    onBelowQuality: "return_best",
    repair: true,
    notes: [],
    ...over,
  };
}
