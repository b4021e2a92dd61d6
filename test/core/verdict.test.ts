import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BASES, type CheckResult, type Evidence, type Finding } from "../../src/checks/kit/check-result.ts";
import { isBelow, shownScore, verdictOf } from "../../src/core/verdict.ts";

const MIN_QUALITY = 0.8;

function finding(certainty: Finding["certainty"], message = "a defect"): Finding {
  return { rule: "room/rule", certainty, severity: "serious", message };
}

/** A check as the verifier leaves it: it has failed when it found a fact, and is unmade only when it did not. */
function row(name: string, over: Partial<CheckResult> = {}): CheckResult {
  const findings = over.findings ?? [];
  const failed = findings.some(({ certainty }) => certainty === "fact");
  return { name, detail: "", evidence: [], passed: !failed, ...over, findings };
}

const withFact = (...messages: string[]): CheckResult =>
  row("finds", { findings: messages.map((message) => finding("fact", message)) });
const withHint = row("hints", { findings: [finding("hint", "it is long")] });
const unmade = (name: string): CheckResult => row(name, { passed: null });
const proves = (score: number, basis: Evidence["basis"] = "tests", summary = "4 of 4 examples hold"): CheckResult =>
  row("proves", { evidence: [{ basis, score, summary }] });
const met = (name: string): CheckResult =>
  row(name, { criterion: true, evidence: [{ basis: "tests", score: 1, summary: `${name}: as asked` }] });
const notMet = (name: string): CheckResult =>
  row(name, {
    criterion: true,
    findings: [finding("fact", `${name}: not as asked`)],
    evidence: [{ basis: "tests", score: 0, summary: `${name} not met` }],
  });
const notMade = (name: string): CheckResult => row(name, { criterion: true, passed: null });

describe("a verdict", () => {
  it.each<[string, readonly CheckResult[], object]>([
    ["of no checks is unchecked", [], { status: "unchecked", basis: null, score: null }],
    ["that found nothing wrong is unchecked", [row("parses")], { status: "unchecked", basis: null, score: null }],
    ["with evidence is verified", [proves(1)], { status: "verified", basis: "tests", score: 1 }],
    [
      "with a fact is failed, whatever evidence there is",
      [proves(1), met("a"), withFact("a defect")],
      { status: "failed", basis: null, score: 1 },
    ],
    ["with hints alone is unchecked", [withHint, withHint], { status: "unchecked", score: null }],
    ["with hints and evidence is verified", [withHint, proves(1)], { status: "verified", score: 1 }],
    [
      "with evidence below the threshold is unchecked, with its score",
      [proves(0.75)],
      { status: "unchecked", basis: null, score: 0.75 },
    ],
    ["at the threshold is verified", [proves(0.8)], { status: "verified", score: 0.8 }],
    ["whose checks could not all be made is unchecked", [proves(1), unmade("runs")], { status: "unchecked", score: 1 }],
    ["with a fact and an unmade check is failed", [withFact("a defect"), unmade("runs")], { status: "failed" }],
    [
      "is as good as its worst evidence, and names its strongest basis",
      [proves(0.9, "judge"), proves(1, "reference")],
      { status: "verified", basis: "reference", score: 0.9 },
    ],
    [
      "with good evidence and bad is unchecked",
      [proves(0.3, "judge"), proves(1)],
      { status: "unchecked", basis: null, score: 0.3 },
    ],
  ])("%s", (_name, checks, expected) => {
    expect(verdictOf(checks, MIN_QUALITY)).toMatchObject(expected);
  });

  it("is not verified by evidence of nothing, even where nothing is asked for", () => {
    expect(verdictOf([proves(0)], 0)).toMatchObject({ status: "unchecked", score: 0 });
    expect(verdictOf([proves(0.1)], 0)).toMatchObject({ status: "verified", score: 0.1 });
  });
});

