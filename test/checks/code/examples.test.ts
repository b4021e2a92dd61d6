import { describe, expect, it } from "vitest";
import { examplesIn } from "../../../src/checks/code/examples/read-examples.ts";
import { runExamples } from "../../../src/checks/code/run/run-examples.ts";
import { printed } from "../../../src/checks/code/values/value.ts";

async function read(prompt: string, language: "javascript" | "python" = "javascript"): Promise<readonly string[]> {
  const examples = await examplesIn(prompt, language);
  return examples.map(({ setup, call, expected }) =>
    [...setup, `${call} => ${typeof expected === "symbol" ? "throws" : printed(expected)}`].join("; "),
  );
}

describe("examples that are not certain", () => {
  it("are left out where the prompt shows a bug, but for what is said to be wanted", async () => {
    const bug = "Fix my function:\n```python\ndef f(x):\n    return x + 1\n```\nf(2) gives 3\nf(3) should be 9";
    expect(await read(bug, "python")).toEqual(["f(3) => 9"]);
  });

  it("are left out where a tree or a linked list is written as a list", async () => {
    expect(await read("def f(root: TreeNode) -> int\nInput: root = [1, 2]\nOutput: 3", "python")).toEqual([]);
  });
});

describe("an example on the code of an answer", () => {
  it.for([
    [
      "is unclear when it does not end",
      "Write a Python function f(n).\n>>> f(3)\n6",
      "```python\ndef f(n):\n    while True: pass\n```",
      "unclear",
    ],
    [
      "is unclear when a script does not end",
      "Write a JavaScript function f(n). f(3) // 6",
      "```js\nconst f = () => { for (;;); };\n```",
      "unclear",
    ],
    [
      "is unclear when a session shows what is printed",
      "Write a Python function f(n).\n>>> f(2)\n1\n2",
      "```python\ndef f(n):\n    for i in range(n): print(i + 1)\n```",
      "unclear",
    ],
    [
      "fails when nothing is returned or printed",
      "Write a Python function f(n).\n>>> f(2)\n1",
      "```python\ndef f(n):\n    n + 1\n```",
      "fails",
    ],
    [
      "is unclear when it is changed in place",
      "Write a Python function f(a) that reverses a in place.\nf([1, 2]) -> [2, 1]",
      "```python\ndef f(a):\n    a.reverse()\n```",
      "unclear",
    ],
    [
      "holds by a table that a loop fills",
      "Write a Python function f(n).\nf(3) == 9",
      "```python\nT = {}\nfor i in range(10): T[i] = i * i\ndef f(n): return T[n]\n```",
      "holds",
    ],
  ] as const)("%s", async ([, prompt, answer, kind]) => {
    const run = await runExamples(prompt, answer, new AbortController().signal);
    const results = run.kind === "run" ? (run.versions.at(-1)?.ran.results ?? []) : [];
    expect(new Set(results.map((result) => result.kind))).toEqual(new Set([kind]));
  });
});

describe("examples of a prompt", () => {
  it.each([
    ["twice(3) // 6", ["twice(3) => 6"]],
    ["twice(3) == 6", ["twice(3) => 6"]],
    ["twice(3) === 6 // because 3 + 3", ["twice(3) => 6"]],
    ["twice(3) ➞ 6", ["twice(3) => 6"]],
    ["twice(3) ==> 6", ["twice(3) => 6"]],
    ["twice(3)   # returns 6", ["twice(3) => 6"]],
    ["* `twice(3)` should return `6`.", ["twice(3) => 6"]],
    ["console.log(twice(3)); // 6", ["twice(3) => 6"]],
    ["left(19, 5, 6) -> 19 - 5 - 6 = 8", ["left(19, 5, 6) => 8"]],
    [">>> twice(3)\n6", ["twice(3) => 6"]],
    [">>> minMax([3, 1])\n(1, 3)", ["minMax([3, 1]) => (1, 3)"]],
    [">>> rows()\n[1,\n2]", ["rows() => [1, 2]"]],
    ["f({a: 1, 'b': [true, null]}) returns {'c': \"x\"}", ['f({["a"]: 1, ["b"]: [true, null]}) => {"c": "x"}']],
    ["f(-1) throws a RangeError", ["f(-1) => throws"]],
    ["assert.deepEqual(f(1), [1]);", ["f(1) => [1]"]],
    ["expect(f(1)).toBe(2);", ["f(1) => 2"]],
    ["f(1) gives 2; f(2) gives 3", ["f(1) => 2", "f(2) => 3"]],
    ["Write f(x, y).\nFor x = 1, y = [2], the output should be 3.", ["f(1, [2]) => 3"]],
    ["Write f(nums, target).\nInput: nums = [2, 7], target = 9\nOutput: [0, 1]", ["f([2, 7], 9) => [0, 1]"]],
    ["Write f(n). It returns 6 for 3 and 8 for 4.", ["f(3) => 6", "f(4) => 8"]],
    ["Write f(a, b). Given (5, 0) it returns 3.", ["f(5, 0) => 3"]],
    ["Write f(n).\n\n| n | result |\n|---|---|\n| 1 | 2 |", ["f(1) => 2"]],
    [
      "```js\nconst s = new Stack();\ns.push(1);\ns.size(); // 1\n```",
      ["var s = new Stack();; s.push(1);; s.size() => 1"],
    ],
  ])("%s", async (prompt, expected) => {
    expect(await read(prompt)).toEqual(expected);
  });

  it.each([
    ["twice(3) currently returns 6"],
    ["twice(3) returns 6 or 7"],
    ["twice(3) returns about 6"],
    ["f(1) returns 1, 2, 3"],
    ["2 * twice(3) == 12"],
    ["not f(1) == 2"],
    ["if f(1) == 2 then stop"],
    ["fib(n) = fib(n - 1) + fib(n - 2)"],
    ["f(1) = 2\nf(1) = 3"],
    ["shuffle([1, 2]) // [2, 1]"],
    ["f(1) -> 2 items"],
  ])("is not certain: %s", async (prompt) => {
    expect(await read(prompt)).toEqual([]);
  });

  it("writes the arguments in the language of the answer", async () => {
    expect(await read("f([True, None], (1, 2)) == None", "python")).toEqual(["f([True, None], (1, 2)) => None"]);
    expect(await read("f([True, None], (1, 2)) == None")).toEqual(["f([true, null], [1, 2]) => None"]);
  });

  it("keeps to the function that the prompt shows", async () => {
    const prompt = "Write score(s), where code('a') = 1.\nscore('abe') returns 6\nNote: Hailstone(1) is [1].";
    expect(await read(prompt)).toEqual(['score("abe") => 6']);
  });

  it("takes no formula for an example", async () => {
    expect(await read("tri(2) = 1 + 2 / 2 = 2\ntri(4) = 3\ntri(3) = [1, 3, 2, 8]")).toEqual([]);
  });
});
