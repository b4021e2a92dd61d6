import { globSync } from "node:fs";
import { RegExpParser } from "@eslint-community/regexpp";
import { describe, expect, test } from "vitest";
import { expressionsIn } from "./support/regexes/expressions.ts";
import { slowness } from "./support/regexes/slow.ts";

const ROOT = new URL("../", import.meta.url).pathname;

/**
 * Expressions that may be slow, by file and pattern, each with the reason why that does no harm: what bounds the length of the text.
 * An entry that is no longer needed fails the test.
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

test("every regular expression of src takes linear time, whatever the text", { timeout: 300_000 }, () => {
  const looked = new Map<string, string | null>();
  const slow: string[] = [];
  const needed = new Set<string>();
  for (const path of globSync("src/**/*.ts", { cwd: ROOT }).sort()) {
    for (const { line, pattern, flags } of expressionsIn(`${ROOT}${path}`)) {
      const written = `/${pattern}/${flags}`;
      const reason = looked.has(written) ? looked.get(written) : slowness(pattern, flags);
      looked.set(written, reason ?? null);
      if (reason === null) continue;
      const key = `${path} ${written}`;
      if (EXCEPTIONS[key] === undefined) slow.push(`${path}:${line} ${written}: ${reason}`);
      else needed.add(key);
    }
  }
  expect(looked.size).toBeGreaterThan(500);
  expect(slow).toEqual([]);
  expect([...needed].sort()).toEqual(Object.keys(EXCEPTIONS).sort());
});

test("no regular expression of src needs more than the oldest Node knows", () => {
  // Node 22.14 reads what ECMAScript 2024 has: no `(?-i:…)`, no name that two groups share.
  const parser = new RegExpParser({ ecmaVersion: 2024 });
  const tooNew: string[] = [];
  for (const path of globSync("src/**/*.ts", { cwd: ROOT }).sort()) {
    for (const { line, pattern, flags } of expressionsIn(`${ROOT}${path}`)) {
      try {
        parser.parsePattern(pattern, 0, pattern.length, {
          unicode: flags.includes("u"),
          unicodeSets: flags.includes("v"),
        });
      } catch (error) {
        tooNew.push(`${path}:${line}: ${String(error)}`);
      }
    }
  }
  expect(tooNew).toEqual([]);
});

describe("what the checker calls slow", () => {
  test.each([
    [/^(?:a+)+$/, "exponential"],
    [/^(?:a|a)*b/, "exponential"],
    [/^(?:\w|\d)+;/, "exponential"],
    [/^\s*\s*x/, "two loops"],
    [/^(.*)\((.*)\)$/, "two loops"],
    [/^.*a.*b/, "two loops"],
    [/\s+$/, "every start"],
    [/\s*,\s*/, "every start"],
    [/\/\*[^]*?\*\//, "every start"],
    [/^\s*foo/m, "every start"],
    [/a[^]*(?=b)/, "every start"],
    [/(?=.*x)y/, "every start"],
    [/("""|''')[^]*?\1/, "every start"],
    [/\bfoo\b.{0,5000}bar/, "every start"],
    [/^\w{0,300}-?\w{0,300};/, "two loops"],
  ])("%s", (expression, kind) => {
    expect(slowness(expression.source, expression.flags)).toContain(kind);
  });

  test.each([
    /a+/,
    /\w+\b/,
    /[A-Z]\w+(?!\w)/,
    /(?<!\s)\s+$/,
    /"[^"]*"/,
    /\/\/[^\n]*/,
    /^\s*foo/,
    /^[ \t]*foo/m,
    /```[^]*?(?:```|$)/,
    /\b\w+;/,
    /^(?:\w+, ){0,6}\w+$/,
    /\bfoo\b.{0,500}bar/,
  ])("%s is not", (expression) => {
    expect(slowness(expression.source, expression.flags)).toBeNull();
  });
});
