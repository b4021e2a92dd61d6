import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";

const task = "code_generation";
const js = (code: string): string => fenced("js", code);

const MEDIAN =
  "Write a JavaScript function `median(numbers)` that returns the median of a list, and null for an empty one.\n\n" +
  "median([3, 1, 2]) // 2\nmedian([10, 9, 2, 1]) // 5.5\nmedian([]) // null";
const SLUG =
  'Write a JavaScript function slugify(text).\n\n- `slugify("Hello, World!")` returns `"hello-world"`\n- `slugify("  A  b ")` returns `"a-b"`\n- `slugify("")` returns `""`';
const TWO_SUM =
  "In JavaScript, implement `twoSum(nums, target)`: indices of the two numbers that add up to target.\n\nExample 1:\nInput: nums = [2,7,11,15], target = 9\nOutput: [0,1]\n\nExample 2:\nInput: nums = [3,2,4], target = 6\nOutput: [1,2]\n\nYou can return the answer in any order.";
const GROUP =
  'Write a JavaScript function groupBy(list, key).\n\n```js\nassert.deepEqual(groupBy([{ k: "a", n: 1 }, { k: "b", n: 2 }, { k: "a", n: 3 }], "k"), { a: [{ k: "a", n: 1 }, { k: "a", n: 3 }], b: [{ k: "b", n: 2 }] });\nassert.deepEqual(groupBy([], "k"), {});\n```';
const RETRY =
  'Write an async JavaScript function `delayed(value, ms)` that resolves with the value after ms milliseconds.\n\nawait delayed("x", 5000) // "x"';

const good = (name: string, prompt: string, answer: string): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "verified",
});
const bad = (name: string, prompt: string, answer: string, by = "code_examples"): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "failed",
  by,
});

const MEDIAN_CODE = `function median(numbers) {
  if (numbers.length === 0) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}`;

