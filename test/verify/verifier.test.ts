import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/checks/kit/check-result.ts";
import { unmade, type Check, type CheckReport } from "../../src/checks/kit/check.ts";
import { met, notMet } from "../../src/checks/kit/criterion-report.ts";
import type { Criterion } from "../../src/checks/kit/criterion.ts";
import type { Verdict } from "../../src/core/verdict.ts";
import { inProcess } from "../../src/verify/in-process-runner.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import { request, taskWith } from "./subject.ts";

const never = new AbortController().signal;

const fine: CheckReport = { findings: [], evidence: [], looked: "fine" };
const found = (...findings: Finding[]): CheckReport => ({ findings, evidence: [] });
const proved = (score: number): CheckReport => ({
  findings: [],
  evidence: [{ basis: "reference", score, summary: "compared" }],
});

function finding(certainty: Finding["certainty"], message: string): Finding {
  return { rule: "room/rule", certainty, severity: "minor", message };
}

function check(name: string, run: Check["run"] = () => fine, over: Partial<Check> = {}): Check {
  return { name, maxChars: 1000, run, ...over };
}

/** Verifies a text by these checks and no others, all of them due. */
function verdictBy(checks: readonly Check[], signal = never, minQuality = 0.8): Promise<Verdict> {
  const task = taskWith(checks.map(({ name }) => ({ check: name })));
  return verifierOf(checks).verify("text", request({ task, minQuality }), signal);
}

function verifierOf(checks: readonly Check[]): ReturnType<typeof createVerifier> {
  const table = new Map(checks.map((each) => [each.name, each]));
  return createVerifier({ workers: inProcess(async () => table), universal: [] });
}

