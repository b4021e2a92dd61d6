import "better-sqlite3";
import { beforeAll, describe, expect, it } from "vitest";
import type { CheckResult } from "../../src/checks/kit/check-result.ts";
import type { Verifier } from "../../src/core/ports.ts";
import { verdictOf } from "../../src/core/verdict.ts";
import { answers } from "../support/scripted-provider.ts";
import { FIRST, rolesOf, run, SECOND, warmUp, type Setup } from "../support/routed.ts";

beforeAll(warmUp);

const row = (name: string, over: Partial<CheckResult>): CheckResult => ({
  name,
  passed: true,
  detail: `${name} is fine`,
  findings: [],
  evidence: [],
  ...over,
});
const proves = (score: number): CheckResult =>
  row("proves", { evidence: [{ basis: "tests", score, summary: `${score * 100}% of the examples hold` }] });
const breaks = (repair?: string | null): CheckResult =>
  row("breaks", {
    passed: false,
    detail: "a circle",
    findings: [
      {
        rule: "plan/circle",
        certainty: "fact",
        severity: "critical",
        message: "a circle",
        ...(repair === undefined ? {} : { repair }),
      },
    ],
  });
const hints = row("hints", {
  findings: [{ rule: "plan/long", certainty: "hint", severity: "minor", message: "it is long" }],
});
const unmade = row("runs", { passed: null, detail: "not checked: no interpreter" });

/** What its checks say of an answer, by its text. */
const CHECKED: Readonly<Record<string, readonly CheckResult[]>> = {
  proved: [proves(1)],
  half: [proves(0.5)],
  third: [proves(0.3)],
  broken: [breaks()],
  "half broken": [proves(0.5), breaks(null)],
  "all but broken": [proves(1), breaks(null)],
  refused: [breaks(null)],
  "broken and long": [hints, breaks("line 3: 2 -> 1 -> 2")],
  unknown: [],
  unrun: [proves(1), unmade],
};
const verifier: Verifier = {
  verify: async (text, { minQuality }) => verdictOf(CHECKED[text] ?? [], minQuality),
  close: async () => undefined,
};
const NEXT = { tasks: [{ id: "general", on_unchecked: "next" }] };

function ask(texts: readonly string[], input: Setup["input"] = {}, config: Setup["config"] = {}) {
  const [first = "", second = ""] = texts;
  const scripts = { [FIRST]: [answers(first)], [SECOND]: [answers(second)] };
  const models = [FIRST, SECOND].slice(0, texts.length);
  return run({ scripts, input: { models, min_quality: 0.8, repair: false, ...input }, config, verifier });
}

describe("an answer is", () => {
  it.each([
    ["taken when it is verified", "proved", "accepted", "verified"],
    ["taken when nothing could tell", "unknown", "accepted", "unchecked"],
    ["taken when not all could be checked", "unrun", "accepted", "unchecked"],
    ["not taken when it failed", "broken", "below_quality", "failed"],
    ["not taken when it failed, whatever was proved", "all but broken", "below_quality", "failed"],
    ["not taken when evidence scores it too low, which is no failure", "half", "below_quality", "unchecked"],
  ])("%s", async (_name, text, status, verdict) => {
    const { outcome } = await ask([text]);
    expect(outcome).toMatchObject({ ok: true, value: { status, text, verdict: { status: verdict } } });
  });

  it("taken by the threshold of the call", async () => {
    const { outcome } = await ask(["half"], { min_quality: 0.5 });
    expect(outcome).toMatchObject({ ok: true, value: { status: "accepted", verdict: { status: "verified" } } });
  });
});

describe("of two rejected answers the better one comes back", () => {
  it.each<[string, readonly [string, string], string, Record<string, unknown>?]>([
    ["what is unchecked before what failed", ["all but broken", "third"], "third"],
    ["of two that failed the one with more evidence", ["broken", "half broken"], "half broken"],
    [
      "of two that failed the one with more evidence, in any order",
      ["all but broken", "half broken"],
      "all but broken",
    ],
    ["of two below the threshold the one nearer to it", ["third", "half"], "half"],
    ["a model without records before one that is known to be poor", ["half", "unknown"], "unknown", NEXT],
    ["a model that proved all it could before one without records", ["unknown", "unrun"], "unrun", NEXT],
    ["of equals the first", ["broken", "refused"], "broken"],
  ])("%s", async (_name, texts, text, config) => {
    const done = await ask(texts, {}, config);
    expect(rolesOf(done)).toEqual([`${FIRST} answer rejected`, `${SECOND} answer rejected`]);
    expect(done.outcome).toMatchObject({ ok: true, value: { status: "below_quality", text } });
  });
});

describe("an error instead of an answer below quality says", () => {
  const message = async (text: string, config: Setup["config"] = {}): Promise<string> => {
    const { outcome } = await ask([text], { on_below_quality: "error" }, config);
    if (outcome.ok) throw new Error("should fail");
    expect(outcome.error.code).toBe("below_quality");
    return outcome.error.message;
  };

  it("which facts failed it, and advises no other threshold", async () => {
    const error = await message("all but broken");
    expect(error).toMatch(/^Every answer failed its checks\. .*score of 1\.00 \(breaks: a circle\)/);
    expect(error).not.toContain("min_quality");
    expect(await message("broken")).toContain("The best one (breaks: a circle)");
  });

  it("how far it was from the threshold", async () => {
    expect(await message("half")).toMatch(/^No answer reached min_quality 0\.8; the best scored 0\.50 \(.*\)\. Lower/);
  });

  it("what could not be checked where the task takes nothing unchecked", async () => {
    const error = await message("unrun", NEXT);
    expect(error).toMatch(/^No answer could be verified\. .*could not be checked: runs/);
    expect(error).toContain("on_unchecked");
    expect(await message("unknown", NEXT)).toContain("nothing here could tell");
  });
});

describe("a repair", () => {
  const repairPrompt = async (text: string): Promise<string | null> => {
    const scripts = { [FIRST]: [answers(text), answers("proved")] };
    const done = await run({ scripts, input: { models: [FIRST] }, verifier });
    return rolesOf(done)[1] === undefined ? null : (done.wire[1]?.user ?? null);
  };

  it("is asked for by facts, with their details, and then by hints", async () => {
    const prompt = await repairPrompt("broken and long");
    expect(prompt).toContain("plan/circle: line 3: 2 -> 1 -> 2\n\nplan/long (a hint): it is long");
  });

  it("is asked for by the message of a fact that has no details", async () => {
    expect(await repairPrompt("broken")).toContain("plan/circle: a circle");
  });

  it.each(["refused", "half", "unknown"])("is not requested when there is nothing to repair: %s", async (text) => {
    expect(await repairPrompt(text)).toBeNull();
  });
});
