import "better-sqlite3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RouteInput } from "../../src/core/contract.ts";
import type { EvidenceSource, MeasuredPrecision } from "../../src/core/evidence.ts";
import { nanoFromUsd } from "../../src/core/money.ts";
import { billedNanoUsd } from "../../src/sandbox/bill.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";

const fenced = (code: string, language = "js") => `\`\`\`${language}\n${code}\n\`\`\`\n`;
const SUM = fenced("function total(list) { return list.reduce((sum, each) => sum + each, 0); }");
const LOOP = fenced("const total = (list) => { let sum = 0; for (const each of list) sum += each; return sum; };");
/** Right on the prompt's example, wrong on lists with a negative member. */
const WRONG = fenced("function total(list) { return list.reduce((sum, each) => sum + Math.max(0, each), 0); }");
/** The example is only told, so that no check runs it. */
const PROMPT = "Write a JavaScript function total(list) that adds up a list of numbers.";
const TESTS = '{"criteria": [{"call": "total([1, -2, 3])", "equals": 2}, {"call": "total([4, 5])", "equals": 10}]}';

let sandbox: Sandbox;
let app: SandboxService;
/** By vendor. */
let says: Readonly<Record<string, string>> = {};
let measured: MeasuredPrecision | null = null;
let sources: EvidenceSource[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({
    answers: ({ provider, system }) =>
      system?.startsWith("You write acceptance tests") === true ? TESTS : (says[provider] ?? says["others"] ?? null),
  });
  const precisionOf = (source: EvidenceSource): MeasuredPrecision | null => {
    sources.push(source);
    return measured;
  };
  app = await sandboxService(sandbox, {}, { verifier: HERE, precisionOf });
});
beforeEach(() => {
  [measured, sources] = [null, []];
});
afterAll(async () => {
  await app.close();
  await sandbox.close();
});

let asked = 0;
async function route(input: Partial<RouteInput> = {}) {
  const billed = billedNanoUsd(sandbox.bill);
  asked += 1;
  const outcome = await app.service.route(
    {
      task: "general",
      prompt: `How many? (${asked})`,
      models: ["claude-haiku-5-5"],
      on_unchecked: "agree",
      ...input,
    },
    { signal: new AbortController().signal },
  );
  if (!outcome.ok) throw new Error(outcome.error.message);
  const { value } = outcome;
  expect(nanoFromUsd(value.cost_usd)).toBe(billedNanoUsd(sandbox.bill) - billed);
  return { ...value, roles: value.attempts.map(({ role, outcome: how }) => `${role} ${how}`) };
}

