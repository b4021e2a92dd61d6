import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { abiSignature } from "../../../src/checks/kit/abi-signature.ts";
import type { Criterion } from "../../../src/checks/kit/criterion.ts";
import { KINDS } from "../../../src/checks/kit/criterion-kinds.ts";
import { wordsOf } from "../../../src/checks/kit/criterion-words.ts";
import { parseCriteria } from "../../../src/checks/kit/parse-criteria.ts";

const TEST_CONTRACT = "contract VaultTest { function testEmpty() public {} }";

const read = (raw: unknown): readonly Criterion[] => {
  const { criteria, problems } = parseCriteria(raw, "accept");
  expect(problems).toEqual([]);
  return criteria.map(({ criterion }) => criterion);
};
const refusal = (raw: unknown): string => {
  const { criteria, problems } = parseCriteria([raw], "accept");
  expect(criteria).toEqual([]);
  return problems.join("; ");
};

describe("accept", () => {
  it.each<[unknown, object]>([
    [
      { matches: "a+", flags: "i" },
      { kind: "matches", pattern: "a+", flags: "i" },
    ],
    [{ not_matches: "b" }, { kind: "not_matches", pattern: "b", flags: "" }],
    [{ contains: "x" }, { kind: "contains", phrases: ["x"] }],
    [{ not_contains: ["x", "y"] }, { kind: "not_contains", phrases: ["x", "y"] }],
    [{ json_schema: { type: "object" } }, { kind: "json_schema", schema: { type: "object" } }],
    [{ max_words: 50 }, { kind: "max_words", words: 50 }],
    [{ min_words: 5 }, { kind: "min_words", words: 5 }],
    [{ language: "pt" }, { kind: "language", language: "pt" }],
    [
      { call: "add(1, 2)", equals: 3 },
      { kind: "call", call: "add(1, 2)", equals: 3 },
    ],
    [
      { call: "f()", equals: null },
      { kind: "call", call: "f()", equals: null },
    ],
    [{ assert: "f(1)" }, { kind: "assert", code: "f(1)" }],
    [{ python: "assert f(1)" }, { kind: "python", code: "assert f(1)" }],
    [{ compiles: true }, { kind: "compiles" }],
    [
      { contract: "Vault", functions: ["take(uint amount)"], errors: ["Locked()"], standard: "ERC-4626" },
      {
        kind: "contract",
        contract: "Vault",
        functions: ["take(uint256)"],
        events: [],
        errors: ["Locked()"],
        standard: "ERC4626",
      },
    ],
    [
      { events: ["E()"] },
      { kind: "contract", contract: null, functions: [], events: ["E()"], errors: [], standard: null },
    ],
    [{ solidity_test: TEST_CONTRACT }, { kind: "solidity_test", source: TEST_CONTRACT }],
    [{ element: { role: "img" } }, { kind: "element", role: "img", text: null, count: null }],
    [
      { element: { role: "button", name: "Save", count: 0 } },
      { kind: "element", role: "button", text: "Save", count: 0 },
    ],
    [{ section: "Pricing" }, { kind: "section", section: "Pricing" }],
    [{ no_script_errors: true }, { kind: "no_script_errors" }],
    [{ steps: { max: 4 } }, { kind: "steps", min: null, max: 4 }],
    [{ covers: ["backup"] }, { kind: "covers", phrases: ["backup"] }],
    [{ before: ["backup", "move"] }, { kind: "before", first: "backup", second: "move" }],
    [{ no_dangling: true }, { kind: "no_dangling" }],
  ])("reads %j", (raw, criterion) => {
    expect(read([raw])).toEqual([{ ...criterion, name: expect.stringMatching(/^accept 1: /) as string }]);
  });

  it("shows an example of every kind that it takes itself", () => {
    for (const [kind, { example }] of Object.entries(KINDS)) {
      const raw = JSON.parse(example.replace(/([{,] ?)(\w+):/g, '$1"$2":')) as unknown;
      expect(read([raw]).map((criterion) => criterion.kind)).toEqual([kind]);
    }
  });

  it("gives a criterion its own name, or one made of what it wants", () => {
    const [own, made, long] = read([
      { contains: "x", name: "says\n x" },
      { matches: "x" },
      { contains: "y".repeat(500) },
    ]);
    expect(own?.name).toBe("says x");
    expect(made?.name).toBe("accept 2: matches /x/");
    expect(long?.name.length).toBe(100);
  });

  it.each<[string, unknown, RegExp]>([
    ["no object", "f(1) === 2", /^accept\[0\] must be an object/],
    [
      "no kind",
      { match: "a" },
      /says nothing that can be checked; did you mean "matches"\?.*a criterion holds one of matches,/,
    ],
    ["two kinds", { contains: "a", not_contains: "b" }, /\[0\] holds contains and not_contains: give each/],
    ["an unknown key", { matches: "a", flag: "i" }, /\[0\] has no key "flag"; did you mean "flags"\?/],
    ["flags beside another kind", { contains: "a", flags: "i" }, /\[0\] has no key "flags"/],
    ["a blank phrase", { contains: ["a", " "] }, /\[0\]\.contains\[1\] is blank/],
    ["no phrase", { covers: [] }, /\.covers is an empty list/],
    ["a pattern that is none", { matches: "(" }, /\.matches is no regular expression/],
    ["unknown flags", { matches: "a", flags: "q" }, /no regular expression: Invalid flags/],
    ["flags of another type", { matches: "a", flags: 3 }, /\.flags must be a text, got 3/],
    ["a pattern without end", { matches: "a".repeat(1001) }, /longer than 1000 characters/],
    ["a call without its value", { call: "f()" }, /\.equals is missing \(write \{call/],
    ["a schema that is none", { json_schema: true }, /\.json_schema must be an object, got true/],
    ["a number as text", { max_words: "50" }, /\.max_words must be a number, got the text "50"/],
    ["no words", { min_words: 0 }, /\.min_words must be 1 or more/],
    ["a language by name", { language: "German" }, /"German" is no ISO 639-1 code; did you mean "de"\?/],
    ["what is to be true and is not", { compiles: false }, /\.compiles must be true, got false/],
    ["a name without types", { functions: ["take"] }, /\.functions\[0\] "take" is no signature/],
    ["a standard that is not known", { standard: "ERC777" }, /"ERC777" is none of ERC20, ERC721/],
    ["a contract with nothing in it", { functions: [] }, /names nothing/],
    ["a test contract without a test", { solidity_test: "contract T {}" }, /begins with test/],
    [
      "a role that is none",
      { element: { role: "buton" } },
      /\.element\.role "buton" is no ARIA role; did you mean "button"\?/,
    ],
    ["an element without its role", { element: { name: "Save" } }, /\.element\.role is missing/],
    ["a range upside down", { steps: { min: 5, max: 2 } }, /\.steps has a min above its max/],
    ["a range without ends", { steps: {} }, /\.steps needs min, max or both/],
    ["one step before none", { before: ["a"] }, /\.before must name two steps/],
    ["a program", { command: ["node", "-e", "1"] }, /\.command is refused: programs come from the config/],
    ["a name that is none", { contains: "a", name: 5 }, /\.name must be a text/],
    ["a criterion without end", { call: "f()", equals: "x".repeat(50_000) }, /longer than 50000 characters/],
  ])("refuses %s, and says what to write", (_name, raw, words) => {
    expect(refusal(raw)).toMatch(words);
  });

  it("tells everything that is wrong at once, each with its path", () => {
    const { criteria, problems } = parseCriteria(
      [{ matches: "(" }, { contains: "a" }, { element: { role: "x", count: -1 } }],
      "accept",
    );
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual([
      "accept[0].matches",
      "accept[2].element.role",
      "accept[2].element.count",
    ]);
    expect(criteria.map(({ path }) => path)).toEqual(["accept[1]"]);
  });

  it("is a list of 1 to 50 criteria", () => {
    expect(parseCriteria([], "accept").problems.join()).toMatch(/empty list/);
    expect(
      parseCriteria(
        Array.from({ length: 51 }, () => ({ contains: "a" })),
        "accept",
      ).problems.join(),
    ).toMatch(/51 criteria; at most 50/);
    expect(read(Array.from({ length: 50 }, () => ({ contains: "a" })))).toHaveLength(50);
  });

  it("refuses what is nested without end instead of breaking on it", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(refusal({ call: "f()", equals: deep })).toMatch(/nested too deeply/);
  });

  it("never throws, whatever it is given", () => {
    const keys = Object.values(KINDS).flatMap(({ known }) => known);
    const criterion = fc.dictionary(fc.constantFrom(...keys, "name", "x"), fc.jsonValue(), { maxKeys: 3 });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(criterion)), (raw) => {
        const { criteria } = parseCriteria(raw, "accept");
        for (const each of criteria) expect(wordsOf(each.criterion).clause).not.toBe("");
      }),
    );
  });
});

