import { describe, expect, it } from "vitest";
import { compareBooks } from "../../src/cli/demo/books.ts";
import { problemsOf, type Played } from "../../src/cli/demo/judge.ts";
import type { DemoScene } from "../../src/cli/demo/scenes.ts";
import type { Receipt, ReceiptAttempt } from "../../src/core/contract-resources.ts";
import type { ErrorOutput, RouteResult } from "../../src/core/contract.ts";
import type { SpendReportOutput } from "../../src/core/contract-reports.ts";
import { NO_REPORT, spendTotals } from "../support/spend-totals.ts";
import { routed } from "./support/world.ts";

const FALLBACK: DemoScene = {
  task: "planning",
  about: "",
  fault: { kind: "bad_answer" },
  expected: { kind: "next_model_repairs" },
  verdict: "verified",
};
const REFUSED: DemoScene = {
  task: "planning",
  about: "",
  fault: null,
  expected: { kind: "refused", code: "budget_exceeded" },
  verdict: "unchecked",
};

const KEPT = {
  attempt_id: "a1",
  returned: false,
  started_after_ms: 0,
  first_token_ms: null,
  usage: routed().usage,
};
const REJECTED: ReceiptAttempt = {
  ...KEPT,
  role: "answer",
  model: "claude-opus-5-5",
  provider: "anthropic",
  outcome: "rejected",
  cost_usd: 0.01,
  latency_ms: 1500,
  cost_is_estimated: false,
  verdict: {
    status: "failed",
    basis: null,
    summary: "a circle",
    score: null,
    checks: [{ name: "plan", passed: false, detail: "a circle", findings: [], evidence: [] }],
  },
};
const ACCEPTED: ReceiptAttempt = {
  ...KEPT,
  role: "repair",
  model: "gpt-6.2-sol",
  provider: "openai",
  outcome: "accepted",
  cost_usd: 0.0023,
  latency_ms: 900,
  cost_is_estimated: false,
  verdict: {
    ...routed().verdict,
    checks: routed().verdict.checks.map((check) => ({ ...check, findings: [], evidence: [] })),
  },
};
function result(changes: Partial<RouteResult> = {}): RouteResult {
  const { route_id, status, text, model, verdict, cost_usd, cost_is_estimated } = routed();
  const common = { route_id, status, text, model, verdict, cost_usd, cost_is_estimated };
  return { ...common, saved_usd: null, receipt: `signalbox://routes/${route_id}`, ...changes };
}

/** As much of a receipt as the demo reads. */
function receiptOf(...attempts: readonly ReceiptAttempt[]): Receipt {
  return { latency_ms: 2400, baseline: null, attempts } as unknown as Receipt;
}

const GOOD: Played = {
  scene: FALLBACK,
  first: "claude-opus-5-5",
  outcome: { ok: true, value: result() },
  receipt: receiptOf(REJECTED, ACCEPTED),
};

function failure(code: string, message: string): { readonly ok: false; readonly error: ErrorOutput } {
  return { ok: false, error: { code, message, attempts: [], cost_usd: 0 } };
}

describe("the demo is content with", () => {
  it("a fallback after a check, and a refusal with its figure before anyone was asked", () => {
    expect(problemsOf(GOOD)).toEqual([]);
    const refused = failure("budget_exceeded", "needs $0.01");
    expect(problemsOf({ scene: REFUSED, first: null, outcome: refused, receipt: null })).toEqual([]);
  });
});

describe("the demo notices", () => {
  const unchecked = result({ verdict: { ...routed().verdict, status: "unchecked" } });
  it.each<[string, Partial<Played>, string]>([
    ["an answer that no check verified", { outcome: { ok: true, value: unchecked } }, "the verdict is unchecked"],
    ["a bad answer that was accepted", { receipt: receiptOf(ACCEPTED) }, "first attempt came out as accepted"],
    [
      "a rejection without a check that says why",
      { receipt: receiptOf({ ...REJECTED, verdict: null }, ACCEPTED) },
      "first attempt came out as rejected",
    ],
    [
      "findings that no model was given",
      { receipt: receiptOf(REJECTED, { ...ACCEPTED, role: "answer" }) },
      "no model was given the findings",
    ],
    [
      "a repair by the wrong model",
      { receipt: receiptOf(REJECTED, { ...ACCEPTED, model: REJECTED.model }) },
      "repaired it",
    ],
    ["another primary than the plan's", { first: "glm-5.2" }, "the plan says glm-5.2"],
    ["an answer after the deadline", { scene: { ...FALLBACK, deadlineMs: 1000 } }, "took 2400 ms of 1000"],
    ["a failure", { outcome: failure("all_failed", "no") }, "all_failed: no"],
    ["a request that should have been refused", { scene: REFUSED }, "expected budget_exceeded, got accepted"],
    [
      "a refusal that names no figure",
      { scene: REFUSED, outcome: failure("budget_exceeded", "too dear"), receipt: null },
      "must name the figure",
    ],
  ])("%s", (_name, changes, problem) => {
    expect(problemsOf({ ...GOOD, ...changes }).join("\n")).toContain(problem);
  });
});

describe("the demo's books", () => {
  it("balance when ledger, receipts and bill are one sum", () => {
    const { problems, lines } = compareBooks([GOOD], spent(0.0123), { billedNanoUsd: () => 12_300_000 });
    expect(problems).toEqual([]);
    expect(lines.join()).toContain("ledger 12300000 nano-USD, the sandbox's bill 12300000 nano-USD: equal");
  });

  it("do not balance when they are a nano-dollar apart", () => {
    expect(compareBooks([GOOD], spent(0.0123), { billedNanoUsd: () => 12_300_001 }).problems).toHaveLength(1);
    expect(compareBooks([GOOD], spent(0.012300001), { billedNanoUsd: () => 12_300_001 }).problems).toHaveLength(1);
  });

  it("allow for what had to be estimated, and no more", () => {
    const estimated = { ...REJECTED, outcome: "failed", cost_usd: 0.0001, cost_is_estimated: true } as const;
    const played: Played = { ...GOOD, receipt: receiptOf(estimated, ACCEPTED) };
    expect(compareBooks([played], spent(0.0123), { billedNanoUsd: () => 12_200_000 }).problems).toEqual([]);
    expect(compareBooks([played], spent(0.0123), { billedNanoUsd: () => 12_199_999 }).problems).toHaveLength(1);
  });
});

function spent(costUsd: number): SpendReportOutput {
  return { report: NO_REPORT, totals: spendTotals({ cost_usd: costUsd }), rows: [] };
}
