import type { UncheckedStep } from "./task.ts";

/** The steps that end it: the answer is taken, or the next candidate is asked. */
const LAST: ReadonlySet<UncheckedStep> = new Set(["accept", "next"]);

/** The steps for an unchecked answer as they were asked for; where they do not say how it ends, it ends as the task says. */
export function uncheckedSteps(
  asked: UncheckedStep | readonly UncheckedStep[] | undefined,
  ofTask: readonly UncheckedStep[] = ["accept"],
): readonly UncheckedStep[] {
  if (asked === undefined) return ofTask;
  const steps = typeof asked === "string" ? [asked] : asked;
  const last = steps.at(-1);
  return last !== undefined && LAST.has(last) ? steps : [...steps, ofTask.at(-1) ?? "accept"];
}

/** What is wrong with the steps, as a clause; or `null`. */
export function stepsProblem(steps: readonly UncheckedStep[]): string | null {
  const repeated = steps.find((step, index) => steps.indexOf(step) !== index);
  if (repeated !== undefined) return `names ${repeated} more than once`;
  const early = steps.slice(0, -1).find((step) => LAST.has(step));
  return early === undefined ? null : `names a step after ${early}, which ends it`;
}

/** Whether an answer that stays unchecked is rejected, so that the next candidate is asked. */
export function asksNext(steps: readonly UncheckedStep[]): boolean {
  return steps.at(-1) === "next";
}
