import { FENCE, fenced } from "../../fenced.ts";
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
const js = (text: string): string => fenced("js", text);
const ts = (text: string): string => fenced("ts", text);

const FIB_ASK = "Write fib(n) in JavaScript: returns 0 for 0, 1 for 1 and 55 for 10. It must be iterative.";
const FIB = `function fib(n) {
  let [a, b] = [0, 1];
  for (let i = 0; i < n; i++) [a, b] = [b, a + b];
  return a;
}`;

const EMITTER_ASK = `Implement a small event emitter class in TypeScript: on(event, handler), off(event, handler), emit(event, ...args). emit returns the number of handlers called.

Example:
const e = new Emitter();
const log = [];
const h = (x) => log.push(x);
e.on("a", h);
e.emit("a", 1); // 1
e.off("a", h);
e.emit("a", 2); // 0`;
const EMITTER = `type Handler = (...args: any[]) => void;

export class Emitter {
  #handlers = new Map<string, Set<Handler>>();

  on(event: string, handler: Handler): void {
    const set = this.#handlers.get(event) ?? new Set<Handler>();
    set.add(handler);
    this.#handlers.set(event, set);
  }

  off(event: string, handler: Handler): void {
    this.#handlers.get(event)?.delete(handler);
  }

  emit(event: string, ...args: unknown[]): number {
    const handlers = [...(this.#handlers.get(event) ?? [])];
    for (const handler of handlers) handler(...args);
    return handlers.length;
  }
}`;

const MERGE_ASK = `Write mergeIntervals(intervals) in JavaScript.

Test cases:
1. mergeIntervals([[1,3],[2,6],[8,10]]) → [[1,6],[8,10]]
2. mergeIntervals([[1,4],[4,5]]) → [[1,5]]
3. mergeIntervals([]) → []`;
const MERGE = `/**
 * Merges overlapping intervals.
 * @param {number[][]} intervals
 * @returns {number[][]}
 */
export const mergeIntervals = (intervals) => {
  const sorted = intervals.map((pair) => [...pair]).sort((a, b) => a[0] - b[0]);
  const out = [];
  for (const [start, end] of sorted) {
    const last = out[out.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
};`;

const PARSE_ASK = `TypeScript: write \`parseQuery(qs: string): Record<string, string | string[]>\`.
parseQuery("?a=1&b=2") returns { a: "1", b: "2" }
parseQuery("a=1&a=2") returns { a: ["1", "2"] }
parseQuery("") returns {}
Values are URL-decoded: parseQuery("q=a%20b") returns { q: "a b" }`;
const PARSE = `export function parseQuery(qs: string): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = {};
  const text = qs.startsWith("?") ? qs.slice(1) : qs;
  if (text === "") return result;
  for (const part of text.split("&")) {
    const [rawKey, rawValue = ""] = part.split("=");
    const key = decodeURIComponent(rawKey);
    const value = decodeURIComponent(rawValue.replace(/\\+/g, " "));
    const before = result[key];
    if (before === undefined) result[key] = value;
    else result[key] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return result;
}`;

const DEBOUNCE_ASK =
  "Write a TypeScript debounce<T extends (...args: any[]) => void>(fn: T, wait: number) that returns a debounced function with a cancel method. No examples, just clean code.";
const DEBOUNCE = `export function debounce<T extends (...args: any[]) => void>(fn: T, wait: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const debounced = (...args: Parameters<T>): void => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), wait);
  };
  debounced.cancel = (): void => clearTimeout(timer);
  return debounced;
}`;

const LEAP_ASK = `JavaScript please. isLeapYear(year)

| year | expected |
|------|----------|
| 2000 | true |
| 1900 | false |
| 2024 | true |
| 2023 | false |`;

const CLAMP_ASK =
  "Write clamp(value, min, max) in JS. Given (5, 0, 3) it returns 3, given (-1, 0, 3) it returns 0, and given (2, 0, 3) it returns 2.";