export const GOOD_JAVASCRIPT: readonly AnswerCase[] = [
  good("a function in a fence", MEDIAN, js(MEDIAN_CODE)),
  good("prose around the fence", MEDIAN, `Here it is:\n\n${js(MEDIAN_CODE)}\n\nIt sorts a copy and takes the middle.`),
  good("an untagged fence", MEDIAN, fenced("", MEDIAN_CODE)),
  good("the bare code", MEDIAN, MEDIAN_CODE),
  good(
    "an arrow function",
    MEDIAN,
    js(MEDIAN_CODE.replace("function median(numbers) {", "const median = (numbers) => {") + ";"),
  ),
  good("an exported function", MEDIAN, js(`export ${MEDIAN_CODE}`)),
  good("a default export", MEDIAN, js(`export default ${MEDIAN_CODE}`)),
  good("module.exports", MEDIAN, js(`${MEDIAN_CODE}\nmodule.exports = { median };`)),
  good("a demonstration below", MEDIAN, js(`${MEDIAN_CODE}\nconsole.log(median([3, 1, 2])); // 2`)),
  good("the code and how to run it", MEDIAN, `${js(MEDIAN_CODE)}\n\nRun it:\n\n${fenced("bash", "node median.js")}`),
  good(
    "JavaScript where TypeScript would do",
    SLUG,
    js(`const slugify = (text) => text.toLowerCase().trim().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");`),
  ),
  good(
    "pairs of input and output",
    TWO_SUM,
    js(`function twoSum(nums, target) {
  const seen = new Map();
  for (let i = 0; i < nums.length; i++) {
    const j = seen.get(target - nums[i]);
    if (j !== undefined) return [i, j];
    seen.set(nums[i], i);
  }
  return [];
}`),
  ),
  good(
    "assertions in the prompt",
    GROUP,
    js(`function groupBy(list, key) {
  const groups = {};
  for (const item of list) (groups[item[key]] ??= []).push(item);
  return groups;
}`),
  ),
  good(
    "a promise that takes its time",
    RETRY,
    js(`async function delayed(value, ms) {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return value;
}`),
  ),
  {
    ...good("the caller's own tests", "Write a JavaScript function add(a, b).", js("const add = (a, b) => a + b;")),
    context: {
      tests: [
        { call: "add(1, 2)", equals: 3 },
        "add(0.1, 0.2) < 0.31",
        { assert: "assert.equal(add('a', 'b'), 'ab')" },
      ],
    },
  },
  good(
    "TypeScript with generics",
    "Write a TypeScript function `last<T>(list: T[])`.\n\nlast([1, 2]) // 2\nlast([]) // undefined",
    fenced(
      "ts",
      `export function last<T>(list: readonly T[]): T | undefined {
  return list[list.length - 1];
}`,
    ),
  ),
  good(
    "TypeScript with an enum",
    "Write a TypeScript function `code(name: string)`.\n\ncode('Red') // 0\ncode('Green') // 1",
    fenced(
      "typescript",
      `enum Colour { Red, Green }
export function code(name: string): number {
  return Colour[name as keyof typeof Colour];
}`,
    ),
  ),
  good(
    "two files",
    SLUG,
    `**src/clean.js**\n\n${js(`export const clean = (text) => text.toLowerCase().trim();`)}\n\n**src/slugify.js**\n\n${js(`import { clean } from "./clean.js";
export function slugify(text) {
  return clean(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}`)}`,
  ),
  good(
    "sums of fractions",
    "Write a JavaScript function `total(prices)`.\n\ntotal([0.1, 0.2]) // 0.3",
    js("const total = (prices) => prices.reduce((sum, price) => sum + price, 0);"),
  ),
];

export const BAD_JAVASCRIPT: readonly AnswerCase[] = [
  bad("sorts numbers as text", MEDIAN, js(MEDIAN_CODE.replace("(a, b) => a - b", ""))),
  bad("forgets the empty list", MEDIAN, js(MEDIAN_CODE.replace("  if (numbers.length === 0) return null;\n", ""))),
  bad(
    "takes one of two middles",
    MEDIAN,
    js(MEDIAN_CODE.replace("(sorted[middle - 1] + sorted[middle]) / 2", "sorted[middle]")),
  ),
  bad("has another name", MEDIAN, js(MEDIAN_CODE.replace("function median", "function findMedian"))),
  bad("uses what it never defined", MEDIAN, js(`function median(numbers) { return middleOf(numbers); }`)),
  bad("throws when it is loaded", MEDIAN, js(`${MEDIAN_CODE}\nstart();`)),
  bad(
    "does not parse",
    MEDIAN,
    js(MEDIAN_CODE.replace("return null;", "return null").replace("numbers.length === 0)", "numbers.length === 0")),
    "code_parses",
  ),
  bad(
    "is in another language",
    MEDIAN,
    fenced("python", "def median(numbers):\n    return sorted(numbers)[len(numbers) // 2]"),
    "code_parses",
  ),
  bad("never ends", MEDIAN, js("function median(numbers) { while (true) {} }")),
  bad(
    "eats all memory",
    MEDIAN,
    js("function median(numbers) { const a = []; for (;;) a.push(new Array(1000).fill(0)); }"),
  ),
  bad("calls itself without end", MEDIAN, js("function median(numbers) { return median(numbers) + 0; }")),
  bad("knows the examples' form and not their sense", MEDIAN, js("const median = () => 2;")),
  bad(
    "redefines what compares",
    MEDIAN,
    js(
      "JSON.stringify = () => '2'; Object.is = () => true; globalThis.assert = () => {};\nfunction median() { return { toJSON: () => 2, valueOf: () => 2 }; }",
    ),
  ),
  bad(
    "leaves a blank at the end of the slug",
    SLUG,
    js(`const slugify = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");`),
  ),
  bad(
    "returns values, not indices",
    TWO_SUM,
    js(`const twoSum = (nums, target) => {
  for (const a of nums) for (const b of nums) if (a !== b && a + b === target) return [a, b];
};`),
  ),
  bad(
    "resolves with nothing",
    RETRY,
    js("const delayed = (value, ms) => new Promise((resolve) => setTimeout(resolve, ms));"),
  ),
  bad("never settles", RETRY, js("const delayed = () => new Promise(() => {});")),
  bad(
    "backtracks without end",
    SLUG,
    js(`function slugify(text) { return /(a+)+$/.test("a".repeat(60) + "!") ? "" : text; }`),
  ),
  {
    ...bad("fails the caller's own test", "Write a JavaScript function add(a, b).", js("const add = (a, b) => a - b;")),
    context: { tests: [{ call: "add(1, 2)", equals: 3 }] },
  },
  bad("is prose alone", MEDIAN, "Sort the list and take the middle element.", "code_parses"),
];

const unchecked = (name: string, prompt: string, answer: string): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "unchecked",
});

