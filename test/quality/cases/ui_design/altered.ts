import type { AnswerCase } from "../case.ts";

/** An answer to a request for a page or component; good unless said otherwise. */
export const ui = (
  name: string,
  prompt: string,
  answer: string,
  expect: AnswerCase["expect"] = "verified",
): AnswerCase => ({ name, task: "ui_design", prompt, answer, expect });

/** A good page with a defect put in: a change that does not take is an error in the case. */
export function altered(page: string, ...changes: readonly (readonly [from: string | RegExp, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    const changed = text.replace(from, () => to);
    if (changed === text) throw new Error(`nothing matches ${String(from)}`);
    return changed;
  }, page);
}
