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
const js = (text: string): string => fenced("javascript", text);
const ts = (text: string): string => fenced("typescript", text);

const ROMAN_ASK =
  'Write a TypeScript function toRoman(n: number): string that converts 1–3999 to a Roman numeral. It should throw a RangeError for anything else.\n\nExamples:\n  toRoman(1994) => "MCMXCIV"\n  toRoman(4) => "IV"\n  toRoman(0) throws RangeError';
const ROMAN = `export function toRoman(n: number): string {
  if (!Number.isInteger(n) || n < 1 || n > 3999) throw new RangeError("n must be an integer from 1 to 3999");
  const table: [number, string][] = [
    [1000, "M"], [900, "CM"], [500, "D"], [400, "CD"], [100, "C"], [90, "XC"],
    [50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"],
  ];
  let out = "";
  for (const [value, numeral] of table) {
    while (n >= value) {
      out += numeral;
      n -= value;
    }
  }
  return out;
}`;

const CHUNK_ASK =
  "I need a JS helper called chunk that splits an array into groups of a given size. chunk([1,2,3,4,5], 2) should return [[1,2],[3,4],[5]], and chunk([], 3) should return []. For a size below 1 it returns [].";
const CHUNK = `function chunk(array, size) {
  if (size < 1) return [];
  const result = [];
  for (let i = 0; i < array.length; i += size) {
    result.push(array.slice(i, i + size));
  }
  return result;
}

module.exports = { chunk };`;

const DUR_ASK = `Implement \`formatDuration(seconds)\` in JavaScript.

| input | output |
| ----- | ------ |
| 0 | "now" |
| 62 | "1 minute and 2 seconds" |
| 3662 | "1 hour, 1 minute and 2 seconds" |
| 120 | "2 minutes" |`;
const DUR = `function formatDuration(seconds) {
  if (seconds === 0) return "now";
  const units = [["year", 31536000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const parts = [];
  for (const [name, size] of units) {
    const count = Math.floor(seconds / size);
    seconds %= size;
    if (count > 0) parts.push(\`\${count} \${name}\${count > 1 ? "s" : ""}\`);
  }
  if (parts.length === 1) return parts[0];
  return parts.slice(0, -1).join(", ") + " and " + parts[parts.length - 1];
}`;

const STACK_ASK = `Create a class MinStack in TypeScript with push(x), pop(), top() and getMin(), all O(1).

${FENCE}ts
const s = new MinStack();
s.push(-2);
s.push(0);
s.push(-3);
s.getMin(); // -3
s.pop();
s.top(); // 0
s.getMin(); // -2
${FENCE}`;
const STACK = `export class MinStack {
  private readonly items: { value: number; min: number }[] = [];

  push(x: number): void {
    const current = this.items.at(-1);
    this.items.push({ value: x, min: current ? Math.min(current.min, x) : x });
  }

  pop(): number | undefined {
    return this.items.pop()?.value;
  }

  top(): number | undefined {
    return this.items.at(-1)?.value;
  }

  getMin(): number | undefined {
    return this.items.at(-1)?.min;
  }
}`;

const POOL_ASK =
  "Write an async function `mapLimit(items, limit, fn)` in JavaScript: runs fn over the items with at most `limit` at a time and resolves with the results in order.\n\nawait mapLimit([1, 2, 3], 2, async (x) => x * 2) // [2, 4, 6]\nawait mapLimit([], 2, async (x) => x) // []";
const POOL = `export async function mapLimit(items, limit, fn) {
  const results = new Array(items.length);
  let next = 0;
  async function worker() {
    while (next < items.length) {
      const index = next++;
      results[index] = await fn(items[index], index);
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}`;

const ANAGRAM_ASK =
  'Write isAnagram(a, b) in JavaScript. It ignores case and spaces. It returns true for ("Dormitory", "Dirty room") and false for ("hello", "world").';
const ANAGRAM = `const normalize = (text) => [...text.toLowerCase().replace(/\\s+/g, "")].sort().join("");

function isAnagram(a, b) {
  return normalize(a) === normalize(b);
}`;

const FLAT_ASK =
  'Write flattenObject(obj) in JS that flattens nested objects to dot paths.\n\nassert.deepStrictEqual(flattenObject({ a: { b: 1, c: { d: 2 } }, e: 3 }), { "a.b": 1, "a.c.d": 2, e: 3 });\nassert.deepStrictEqual(flattenObject({}), {});';
