import { describe, expect, it } from "vitest";
import { casesOf } from "./load.ts";
import { verdictFor } from "./request.ts";

/** One test per case of a task: the verdict is the expected one. A good answer is never failed, a bad one never verified. */
export function holdsForAll(task: string): void {
  describe(`verdicts on answers to ${task}`, () => {
    it.each(casesOf(task).map((each) => [each.id, each] as const))("%s", async (_id, each) => {
      const { label, verdict: expected } = each.expected;
      expect([label, expected]).not.toEqual(["good", "failed"]);
      expect([label, expected]).not.toEqual(["bad", "verified"]);
      const verdict = await verdictFor(each);
      expect(verdict.status, `${verdict.summary}\n${JSON.stringify(verdict.checks, null, 1)}`).toBe(expected);
    });
  });
}
