import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
const code = (
  name: string,
  prompt: string,
  answer: string,
  expect: AnswerCase["expect"],
  context?: AnswerCase["context"],
): AnswerCase => ({
  name,
  task: "code_generation",
  prompt,
  answer,
  expect,
  ...(context === undefined ? {} : { context }),
});
const js = (text: string): string => fenced("javascript", text);
const ts = (text: string): string => fenced("typescript", text);

const PAL =
  "Write a JavaScript function `isPalindrome(str)`. It should ignore punctuation, spaces and case.\n\nExpected behavior:\n* isPalindrome('A man, a plan, a canal: Panama') -> true\n* isPalindrome('hello') -> false\n* isPalindrome('') -> true";
const PAL_CODE =
  "function isPalindrome(str) {\n  const clean = str.toLowerCase().replace(/[^a-z0-9]/g, '');\n  return clean === [...clean].reverse().join('');\n}";
const DEEP =
  "Create `deepClone<T>(value: T): T` in TypeScript without structuredClone. Handle arrays, plain objects, Dates.\n\n```ts\nconst a = { x: [1, { y: 2 }] };\nconst b = deepClone(a);\nb.x[1].y = 3;\na.x[1].y; // 2\n```";
const DEEP_CODE =
  "export function deepClone<T>(value: T): T {\n  if (value instanceof Date) return new Date(value.getTime()) as T;\n  if (Array.isArray(value)) return value.map((item) => deepClone(item)) as T;\n  if (value !== null && typeof value === 'object') {\n    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, deepClone(v)])) as T;\n  }\n  return value;\n}";
const RLE =
  "Run-length encoding in JS. encode('aaabcc') gives '3a1b2c'; decode('3a1b2c') gives 'aaabcc'. Export both functions.";
const RLE_CODE =
  "export function encode(text) {\n  return text.replace(/(.)\\1*/g, (run, c) => run.length + c);\n}\n\nexport function decode(text) {\n  return text.replace(/(\\d+)(\\D)/g, (_, n, c) => c.repeat(Number(n)));\n}";
const BST =
  "Implement a binary search tree in JavaScript (class BST with insert, contains, inOrder).\n\n// usage\nconst t = new BST();\n[5, 2, 8, 1].forEach((n) => t.insert(n));\nt.contains(8); // true\nt.contains(7); // false\nt.inOrder(); // [1, 2, 5, 8]";
const BST_CODE =
  "class Node {\n  constructor(value) {\n    this.value = value;\n    this.left = null;\n    this.right = null;\n  }\n}\n\nclass BST {\n  root = null;\n\n  insert(value) {\n    const node = new Node(value);\n    if (this.root === null) {\n      this.root = node;\n      return;\n    }\n    let current = this.root;\n    for (;;) {\n      const side = value < current.value ? 'left' : 'right';\n      if (current[side] === null) {\n        current[side] = node;\n        return;\n      }\n      current = current[side];\n    }\n  }\n\n  contains(value) {\n    let current = this.root;\n    while (current !== null && current.value !== value) current = value < current.value ? current.left : current.right;\n    return current !== null;\n  }\n\n  inOrder(node = this.root, out = []) {\n    if (node !== null) {\n      this.inOrder(node.left, out);\n      out.push(node.value);\n      this.inOrder(node.right, out);\n    }\n    return out;\n  }\n}";
const RETRY =
  "TypeScript: async function retry<T>(fn: () => Promise<T>, times: number): Promise<T>. Calls fn up to `times` times until it resolves; rejects with the last error.\n\nTests:\nlet n = 0;\nawait retry(async () => { n++; if (n < 3) throw new Error('no'); return n; }, 5); // 3\nawait retry(async () => 'ok', 1); // 'ok'";
const RETRY_CODE =
  "export async function retry<T>(fn: () => Promise<T>, times: number): Promise<T> {\n  let last: unknown;\n  for (let attempt = 0; attempt < times; attempt++) {\n    try {\n      return await fn();\n    } catch (error) {\n      last = error;\n    }\n  }\n  throw last;\n}";
