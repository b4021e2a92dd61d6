import { describe, expect, it } from "vitest";
import { INLINE_CHECKS } from "../../src/verify/inline-checks.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import { request, subject, taskWith } from "./subject.ts";

const SIZE = 200_000;
const UNITS = [
  " ", "\n", "\t", "`", "```\n", "```a\n", "~", "*", "#", "|", "| a |\n", "- a\n", "1. ", "<", "<a ", "</a>", "<!--", "[", "(", "{", '"',
  "'", "\\", "I can't ", "I am ", "a", "a ", "but ", "function a(", "function a() external", "contract A ", "pragma solidity", "/*",
  "//\n", "return ((((", "...", "a.sol ", "# File: ", "import ", "– ", "\u00a0", '{"a":', "0", "1.1.1", "> ", ">", "\r", "\u200b", "👍", "你",
]; // prettier-ignore

/** What one linear pass over 200 KB may take on a busy machine; a quadratic one takes minutes. */
const BOUND_MS = 2000;

describe("hostile answers", () => {
  const scanning = [...INLINE_CHECKS.values()];

  it.each(UNITS)("the universal gates read 200 KB of %j in one pass", async (unit) => {
    const text = unit.repeat(Math.ceil(SIZE / unit.length));
    for (const check of scanning) {
      const startedMs = performance.now();
      await check.run(subject(text, { responseSchema: { type: "object" } }), new AbortController().signal);
      expect(performance.now() - startedMs, check.name).toBeLessThan(BOUND_MS);
    }
  });

  const steps = Array.from({ length: 4000 }, (_, at) => `1. Step ${at + 1} depends on step ${at + 2}, and says so`);
  const row = "| T1 | a | High | T2 |\n";
  it.each([
    ["Markdown that nests quotes", ["plan"], "> ".repeat(70_000)],
    ["many lists of one item", ["plan"], "1. a\n\nx\n\n".repeat(15_000)],
    ["a long chain of steps", ["plan"], steps.join("\n")],
    ["many findings", ["audit"], "### [H-01] a\nSeverity: High\nImpact: b\n".repeat(3500)],
    [
      "a table of many rows",
      ["plan", "audit"],
      `| ID | Task | Severity | Depends on |\n|---|---|---|---|\n${row.repeat(6000)}`,
    ],
    [
      "brackets that nest in Solidity",
      ["solidity", "gas"],
      `contract A { uint x = ${"(".repeat(55)}1${")".repeat(55)}; }`,
    ],
    ["brackets that never close", ["solidity", "gas"], `contract A { function f() public {${"{".repeat(50_000)}`],
    ["tags that nest", ["page"], "<div>".repeat(60_000)],
    ["formatting that nests", ["page"], `<!doctype html>${"<b><i>".repeat(20_000)}${"<p>".repeat(20_000)}`],
    ["fields that nest", ["page"], `<form>${"<fieldset><input>".repeat(20_000)}`],
    ["lone surrogates", ["plan", "audit"], "\ud800".repeat(1000)],
  ])("verifies %s in bounded time, whatever comes of it", async (_name, names, text) => {
    const task = taskWith(names.map((check) => ({ check })));
    const context = { system: null, files: [{ path: "A.sol", content: text }], notes: [], tests: [] };
    const startedMs = performance.now();
    const verdict = await createVerifier().verify(text, request({ task, context }), new AbortController().signal);
    expect(performance.now() - startedMs).toBeLessThan(8000);
    for (const name of names) expect(verdict.checks.map((check) => check.name)).toContain(name);
    for (const check of verdict.checks) expect(check.detail.isWellFormed(), check.name).toBe(true);
  });
});
