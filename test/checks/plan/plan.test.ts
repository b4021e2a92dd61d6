import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import * as plans from "./plans.ts";

const PROMPT = "Plan the migration of our billing service to PostgreSQL.";
const check = async (text: string, prompt = PROMPT): Promise<string> => {
  const outcome = await run("plan", text, { prompt });
  return outcome !== null && outcome.findings.length === 0 ? (outcome.looked ?? "no steps") : said(outcome);
};

describe("plan", () => {
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
  ])("reads %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toContain(why);
  });

  it.each([
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
    ["an id given twice", "- T1: Build it\n- T2: Test it\n- T2: Ship it", "two steps are called T2"],
    ["an id twice in JSON", '[{"id": 1, "task": "Build"}, {"id": 1, "task": "Ship"}]', "two steps are called 1"],
  ])("fails on %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toMatch(/^fact/);
    expect(outcome).toContain(why);
  });

  it("names the whole circle across sections", async () => {
    expect(await check(plans.CIRCLE)).toContain("Phase 1 / T1 → Phase 3 / T6 → Phase 2 / T3 → Phase 1 / T1");
  });

  it("says what it read", async () => {
    expect(await run("plan", plans.CIRCLE, { prompt: PROMPT })).toMatchObject({ measured: { steps: 6, form: "list" } });
  });

  it.each([
    ["prose", "First we should look at the schema, and then move the data carefully."],
    ["advice in bullets", "- Be careful\n- Test a lot\n- Communicate"],
    ["JSON without steps", '{"answer": "be careful"}'],
  ])("finds no plan in %s, which is no fact", async (_name, text) => {
    expect(await check(text)).toBe("no steps");
  });

  it("reads bullets that Markdown does not know", async () => {
    expect(await check("• T1: Pack the books\n• T2: Drive the van, after T1\n• T3: Unpack the books, after T2")).toBe(
      "3 steps, 2 with dependencies",
    );
  });

  it.each([
    ["Plan it in exactly 4 steps.", "fact: 3 steps where the prompt asks for 4"],
    ["Plan it in five phases.", "3 steps"],
    ["Plan a form of 5 steps.", "3 steps"],
    ["Plan it. Return JSON only.", "fact: the prompt asks for JSON, and there is none"],
    ["Plan it. Answer as a table.", "fact: the prompt asks for a table, and there is none"],
    ["Plan an endpoint that should return JSON.", "3 steps"],
  ])("%s", async (prompt, words) => {
    expect(await check("1. Pack the books\n2. Drive the van\n3. Unpack the books", prompt)).toBe(words);
  });

  it("counts the days of a trip", async () => {
    const days = (count: number): string =>
      Array.from({ length: count }, (_, at) => `**Day ${at + 1}**\nWalk and eat.`).join("\n\n");
    expect(await check(days(4), "Plan a 6-day trip to Porto.")).toMatch(/^fact: the plan ends with day 4/);
    expect(await check(days(6), "Plan a 6-day trip to Porto.")).toMatch(/steps/);
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
    expect(await check(text)).toMatch(/^\d steps/);
  });
});
