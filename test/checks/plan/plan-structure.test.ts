import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
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

  it("tells the model what to mend", async () => {
    const outcome = await run("plan_structure", plans.CIRCLE, { prompt: PROMPT });
    expect(outcome).toMatchObject({
      repair: expect.stringContaining("Phase 1 / T1 → Phase 3 / T6 → Phase 2 / T3"),
      evidence: { steps: 6, format: "list" },
    });
  });

  it("takes points from numbers that cannot be followed from top to bottom", async () => {
    const plan = "1. Deploy the service (depends on step 2)\n2. Write the service\n3. Tell everybody";
    expect(await run("plan_structure", plan, { prompt: PROMPT })).toMatchObject({ passed: true, score: 0.8 });
    expect(await check(plan, `${PROMPT} List the steps in execution order.`)).toMatch(/^fail.*which comes later/);
  });

  it.each([
    ["a negation", "1. Write the schema (does not depend on step 2)\n2. Copy the data (depends on step 1)"],
    [
      "another runbook",
      "1. Write the schema, see step 7 of the runbook\n2. Copy the data; requires step 4 of the vendor's guide",
    ],
    ["work side by side", "1. Write the schema, in parallel with step 2\n2. Copy the data, in parallel with step 1"],
    ["a later time", "1. Write the schema; keep the old one until after step 2\n2. Copy the data (depends on step 1)"],
    ["the other direction", "1. Write the schema (a prerequisite for step 2)\n2. Copy the data (depends on step 1)"],
    [
      "dates and versions",
      "1. Write the schema. Depends on: 2026-01-02, PostgreSQL 17\n2. Copy it. Depends on: Node 20, 3 reviewers",
    ],
  ])("finds no circle and nothing missing in %s", async (_name, text) => {
    expect(await check(text)).toMatch(/^pass/);
  });
});
