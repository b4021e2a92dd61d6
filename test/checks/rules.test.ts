import { describe, expect, it } from "vitest";
import { findingsIn } from "../../src/checks/kit/rule-tester.ts";
import { CHECKS } from "../../src/verify/registry.ts";

const RULES = [...CHECKS.values()].flatMap((check) => (check.rules ?? []).map((rule) => ({ check, rule })));

describe("each rule on its own examples", () => {
  it.each(RULES.map(({ check, rule }) => [rule.id, check, rule] as const))("%s", async (id, check, rule) => {
    expect(rule.good.length, "examples that it lets pass").toBeGreaterThan(0);
    expect(rule.bad.length, "examples that it finds").toBeGreaterThan(0);
    for (const example of rule.good) {
      const found = await findingsIn(check, example);
      expect(
        found.filter((finding) => finding.rule === id),
        example.answer,
      ).toEqual([]);
    }
    for (const example of rule.bad) {
      const found = await findingsIn(check, example);
      expect(
        found.map((finding) => finding.rule),
        example.answer,
      ).toContain(id);
    }
  });

  it("gives every rule an id of its own, under its room", () => {
    const ids = RULES.map(({ rule }) => rule.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z-]+\/[a-z0-9-]+$/.test(id))).toEqual([]);
  });
});
