import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../subject.ts";
import * as plans from "./plans.ts";

const PROMPT = "Plan the migration of our billing service to PostgreSQL.";
const check = async (text: string, prompt = PROMPT): Promise<string> =>
  said(await run("plan_structure", text, { prompt }));

describe("plan_structure", () => {
  it.each([
    ["headings with fields", plans.HEADINGS, "5 steps, 4 with dependencies"],
    ["an ordered list", plans.LIST, "6 steps"],
    ["an ordered list whose numbers begin anew after code", plans.BROKEN_LIST, "3 steps"],
    ["bold steps", plans.BOLD, "4 steps, 2 with dependencies"],
    ["a table", plans.TABLE, "5 steps, 4 with dependencies"],
    ["phases with lists that number anew", plans.PHASES, "7 steps, 3 with dependencies"],
    ["phases with dotted headings", plans.DOTTED, "4 steps, 2 with dependencies"],
    ["a list and, after it, its risks", `${plans.LIST}\n\n## Risks\n\n1. Data loss\n2. Downtime`, "6 steps"],
    ["two sections that number anew", plans.SECTIONS, "5 steps"],
    ["ids in an unordered list", plans.IDS, "4 steps, 3 with dependencies"],
    ["JSON", plans.JSON_PLAN, "3 steps, 2 with dependencies"],
    ["JSON in a fence", `Here:\n${fenced("json", plans.JSON_PLAN)}`, "3 steps"],
    ["JSON with phases", plans.JSON_PHASES, "4 steps, 1 with dependencies"],
    [
      "phases without steps",
      "## Phase 1: Prepare the schema\n\nCopy it.\n\n## Phase 2: Move the data\n\nDual write first.",
      "2 steps",
    ],
    ["numbered headings of a document around the steps", plans.DOCUMENT, "4 steps"],
    [
      "JSON that counts from 0",
      JSON.stringify([{ task: "Write the new schema" }, { task: "Copy all of the data", after: [0] }]),
      "2 steps",
    ],
    [
      "numbers in words",
      "## Step One: Write the schema\n\nReview it.\n\n## Step Two: Move the data\n\nDepends on step 1.",
      "2 steps, 1 with",
    ],
    [
      "Roman numbers and pictures",
      "### 🚀 Phase I — Prepare the schema\n\nA week.\n\n### ✅ Phase II — Move the data\n\nA day.",
      "2 steps",
    ],
    [
      "boxes to tick",
      "## Plan\n\n- [ ] Write the new schema\n- [x] Back up the database\n- [ ] Move the data over",
      "3 steps",
    ],
    ["external dependencies", plans.EXTERNAL, "3 steps"],
    ["two steps of one name in two phases", plans.SAME_NAMES, "4 steps"],
  ])("passes %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toMatch(/^pass/);
    expect(outcome).toContain(why);
  });

  it.each([
    ["prose", "First we should look at the schema, and then move the data carefully.", "0 steps found"],
    ["one step", "## Step 1: Migrate everything\n\nDo it on Sunday.", "1 steps found"],
    ["advice in bullets", "- Be careful\n- Test a lot\n- Communicate", "0 steps found"],
    [
      "a dependency on a step that is not there",
      plans.TABLE.replace("| T3, T4 |", "| T3, T9 |"),
      "T5 depends on T9, which is not in the plan",
    ],
    [
      "a number that is not there",
      plans.HEADINGS.replace("Step 2, Step 3", "Step 2, Step 8"),
      "depends on step 8, which is not in the plan",
    ],
    [
      "a circle of two",
      plans.HEADINGS.replace("Depends on:** none", "Depends on:** Step 2"),
      "circle: Step 1 → Step 2 → Step 1",
    ],
    [
      "a step that waits for itself",
      plans.TABLE.replace("| T1 | Copy the schema | – |", "| T1 | Copy the schema | T1 |"),
      "circle: T1 → T1",
    ],
    ["a circle through three sections", plans.CIRCLE, "circle: "],
    ["a circle of phases", plans.PHASE_CIRCLE, "circle: "],
    [
      "a circle that a sentence at the end closes",
      `${plans.IDS}\n\n## Dependencies\n\n- T1 depends on T4 because of the keys.`,
      "circle: ",
    ],
    ["a circle in JSON", plans.JSON_PLAN.replace('"depends_on":[]', '"depends_on":["deploy"]'), "circle: "],
    [
      "a name in JSON that is not there",
      plans.JSON_PLAN.replace('["schema"]', '["schemas"]'),
      "COPY depends on SCHEMAS",
    ],
    ["an id given twice", plans.TABLE.replace("| T4 |", "| T3 |"), "two steps are called T3"],
    ["two headings of one number", plans.HEADINGS.replace("## Step 4:", "## Step 3:"), "two steps are called Step 3"],
    [
      "a step said twice",
      "1. Back up the database tonight\n2. Migrate the schema\n3. Back up the database tonight",
      "3 repeats an earlier step",
    ],
    ["an id twice in JSON", plans.JSON_PLAN.replace('"id":"copy"', '"id":"schema"'), "two steps are called SCHEMA"],
    ["JSON without steps", '{"answer": "be careful"}', "0 steps found"],
  ])("fails on %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toMatch(/^fail/);
    expect(outcome).toContain(why);
  });

  it("names the whole circle across sections", async () => {
    expect(await check(plans.CIRCLE)).toContain("Phase 1 / T1 → Phase 3 / T6 → Phase 2 / T3 → Phase 1 / T1");
  });

  it.each([
    ["Give me a plan with exactly 6 steps.", "pass"],
    ["Give me a plan with exactly five steps.", "fail: 6 steps where the prompt asks for 5"],
    ["Write a 6-step plan.", "pass"],
    ["Write a 4-step migration plan.", "fail: 6 steps where the prompt asks for 4"],
    ["Break it down into 4 to 5 steps.", "fail: 6 steps where the prompt asks for 4 to 5"],
    ["Break it down into 5-7 concrete steps.", "pass"],
    ["A plan of at least ten steps, please.", "fail: 6 steps where the prompt asks for 10 or more"],
    ["A plan of at most 8 steps, please.", "pass"],
    ["No more than 3 steps.", "fail: 6 steps where the prompt asks for 1 to 3"],
    ["Plan the redesign of our checkout wizard with 3 steps.", "pass"],
    ["Plan how to migrate 3 services.", "pass"],
  ])("honours the number of steps in: %s", async (prompt, expected) => {
    expect(await check(plans.LIST, prompt)).toContain(expected);
  });

  it("counts phases where the prompt asks for phases", async () => {
    expect(await check(plans.PHASES, "A plan with 2 phases.")).toMatch(/^pass/);
    expect(await check(plans.PHASES, "A plan with 4 phases.")).toMatch(/^fail/);
  });

  it("takes points for what the prompt asks for and the plan lacks", async () => {
    const prompt = "Plan it. Name the dependencies of each step and how to verify it (acceptance criteria).";
    const bare = await run(
      "plan_structure",
      "1. Write the new schema files\n2. Move all of the data\n3. Delete the old database",
      { prompt },
    );
    expect(bare).toMatchObject({ passed: true, score: 0.5 });
    expect(said(bare)).toMatch(/dependencies, which the prompt asks for.*verified/);
    expect(await run("plan_structure", plans.HEADINGS, { prompt })).toMatchObject({ passed: true, score: 1 });
  });

  it("takes points for steps without content", async () => {
    const outcome = await run("plan_structure", "1. Schema\n2. Data\n3. Switch", { prompt: PROMPT });
    expect(outcome).toMatchObject({ passed: true, score: 0.5 });
  });
});