describe("createVerifier", () => {
  it("fails an answer on one fact, whatever the others prove", async () => {
    const verdict = await verdictBy([check("a", () => proved(1)), check("b", () => found(finding("fact", "bad")))]);
    expect(verdict).toMatchObject({ status: "failed", basis: null, summary: "bad" });
    expect(verdict.checks.map(({ passed }) => passed)).toEqual([true, false]);
  });

  it("verifies by evidence, and tells hints without holding them against the answer", async () => {
    const hints = check("b", () => found(finding("hint", "long"), finding("hint", "dull")));
    const verdict = await verdictBy([check("a", () => proved(0.9)), hints]);
    expect(verdict).toMatchObject({ status: "verified", basis: "reference", score: 0.9, summary: "compared; 2 hints" });
    expect(verdict.checks[1]).toMatchObject({ passed: true, detail: "long; dull" });
  });

  it("leaves what only looks right unchecked", async () => {
    expect(await verdictBy([check("a"), check("b")])).toMatchObject({ status: "unchecked", basis: null, score: null });
  });

  it("leaves evidence below the quality asked for unchecked, with its score", async () => {
    expect(await verdictBy([check("a", () => proved(0.5))])).toMatchObject({ status: "unchecked", score: 0.5 });
    expect(await verdictBy([check("a", () => proved(0.5))], never, 0.5)).toMatchObject({ status: "verified" });
  });

  it("leaves the answer unchecked when a check throws, rejects, does not exist, or finds the answer too long", async () => {
    const table = [
      check("proves", () => proved(1)),
      check("throws", () => {
        throw new Error("boom");
      }),
      check("rejects", () => Promise.reject(new Error("later boom"))),
      check("small", () => fine, { maxChars: 3 }),
      check("cannot", () => unmade("no compiler")),
    ];
    const task = taskWith([...table.map(({ name }) => name), "missing"].map((name) => ({ check: name })));
    const verdict = await verifierOf(table).verify("text", request({ task }), never);
    expect(verdict.checks.map(({ name, passed, detail }) => [name, passed, detail])).toEqual([
      ["proves", true, "compared"],
      ["throws", null, "not checked: the check broke: boom"],
      ["rejects", null, "not checked: the check broke: later boom"],
      ["small", null, "not checked: the answer has 4 characters; this check reads at most 3"],
      ["cannot", null, "not checked: no compiler"],
      ["missing", null, "not checked: there is no check named missing"],
    ]);
    expect(verdict).toMatchObject({ status: "unchecked", basis: null, score: 1 });
    expect(verdict.summary).toBe(
      "compared; could not be checked: throws (the check broke: boom), rejects (the check broke: later boom), small (the answer has 4 " +
        "characters; this check reads at most 3), cannot (no compiler), missing (there is no check named missing)",
    );
  });

  it.each(["throws", "small", "cannot"])("each one alone keeps it from being verified: %s", async (name) => {
    const ways: Record<string, Check> = {
      throws: check(name, () => {
        throw new Error("boom");
      }),
      small: check(name, () => fine, { maxChars: 3 }),
      cannot: check(name, () => ({ ...proved(1), unmade: "only half of it" })),
    };
    expect(await verdictBy([check("a", () => proved(1)), ways[name] ?? check(name)])).toMatchObject({
      status: "unchecked",
    });
  });

  it("fails on what half a check has found all the same", async () => {
    const half = check("half", () => ({ ...found(finding("fact", "bad")), unmade: "the other half" }));
    const verdict = await verdictBy([half]);
    expect(verdict.status).toBe("failed");
    expect(verdict.checks[0]).toMatchObject({ passed: false, detail: "bad; not checked: the other half" });
  });

  it("stops waiting for a check when the request is aborted, and does not begin the next", async () => {
    const controller = new AbortController();
    let began = false;
    const hangs = check("hangs", () => {
      controller.abort();
      return new Promise(() => undefined);
    });
    const next = check("next", () => {
      began = true;
      return fine;
    });
    const verdict = await verdictBy([check("first", () => proved(1)), hangs, next], controller.signal);
    expect(verdict.checks.map((each) => each.passed)).toEqual([true, null, null]);
    expect(verdict.checks[1]?.detail).toContain("no time left");
    expect(verdict.status).toBe("unchecked");
    expect(began).toBe(false);
  });

  it("lets a timer that fires between two synchronous checks abort the second", async () => {
    const controller = new AbortController();
    const slow = check("slow", () => {
      // Long enough that the verifier lets others have their turn before the next check.
      const endMs = performance.now() + 10;
      while (performance.now() < endMs);
      setImmediate(() => controller.abort());
      return fine;
    });
    const verdict = await verdictBy([slow, check("next")], controller.signal);
    expect(verdict.checks.map((each) => each.passed)).toEqual([true, null]);
  });

  it("leaves out checks that do not apply, which hold nothing open", async () => {
    const not = check("not", () => fine, { applies: () => false });
    const nothing = check("nothing", () => null);
    const verdict = await verdictBy([check("a", () => proved(1)), not, nothing]);
    expect(verdict.checks.map(({ name }) => name)).toEqual(["a"]);
    expect(verdict.status).toBe("verified");
  });

  it("loses no fact among many hints", async () => {
    const hints = Array.from({ length: 50 }, (_, at) => finding("hint", `hint ${at}`));
    const verdict = await verdictBy([check("a", () => found(...hints, finding("fact", "bad")))]);
    expect(verdict).toMatchObject({ status: "failed", summary: "bad" });
    expect(verdict.checks[0]?.findings[0]).toMatchObject({ certainty: "fact", message: "bad" });
    expect(verdict.checks[0]?.detail).toMatch(/^bad; hint 0;/);
  });

  it("clips long texts, wherever that cuts them", async () => {
    const long = `x${"👍".repeat(5000)}`;
    const says: CheckReport = {
      findings: [{ ...finding("fact", long), repair: long }],
      evidence: [{ basis: "tests", score: 1, summary: long }],
      looked: long,
    };
    const verdict = await verdictBy([check("a", () => says), check("b", () => unmade(long))]);
    for (const { detail } of verdict.checks) expect(detail.length).toBeLessThan(700);
    const [first] = verdict.checks;
    const texts = [first?.looked, first?.findings[0]?.message, first?.findings[0]?.repair, first?.evidence[0]?.summary];
    for (const text of texts) {
      expect(text?.length).toBeLessThanOrEqual(4000);
      expect(text?.isWellFormed()).toBe(true);
    }
  });

  it("shows no character that controls a terminal, neither the model's nor a check's", async () => {
    const sly = "\u001b[2J\u009b1mred\u0007\r\n\tnext";
    const says: CheckReport = {
      findings: [finding("hint", sly)],
      evidence: [{ basis: "tests", score: 1, summary: sly }],
      looked: sly,
      unmade: sly,
    };
    const verdict = await verdictBy([check("a", () => says), check("b", () => unmade(sly))]);
    const { findings = [], evidence = [], looked, detail } = verdict.checks[0] ?? {};
    expect([findings[0]?.message, evidence[0]?.summary, looked]).toEqual(Array(3).fill("red\n\tnext"));
    expect(`${detail}${verdict.checks[1]?.detail}${verdict.summary}`).not.toMatch(/[^\P{Cc}\n\t]/u);
  });

  it.each([
    [Number.NaN, 0],
    [7, 1],
    [-1, 0],
    [Number.POSITIVE_INFINITY, 1],
  ])("takes a score of %d for %d", async (given, score) => {
    expect((await verdictBy([check("a", () => proved(given))])).score).toBe(score);
  });
});

