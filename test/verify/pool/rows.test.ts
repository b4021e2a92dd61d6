import { describe, expect, it } from "vitest";
import type { Criterion, OwnCriterion } from "../../../src/checks/kit/criterion.ts";
import type { TaskCheck } from "../../../src/core/task.ts";
import { CHECKS, UNIVERSAL_CHECKS } from "../../../src/verify/registry.ts";
import { rowsOf } from "../../../src/verify/weighted-checks.ts";
import { request, taskWith } from "../subject.ts";

const TEXT: Criterion = { kind: "contains", name: "names Paris", phrases: ["Paris"] };
const CODE: Criterion = { kind: "example", name: "adds", call: "add(1, 2)", equals: 3 };

function weights(checks: readonly TaskCheck[], tests: readonly Criterion[], schema: boolean): Record<string, number> {
  const context = { system: null, files: [], notes: [], tests };
  const asked = request({ task: taskWith(checks), context, responseSchema: schema ? { type: "object" } : null });
  return Object.fromEntries(rowsOf(asked, []).map(({ name, weight }) => [name, Number(weight.toFixed(3))]));
}

describe("the rows of a verdict", () => {
  const own = [{ check: "plan_structure", weight: 0.5 }];

  it("give what the caller demands .6 of the verdict, in even shares, and the task the rest", () => {
    expect(weights(own, [], false)).toEqual({ plan_structure: 0.5 });
    expect(weights(own, [TEXT], false)).toEqual({ caller_tests: 0.6, plan_structure: 0.2 });
    expect(weights(own, [TEXT, CODE], true)).toEqual({
      schema: 0.2,
      caller_tests: 0.2,
      code_examples: 0.2,
      plan_structure: 0.2,
    });
  });

  it("leave a check that the task weighs more than the demand its weight", () => {
    expect(weights([{ check: "code_examples", weight: 0.8 }], [CODE], false)).toEqual({ code_examples: 0.8 });
    expect(weights([{ check: "code_examples", weight: 0.1 }], [CODE], false)).toEqual({ code_examples: 0.6 });
  });

  it("hold one for each test of the config, by its own name, whatever that name is", () => {
    const test = (name: string): OwnCriterion => ({ kind: "contains", name, phrases: [name] });
    const checks = ["one", "two", "not_empty"].map((name) => ({ check: "own_test", weight: 0.2, own: test(name) }));
    const rows = rowsOf(request({ task: taskWith(checks) }), ["not_empty"]);
    expect(rows.map(({ name, check, weight, own: of }) => [name, check, weight, of?.name ?? null])).toEqual([
      ["not_empty", "not_empty", 0, null],
      ["one", "own_test", 0.2, "one"],
      ["two", "own_test", 0.2, "two"],
      ["not_empty", "own_test", 0.2, "not_empty"],
    ]);
  });

  it("begin with the checks that hold for every task, which the table knows", () => {
    expect(rowsOf(request()).map(({ check }) => check)).toEqual(UNIVERSAL_CHECKS);
    for (const name of UNIVERSAL_CHECKS) expect(CHECKS.has(name), name).toBe(true);
  });
});
