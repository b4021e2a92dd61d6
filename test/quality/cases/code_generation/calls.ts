import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
const code = (name: string, prompt: string, answer: string, expect: AnswerCase["expect"]): AnswerCase => ({
  name,
  task: "code_generation",
  prompt,
  answer,
  expect,
});
const js = (text: string): string => fenced("js", text);
const ts = (text: string): string => fenced("ts", text);
const A =
  "Write a function `uniqueBy(arr, fn)` in JavaScript that keeps the first element for every key.\n\nExample usage:\nuniqueBy([1.2, 1.7, 2.3], Math.floor); // => [1.2, 2.3]\nuniqueBy([], (x) => x); // => []";
const A_OK =
  "export function uniqueBy(arr, fn) {\n  const seen = new Set();\n  return arr.filter((item) => {\n    const key = fn(item);\n    if (seen.has(key)) return false;\n    seen.add(key);\n    return true;\n  });\n}";
const B =
  'TypeScript function wordFrequency(text: string): Map<string, number>, case-insensitive. wordFrequency("a A b").get("a") should be 2 and wordFrequency("").size should be 0.';
const B_OK =
  "export function wordFrequency(text: string): Map<string, number> {\n  const counts = new Map<string, number>();\n  for (const word of text.toLowerCase().match(/[a-z']+/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);\n  return counts;\n}";
const C =
  "Write `isValidIPv4(s)` in JS.\n\n```\nisValidIPv4('192.168.0.1') === true\nisValidIPv4('256.1.1.1') === false\nisValidIPv4('01.2.3.4') === false\nisValidIPv4('1.2.3') === false\n```";
const C_OK =
  "const isValidIPv4 = (s) => {\n  const parts = s.split('.');\n  return parts.length === 4 && parts.every((p) => /^(0|[1-9]\\d{0,2})$/.test(p) && Number(p) <= 255);\n};";
const D =
  "Implement a generator-based `range(start, end, step = 1)` in JavaScript. [...range(0, 5)] should equal [0, 1, 2, 3, 4]; [...range(0, 10, 5)] should equal [0, 5].";
const D_OK = "function* range(start, end, step = 1) {\n  for (let i = start; i < end; i += step) yield i;\n}";
const E =
  "Write a JavaScript function `rotate(matrix)` that rotates an n×n matrix 90 degrees clockwise and returns a new matrix.\n\nInput: [[1,2],[3,4]]\nOutput: [[3,1],[4,2]]";
const E_OK =
  "function rotate(matrix) {\n  return matrix[0].map((_, col) => matrix.map((row) => row[col]).reverse());\n}";
const F =
  "async JS function `withTimeout(promise, ms)`: resolves with the promise's value, rejects with Error('timeout') if it takes longer.\n\nawait withTimeout(Promise.resolve(7), 50) // 7\nawait withTimeout(new Promise(() => {}), 20) // throws";
const F_OK =
  "async function withTimeout(promise, ms) {\n  let timer;\n  const timeout = new Promise((_, reject) => {\n    timer = setTimeout(() => reject(new Error('timeout')), ms);\n  });\n  try {\n    return await Promise.race([promise, timeout]);\n  } finally {\n    clearTimeout(timer);\n  }\n}";
export const CALLS: readonly AnswerCase[] = [
  code("a function handed over", A, js(A_OK), "verified"),
  code(
    "the last of each key",
    A,
    js("export function uniqueBy(arr, fn) {\n  return [...new Map(arr.map((item) => [fn(item), item])).values()];\n}"),
    "failed",
  ),
  code("a map that is asked through its methods", B, ts(B_OK), "verified"),
  code("case that counts", B, ts(B_OK.replace(".toLowerCase()", "").replace("[a-z']", "[A-Za-z']")), "failed"),
  code("comparisons in a block", C, js(C_OK), "verified"),
  code("leading zeros let in", C, js(C_OK.replace("(0|[1-9]\\d{0,2})", "\\d{1,3}")), "failed"),
  code("a generator spread out", D, js(D_OK), "verified"),
  code("an end that is included", D, js(D_OK.replace("i < end", "i <= end")), "failed"),
  code("input and output of one matrix", E, js(E_OK), "verified"),
  code(
    "the other way round",
    E,
    js(
      "function rotate(matrix) {\n  return matrix[0].map((_, col) => matrix.map((row) => row[row.length - 1 - col]));\n}",
    ),
    "failed",
  ),
  code("a promise that must be given up", F, js(F_OK), "verified"),
  code(
    "a promise that is waited for",
    F,
    js("async function withTimeout(promise, ms) {\n  return promise;\n}"),
    "failed",
  ),
  code("a name in other letters", E, js(E_OK.replace("rotate", "rotateMatrix")), "failed"),
  code(
    "Kotlin without a parser here",
    "Kotlin: data class Point with a distance function",
    fenced(
      "kotlin",
      "import kotlin.math.hypot\n\ndata class Point(val x: Double, val y: Double) {\n    fun distance(other: Point) = hypot(x - other.x, y - other.y)\n}",
    ),
    "unchecked",
  ),
  code(
    "Python that mixes up its brackets",
    "Python function flatten(xs) for nested lists",
    fenced(
      "python",
      "def flatten(xs):\n    return [y for x in xs for y in (flatten(x) if isinstance(x, list) else [x)]]",
    ),
    "failed",
  ),
  code(
    "Java with its class left open",
    "Java class Counter with increment and get",
    fenced(
      "java",
      "public class Counter {\n    private int value;\n\n    public void increment() {\n        value++;\n    }\n\n    public int get() {\n        return value;\n    }",
    ),
    "failed",
  ),
];