describe("the criteria of the caller", () => {
  it("are counted together, all met: verified by tests", () => {
    expect(verdictOf([met("a"), met("b"), met("c"), met("d")], MIN_QUALITY)).toMatchObject({
      status: "verified",
      basis: "tests",
      score: 1,
      summary: "4 of 4 of your criteria met",
    });
  });

  it("fail the answer by one that is not met, with the share of those that are", () => {
    expect(verdictOf([met("a"), met("b"), notMet("c"), met("d")], 0)).toMatchObject({
      status: "failed",
      score: 0.75,
      summary: "c: not as asked; 3 of 4 of your criteria met",
    });
  });

  it("that could not be looked at leave it unchecked, and lower nothing", () => {
    const verdict = verdictOf([met("a"), met("b"), met("c"), notMade("d")], MIN_QUALITY);
    expect(verdict).toMatchObject({ status: "unchecked", basis: null, score: 1 });
    expect(verdict.summary).toBe("3 of 4 of your criteria met; could not be checked: d");
    expect(isBelow(verdict, MIN_QUALITY)).toBe(false);
  });

  it("of which none could be looked at are no evidence", () => {
    const verdict = verdictOf([notMade("a"), notMade("b")], MIN_QUALITY);
    expect(verdict).toMatchObject({ status: "unchecked", score: null });
    expect(verdict.summary).toBe("could not be checked: a, b; nothing here could tell whether it is right");
  });
});

describe("the summary of a verdict", () => {
  const compiles = row("compiles", { looked: "compiles with the given code" });
  const deploys = row("deploys", { looked: "deploys" });
  const hints = row("style", { looked: "parses", findings: [finding("hint"), finding("hint")] });
  it.each<[string, readonly CheckResult[], string]>([
    [
      "says what was looked at and what holds",
      [compiles, deploys, met("a"), met("b"), met("c"), met("d")],
      "compiles with the given code; deploys; 4 of 4 of your criteria met",
    ],
    ["says that nothing could tell", [hints], "parses; 2 hints; nothing here could tell whether it is right"],
    ["counts one hint as one", [withHint, proves(1)], "4 of 4 examples hold; 1 hint"],
    [
      "gives the facts of a failure alone",
      [compiles, withHint, proves(1), withFact("it has no body")],
      "it has no body",
    ],
    ["counts the facts beyond the first two", [withFact("one", "two"), withFact("three", "four")], "one; two; 2 more"],
    [
      "says what could not be made, and why the evidence is not enough",
      [proves(0.797, "tests", "8 of 10 examples hold"), unmade("runs")],
      "8 of 10 examples hold; could not be checked: runs; 0.79 is below 0.8",
    ],
    ["says the same thing once", [compiles, compiles, proves(1)], "compiles with the given code; 4 of 4 examples hold"],
    ["is one line", [withFact("line one\n\tline two")], "line one line two"],
  ])("%s", (_name, checks, expected) => {
    expect(verdictOf(checks, MIN_QUALITY).summary).toBe(expected);
  });

  it("is short and well formed, however long a message is and wherever it is cut", () => {
    for (let pad = 0; pad < 2; pad += 1) {
      const { summary } = verdictOf([withFact(`${"x".repeat(pad)}${"👍".repeat(400)}`)], MIN_QUALITY);
      expect(summary.length).toBeLessThanOrEqual(300);
      expect(summary.isWellFormed()).toBe(true);
    }
  });
});

it.each([
  [1, "1.00"],
  [0.799_999, "0.79"],
  [0.29, "0.29"],
  [0.57, "0.57"],
  [0, "0.00"],
])("a score of %d is shown as %s", (score, words) => {
  expect(shownScore(score)).toBe(words);
});

const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1));
const aHint = fc.constant(finding("hint"));
const aFact = fc.constant(finding("fact"));
const someEvidence: fc.Arbitrary<Evidence> = fc.record({
  basis: fc.constantFrom(...BASES),
  score: share,
  summary: fc.string({ maxLength: 20 }),
});
const anyRow: fc.Arbitrary<CheckResult> = fc
  .record({
    name: fc.constantFrom("a", "b", "c"),
    criterion: fc.boolean(),
    made: fc.boolean(),
    findings: fc.array(fc.oneof({ weight: 4, arbitrary: aHint }, aFact), { maxLength: 2 }),
    evidence: fc.array(someEvidence, { maxLength: 2 }),
    looked: fc.option(fc.string({ maxLength: 20 }), { nil: undefined }),
  })
  .map(({ name, criterion, made, looked, ...rest }) => ({
    ...row(name, rest),
    ...(made || rest.findings.some(({ certainty }) => certainty === "fact") ? {} : { passed: null }),
    ...(criterion ? { criterion: true as const } : {}),
    ...(looked === undefined ? {} : { looked }),
  }));
const rows = fc.array(anyRow, { maxLength: 6 });
const at = fc.nat();

/** The rows with one of them changed. */
function changed(all: readonly CheckResult[], index: number, change: (one: CheckResult) => CheckResult): CheckResult[] {
  return all.map((one, place) => (place === index % all.length ? change(one) : one));
}