export const UNCHECKED: readonly AnswerCase[] = [
  unchecked("Python without a fence", "Write a Python function add(a, b).", "def add(a, b):\n    return a + b\n"),
  unchecked(
    "Python in an untagged fence",
    "Write a Python function add(a, b).",
    fenced("", "def add(a, b):\n    return a + b"),
  ),
  unchecked(
    "a translation into Go",
    "Convert this Python function to Go:\n\ndef add(a, b): return a + b",
    fenced("go", "package main\n\nfunc Add(a, b int) int {\n\treturn a + b\n}"),
  ),
  unchecked(
    "a prompt without examples",
    "Write a JavaScript function that shuffles a list.",
    js("const shuffle = (list) => list;"),
  ),
  unchecked("a library that is not here", MEDIAN, js(`import { sort } from "lodash";\n${MEDIAN_CODE}`)),
  unchecked(
    "a page's script",
    "Write JavaScript that hides #menu. hide(1) // 2",
    js("function hide() { document.body.remove(); }"),
  ),
  unchecked(
    "Python that parses",
    "Write a Python function add(a, b).",
    fenced("python", "def add(a: int, b: int) -> int:\n    return a + b"),
  ),
  unchecked(
    "modern Python",
    "Write Python.",
    fenced(
      "python",
      `match point:\n    case (0, y) if y > 0:\n        print(f"on {y!r}")\n    case _:\n        pass\nif (n := len("a")) > 0:\n    x: list[int] = [*range(n)]`,
    ),
  ),
  unchecked(
    "Go that parses",
    "Write a Go function.",
    fenced(
      "go",
      `package main\n\nfunc Map[T, U any](xs []T, f func(T) U) []U {\n\tout := make([]U, 0, len(xs))\n\tfor _, x := range xs {\n\t\tout = append(out, f(x))\n\t}\n\treturn out\n}`,
    ),
  ),
  unchecked(
    "Rust that parses",
    "Write it in Rust.",
    fenced(
      "rust",
      `pub fn first<T: Clone>(xs: &[T]) -> Option<T> {\n    let Some(x) = xs.first() else { return None };\n    Some(x.clone())\n}`,
    ),
  ),
  unchecked(
    "SQL",
    "Write SQL for the newest user.",
    fenced("sql", "SELECT * FROM users ORDER BY created_at DESC LIMIT 1;"),
  ),
];

export const BROKEN_OTHERS: readonly AnswerCase[] = [
  bad(
    "a stub in Python",
    "Write a Python function mean(xs).",
    fenced("python", "def mean(xs):\n    pass"),
    "code_complete",
  ),
  bad("a stub in JavaScript", MEDIAN, js("function median(numbers) {\n  // your code here\n}"), "code_complete"),
  bad("code that leaves the rest to others", MEDIAN, js(`${MEDIAN_CODE}\n// ... rest of the helpers`), "code_complete"),
  bad(
    "Python with a bracket that stays open",
    "Write a Python function add(a, b).",
    fenced("python", "def add(a, b):\n    return (a + b\n\nprint(add(1, 2)"),
    "code_parses",
  ),
  bad(
    "Go with a brace too many",
    "Write a Go function.",
    fenced("go", "package main\n\nfunc Add(a, b int) int {\n\treturn a + b\n}}\n"),
    "code_parses",
  ),
  bad(
    "Java that breaks off",
    "Write a Java class.",
    fenced("java", "class Adder {\n  int add(int a, int b) {\n    return a + b;\n"),
    "code_parses",
  ),
];

const LRU =
  "Write a JavaScript class `Counter`.\n\n```js\nconst c = new Counter(2);\nc.add(3);\nc.value() // 5\nc.add(1);\nc.value() // 6\n```";
const COUNTER = `class Counter {
  constructor(start) { this.n = start; }
  add(by) { this.n += by; }
  value() { return this.n; }
}`;
const PARSE = "Write a JavaScript function `toNumber(text)`.\n\ntoNumber('4') // 4\ntoNumber('x') throws\n";
const FIX =
  "Fix this JavaScript: add(2, 2) currently returns 0.\n\n```js\nfunction add(a, b) { return a - b; }\n```\n\nadd(2, 2) should return 4";

export const NOTATIONS: readonly AnswerCase[] = [
  good("an example on an object made before it", LRU, js(COUNTER)),
  bad("an object that forgets what came before", LRU, js(COUNTER.replace("this.n += by", "this.n = by"))),
  good(
    "an example that must throw",
    PARSE,
    js(`function toNumber(text) {
  const number = Number(text);
  if (Number.isNaN(number)) throw new TypeError("not a number");
  return number;
}`),
  ),
  bad("no throw where one was asked for", PARSE, js("const toNumber = (text) => Number(text);")),
  good("a report of what is wrong today", FIX, js("function add(a, b) { return a + b; }")),
  bad("a defect that is still there", FIX, js("function add(a, b) { return a - b; }")),
  good(
    "an example within a sentence",
    'Write a JavaScript function slugify(title). For example, slugify("A B") should return "a-b".',
    js('const slugify = (title) => title.toLowerCase().replaceAll(" ", "-");'),
  ),
  bad(
    "a table of examples that one row of does not hold",
    "Write a JavaScript function double(n).\n\n| call | result |\n|---|---|\n| `double(2)` | `4` |\n| `double(3)` | `6` |",
    js("const double = (n) => n * n;"),
  ),
  unchecked(
    "an example of chance alone",
    "Write a JavaScript function.\n\nrandomInt(1, 1000000) // 4",
    js("const randomInt = (low, high) => low + Math.floor(Math.random() * (high - low));"),
  ),
  unchecked(
    "an example of several values",
    "Write a JavaScript generator.\n\nrange(1, 3) // 1, 2, 3",
    js("function* range(a, b) { for (let i = a; i <= b; i++) yield i; }"),
  ),
];
