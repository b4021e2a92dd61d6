import type { RouteResult } from "../../core/contract.ts";
import type { Receipt, ReceiptAttempt, ReceiptCheck } from "../../core/contract-resources.ts";
import type { Outcome } from "../../core/outcome.ts";
import type { Expected, DemoScene } from "./scenes.ts";

/** A played scene. */
export interface Played {
  readonly scene: DemoScene;
  /** The model that the plan asks first; `null` when the plan is empty. */
  readonly first: string | null;
  readonly outcome: Outcome<RouteResult>;
  /** `signalbox://routes/{route_id}`; `null` for a request that was refused before it was recorded. */
  readonly receipt: Receipt | null;
}

/** The checks that an answer did not pass. */
export function failedChecks(attempt: ReceiptAttempt): readonly ReceiptCheck[] {
  return attempt.verdict?.checks.filter((check) => check.passed === false) ?? [];
}

/** What is not as the scene demands it; empty when all is well. */
export function problemsOf({ scene, first, outcome, receipt }: Played): readonly string[] {
  const attempts = receipt?.attempts ?? [];
  const { expected } = scene;
  const problems: string[] = [];
  const demand = (holds: boolean, problem: string): void => void (holds || problems.push(`${scene.task}: ${problem}`));
  if (expected.kind === "refused") {
    demand(!outcome.ok && outcome.error.code === expected.code, `expected ${expected.code}, got ${nameOf(outcome)}`);
    demand(attempts.length === 0, "a refused request must not call anyone");
    demand(!outcome.ok && outcome.error.message.includes("$"), "a refusal must name the figure");
    return problems;
  }
  if (!outcome.ok) return [`${scene.task}: ${outcome.error.code}: ${outcome.error.message}`];
  const { value } = outcome;
  const [primary, repairer] = attempts;
  demand(value.status === "accepted", `status is ${value.status}`);
  const { status } = value.verdict;
  demand(status === scene.verdict, `the verdict is ${status}, expected ${scene.verdict}`);
  demand(
    primary?.model === first,
    `${primary?.model ?? "no model"} was asked first, the plan says ${first ?? "no model"}`,
  );
  demand(
    primary !== undefined && isAsExpected(primary, expected),
    `the first attempt came out as ${outcomeOf(primary)}`,
  );
  const isRepair = expected.kind === "repairs_own_answer" || expected.kind === "next_model_repairs";
  demand(!isRepair || repairer?.role === "repair", "no model was given the findings");
  demand(
    !isRepair || (repairer?.model === first) === (expected.kind === "repairs_own_answer"),
    `${repairer?.model} repaired it`,
  );
  const wanted = expected.kind === "first_answers" ? 1 : 2;
  demand(attempts.length === wanted, `${attempts.length} attempts, expected ${wanted}`);
  if (scene.deadlineMs !== undefined) {
    const tookMs = receipt?.latency_ms ?? Number.POSITIVE_INFINITY;
    demand(tookMs <= scene.deadlineMs, `took ${tookMs} ms of ${scene.deadlineMs}`);
  }
  return problems;
}

function isAsExpected(attempt: ReceiptAttempt, expected: Exclude<Expected, { kind: "refused" }>): boolean {
  switch (expected.kind) {
    case "first_answers":
      return attempt.outcome === "accepted";
    case "repairs_own_answer":
    case "next_model_repairs":
      return attempt.outcome === "rejected" && failedChecks(attempt).length > 0;
    case "falls_back_after_failure":
      return attempt.outcome === "failed" && attempt.error_kind === expected.error;
  }
}

function nameOf(outcome: Outcome<RouteResult>): string {
  return outcome.ok ? outcome.value.status : outcome.error.code;
}

function outcomeOf(attempt: ReceiptAttempt | undefined): string {
  if (attempt === undefined) return "nothing";
  return attempt.error_kind === undefined ? attempt.outcome : `${attempt.outcome} (${attempt.error_kind})`;
}
