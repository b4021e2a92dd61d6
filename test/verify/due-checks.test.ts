import { describe, expect, it } from "vitest";
import { TASKS } from "../../src/catalog/tasks.ts";
import { CRITERION_CHECKS, type Criterion, type OwnCriterion } from "../../src/checks/kit/criterion.ts";
import { dueChecks } from "../../src/verify/due-checks.ts";
import { MAIN_CHECKS, UNIVERSAL_CHECKS } from "../../src/verify/inline-checks.ts";
import { CHECKS } from "../../src/verify/registry.ts";
import { request, taskWith } from "./subject.ts";

const TEXT: Criterion = { kind: "contains", name: "names Paris", phrases: ["Paris"] };
const CODE: Criterion = { kind: "call", name: "adds", call: "add(1, 2)", equals: 3 };

const brief = (due: ReturnType<typeof dueChecks>): readonly unknown[] =>
  due.map(({ name, check, criterion }) => [name, check, criterion?.name ?? null]);

describe("the checks that are due for an answer", () => {
  it("are those of every task, of the schema, of the task's row, and one for each criterion of the caller", () => {
    const asked = request({
      task: taskWith([{ check: "plan" }]),
      responseSchema: { type: "object" },
      accept: [TEXT, CODE],
    });
    expect(brief(dueChecks(asked, ["text"]))).toEqual([
      ["text", "text", null],
      ["schema", "schema", null],
      ["plan", "plan", null],
      ["names Paris", "accept_text", "names Paris"],
      ["adds", "accept_code", "adds"],
    ]);
  });

  it("are each named once, however many tables name them", () => {
    const asked = request({
      task: taskWith([{ check: "schema" }, { check: "text" }]),
      responseSchema: { type: "object" },
    });
    expect(brief(dueChecks(asked, ["text"]))).toEqual([
      ["text", "text", null],
      ["schema", "schema", null],
    ]);
  });

  it("hold one for each test of the config, by its own name, whatever that name is", () => {
    const test = (name: string): OwnCriterion => ({ kind: "contains", name, phrases: [name] });
    const checks = ["one", "two", "text"].map((name) => ({ check: "own_test", own: test(name) }));
    expect(brief(dueChecks(request({ task: taskWith(checks) }), ["text"]))).toEqual([
      ["text", "text", null],
      ["one", "own_test", "one"],
      ["two", "own_test", "two"],
      ["text", "own_test", "text"],
    ]);
  });

  it("may fail the answer, but for the tests of the config that say otherwise", () => {
    const own = { kind: "contains", name: "mine", phrases: ["a"] } as const;
    const task = taskWith([
      { check: "own_test", own },
      { check: "own_test", own, gate: false },
    ]);
    expect(dueChecks(request({ task, accept: [TEXT] }), []).map(({ gate }) => gate)).toEqual([true, false, true]);
  });

  it("begin with the checks that hold for every task", () => {
    expect(dueChecks(request()).map(({ check }) => check)).toEqual(UNIVERSAL_CHECKS);
  });
});

describe("the table of checks", () => {
  it("knows every check that the policy names and that holds for every task", async () => {
    const named = [...UNIVERSAL_CHECKS, ...TASKS.flatMap((task) => task.checks.map(({ check }) => check))];
    const onMain = await MAIN_CHECKS();
    expect(named.filter((name) => !CHECKS.has(name) && !onMain.has(name))).toEqual([]);
  });

  it("holds each check under its own name, once", () => {
    for (const [name, check] of CHECKS) expect(check.name).toBe(name);
  });

  it("knows the check of every kind of criterion", () => {
    expect(Object.values(CRITERION_CHECKS).filter((name) => !CHECKS.has(name))).toEqual([]);
  });
});
