import type { EstimateInput, EstimateOutput } from "../core/contract.ts";
import { emptyPlanError, plan } from "../core/plan.ts";
import type { Outcome } from "../core/outcome.ts";
import { evidenceNotes, worstCaseOf } from "../core/worst-case.ts";
import { planAsLearned } from "../engine/learned-plan.ts";
import type { Learner } from "../engine/learner.ts";
import { approvalNote } from "./approval.ts";
import { buildRequest, type RequestSources } from "./build-request.ts";
import { overBudgetCandidates } from "./over-budget.ts";
import { baselineOf, presentEstimate, refusal } from "./present/route.ts";
import type { ReadSnapshot } from "./read-snapshot.ts";
import type { RoutingParts } from "./route-task.ts";

interface EstimateParts {
  readonly sources: RequestSources;
  readonly engine: Pick<RoutingParts["engine"], "prefixes" | "baseline">;
  readonly learner: Learner;
  readonly snapshotForReading: (task: string) => Promise<ReadSnapshot>;
}

/** The plan of the same request, without calling any model: who would be asked in which order, and what that would cost. */
export async function estimate(
  input: EstimateInput,
  { sources, engine, learner, snapshotForReading }: EstimateParts,
): Promise<Outcome<EstimateOutput>> {
  const built = await buildRequest(input, "estimate", sources);
  if (!built.ok) return refusal(built.code, built.message);
  const request = engine.prefixes.withPrefix(built.request);
  const { snapshot, notes, isBlind } = await snapshotForReading(request.task.id);
  const made = isBlind ? plan(request, snapshot) : (await planAsLearned(request, snapshot, learner, false)).plan;
  const overBudget = overBudgetCandidates(made, request, snapshot);
  if (made.order.length === 0 && overBudget.length === 0) {
    const { code, message } = emptyPlanError(made.rejected, request, snapshot);
    return refusal(code, message);
  }
  const worst = worstCaseOf(request, made, snapshot);
  const baseline = baselineOf(engine.baseline.model, request, snapshot);
  const estimated = presentEstimate(request, made, worst, baseline, overBudget);
  const asks = approvalNote(request.budgetNanoUsd, worst, sources.approvalNanoUsd);
  const evidence = evidenceNotes(request, made, snapshot);
  return { ok: true, value: { ...estimated, notes: [...estimated.notes, ...evidence, ...notes, ...asks] } };
}