const SUM = "JS function sumBy(list, key). Input: [{v: 1}, {v: 2}], 'v' Output: 3. Input: [], 'v' Output: 0.";
const CASES =
  "Write camelToSnake(text) in JavaScript.\n\nInput → Output\ncamelCase → camel_case\nmyHTTPServer → my_http_server\nsimple → simple";
export const USAGES: readonly AnswerCase[] = [
  code("single quotes and thin arrows", PAL, js(PAL_CODE), "verified"),
  code("punctuation that counts", PAL, js(PAL_CODE.replace("[^a-z0-9]", "[ ]")), "failed"),
  code("a clone by a scenario", DEEP, ts(DEEP_CODE), "verified"),
  code(
    "a clone one level deep",
    DEEP,
    ts(
      "export function deepClone<T>(value: T): T {\n  return Array.isArray(value) ? ([...value] as T) : ({ ...value } as T);\n}",
    ),
    "failed",
  ),
  code("two functions", RLE, js(RLE_CODE), "verified"),
  code("one of two functions", RLE, js(RLE_CODE.slice(0, RLE_CODE.indexOf("export function decode"))), "failed"),
  code("counts after the letters", RLE, js(RLE_CODE.replace("run.length + c", "c + run.length")), "failed"),
  code("a tree by its usage", BST, js(BST_CODE), "verified"),
  code("a tree that loses the left side", BST, js(BST_CODE.replace("this.inOrder(node.left, out);", "")), "failed"),
  code("a retry until it works", RETRY, ts(RETRY_CODE), "verified"),
  code("a retry that gives up after two", RETRY, ts(RETRY_CODE.replace("attempt < times", "attempt < 2")), "failed"),
  code(
    "a lambda in the wrong language",
    SUM,
    fenced("python", "def sum_by(items, key):\n    return sum(item[key] for item in items)"),
    "failed",
  ),
  code(
    "a test that the caller gives as an assertion",
    CASES,
    js(
      "function camelToSnake(text) {\n  return text.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').toLowerCase();\n}",
    ),
    "verified",
    { tests: ["camelToSnake('myHTTPServer') === 'my_http_server'", "camelToSnake('simple') === 'simple'"] },
  ),
  code(
    "acronyms split letter by letter",
    CASES,
    js("function camelToSnake(text) {\n  return text.replace(/[A-Z]/g, (c) => '_' + c.toLowerCase());\n}"),
    "failed",
    { tests: ["camelToSnake('myHTTPServer') === 'my_http_server'", "camelToSnake('simple') === 'simple'"] },
  ),
  code("a type that is closed twice", RETRY, ts(RETRY_CODE.replace("Promise<T> {", "Promise<T>> {")), "failed"),
  code(
    "Python with tabs and spaces mixed",
    "Python function area(r)",
    fenced(
      "python",
      "import math\n\ndef area(r):\n    if r < 0:\n        raise ValueError('negative')\n\treturn math.pi * r ** 2",
    ),
    "failed",
  ),
  code(
    "C++ that parses",
    "C++ function int gcd(int a, int b)",
    fenced(
      "cpp",
      "#include <iostream>\n\nint gcd(int a, int b) {\n    while (b != 0) {\n        const int rest = a % b;\n        a = b;\n        b = rest;\n    }\n    return a;\n}\n\nint main() { std::cout << gcd(12, 18) << '\\n'; }",
    ),
    "unchecked",
  ),
  code(
    "C++ without a semicolon",
    "C++ function int gcd(int a, int b)",
    fenced(
      "cpp",
      "int gcd(int a, int b) {\n    while (b != 0) {\n        const int rest = a % b\n        a = b;\n        b = rest;\n    }\n    return a;\n}",
    ),
    "failed",
  ),
];