describe("context.tests, the older name", () => {
  it("takes one test or a list, and a bare text as an assertion", () => {
    const parsed = parseCriteria("f(1) === 2", "context.tests");
    expect(parsed.criteria).toEqual([
      {
        field: "context.tests",
        path: "context.tests[0]",
        criterion: { kind: "assert", code: "f(1) === 2", name: "test 1: has code for which this holds: `f(1) === 2`" },
      },
    ]);
    expect(parseCriteria([{ contains: "x" }, "g()"], "context.tests").criteria).toHaveLength(2);
    expect(parseCriteria([], "context.tests")).toEqual({ criteria: [], problems: [] });
  });

  it("is as strict as accept", () => {
    expect(parseCriteria([{ contain: "x" }], "context.tests").problems.join()).toMatch(
      /context\.tests\[0\] says nothing/,
    );
  });
});

describe("a signature", () => {
  it.each([
    ["f()", "f()"],
    ["function take(uint amount) ", "take(uint256)"],
    ["event Moved(address indexed from, uint256)", "Moved(address,uint256)"],
    ["f(address payable to, bytes calldata data)", "f(address,bytes)"],
    ["f((uint256,address)[] xs, int[2][] memory ys)", "f((uint256,address)[],int256[2][])"],
    ["take", null],
    ["f(Foo)", null],
    ["f(uint256", null],
    ["f(uint256,)", null],
    ["f(bytes33)", null],
    ["f(uint7)", null],
    ["f(uint128, int8)", "f(uint128,int8)"],
    ["f(" + "(".repeat(200) + ")", null],
    ["1f()", null],
  ])("%s is %s", (written, canonical) => {
    expect(abiSignature(written)).toBe(canonical);
  });
});