describe("whatever the checks", () => {
  it("a verdict is the same each time, keeps its score within 0..1 and its summary to a line", () => {
    fc.assert(
      fc.property(rows, share, (all, minQuality) => {
        const verdict = verdictOf(all, minQuality);
        expect(verdictOf(structuredClone(all), minQuality)).toEqual(verdict);
        expect(verdict.score === null || (verdict.score >= 0 && verdict.score <= 1)).toBe(true);
        expect(verdict.summary).not.toMatch(/\n/);
      }),
    );
  });

  it("a hint more changes neither status nor score", () => {
    fc.assert(
      fc.property(rows, at, aHint, share, (all, index, hint, minQuality) => {
        const { status, basis, score } = verdictOf(all, minQuality);
        const more = changed(all, index, (one) => ({ ...one, findings: [...one.findings, hint] }));
        expect(verdictOf(more, minQuality)).toMatchObject({ status, basis, score });
        expect(verdictOf([...all, withHint], minQuality)).toMatchObject({ status, basis, score });
      }),
    );
  });

  it("a fact more always gives failed, and leaves the score of what was proved", () => {
    fc.assert(
      fc.property(rows, at, aFact, share, (all, index, fact, minQuality) => {
        const { score } = verdictOf(all, minQuality);
        const fails = { status: "failed", basis: null };
        const place = index % (all.length + 1);
        expect(verdictOf(all.toSpliced(place, 0, withFact("x")), minQuality)).toMatchObject({ ...fails, score });
        if (all.length === 0) return;
        const more = changed(all, index, (one) => ({ ...one, passed: false, findings: [...one.findings, fact] }));
        expect(verdictOf(more, minQuality)).toMatchObject(fails);
      }),
    );
  });

  it("a check that could not be made never leaves it verified", () => {
    fc.assert(
      fc.property(rows, at, share, (all, index, minQuality) => {
        const open = changed(all, index, (one) => ({ ...one, passed: null }));
        if (open.length > 0) expect(verdictOf(open, minQuality).status).not.toBe("verified");
        expect(verdictOf([...all, unmade("x")], minQuality).status).not.toBe("verified");
      }),
    );
  });

  it("without evidence nothing is verified, and the best evidence less never turns unchecked into verified", () => {
    fc.assert(
      fc.property(rows, share, (all, minQuality) => {
        const before = verdictOf(all, minQuality);
        const none = all.map((one) => ({ ...one, evidence: [] }));
        expect(verdictOf(none, minQuality).status).toBe(before.status === "failed" ? "failed" : "unchecked");
        if (before.status !== "unchecked") return;
        const best = Math.max(...all.flatMap(({ evidence }) => evidence.map(({ score }) => score)));
        const worse = all.map((one) => ({ ...one, evidence: one.evidence.filter(({ score }) => score < best) }));
        expect(verdictOf(worse, minQuality).status).toBe("unchecked");
      }),
    );
  });

  it("a lower score or a higher threshold never helps", () => {
    fc.assert(
      fc.property(rows, share, share, share, (all, factor, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        if (verdictOf(all, high).status === "verified") expect(verdictOf(all, low).status).toBe("verified");
        const lower = all.map((one) => ({
          ...one,
          evidence: one.evidence.map((each) => ({ ...each, score: each.score * factor })),
        }));
        if (verdictOf(lower, low).status === "verified") expect(verdictOf(all, low).status).toBe("verified");
      }),
    );
  });

  it("what is verified has a basis, which is that of some evidence, and a score that reaches the threshold", () => {
    fc.assert(
      fc.property(rows, share, (all, minQuality) => {
        const { status, basis, score } = verdictOf(all, minQuality);
        expect(basis !== null).toBe(status === "verified");
        if (status !== "verified") return;
        const known = all.flatMap(({ criterion, evidence }) =>
          criterion === true ? ["tests"] : evidence.map((each) => each.basis),
        );
        expect(known).toContain(basis);
        expect(score).toBeGreaterThanOrEqual(minQuality);
      }),
    );
  });

  it("the order of the checks changes neither status, basis nor score", () => {
    fc.assert(
      fc.property(rows, share, (all, minQuality) => {
        const { status, basis, score } = verdictOf(all, minQuality);
        const back = verdictOf(all.toReversed(), minQuality);
        expect([back.status, back.basis]).toEqual([status, basis]);
        expect(back.score ?? -1).toBeCloseTo(score ?? -1, 9);
      }),
    );
  });
});
