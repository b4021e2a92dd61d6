import { describe, expect, it } from "vitest";
import { parseContext } from "../../src/core/prompt.ts";
import { readTests } from "../../src/checks/kit/parse-criteria.ts";

describe("context.tests", () => {
  it.each<[string, unknown, unknown]>([
    [
      "a schema",
      { json_schema: { type: "object" } },
      { kind: "json_schema", name: "test 1", schema: { type: "object" } },
    ],
    ["a pattern", { matches: "a+", flags: "i", name: "a" }, { kind: "matches", name: "a", pattern: "a+", flags: "i" }],
    [
      "a pattern that must not match",
      { not_matches: "b" },
      { kind: "not_matches", name: "test 1", pattern: "b", flags: "" },
    ],
    ["a phrase", { contains: "x" }, { kind: "contains", name: "test 1", phrases: ["x"] }],
    [
      "phrases that must be missing",
      { not_contains: ["x", "y"] },
      { kind: "not_contains", name: "test 1", phrases: ["x", "y"] },
    ],
    ["an example", { call: "add(1, 2)", equals: 3 }, { kind: "call", name: "test 1", call: "add(1, 2)", equals: 3 }],
    [
      "an example that gives nothing",
      { call: "f()", equals: null },
      { kind: "call", name: "test 1", call: "f()", equals: null },
    ],
    ["an assertion", { assert: "a()" }, { kind: "assert", name: "test 1", code: "a()" }],
    ["a bare assertion", "add(1, 2) === 3", { kind: "assert", name: "test 1", code: "add(1, 2) === 3" }],
  ])("reads %s, alone or in a list", (_name, raw, test) => {
    expect(readTests(raw)).toEqual({ ok: true, tests: [test] });
    expect(readTests([raw])).toEqual({ ok: true, tests: [test] });
  });

  it.each<[string, unknown, RegExp]>([
    [
      "two demands in one",
      [{ contains: "a" }, { contains: "a", not_contains: "b" }],
      /tests\[1\] holds contains and not_contains/,
    ],
    ["a blank phrase", { contains: [" "] }, /tests\[0\] must be one of/],
    ["no phrase", { contains: [] }, /must be one of/],
    ["an example without its value", { call: "f()" }, /must be one of/],
    ["flags that are none", { matches: "a", flags: 3 }, /flags that are no text/],
    ["unknown flags", { matches: "a", flags: "x" }, /no regular expression/],
    ["a pattern without end", { matches: "a".repeat(1001) }, /more than 1000 characters/],
    ["a program", { command: ["node"] }, /come from the config/],
  ])("refuses %s", (_name, raw, words) => {
    const read = readTests(raw);
    expect(read.ok ? "" : read.problem).toMatch(words);
  });

  it("stay among the notes, so that the model knows what it is held to", () => {
    const parsed = parseContext({ tests: [{ contains: "x" }], about: "y" });
    expect(parsed).toMatchObject({
      ok: true,
      context: { notes: [{ key: "tests" }, { key: "about" }], tests: [{ kind: "contains" }] },
    });
  });
});
