import { describe, expect, it } from "vitest";
import type { PlanCriterion } from "../../../src/checks/kit/criterion.ts";
import { run, said } from "../../verify/subject.ts";

type Requirement = PlanCriterion extends infer One ? (One extends PlanCriterion ? Omit<One, "name"> : never) : never;

async function accept(requirement: Requirement, answer: string): Promise<string> {
  const criterion = { name: "mine", ...requirement } as PlanCriterion;
  return said(await run("accept_plan", answer, { criterion }));
}

const PLAN = `## Phase 1: Prepare
1. **Back up** the database
2. Write the new schema

## Phase 2: Move
1. Copy the data
2. Switch the service over (depends on step 1)`;

describe("a criterion of the plan", () => {
  it.each<[string, Requirement, string]>([
    ["a number of steps", { kind: "steps", min: 4, max: 4 }, "evidence: has 4 steps in 2 phases"],
    ["a number of phases", { kind: "steps", min: 2, max: 3 }, "evidence: has 4 steps in 2 phases"],
    [
      "phrases, whatever their case, spacing and marks",
      { kind: "covers", phrases: ["back  UP the database", "Move"] },
      "evidence: all 2",
    ],
    ["one before the other", { kind: "before", first: "back up", second: "copy" }, "evidence: "],
    ["dependencies that are there", { kind: "no_dangling" }, "evidence: every dependency"],
  ])("%s: met", async (_name, requirement, words) => {
    expect(await accept(requirement, PLAN)).toContain(words);
  });

  it.each<[string, Requirement, string]>([
    ["too few steps", { kind: "steps", min: 6, max: null }, "fact: mine: has 4 steps"],
    [
      "a phrase that is nowhere",
      { kind: "covers", phrases: ["copy the data", "rollback"] },
      'fact: mine: no step of 6 says "rollback"',
    ],
    ["the other order", { kind: "before", first: "switch", second: "back up" }, 'fact: mine: "switch" is in step'],
    [
      "an order of something that is nowhere",
      { kind: "before", first: "rollback", second: "copy" },
      'no step says "rollback"',
    ],
  ])("%s: not met, with what was found", async (_name, requirement, words) => {
    expect(await accept(requirement, PLAN)).toContain(words);
  });

  it("of dependencies names the one that leads nowhere", async () => {
    expect(await accept({ kind: "no_dangling" }, PLAN.replace("step 1)", "step 9)"))).toMatch(
      /^fact: mine: .*step 9, which is not/,
    );
  });

  it("of a number of steps leaves out a tip behind them", async () => {
    const plan = "1. Back up\n2. Copy it\n3. Test it\n\n## Bonus tip\n\n1. Keep the old disk";
    expect(await accept({ kind: "steps", min: 3, max: 3 }, plan)).toMatch(/^evidence/);
  });

  it("cannot be met without a plan", async () => {
    expect(await accept({ kind: "steps", min: 1, max: null }, "Let us think about it.")).toBe(
      "not checked: no steps can be read in the answer",
    );
    expect(await accept({ kind: "no_dangling" }, "Let us think about it.")).toBe(
      "not checked: no steps can be read in the answer",
    );
  });
});
