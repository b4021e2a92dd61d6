import { expect, it } from "vitest";
import type { VerdictStatus } from "../../../src/core/verdict.ts";
import { verdictFor } from "./request.ts";

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
