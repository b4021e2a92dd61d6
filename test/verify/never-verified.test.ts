import { afterAll, describe, expect, it } from "vitest";
import type { Criterion } from "../../src/checks/kit/criterion.ts";
import type { Request } from "../../src/core/request.ts";
import type { Verdict } from "../../src/core/verdict.ts";
import { ANSWER_LIMIT_MS } from "../../src/verify/run-check.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import { workerPool } from "../../src/verify/worker-pool/pool.ts";
import { fenced, request, taskWith } from "./subject.ts";

const never = new AbortController().signal;
const verifier = createVerifier();
const misbehaving = createVerifier({
  workers: workerPool({ table: new URL("./pool/table.ts", import.meta.url).href, maxThreads: 1, maxHeapMb: 128 }),
  universal: [],
});

afterAll(async () => {
  await verifier.close();
  await misbehaving.close();
});

/** Every answer meets it, so that it is verified unless another check stands against it. */
const MET: Criterion = { kind: "not_contains", name: "is met", phrases: ["a phrase that no answer holds"] };

function verdictOn(text: string, checks: readonly string[], over: Partial<Request> = {}): Promise<Verdict> {
  const task = taskWith(checks.map((check) => ({ check })));
  return verifier.verify(text, request({ task, accept: [MET], ...over }), never);
}

describe("an answer that makes a check crash or time out", () => {
  it.each(["hangs", "waits", "exits", "throws", "throws_later", "rejects_unseen", "eats", "recurses", "missing"])(
    "is never verified: %s",
    async (name) => {
      const task = taskWith([{ check: name }]);
      const verdict = await misbehaving.verify("x", request({ task, accept: [MET] }), never);
      expect(verdict.checks.map(({ passed }) => passed)).toEqual([null, true]);
      expect(verdict).toMatchObject({ status: "unchecked", basis: null, score: 1 });
    },
  );

  it("would have been verified without it", async () => {
    const task = taskWith([{ check: "fine" }]);
    expect(await misbehaving.verify("x", request({ task, accept: [MET] }), never)).toMatchObject({
      status: "verified",
    });
  });
});

const html = (code: string): string => fenced("html", `<!doctype html><html><body>${code}</body></html>`);
const solidity = (code: string): string =>
  fenced("solidity", `pragma solidity ^0.8.0; contract A { function f() public { uint x; ${code} } }`);

/** Each once crashed a check, or took it more than 10 s. */
const ANSWERS: readonly (readonly [name: string, checks: readonly string[], text: string])[] = [
  [
    "a page without labels, and a listener with 4,000 tabs",
    ["page"],
    html(`<input><script>addEventListener("keydown",e${"\t".repeat(4_000)});</script>`),
  ],
  ["an attribute constructor", ["page"], fenced("jsx", 'export default () => <div constructor="">x</div>;')],
  ["an attribute __proto__", ["page"], fenced("jsx", 'export default () => <div __proto__="" toString="">x</div>;')],
  ["an extraction with 60 KB of a-a-…", ["values"], `{"name": "Zork", "note": "${"a-".repeat(30_000)}"}`],
  ["keys that name the prototype", ["values"], '{"__proto__": {"name": "Bob"}, "constructor": "Bob"}'],
  ["60 KB of statements in JavaScript", ["code", "code_examples"], fenced("js", `let x=0;${"x+=1;".repeat(12_000)}`)],
  ["60 KB of statements in a page", ["page"], html(`<script>let x=0;${"x+=1;".repeat(12_000)}</script>`)],
  ["66,000 rules in a style", ["page"], html(`<style>${"{a}".repeat(66_000)}</style>`)],
  ["a sum of 1,000 in JavaScript", ["code"], fenced("js", `x=${"1+".repeat(1_000)}1;`)],
  ["a sum of 1,000 in Python", ["code"], fenced("python", `x=${"1+".repeat(1_000)}1`)],
  ["60 KB of statements in Solidity", ["solidity", "gas"], solidity("x+=1;".repeat(12_000))],
  ["a sum of 1,000 in Solidity", ["solidity", "gas"], solidity(`x=${"1+".repeat(1_000)}1;`)],
];

describe("the answers that were the worst", () => {
  it.each(ANSWERS)(
    "%s: checked within the time of an answer, or unchecked",
    async (_name, checks, text) => {
      const prompt = "Extract the name.\n\nText: Bob went to the market.";
      const startedMs = performance.now();
      const verdict = await verdictOn(text, checks, { prompt });
      // The limit holds from the first check on; a thread may need some time to start.
      expect(performance.now() - startedMs).toBeLessThan(ANSWER_LIMIT_MS + 15_000);
      expect(verdict.checks.map(({ name }) => name)).toContain("is met");
      const isComplete = verdict.checks.every(({ passed }) => passed !== null);
      expect(verdict.status === "verified" && !isComplete).toBe(false);
    },
    45_000,
  );

  it.each(ANSWERS.slice(0, 5))("%s: read in full", async (_name, checks, text) => {
    const verdict = await verdictOn(text, checks, { prompt: "Extract the name.\n\nText: Bob went to the market." });
    for (const { name, passed, detail } of verdict.checks) expect(passed, `${name}: ${detail}`).not.toBeNull();
  });
});

describe("a slow pattern among the caller's tests", () => {
  it("does not switch the others off, and what it would have said stays open", async () => {
    const accept: readonly Criterion[] = [
      { kind: "matches", name: "slow", pattern: "^(a+)+$", flags: "" },
      MET,
      { kind: "contains", name: "is not met", phrases: ["something else"] },
      { kind: "matches", name: "is quick", pattern: "^a", flags: "" },
    ];
    const verdict = await verdictOn(`${"a".repeat(60)}!`, [], { accept });
    const rows = verdict.checks.filter(({ criterion }) => criterion === true);
    expect(rows.map(({ name, passed }) => [name, passed])).toEqual([
      ["slow", null],
      ["is met", true],
      ["is not met", false],
      ["is quick", true],
    ]);
    expect(verdict.status).toBe("failed");
    const without = accept.filter(({ name }) => name !== "is not met");
    expect(await verdictOn(`${"a".repeat(60)}!`, [], { accept: without })).toMatchObject({ status: "unchecked" });
  });
});
