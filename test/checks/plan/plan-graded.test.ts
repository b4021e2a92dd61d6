import { describe, expect, it } from "vitest";
import { run, said } from "../../verify/subject.ts";
import * as plans from "./plans.ts";

const PROMPT = "Plan the migration of our billing service to PostgreSQL.";

describe("plan_steps_sound", () => {
  const check = async (text: string): Promise<string> => said(await run("plan_steps_sound", text, { prompt: PROMPT }));

  it.each([
    ["terse steps", "1. Schema\n2. Data\n3. Switch"],
    ["tests that run again", "1. Write the API\n2. Run the tests\n3. Write the pages\n4. Run the tests"],
    ["two steps of one name in two phases", plans.SAME_NAMES],
    ["Chinese", "## 步骤 1：准备\n\n## 步骤 2：迁移"],
  ])("passes %s", async (_name, text) => {
    expect(await check(text)).toMatch(/^pass/);
  });

  it.each([
    [
      "a step said twice",
      "1. Back up the database tonight\n2. Migrate the schema\n3. Back up the database tonight",
      "3 repeats",
    ],
    ["steps to be written", "1. Back up the database\n2. TBD\n3. ...", "2 says nothing"],
    ["headings alone", "## Step 1\n\nTODO\n\n## Step 2\n\nTODO", "Step 1 says nothing"],
  ])("fails on %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toMatch(/^fail/);
    expect(outcome).toContain(why);
  });
});

describe("plan_verifiable", () => {
  const check = async (text: string, prompt: string): Promise<string> =>
    said(await run("plan_verifiable", text, { prompt }));

  it.each([
    ["nothing is asked", plans.LIST, PROMPT, "pass"],
    ["each step says it", plans.HEADINGS, `${PROMPT} Say how each step is verified.`, "pass"],
    ["a column says it", plans.TABLE, `${PROMPT} Name an owner for each task.`, "pass"],
    ["no step says it", plans.IDS, `${PROMPT} Say how each step is verified.`, "fail"],
    ["nobody owns a step", plans.IDS, `${PROMPT} Assign an owner to each step.`, "fail"],
    ["no step says how long", plans.TABLE, `${PROMPT} Estimate the duration of each step.`, "fail"],
    ["the prompt does without", plans.IDS, `${PROMPT} No estimates, please.`, "pass"],
  ])("judges a plan where %s", async (_name, text, prompt, expected) => {
    expect(await check(text, prompt)).toMatch(new RegExp(`^${expected}`));
  });

  it("measures the share of steps that say it", async () => {
    const outcome = await run("plan_verifiable", "1. Copy\n   - Verify: counts\n2. Switch\n3. Wait\n4. Drop", {
      prompt: `${PROMPT} Give verification for each step.`,
    });
    expect(outcome).toMatchObject({ passed: false, evidence: { "how it is verified": 0.25 } });
  });
});
