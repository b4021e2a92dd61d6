import { describe, expect, it } from "vitest";
import { codeOf } from "../../../src/checks/code/read/blocks.ts";
import { definitionsOf } from "../../../src/checks/code/read/definitions.ts";
import { askedLanguage, namedLanguage } from "../../../src/checks/code/read/language.ts";
import { versionsOf } from "../../../src/checks/code/read/versions.ts";
import { isRounded, isSame } from "../../../src/checks/code/values/compare.ts";
import { literalOf } from "../../../src/checks/code/values/literal.ts";
import type { PromptValue } from "../../../src/checks/code/values/value.ts";

describe("the language of a request", () => {
  it.each([
    ["Write a Python function that sorts.", "python", "python"],
    ["Implement it in TypeScript.", "typescript", "typescript"],
    ["Convert this Python to Go.", "go", "go"],
    ["How do I go on in this case?", null, null],
    ["Is the rust on my car dangerous?", null, null],
    ["I know Python and Java. Write a parser.", null, null],
    ["My python lives in a tank.", "python", null],
    ["A C++ class for matrices", "cpp", "cpp"],
  ])("%s", (prompt, named, asked) => {
    expect([namedLanguage(prompt), askedLanguage(prompt)]).toEqual([named, asked]);
  });
});

describe("the code of an answer", () => {
  const languages = (text: string): readonly (string | null)[] => codeOf(text).map(({ language }) => language);
  it.each([
    ['```python title="a.py"\nx = 1\n```', ["python"]],
    ["~~~js\nlet a;\n~~~", ["javascript"]],
    ["1. So:\n   ```py\n   x = 1\n   ```", ["python"]],
    ["```\ndef f():\n    pass\n```", ["python"]],
    ["def f():\n    return 1\n", ["python"]],
    ["```bash\npip install a\n```\n```python\nx = 1\n```", ["python"]],
    ['```json\n{"a": 1}\n```', []],
    ["Which toolkit do you prefer?", []],
  ])("%j", (text, expected) => {
    expect(languages(text)).toEqual(expected);
  });

  it("is read in versions, of which each has what the others do not define again", () => {
    const [a, b, c] = [{ names: ["help"] }, { names: ["f"] }, { names: ["f"] }];
    expect(versionsOf([a, b, c], new Set(["f"]))).toEqual([
      [a, b],
      [a, c],
    ]);
  });

  it("is taken without its demonstration in Python", async () => {
    const code = "import os\nN = 3\ndef f():\n    return N\nprint(f())\nfor i in f(): print(i)\nn = int(input())\n";
    expect(await definitionsOf(code)).toBe("import os\nN = 3\ndef f():\n    return N\n");
    const table = "T = {}\nfor i in range(10):\n    T[i] = i * i\ndef f(x):\n    return T[x]\n";
    expect(await definitionsOf(`${table}for i in range(3):\n    y = f(i)\n`)).toBe(table);
    expect(await definitionsOf("def f(:\n")).toBe("def f(:\n");
  });
});

describe("values", () => {
  it.each([
    ["[1, 2.5, -3]", [1, 2.5, -3]],
    ["'a\\n\\u0041'", "a\nA"],
    ["(1, 'x')", { t: "tuple", v: [1, "x"] }],
    ["(1)", 1],
    ["{1, 2}", { t: "set", v: [1, 2] }],
    ["set()", { t: "set", v: [] }],
    [
      "{a: 1, 'b': None}",
      {
        t: "dict",
        v: [
          ["a", 1],
          ["b", { t: "none" }],
        ],
      },
    ],
    ["12345678901234567890", { t: "bigint", v: "12345678901234567890" }],
    ["f(1)", undefined],
    ["[1, x]", undefined],
    ["'a' 'b'", undefined],
    ["1 + 1", undefined],
    ["[".repeat(5_000), undefined],
  ])("%s", (text, value) => {
    expect(literalOf(text)).toEqual(value);
  });

  const js = { language: "javascript", anyOrder: false } as const;
  const py = { language: "python", anyOrder: false } as const;
  it.each<[PromptValue, PromptValue, typeof js | typeof py, boolean]>([
    [0.1 + 0.2, 0.3, js, true],
    [1, true, js, false],
    [1, true, py, true],
    [[1, 2], { t: "tuple", v: [1, 2] }, js, true],
    [[1, 2], { t: "tuple", v: [1, 2] }, py, false],
    [{ t: "set", v: [2, 1] }, { t: "set", v: [1, 2] }, py, true],
    [{ t: "object", v: [["1", 2]] }, { t: "dict", v: [[1, 2]] }, js, true],
    [{ t: "map", v: [["1", 2]] }, { t: "dict", v: [["1", 2]] }, js, false],
    [null, { t: "none" }, js, true],
    [{ t: "undefined" }, null, js, false],
    [{ t: "number", v: "NaN" }, { t: "number", v: "NaN" }, js, true],
  ])("%j and %j", (got, expected, how, same) => {
    expect(isSame(got, expected, how)).toBe(same);
  });

  it("knows a number that a prompt has rounded", () => {
    expect([isRounded(1 / 3, 0.33), isRounded(2 / 3, 0.66), isRounded(1 / 3, 0.4)]).toEqual([true, true, false]);
  });
});
