import "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RouteInput } from "../../src/core/contract.ts";
import { TEST_WRITER_ROLE } from "../../src/core/written-tests.ts";
import { nanoFromUsd } from "../../src/core/money.ts";
import { SCRIPTS } from "../../src/sandbox/answers/index.ts";
import { billedNanoUsd } from "../../src/sandbox/bill.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { FIRST, rolesOf, run, SECOND } from "../support/routed.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";
import { answers, type Step } from "../support/scripted-provider.ts";

const scriptOf = (task: string) => {
  const script = SCRIPTS.find((each) => each.task === task);
  if (script === undefined) throw new Error(`no script for ${task}`);
  return script;
};
const CODE = scriptOf("code_generation");
const EXTRACTION = scriptOf("extraction");
/** No example of the prompt says what the code must do: its answers are unchecked unless tests are written. */
const PROSE =
  "Write a JavaScript function median(numbers): the median of a list of numbers, and null for an empty one.";

const vaultTest = (line: string): string =>
  `contract VaultTest { TimeVault vault = new TimeVault(); function testVault() public { ${line} } }`;

let sandbox: Sandbox;
let app: SandboxService;
/** What the answering models say; the sandbox writes the tests. */
let answer = "";
let written: string | null = null;

beforeAll(async () => {
  sandbox = await startSandbox({
    answers: ({ system }) => (system?.startsWith(TEST_WRITER_ROLE) === true ? written : answer),
  });
  app = await sandboxService(sandbox, {}, { verifier: HERE });
});
afterAll(async () => {
  await app.close();
  await sandbox.close();
});

let asked = 0;
async function route(input: Partial<RouteInput> = {}) {
  const billed = billedNanoUsd(sandbox.bill);
  // Another prompt each time: what was written for one is kept.
  asked += 1;
  const outcome = await app.service.route(
    {
      task: "code_generation",
      prompt: `${PROSE} (${asked})`,
      models: ["claude-haiku-5-5"],
      on_unchecked: "tests",
      repair: false,
      ...input,
    },
    { signal: new AbortController().signal },
  );
  if (!outcome.ok) throw new Error(outcome.error.message);
  const { value } = outcome;
  expect(nanoFromUsd(value.cost_usd)).toBe(billedNanoUsd(sandbox.bill) - billed);
  return { ...value, roles: value.attempts.map(({ role, model, outcome: how }) => `${model} ${role} ${how}`) };
}
const rowOf = ({ verdict }: Awaited<ReturnType<typeof route>>) =>
  verdict.checks.find(({ name }) => name === "written_tests");

