import { describe, expect, it } from "vitest";
import { findingsIn } from "../../src/checks/kit/rule-tester.ts";
import { CHECKS } from "../../src/verify/registry.ts";

const fenced = (tag: string, code: string): string => `\`\`\`${tag}\n${code}\n\`\`\``;

/** A check, an answer with a fault, and the same answer with a directive that asks its checker to keep quiet. */
const CASES: readonly (readonly [what: string, check: string, plain: string, directive: string])[] = [
  [
    "html-validate",
    "page",
    fenced("html", '<p id="a">Green</p><p id="a">Black</p>'),
    fenced("html", '<!-- [html-validate-disable no-dup-id] --><p id="a">Green</p><p id="a">Black</p>'),
  ],
  [
    "html-validate for a block",
    "page",
    fenced("html", '<p id="a">Green</p><p id="a">Black</p>'),
    fenced("html", '<!-- [html-validate-disable-block no-dup-id] --><p id="a">Green</p><p id="a">Black</p>'),
  ],
  [
    "svelte-ignore",
    "page",
    fenced("svelte", '<img src="/tea.png">'),
    fenced("svelte", '<!-- svelte-ignore a11y_missing_attribute --><img src="/tea.png">'),
  ],
  [
    "eslint-disable and @ts-nocheck",
    "code",
    fenced("js", "const twice = (n) => (2 * n;"),
    fenced("js", "/* eslint-disable */ /* @ts-nocheck */ const twice = (n) => (2 * n; // @ts-ignore"),
  ],
  [
    "noqa and type: ignore",
    "code",
    fenced("python", "def twice(n)\n    return 2 * n"),
    fenced(
      "python",
      "# flake8: noqa\n# type: ignore\ndef twice(n)  # noqa  # type: ignore  # fmt: skip\n    return 2 * n",
    ),
  ],
  [
    "solhint-disable",
    "solidity",
    fenced("solidity", "pragma solidity ^0.8.20;\ncontract A { function f() external { x = 1; } }"),
    fenced(
      "solidity",
      "// solhint-disable\npragma solidity ^0.8.20;\ncontract A { function f() external { x = 1; } } // slither-disable-line all // prettier-ignore",
    ),
  ],
];

const PROMPTS: ReadonlyMap<string, string> = new Map([
  ["eslint-disable and @ts-nocheck", "Write a JavaScript function."],
  ["noqa and type: ignore", "Write a Python function."],
]);

describe("a directive in an answer does not silence its checker", () => {
  it.each(CASES)("%s", async (what, name, plain, directive) => {
    const check = CHECKS.get(name);
    if (check === undefined) throw new Error(`no check ${name}`);
    const rulesOf = async (answer: string): Promise<readonly string[]> =>
      (await findingsIn(check, { prompt: PROMPTS.get(what) ?? "", answer })).map(({ rule }) => rule).sort();
    const found = await rulesOf(plain);
    expect(found).not.toEqual([]);
    expect(await rulesOf(directive)).toEqual(found);
  });

  it("in a fence whose language is a name that every object has", async () => {
    const code = CHECKS.get("code");
    if (code === undefined) throw new Error("no check of code");
    for (const language of ["constructor", "toString", "__proto__"]) {
      expect(await findingsIn(code, { answer: fenced(language, "f(1)") })).toEqual([]);
    }
  });
});
