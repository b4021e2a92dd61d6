import { afterAll, describe, expect, it } from "vitest";
import type { Criterion } from "../../../src/checks/kit/criterion.ts";
import type { Verdict } from "../../../src/core/verdict.ts";
import { createVerifier } from "../../../src/verify/verifier.ts";
import { workerPool } from "../../../src/verify/worker-pool/pool.ts";
import { request, taskWith } from "../subject.ts";

const verifier = createVerifier({
  workers: workerPool({ table: new URL("./table.ts", import.meta.url).href, maxThreads: 1 }),
  universal: [],
});
const NEVER = new AbortController().signal;

afterAll(() => verifier.close());

/** The table's check for criteria of texts does what their names say. */
function verdictOn(names: readonly string[], signal = NEVER, checks: readonly string[] = []): Promise<Verdict> {
  const accept = names.map((name): Criterion => ({ kind: "contains", name, phrases: ["x"] }));
  return verifier.verify("x", request({ task: taskWith(checks.map((check) => ({ check }))), accept }), signal);
}

const rows = ({ checks }: Verdict): readonly unknown[] =>
  checks.map(({ name, passed, detail }) => [name, passed, detail]);

describe("the criteria of the caller, in threads of their own", () => {
  it("verify the answer when all are met", async () => {
    const verdict = await verdictOn(["a", "b", "c", "d"]);
    expect(verdict).toMatchObject({ status: "verified", basis: "tests", score: 1 });
    expect(verdict.summary).toBe("4 of 4 of your criteria met");
    expect(verdict.checks.every(({ criterion }) => criterion === true)).toBe(true);
  });

  it.each([
    ["kills its thread", "dies", /ended its thread|broke its thread/],
    ["breaks", "breaks", /the check broke: boom/],
  ])("leave the results of the others alone when one %s: unchecked, with what is known", async (_how, name, why) => {
    const verdict = await verdictOn(["a", name, "b", "c"]);
    expect(rows(verdict)).toEqual([
      ["a", true, "a: it is so"],
      [name, null, expect.stringMatching(why)],
      ["b", true, "b: it is so"],
      ["c", true, "c: it is so"],
    ]);
    expect(verdict).toMatchObject({ status: "unchecked", basis: null, score: 1 });
    expect(verdict.summary).toMatch(
      new RegExp(`^3 of 4 of your criteria met; could not be checked: ${name} \\(.*(?:${why.source})`),
    );
  });

  it("are not looked at any more after one that times out, and what was seen before it stands", async () => {
    const verdict = await verdictOn(["a", "hangs", "b", "c"]);
    const given = "not checked: another check of this answer took too long";
    expect(rows(verdict)).toEqual([
      ["a", true, "a: it is so"],
      ["hangs", null, "not checked: gave up after 300 ms"],
      ["b", null, given],
      ["c", null, given],
    ]);
    expect(verdict).toMatchObject({ status: "unchecked", basis: null, score: 1 });
  });

  it("fail the answer by one that is not met, whatever became of the others", async () => {
    const verdict = await verdictOn(["dies", "is not met", "a", "hangs"]);
    expect(verdict.checks.map(({ passed }) => passed)).toEqual([null, false, true, null]);
    expect(verdict).toMatchObject({ status: "failed", basis: null, score: 0.5 });
    expect(verdict.summary).toBe("is not met: it is not so; 1 of 4 of your criteria met");
  });

  it("come before the checks of the task when time is short, and what reads the text before what runs code", async () => {
    const text: Criterion = { kind: "contains", name: "a", phrases: ["x"] };
    const code: Criterion = { kind: "assert", name: "never ends", code: "for (;;);" };
    const asked = request({ task: taskWith([{ check: "fine" }]), accept: [code, text] });
    const verdict = await verifier.verify("x", asked, AbortSignal.timeout(1_500));
    expect(rows(verdict)).toEqual([
      ["fine", null, "not checked: there was no time left for it"],
      ["never ends", null, "not checked: there was no time left for it"],
      ["a", true, "a: it is so"],
    ]);
    expect(verdict.status).toBe("unchecked");
  });

  it("do not keep the task's own checks from failing the answer", async () => {
    const verdict = await verdictOn(["a", "b"], NEVER, ["fact"]);
    expect(verdict).toMatchObject({ status: "failed", basis: null, score: 1 });
    expect(verdict.summary).toBe("not so; 2 of 2 of your criteria met");
  });

  it("with a check of the task that ends its thread are looked at all the same", async () => {
    const verdict = await verdictOn(["a", "b"], NEVER, ["exits"]);
    expect(verdict.checks.map(({ passed }) => passed)).toEqual([null, true, true]);
    expect(verdict).toMatchObject({ status: "unchecked", score: 1 });
  });
});
