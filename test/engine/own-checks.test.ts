import "better-sqlite3";
import { beforeAll, describe, expect, it } from "vitest";
import { TASK_CHECKS } from "../../src/catalog/tasks.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { HERE } from "../cases/request.ts";
import { request, taskWith } from "../verify/subject.ts";
import { answers } from "../support/scripted-provider.ts";
import { FIRST, rolesOf, run, warmUp } from "../support/routed.ts";

beforeAll(warmUp);

/** A check that the policy names. */
const KNOWN = TASK_CHECKS[0] ?? "none";
const ANSWER = "Signals are red, yellow or green.";

function ask(tests: unknown, config: Record<string, unknown> = {}, answer = ANSWER) {
  return run({ scripts: { [FIRST]: [answers(answer)] }, input: { models: [FIRST], context: { tests } }, config });
}

async function checked(tests: unknown, config: Record<string, unknown> = {}, answer = ANSWER) {
  const done = await ask(tests, config, answer);
  if (!done.outcome.ok) throw new Error(done.outcome.error.message);
  return done.outcome.value;
}

describe("the caller's tests of an answer", () => {
  it.each<[string, unknown]>([
    ["a pattern that must match", { matches: "red.*green" }],
    ["a pattern with flags", { matches: "RED", flags: "i" }],
    ["a pattern that must not match", [{ not_matches: "blue" }]],
    ["phrases, whatever their case and spacing", { contains: ["YELLOW  or", "green"] }],
    ["phrases that must be missing", { not_contains: "purple" }],
  ])("%s: holds, and the answer counts as verified", async (_name, tests) => {
    expect((await checked(tests)).verdict).toMatchObject({ status: "verified", basis: "tests", score: 1 });
  });

  it.each<[string, unknown, RegExp]>([
    ["a pattern that must match", { matches: "^blue" }, /nothing in it matches \/\^blue\//],
    ["a pattern that must not match", { name: "no red", not_matches: "red" }, /no red: "red" matches/],
    ["phrases", { contains: ["green", "blue"] }, /lacks "blue"/],
    ["phrases that must be missing", { not_contains: ["green"] }, /holds "green"/],
    ["a schema", { json_schema: { type: "object" } }, /JSON/],
  ])("%s: does not hold, and the answer fails", async (_name, tests, words) => {
    const { status, verdict } = await checked(tests);
    expect(status).toBe("below_quality");
    expect(verdict).toMatchObject({ status: "failed", basis: null });
    expect(verdict.checks.find(({ passed }) => passed === false)?.detail).toMatch(words);
  });

  it("reach the model, and the failed ones go back to it for a repair", async () => {
    const done = await run({
      scripts: { [FIRST]: [answers("Signals are red."), answers(ANSWER)] },
      input: { models: [FIRST], context: { tests: { contains: ["green"] } } },
    });
    expect(rolesOf(done)).toEqual([`${FIRST} answer rejected`, `${FIRST} repair accepted`]);
    expect(done.wire[0]?.user).toContain("green");
    expect(done.wire[1]?.user).toContain('lacks "green"');
  });

  it.each<[string, unknown, RegExp]>([
    ["no test at all", 7, /context\.tests\[0\] (?:must be an object|says nothing)/],
    ["an empty one", [{}], /context\.tests\[0\] (?:must be an object|says nothing)/],
    ["a broken pattern", [{ matches: "a" }, { matches: "(" }], /context\.tests\[1\]\.matches is no regular expression/],
    ["a program", { command: ["rm"] }, /programs come from the config/],
    ["an unusable schema", { json_schema: { type: "no-such-type" } }, /json_schema is not a usable JSON Schema/],
    ["too many", Array.from({ length: 51 }, () => ({ contains: "a" })), /at most 50/],
  ])("that are %s are refused before any model is paid", async (_name, tests, words) => {
    const done = await ask(tests);
    expect(done.outcome).toMatchObject({ ok: false, error: { code: "invalid_request" } });
    if (done.outcome.ok) throw new Error("should be refused");
    expect(done.outcome.error.message).toMatch(words);
    expect(done.calls).toEqual([]);
  });

  it("with a pattern that backtracks without end leave the answer unchecked", async () => {
    const { verdict } = await checked({ matches: "(?=a)(a+)+$" }, {}, `${"a".repeat(40)}!`);
    expect(verdict.status).toBe("unchecked");
    expect(verdict.checks.find(({ passed }) => passed === null)?.detail).toMatch(/gave up/);
  });
});

describe("checks of the user's own in the config", () => {
  const task = (checks: unknown[]) => ({ tasks: [{ id: "general", checks }] });

  it("verify and fail as criteria do, whatever they weigh", async () => {
    const config = task([{ name: "colours", contains: ["red"], weight: 0.1 }]);
    expect((await checked(undefined, config)).verdict).toMatchObject({ status: "verified", basis: "tests", score: 1 });
    expect(await checked(undefined, config, "Signals are green.")).toMatchObject({
      status: "below_quality",
      verdict: { status: "failed", basis: null },
    });
  });

  it("only tell what they find where they are no gate", async () => {
    const config = task([
      { name: "colours", contains: ["red"] },
      { name: "short", matches: "^.{1,10}$", gate: false },
    ]);
    const { status, verdict } = await checked(undefined, config);
    expect([status, verdict.status]).toEqual(["accepted", "verified"]);
    expect(verdict.checks.find(({ name }) => name === "short")).toMatchObject({
      passed: true,
      detail: expect.stringContaining("nothing in it matches"),
    });
    expect(verdict.summary).toContain("1 hint");
  });

  it("may be a program", async () => {
    const program = "process.stdin.on('data', (text) => process.exit(String(text).includes('green') ? 0 : 1))";
    const argv = [process.execPath, "-e", program];
    const own = { kind: "command", name: "mine", argv, timeoutMs: 10_000 } as const;
    const asked = request({ task: taskWith([{ check: "own_test", own }]) });
    const { signal } = new AbortController();
    expect(await HERE.verify(ANSWER, asked, signal)).toMatchObject({ status: "verified" });
    expect(await HERE.verify("Signals are red.", asked, signal)).toMatchObject({ status: "failed" });
  });

  it.each<[string, unknown, RegExp]>([
    ["neither known nor described", {}, /does not say which check it is/],
    ["both known and described", { check: KNOWN, contains: ["a"], weight: 1 }, /one of its own/],
    ["described twice", { name: "a", contains: ["a"], matches: "b", weight: 1 }, /does not say which/],
    ["named like one of Signalbox", { name: KNOWN, contains: ["a"], weight: 1 }, /is a check of Signalbox/],
    ["given a broken pattern", { name: "a", matches: "(", weight: 1 }, /no regular expression/],
    ["unknown", { check: `${KNOWN}s`, weight: 1 }, /did you mean/],
  ])("that are %s are a problem of the config", (_name, check, words) => {
    const parsed = parseConfig(JSON.stringify(task([check])), {});
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).toMatch(words);
  });

  it("steps for unchecked answers that contradict each other are a problem of the config", () => {
    const problem = (on_unchecked: unknown) =>
      JSON.stringify(parseConfig(JSON.stringify({ tasks: [{ id: "general", on_unchecked }] }), {}));
    expect(problem(["next", "tests"])).toContain("names a step after next, which ends it");
    expect(problem(["tests", "tests"])).toContain("names tests more than once");
    expect(problem([])).toContain("on_unchecked");
    expect(problem("maybe")).toContain("on_unchecked");
    expect(JSON.parse(problem(["tests", "agree", "next"]))).toMatchObject({ ok: true });
    const writers = { tasks: [{ id: "general", on_unchecked: "tests", test_writers: ["no-such-model"] }] };
    expect(JSON.stringify(parseConfig(JSON.stringify(writers), {}))).toContain("not a known model");
  });

  it("a judge without models that may judge is a problem of the config", () => {
    const parsed = parseConfig(JSON.stringify({ tasks: [{ id: "general", on_unchecked: "judge" }] }), {});
    expect(JSON.stringify(parsed)).toContain("models that may judge");
    const unknown = { tasks: [{ id: "general", on_unchecked: "judge", judges: ["no-such-model"] }] };
    expect(JSON.stringify(parseConfig(JSON.stringify(unknown), {}))).toContain("not a known model");
  });
});