const FLAT = `function flattenObject(obj, prefix = "") {
  return Object.entries(obj).reduce((acc, [key, value]) => {
    const path = prefix ? prefix + "." + key : key;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      Object.assign(acc, flattenObject(value, path));
    } else {
      acc[path] = value;
    }
    return acc;
  }, {});
}`;

const VOWEL_TESTS = {
  tests: [
    "countVowels('hello') === 2",
    "countVowels('') === 0",
    "countVowels('RHYTHM') === 0",
    "countVowels('AEiou') === 5",
  ],
};
const VOWEL_ASK = "Write a JavaScript function countVowels(text) that counts a, e, i, o, u in either case.";

const BIN_ASK =
  "Implement binary search in JavaScript: binarySearch(sorted, target) returns the index or -1.\n\n- binarySearch([1, 3, 5, 7], 7) → 3\n- binarySearch([1, 3, 5, 7], 4) → -1\n- binarySearch([], 1) → -1";
const bin = (cond: string, lo: string): string => `function binarySearch(sorted, target) {
  let lo = 0;
  let hi = sorted.length - 1;
  while (${cond}) {
    const mid = (lo + hi) >> 1;
    if (sorted[mid] === target) return mid;
    if (sorted[mid] < target) lo = ${lo};
    else hi = mid - 1;
  }
  return -1;
}`;

export const NOTATIONS_GOOD: readonly AnswerCase[] = [
  code(
    "examples with => and one that throws",
    ROMAN_ASK,
    `${ts(ROMAN)}\n\nThe table is walked from the largest value down.`,
    "verified",
  ),
  code("examples told in a sentence", CHUNK_ASK, js(CHUNK), "verified"),
  code("examples in a table", DUR_ASK, js(DUR), "verified"),
  code("a class by a scenario", STACK_ASK, ts(STACK), "verified"),
  code(
    "an async function with await in its examples",
    POOL_ASK,
    `${js(POOL)}\n\n### Usage\n\n${js('import { mapLimit } from "./map-limit.js";\nconst pages = await mapLimit(urls, 4, (url) => fetch(url));')}`,
    "verified",
  ),
  code("true for one pair, false for another", ANAGRAM_ASK, js(ANAGRAM), "verified"),
  code("assert lines", FLAT_ASK, js(FLAT), "verified"),
  code(
    "the caller's own tests",
    VOWEL_ASK,
    js("const countVowels = (text) => (text.match(/[aeiou]/gi) ?? []).length;"),
    "verified",
    VOWEL_TESTS,
  ),
  code("arrows in a list", BIN_ASK, js(bin("lo <= hi", "mid + 1")), "verified"),
];

