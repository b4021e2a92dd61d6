import { afterAll, describe, expect, it } from "vitest";
import { WORST_ANSWERS, type WorstAnswer } from "../../bench/soak/worst-answers.ts";
import { TASKS } from "../../src/catalog/tasks.ts";
import type { Criterion } from "../../src/checks/kit/criterion.ts";
import type { Request } from "../../src/core/request.ts";
import type { Verdict } from "../../src/core/verdict.ts";
import { ANSWER_LIMIT_MS } from "../../src/verify/run-check.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import { workerPool } from "../../src/verify/worker-pool/pool.ts";
import { request, taskWith } from "./subject.ts";

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

describe("the answers that were the worst", () => {
  const prompt = "Extract the name.\n\nLabels: a, b\n\nText: Bob went to the market.";
  const verdictFor = ({ task, text }: WorstAnswer): Promise<Verdict> => {
    const checks = (TASKS.find(({ id }) => id === task)?.checks ?? []).map(({ check }) => check);
    return verdictOn(text, checks, { prompt });
  };
  const cases = WORST_ANSWERS.map((answer) => [`${answer.task}: ${answer.name}`, answer] as const);

  it.each(cases)(
    "%s: checked within the time of an answer, and verified only if all of it was checked",
    async (_name, answer) => {
      const startedMs = performance.now();
      const verdict = await verdictFor(answer);
      // The limit holds from the first check on; a thread may need some time to start.
      expect(performance.now() - startedMs).toBeLessThan(ANSWER_LIMIT_MS + 15_000);
      expect(verdict.checks.map(({ name }) => name)).toContain("is met");
      const isComplete = verdict.checks.every(({ passed }) => passed !== null);
      expect(verdict.status === "verified" && !isComplete).toBe(false);
    },
    45_000,
  );

  it.each(cases.slice(0, 4))("%s: read in full by its check", async (_name, answer) => {
    for (const { name, passed, detail } of (await verdictFor(answer)).checks)
      expect(passed, `${name}: ${detail}`).not.toBeNull();
  });
});

describe("a slow pattern among the caller's tests", () => {
  it("does not switch the others off, and what it would have said stays open", async () => {
    const accept: readonly Criterion[] = [
      { kind: "matches", name: "slow", pattern: "^(?=a)(a+)+$", flags: "" },
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