describe("the criteria of the caller", () => {
  const named = (name: string): Criterion => ({ kind: "contains", name, phrases: ["x"] });

  function heldAgainst(report: Check["run"], over: Partial<Check> = {}): Promise<Verdict> {
    const accept = [named("is met"), named("other")];
    const run: Check["run"] = (subject, signal) =>
      subject.criterion?.name === "is met" ? met(subject.criterion, "it is so") : report(subject, signal);
    return verifierOf([check("accept_text", run, over)]).verify("text", request({ accept }), never);
  }

  it("are each reported under their own name", async () => {
    const verdict = await heldAgainst(({ criterion }) => notMet(criterion ?? named("none"), "it is not so"));
    expect(verdict).toMatchObject({
      status: "failed",
      score: 0.5,
      summary: "other: it is not so; 1 of 2 of your criteria met",
    });
    expect(verdict.checks).toMatchObject([
      { name: "is met", criterion: true, passed: true, detail: "is met: it is so" },
      { name: "other", criterion: true, passed: false, detail: "other: it is not so" },
    ]);
  });

  it.each<[string, Check["run"]]>([
    ["finds nothing to look at", () => null],
    ["does not say", () => fine],
    ["has only a hint", () => found(finding("hint", "perhaps"))],
  ])("never just fall away: whose check %s, it is unmade", async (_name, report) => {
    const verdict = await heldAgainst(report);
    expect(verdict.checks[1]).toMatchObject({ name: "other", passed: null });
    expect(verdict).toMatchObject({ status: "unchecked", score: 1 });
  });

  it("that this program knows no check for are unmade", async () => {
    const accept: Criterion[] = [{ kind: "before", name: "order", first: "a", second: "b" }];
    const verdict = await verifierOf([]).verify("text", request({ accept }), never);
    expect(verdict).toMatchObject({ status: "unchecked", score: null });
  });
});

describe("the tests of the config", () => {
  const own = { kind: "contains", name: "mine", phrases: ["x"] } as const;

  function verdictFor(report: CheckReport | null, gate: boolean): Promise<Verdict> {
    const run: Check["run"] = ({ criterion }) => {
      if (criterion === null) return proved(1);
      return report;
    };
    const task = taskWith([{ check: "proves" }, { check: "own_test", own, gate }]);
    return verifierOf([check("proves", run), check("own_test", run)]).verify("text", request({ task }), never);
  }

  it.each<[string, CheckReport | null, string, string]>([
    ["fail the answer", notMet(own, "not so"), "failed", "verified"],
    ["prove it", met(own, "so"), "verified", "verified"],
    ["prove too little", met(own, "so so", 0.5), "unchecked", "verified"],
    ["cannot be made", unmade("gone"), "unchecked", "verified"],
    ["abstain", null, "verified", "verified"],
  ])("that %s do so only with gate: else they are reported as hints", async (_name, report, gated, hinted) => {
    expect((await verdictFor(report, true)).status).toBe(gated);
    const verdict = await verdictFor(report, false);
    expect(verdict).toMatchObject({ status: hinted, basis: "reference", score: 1 });
    for (const each of verdict.checks) expect(each.passed).toBe(true);
  });

  it("that only report say what they found, or why they could not be made", async () => {
    expect((await verdictFor(notMet(own, "not so"), false)).checks[1]).toMatchObject({
      detail: "mine: not so",
      findings: [{ certainty: "hint", message: "mine: not so" }],
      evidence: [],
    });
    expect((await verdictFor(unmade("gone"), false)).checks[1]?.detail).toBe("not checked: gone");
  });
});

describe("the checks as they are", () => {
  const verifier = createVerifier();

  it("leave a plain answer of a task without checks unchecked", async () => {
    const verdict = await verifier.verify("Paris is the capital of France.", request(), never);
    expect(verdict).toMatchObject({ status: "unchecked", basis: null, score: null });
    expect(verdict.checks.every(({ passed }) => passed === true)).toBe(true);
  });

  it("fail an empty answer", async () => {
    expect(await verifier.verify(" \n", request(), never)).toMatchObject({ status: "failed" });
  });

  it("fail an answer that violates its response schema", async () => {
    const responseSchema = { type: "object", required: ["city"], properties: { city: { type: "string" } } };
    expect(await verifier.verify('{"town": 7}', request({ responseSchema }), never)).toMatchObject({
      status: "failed",
    });
  });
});