export const NOTATIONS_BAD: readonly AnswerCase[] = [
  code(
    "numerals without the subtractive forms",
    ROMAN_ASK,
    ts(ROMAN.replace('[900, "CM"], ', "").replace('[4, "IV"], ', "")),
    "failed",
  ),
  code(
    "a zero that gives an empty string where it throws",
    ROMAN_ASK,
    ts(ROMAN.replace(/ {2}if \(!Number.*\n/, "")),
    "failed",
  ),
  code(
    "a rest that is dropped",
    CHUNK_ASK,
    js(CHUNK.replace("i < array.length", "i + size <= array.length")),
    "failed",
  ),
  code("another name than the asked one", CHUNK_ASK, js(CHUNK.replaceAll("chunk", "splitIntoGroups")), "failed"),
  code("no plural", DUR_ASK, js(DUR.replace('${count > 1 ? "s" : ""}', "")), "failed"),
  code(
    "a minimum that outlives its element",
    STACK_ASK,
    ts(
      STACK.replace("return this.items.at(-1)?.min;", "return Math.min(...this.all);")
        .replace("private readonly items", "private readonly all: number[] = [];\n  private readonly items")
        .replace("const current", "this.all.push(x);\n    const current"),
    ),
    "failed",
  ),
  code(
    "results in order of completion that are never awaited",
    POOL_ASK,
    js(POOL.replace("results[index] = await fn(items[index], index);", "results[index] = fn(items[index], index);")),
    "failed",
  ),
  code("a comparison that minds the spaces", ANAGRAM_ASK, js(ANAGRAM.replace('.replace(/\\s+/g, "")', "")), "failed"),
  code(
    "one level only",
    FLAT_ASK,
    js(
      FLAT.replace(
        "Object.assign(acc, flattenObject(value, path));",
        "for (const k of Object.keys(value)) acc[path + '.' + k] = value[k];",
      ),
    ),
    "failed",
  ),
  code(
    "upper case that is not counted",
    VOWEL_ASK,
    js("const countVowels = (text) => (text.match(/[aeiou]/g) ?? []).length;"),
    "failed",
    VOWEL_TESTS,
  ),
  code("a search that never ends", BIN_ASK, js(bin("lo <= hi", "mid")), "failed"),
  code("a search that stops one early", BIN_ASK, js(bin("lo < hi", "mid + 1")), "failed"),
  code(
    "code cut off in the middle",
    DUR_ASK,
    `${FENCE}javascript\n${DUR.slice(0, DUR.indexOf("if (parts.length"))}`,
    "failed",
  ),
  code(
    "types that do not parse",
    ROMAN_ASK,
    ts(ROMAN.replace("[number, string][] =", "[number, string][ =")),
    "failed",
  ),
  code(
    "Python where JavaScript is asked for",
    ANAGRAM_ASK,
    fenced(
      "python",
      'def is_anagram(a, b):\n    norm = lambda s: sorted(s.lower().replace(" ", ""))\n    return norm(a) == norm(b)',
    ),
    "failed",
  ),
];

const PY = `from collections import OrderedDict


class LRUCache:
    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.items: OrderedDict[int, int] = OrderedDict()

    def get(self, key: int) -> int:
        if key not in self.items:
            return -1
        self.items.move_to_end(key)
        return self.items[key]

    def put(self, key: int, value: int) -> None:
        self.items[key] = value
        self.items.move_to_end(key)
        if len(self.items) > self.capacity:
            self.items.popitem(last=False)`;
const PY_ASK =
  "Write an LRU cache class in Python with get(key) and put(key, value), capacity given in the constructor.";
const GO = `package main

import (
	"fmt"
	"strings"
)

func WordCount(text string) map[string]int {
	counts := make(map[string]int)
	for _, word := range strings.Fields(strings.ToLower(text)) {
		counts[word]++
	}
	return counts
}

func main() {
	fmt.Println(WordCount("the cat the hat"))
}`;
const GO_ASK = "Write a Go function WordCount(text string) map[string]int, with a small main that shows it.";
const RUST = `pub fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        let rest = a % b;
        a = b;
        b = rest;
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works() {
        assert_eq!(gcd(12, 18), 6);
    }
}`;
const RUST_ASK = "gcd of two u64 in Rust, with a unit test please";
const JAVA = `import java.util.ArrayDeque;
import java.util.Deque;

public class Brackets {
    public static boolean isBalanced(String text) {
        Deque<Character> stack = new ArrayDeque<>();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '(' -> stack.push(')');
                case '[' -> stack.push(']');
                case '{' -> stack.push('}');
                default -> {
                    if ((c == ')' || c == ']' || c == '}') && (stack.isEmpty() || stack.pop() != c)) {
                        return false;
                    }
                }
            }
        }
        return stack.isEmpty();
    }
}`;
const JAVA_ASK = "Java: a static method isBalanced(String) in a class Brackets that checks (), [] and {}.";

export const LANGUAGES: readonly AnswerCase[] = [
  code("Python that parses", PY_ASK, fenced("python", PY), "unchecked"),
  code(
    "Python without a colon",
    PY_ASK,
    fenced("python", PY.replace("if key not in self.items:", "if key not in self.items")),
    "failed",
  ),
  code(
    "Python whose body is not indented",
    PY_ASK,
    fenced("python", PY.replace("            return -1", "        return -1")),
    "failed",
  ),
  code("Go that parses", GO_ASK, fenced("go", GO), "unchecked"),
  code(
    "Go without the closing brace of a loop",
    GO_ASK,
    fenced("go", GO.replace("\t\tcounts[word]++\n\t}", "\t\tcounts[word]++")),
    "failed",
  ),
  code("Rust that parses", RUST_ASK, fenced("rust", RUST), "unchecked"),
  code(
    "Rust with a function that has no parameter list",
    RUST_ASK,
    fenced("rust", RUST.replace("(mut a: u64, mut b: u64)", "mut a: u64, mut b: u64")),
    "failed",
  ),
  code("Java that parses", JAVA_ASK, fenced("java", JAVA), "unchecked"),
  code(
    "Java without a semicolon",
    JAVA_ASK,
    fenced("java", JAVA.replace("return stack.isEmpty();", "return stack.isEmpty()")),
    "failed",
  ),
];