describe("tests that another vendor's model writes", () => {
  it("verify an answer that meets all of them, and are an attempt of their own", async () => {
    [answer, written] = [CODE.good, null];
    const done = await route();
    expect(done.verdict).toMatchObject({ status: "verified", basis: "written_tests", score: 1 });
    expect(done.roles).toEqual(["claude-haiku-5-5 answer accepted", expect.stringMatching(/ tests accepted$/)]);
    expect(done.attempts[1]?.provider).not.toBe("anthropic");
    expect(rowOf(done)?.detail).toMatch(/^3 of 3 tests that \S+ wrote from the prompt met/);
    expect(done.verdict.summary).toContain("not measured yet");
  });

  it("leave a wrong answer unchecked, with what it fails: a written test is no fact", async () => {
    [answer, written] = [CODE.bad, null];
    const done = await route();
    expect(done).toMatchObject({ status: "accepted", verdict: { status: "unchecked", basis: null, score: null } });
    expect(done.verdict.summary).toContain("median([10, 9, 2, 1])");
    const receipt = await app.service.receipt(done.route_id);
    expect(JSON.stringify(receipt)).toContain('"certainty":"hint"');
    expect(JSON.stringify(receipt)).not.toContain('"certainty":"fact"');
  });

  it("send the request on where the caller wants that, and are not paid for twice", async () => {
    [answer, written] = [CODE.bad, null];
    const done = await route({
      models: ["claude-haiku-5-5", "claude-sonnet-5-5"],
      on_unchecked: ["tests", "next"],
    });
    expect(done).toMatchObject({ status: "below_quality", verdict: { status: "unchecked" } });
    expect(done.roles.map((each) => each.split(" ")[1])).toEqual(["answer", "tests", "answer"]);
  });

  it("are kept for the same prompt", async () => {
    [answer, written] = [CODE.good, null];
    const prompt = `${PROSE} Kept.`;
    expect((await route({ prompt })).roles).toHaveLength(2);
    const again = await route({ prompt });
    expect(again.roles).toEqual(["claude-haiku-5-5 answer accepted"]);
    expect(again.verdict).toMatchObject({ status: "verified", basis: "written_tests" });
  });

  it.each([
    ["that break off", '{"criteria": [{"call": "median([1])", "equa'],
    ["that are prose", "median([1]) should be 1."],
    ["of which one alone can be read", '{"criteria": [{"call": "median([1])", "equals": 1}, {"call": "median(("}]}'],
    ["that are the same one twice", '[{"call": "median([1])", "equals": 1}, {"call": "median([1])", "equals": 1}]'],
    ["that name nothing of the request", '[{"call": "1 + 1", "equals": 2}, {"assert": "true === true"}]'],
    ["of another kind", '[{"min_words": 1}, {"compiles": true}, {"not_contains": "zzz"}]'],
    ["that ask for a program", '[{"command": ["sh"]}, {"command": ["sh", "-c", "true"]}]'],
  ])("%s are no evidence, and cost what they cost", async (_name, text) => {
    [answer, written] = [CODE.good, text];
    const done = await route();
    expect(done.verdict).toMatchObject({ status: "unchecked", basis: null });
    expect(done.roles).toHaveLength(2);
    expect(rowOf(done)).toMatchObject({ passed: null, detail: expect.stringContaining("fewer than two") });
  });

  it("see the prompt alone, never the answer", async () => {
    [answer, written] = [CODE.good, null];
    await route();
    const call = sandbox.calls.at(-1);
    expect(call?.promptText).toContain(PROSE);
    expect(call?.promptText).not.toContain("sort((a, b)");
  });

  it.each([
    ["verify a right extraction", EXTRACTION.good, { status: "verified", basis: "written_tests" }],
    ["leave a wrong extraction unchecked", EXTRACTION.bad, { status: "unchecked", basis: null }],
  ])("%s", async (_name, text, verdict) => {
    [answer, written] = [text, null];
    const done = await route({ task: "extraction", prompt: EXTRACTION.prompt });
    expect(done.verdict).toMatchObject(verdict);
  });

  it.each([
    [
      "planning",
      [{ covers: ["Retire the old server"] }, { before: ["Replicate all data", "Switch over"] }],
      [{ covers: ["Retire the old server"] }, { before: ["Switch over", "Replicate all data"] }],
    ],
    [
      "ui_design",
      [
        { element: { role: "button", name: "Create account" } },
        { element: { role: "heading", name: "Create your account" } },
      ],
      [{ element: { role: "button", name: "Create account" } }, { element: { role: "link", name: "Password lost" } }],
    ],
    [
      "solidity_codegen",
      [{ contract: "TimeVault" }, { solidity_test: vaultTest("vault.deposits(address(this));") }],
      [{ contract: "TimeVault" }, { solidity_test: vaultTest("require(vault.MAX_LOCK() == 1);") }],
    ],
  ])(
    "hold an answer of %s against what its checks can run",
    async (task, right, wrong) => {
      const script = scriptOf(task);
      const ask = async (tests: unknown) => {
        [answer, written] = [script.good, JSON.stringify({ criteria: tests })];
        // They are kept by prompt: another one each time.
        return (await route({ task, prompt: `${script.prompt}\n\n(${asked})` })).verdict;
      };
      expect(await ask(right)).toMatchObject({ status: "verified", basis: "written_tests" });
      expect(await ask(wrong)).toMatchObject({ status: "unchecked", basis: null });
    },
    60_000,
  );

  it("are not bought for a task whose answers no machine can test", async () => {
    [answer, written] = ["Signals tell trains when to stop.", null];
    const done = await route({ task: "general", prompt: "What are railway signals for?" });
    expect(done.roles).toHaveLength(1);
    expect(rowOf(done)?.detail).toContain("cannot be tested by machine");
  });

  it("are in the worst case that an estimate names", async () => {
    const input = { task: "code_generation", prompt: PROSE, models: ["claude-haiku-5-5"] };
    const plain = await app.service.estimate(input);
    const bought = await app.service.estimate({ ...input, on_unchecked: "tests" });
    if (!plain.ok || !bought.ok) throw new Error("should be there");
    expect(bought.value.worst_case_usd).toBeGreaterThan(plain.value.worst_case_usd);
    expect(bought.value.notes.join()).toMatch(/has evidence bought about it \(tests\): \S+ \(at most \$/);
  });

  it("count in what needs the user's approval", async () => {
    const input = { task: "code_generation", prompt: PROSE, models: ["claude-haiku-5-5"], repair: false };
    const { signal } = new AbortController();
    const plain = await app.service.estimate(input);
    if (!plain.ok) throw new Error(plain.error.message);
    const config = { approval_usd: plain.value.worst_case_usd, defaults: { budget_usd: null } };
    const asking = await sandboxService(sandbox, config, { verifier: HERE });
    [answer, written] = [CODE.good, null];
    const taken = await asking.service.route(input, { signal });
    const refused = await asking.service.route({ ...input, on_unchecked: "tests" }, { signal });
    await asking.close();
    expect(taken).toMatchObject({ ok: true });
    expect(refused).toMatchObject({ ok: false, error: { code: "approval_required", cost_usd: 0 } });
  });

  it("are bought by themselves for code that is to cost little, and not where the config says otherwise", async () => {
    [answer, written] = [CODE.good, null];
    const { signal } = new AbortController();
    const input = { task: "code_generation", prompt: `${PROSE} Cheap.`, optimize: "cost" as const };
    const free = await app.service.route(input, { signal });
    expect(free).toMatchObject({ ok: true, value: { verdict: { status: "verified", basis: "written_tests" } } });
    const config = { tasks: [{ id: "code_generation", on_unchecked: "accept" }] };
    const plain = await sandboxService(sandbox, config, { verifier: HERE });
    const taken = await plain.service.route(input, { signal });
    await plain.close();
    expect(taken).toMatchObject({ ok: true, value: { verdict: { status: "unchecked" } } });
  });

  it("go by the allow-list where the caller did not ask for them", async () => {
    [answer, written] = [CODE.good, null];
    const config = { tasks: [{ id: "code_generation", on_unchecked: ["tests", "accept"] }] };
    const own = await sandboxService(sandbox, config, { verifier: HERE });
    const input = { task: "code_generation", prompt: `${PROSE} Private.`, models: ["claude-haiku-5-5"] };
    const done = await own.service.route(input, { signal: new AbortController().signal });
    await own.close();
    expect(done).toMatchObject({ ok: true, value: { attempts: [{ role: "answer" }] } });
    if (!done.ok) throw new Error("should be there");
    expect(done.value.verdict.checks.at(-1)?.detail).toContain("no model of another provider than anthropic");
  });

  it("are skipped when the budget does not hold them", async () => {
    [answer, written] = [CODE.good, null];
    const done = await route({ models: ["llama-3.3-70b"], budget_usd: 0.0015, max_output_tokens: 400 });
    expect(done.cost_usd).toBeLessThanOrEqual(0.0015);
    expect(done.roles).toHaveLength(1);
    expect(rowOf(done)?.detail).toMatch(/was skipped: /);
  });
});

describe("a model that writes tests", () => {
  const LIST = "```js\nfunction first(list) { return list[0]; }\n```";
  const asked = (script: readonly Step[], input: Partial<RouteInput> = {}) =>
    run({
      scripts: { [FIRST]: [answers(LIST)], "claude-sonnet-5-5": [answers(LIST)], [SECOND]: [script] },
      config: { tasks: [{ id: "code_generation", test_writers: [FIRST, SECOND] }] },
      input: {
        task: "code_generation",
        prompt: "Write first(list) in JavaScript.",
        models: [FIRST],
        on_unchecked: "tests",
        deadline_ms: 10_000,
        ...input,
      },
    });

  it("and hangs does not hold the answer beyond the deadline", async () => {
    const done = await asked(["hang"]);
    expect(rolesOf(done)).toEqual([`${FIRST} answer accepted`, `${SECOND} tests failed`]);
    expect(done.outcome).toMatchObject({ ok: true, value: { text: LIST, verdict: { status: "unchecked" } } });
    expect(done.tookMs).toBeLessThanOrEqual(10_000);
  });

  it("and is out leaves the answer unchecked, with the reason", async () => {
    const done = await asked([{ fail: "overloaded" }]);
    if (!done.outcome.ok) throw new Error("should be there");
    expect(done.outcome.value.verdict.checks.at(-1)?.detail).toMatch(/^not tested: gpt-6\.2-sol: /);
  });

  it("and fails is asked once in a request, whatever follows", async () => {
    const done = await asked([{ fail: "overloaded" }], {
      models: [FIRST, "claude-sonnet-5-5"],
      on_unchecked: ["tests", "next"],
    });
    const roles = rolesOf(done);
    expect(roles.filter((each) => each.includes(" answer rejected"))).toHaveLength(2);
    expect(roles.filter((each) => each.includes(" tests "))).toEqual([`${SECOND} tests failed`]);
  });

  it("is the first of the task's test writers of another provider", async () => {
    const done = await asked(answers('[{"call": "first([1])", "equals": 1}, {"call": "first([])", "equals": null}]'));
    expect(rolesOf(done)).toEqual([`${FIRST} answer accepted`, `${SECOND} tests accepted`]);
  });
});