const TITLE_TESTS = {
  tests: [
    { call: 'titleCase("hello wORLD")', equals: "Hello World" },
    { call: 'titleCase("")', equals: "" },
  ],
};
const TITLE_ASK = "A JavaScript function titleCase(text): every word starts with a capital, the rest is lower case.";

const CART_ASK = `Implement a ShoppingCart class (JavaScript):

\`\`\`js
const cart = new ShoppingCart();
cart.add("apple", 0.5, 4);
cart.add("bread", 2.25);
cart.total(); // 4.25
cart.remove("apple");
cart.total(); // 2.25
cart.count; // 1
\`\`\``;
const CART = `class ShoppingCart {
  constructor() {
    this.items = new Map();
  }
  add(name, price, quantity = 1) {
    const item = this.items.get(name) ?? { price, quantity: 0 };
    item.quantity += quantity;
    this.items.set(name, item);
    return this;
  }
  remove(name) {
    this.items.delete(name);
  }
  get count() {
    return [...this.items.values()].reduce((sum, { quantity }) => sum + quantity, 0);
  }
  total() {
    return [...this.items.values()].reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  }
}

module.exports = ShoppingCart;`;

export const TOLD_GOOD: readonly AnswerCase[] = [
  code("values told in a sentence", FIB_ASK, js(FIB), "verified"),
  code("a class with private fields, by a scenario without a fence", EMITTER_ASK, ts(EMITTER), "verified"),
  code("numbered test cases with arrows", MERGE_ASK, `${js(MERGE)}\n\nRuns in O(n log n).`, "verified"),
  code("objects as results", PARSE_ASK, ts(PARSE), "verified"),
  code(
    "a solution in TypeScript and the same in JavaScript",
    PARSE_ASK,
    `${ts(PARSE)}\n\nOr as plain JavaScript:\n\n${js(PARSE.replace(/: Record<string, string \| string\[\]>/g, "").replace("(qs: string)", "(qs)"))}`,
    "verified",
  ),
  code("a request without an example", DEBOUNCE_ASK, ts(DEBOUNCE), "unchecked"),
  code(
    "a table of one parameter",
    LEAP_ASK,
    js("const isLeapYear = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;"),
    "verified",
  ),
  code(
    "what is given, before what is returned",
    CLAMP_ASK,
    js("function clamp(value, min, max) {\n  return Math.min(Math.max(value, min), max);\n}"),
    "verified",
  ),
  code(
    "examples of the caller",
    TITLE_ASK,
    js("const titleCase = (text) => text.toLowerCase().replace(/(^|\\s)\\S/g, (c) => c.toUpperCase());"),
    "verified",
    TITLE_TESTS,
  ),
  code("a class with a getter", CART_ASK, js(CART), "verified"),
];

export const TOLD_BAD: readonly AnswerCase[] = [
  code("a sequence that is one off", FIB_ASK, js(FIB.replace("return a;", "return b;")), "failed"),
  code("recursion without an end", FIB_ASK, js("function fib(n) {\n  return fib(n - 1) + fib(n - 2);\n}"), "failed"),
  code(
    "off that takes nothing off",
    EMITTER_ASK,
    ts(EMITTER.replace("this.#handlers.get(event)?.delete(handler);", "this.#handlers.get(event)?.has(handler);")),
    "failed",
  ),
  code(
    "intervals that only touch kept apart",
    MERGE_ASK,
    js(MERGE.replace("start <= last[1]", "start < last[1]")),
    "failed",
  ),
  code(
    "a repeated key that overwrites",
    PARSE_ASK,
    ts(
      PARSE.replace(
        "result[key] = Array.isArray(before) ? [...before, value] : [before, value];",
        "result[key] = value;",
      ),
    ),
    "failed",
  ),
  code(
    "values that are not decoded",
    PARSE_ASK,
    ts(PARSE.replace('decodeURIComponent(rawValue.replace(/\\+/g, " "))', "rawValue")),
    "failed",
  ),
  code("every hundredth year", LEAP_ASK, js("const isLeapYear = (year) => year % 4 === 0;"), "failed"),
  code(
    "bounds the wrong way round",
    CLAMP_ASK,
    js("function clamp(value, min, max) {\n  return Math.max(Math.min(value, min), max);\n}"),
    "failed",
  ),
  code(
    "words that keep their capitals",
    TITLE_ASK,
    js("const titleCase = (text) => text.replace(/(^|\\s)\\S/g, (c) => c.toUpperCase());"),
    "failed",
    TITLE_TESTS,
  ),
  code(
    "a remove that only sets to zero the first",
    CART_ASK,
    js(CART.replace("this.items.delete(name);", "this.items.get(name).price = 0;")),
    "failed",
  ),
  code(
    "a placeholder for the body",
    MERGE_ASK,
    js("export const mergeIntervals = (intervals) => {\n  // TODO: implement merging\n  return intervals;\n};"),
    "failed",
  ),
  code(
    "a bracket too many",
    CLAMP_ASK,
    js("function clamp(value, min, max) {\n  return Math.min(Math.max(value, min), max));\n}"),
    "failed",
  ),
  code(
    "an explanation and no code",
    FIB_ASK,
    "You can keep the last two numbers in variables and loop n times, adding them up as you go along.",
    "failed",
  ),
];

