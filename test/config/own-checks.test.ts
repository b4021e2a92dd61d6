import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { CHECKS } from "../../src/verify/registry.ts";

const parsed = (checks: unknown[]) => parseConfig(JSON.stringify({ tasks: [{ id: "general", checks }] }), {});

describe("a check of the user's own", () => {
  it("is a gate unless it says otherwise, whatever it weighs, and a program has ten seconds unless it says otherwise", () => {
    const read = parsed([
      { name: "mine", command: ["node", "check.js"], weight: 0.5 },
      { name: "short", matches: "^.{1,9}$", flags: "s", gate: false },
    ]);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    expect(read.config.tasks.get("general")?.checks).toEqual([
      {
        check: "own_test",
        gate: true,
        own: { kind: "command", name: "mine", argv: ["node", "check.js"], timeoutMs: 10_000 },
      },
      {
        check: "own_test",
        gate: false,
        own: { kind: "matches", name: "short", pattern: "^.{1,9}$", flags: "s" },
      },
    ]);
  });

  it.each<[string, unknown, string, RegExp]>([
    ["flags beside phrases", { name: "a", contains: ["x"], flags: "i" }, "flags", /means nothing beside contains/],
    [
      "a time-out beside a pattern",
      { name: "a", matches: "x", timeout_ms: 5 },
      "timeout_ms",
      /means nothing beside matches/,
    ],
    ["a time-out over a minute", { name: "a", command: ["x"], timeout_ms: 60_001 }, "timeout_ms", /60001/],
    ["no program", { name: "a", command: [] }, "command", /empty list/],
    ["an unknown key", { name: "a", match: "x" }, "match", /not a known key/],
    ["a pattern that is none", { name: "a", matches: "(" }, "matches", /no regular expression/],
    ["a language that is none", { name: "a", language: "German" }, "language", /did you mean .+de/],
  ])("%s is a problem with its path", (_name, check, key, words) => {
    const read = parsed([check]);
    const problems = read.ok ? [] : read.problems;
    expect(problems.map(({ path }) => path)).toContain(`tasks[0].checks[0].${key}`);
    expect(JSON.stringify(problems)).toMatch(words);
  });

  it("cannot take the name of any check of Signalbox", () => {
    for (const name of CHECKS.keys()) {
      const read = parsed([{ name, contains: ["x"] }]);
      expect(read.ok, name).toBe(false);
    }
  });
});