describe("agreement with another vendor's model", () => {
  it("is told, and verifies nothing as long as its precision was not measured", async () => {
    says = { anthropic: "42", others: "42." };
    const done = await route();
    expect(done.roles).toEqual(["answer accepted", "agree accepted"]);
    expect(done.attempts[1]?.provider).not.toBe("anthropic");
    expect(done.verdict).toMatchObject({ status: "unchecked", basis: null, score: null });
    expect(done.verdict.summary).toMatch(/agrees with \S+ \(the same number; .*not measured yet\)/);
  });

  it("verifies once the pair was measured to be right often enough, with that share as its score", async () => {
    says = { anthropic: "42", others: "**42**" };
    measured = { times: 200, right: 196, recentShare: 0.98, isEnough: true };
    const done = await route();
    expect(done.verdict).toMatchObject({ status: "verified", basis: "agreement", score: 0.98 });
    expect(done.verdict.summary).toContain("right on 196 of 200 answers so far");
    expect(sources[0]).toMatchObject({ task: "general", basis: "agreement", principal: null, minQuality: 0.6 });
    expect(sources[0]?.models).toEqual(sources[0]?.models.toSorted());
    measured = { times: 200, right: 150, recentShare: 0.75, isEnough: false };
    expect((await route()).verdict).toMatchObject({ status: "unchecked" });
  });

  it.each([
    ["a label in another case", "Positive", "positive.", true],
    ["another label", "positive", "negative", false],
    ["the same number written otherwise", "1,200", "1200", true],
    ["a negative number", "-5", "5", false],
    ["JSON with its keys in another order", '{"a": 1, "b": ["X  y"]}', '```json\n{"b": ["x y"], "a": 1}\n```', true],
    ["JSON with another value", '{"a": 1}', '{"a": 2}', false],
    ["JSON with its list in another order", '{"a": [1, 2]}', '{"a": [2, 1]}', false],
  ])("of closed answers: %s", async (_name, one, other, agrees) => {
    says = { anthropic: one, others: other };
    measured = { times: 200, right: 200, recentShare: 1, isEnough: true };
    const done = await route();
    expect(done.verdict.status).toBe(agrees ? "verified" : "unchecked");
    if (!agrees) expect(done.verdict.summary).toContain("1 hint");
  });

  it("of prose is none", async () => {
    says = { anthropic: "Signals tell trains when to stop.\nAnd when to go.", others: "They protect trains.\nMostly." };
    measured = { times: 200, right: 200, recentShare: 1, isEnough: true };
    const done = await route();
    expect(done.verdict).toMatchObject({ status: "unchecked" });
    expect(done.verdict.checks.at(-1)).toMatchObject({ passed: null, detail: expect.stringContaining("many ways") });
  });

  it.each([
    ["that does the same agrees", LOOP, "verified"],
    ["that does something else on an input does not", WRONG, "unchecked"],
    ["that throws everywhere does not", fenced("function total() { throw new Error('no') }"), "unchecked"],
    ["that never ends does not", fenced("function total() { for (;;); }"), "unchecked"],
    ["in another language does not", fenced("def total(list):\n    return sum(list)", "python"), "unchecked"],
  ])("of code, run on the calls of written tests and on others like them: code %s", async (_name, other, status) => {
    says = { anthropic: SUM, others: other };
    measured = { times: 200, right: 200, recentShare: 1, isEnough: true };
    // One of the tests is wrong, as models' tests are: agreement comes after them.
    const code = { task: "code_generation", prompt: `${PROMPT} (${asked})`, repair: false } as const;
    const done = await route({ ...code, on_unchecked: ["tests", "agree"] });
    expect(done.roles).toEqual(["answer accepted", "tests accepted", "agree accepted"]);
    expect(done.verdict.status).toBe(status);
    if (status === "verified") expect(done.verdict.summary).toMatch(/the same on \d+ calls/);
  });

  it("uses an answer of another vendor that is there, and buys no other", async () => {
    says = { anthropic: "41", openai: "42", others: "42" };
    const done = await route({
      models: ["claude-haiku-5-5", "gpt-6-luna"],
      on_unchecked: ["agree", "next"],
    });
    expect(done.roles).toEqual(["answer rejected", "agree accepted", "answer rejected"]);
  });

  it("has its second answer in the worst case", async () => {
    const input = { task: "general", prompt: "How many?", models: ["claude-haiku-5-5"] };
    const [plain, bought] = [
      await app.service.estimate(input),
      await app.service.estimate({ ...input, on_unchecked: "agree" }),
    ];
    if (!plain.ok || !bought.ok) throw new Error("should be there");
    expect(bought.value.worst_case_usd).toBeGreaterThan(plain.value.worst_case_usd);
  });
});

describe("a judge beside a second answer", () => {
  it("reads both, to grade the first, and not where the second is of its own vendor", async () => {
    says = { anthropic: "Signals stop trains.\nAnd free them.", others: "They protect trains.\nMostly, by blocks." };
    const before = sandbox.calls.length;
    await route({ on_unchecked: ["agree", "judge"] });
    const judge = sandbox.calls
      .slice(before)
      .find(({ system }) => system?.startsWith("You are a strict expert") === true);
    const second = sandbox.calls.slice(before).at(1);
    expect(judge?.promptText).toContain("Signals stop trains.");
    expect(judge?.promptText.includes("Mostly, by blocks.")).toBe(judge?.provider !== second?.provider);
  });
});