const CS = fenced(
  "csharp",
  "public static class Text\n{\n    public static string Reverse(string s) => new string(s.Reverse().ToArray());\n}",
);
export const MORE_LANGUAGES: readonly AnswerCase[] = [
  code("C# without a parser here", "C# static method that reverses a string", CS, "unchecked"),
  code(
    "Python with a closing quote missing",
    "Python function greet(name) returning a greeting",
    fenced("python", 'def greet(name):\n    return f"Hello, {name}!'),
    "failed",
  ),
  code(
    "Python with match and type parameters",
    "Python 3.12: function first[T] of a list",
    fenced(
      "python",
      "def first[T](items: list[T]) -> T | None:\n    match items:\n        case [head, *_]:\n            return head\n        case _:\n            return None",
    ),
    "unchecked",
  ),
  code(
    "Python with else in the wrong place",
    "Write a Python function sign(x).",
    fenced("python", "def sign(x):\n    if x > 0:\n        return 1\n    return 0\n    else:\n        return -1"),
    "failed",
  ),
  code(
    "Java with records and patterns",
    "Java 21: sealed Shape with area method using pattern matching",
    fenced(
      "java",
      "public sealed interface Shape permits Circle, Square {\n    record Dummy() {}\n\n    static double area(Shape shape) {\n        return switch (shape) {\n            case Circle(double r) -> Math.PI * r * r;\n            case Square(double s) when s > 0 -> s * s;\n            case Square ignored -> 0;\n        };\n    }\n}\n\nrecord Circle(double r) implements Shape {}\n\nrecord Square(double s) implements Shape {}",
    ),
    "unchecked",
  ),
  code(
    "Go with a missing parenthesis",
    "Go function Max(a, b int) int",
    fenced("go", "package mathx\n\nfunc Max(a, b int int {\n\tif a > b {\n\t\treturn a\n\t}\n\treturn b\n}"),
    "failed",
  ),
  code(
    "Rust with let-else",
    "Rust fn parse_port(s: &str) -> Option<u16>",
    fenced(
      "rust",
      "pub fn parse_port(s: &str) -> Option<u16> {\n    let Ok(port) = s.trim().parse::<u16>() else {\n        return None;\n    };\n    (port > 0).then_some(port)\n}",
    ),
    "unchecked",
  ),
  code(
    "Rust cut off before its end",
    "Rust fn parse_port(s: &str) -> Option<u16>",
    `${FENCE}rust\npub fn parse_port(s: &str) -> Option<u16> {\n    match s.trim().parse::<u16>() {\n        Ok(port) =>\n${FENCE}`,
    "failed",
  ),
  code(
    "Go where Rust is asked for",
    "Rust fn add(a: i32, b: i32) -> i32",
    fenced("go", "package main\n\nfunc add(a, b int) int { return a + b }"),
    "failed",
  ),
];
