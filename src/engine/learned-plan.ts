import type { PlanChoice } from "../core/learning.ts";
import type { Candidate, Plan, Snapshot } from "../core/planning.ts";
import { plan } from "../core/plan.ts";
import type { ModelId } from "../core/model.ts";
import type { NanoUsd } from "../core/money.ts";
import { isLedgerUnavailable } from "../core/errors.ts";
import type { Request } from "../core/request.ts";
import { choosePlan, pickRules, type PlanBasis, type PlanDecision, type PlanQuestion } from "../planner/choose-plan.ts";
import { explore } from "../planner/exploration.ts";
import { pickOnward } from "../planner/pick-plan.ts";
import type { PlanStep } from "../planner/plan-table.ts";
import type { KnownTask, Learner } from "./learner.ts";
import { repairStepId, stepsOf } from "./plan-steps.ts";

/** Chooses the rest of a request's way after each verdict. */
export interface PlanGuide {
  /** What to do next; `null`: as the queue stands. */
  after(way: WaySoFar, left: Left): NextSteps | null;
}

/** What came of a request before its next step. */
export interface WaySoFar {
  /** Whose answers were rejected, in order; a model twice when it has repaired its own. */
  readonly rejected: readonly ModelId[];
  /** Who failed without an answer. */
  readonly failed: readonly ModelId[];
  /** Whether the last of `rejected` can repair its answer. */
  readonly mayRepair: boolean;
}

/** No repair and no models: nothing more, as the task's evidence cannot tell right answers from wrong ones. */
export interface NextSteps {
  /** Whether the model of the rejected answer repairs it first; `null`: nothing was learned of that. */
  readonly repairs: boolean | null;
  readonly models: readonly ModelId[];
}

/** Time and money that are left. */
export interface Left {
  readonly deadlineMs: number;
  readonly budgetNanoUsd: NanoUsd | null;
}

/** A plan, and the guide that chooses anew after each verdict; `null`: the order stands. */
export interface GuidedPlan {
  readonly plan: Plan;
  readonly guide: PlanGuide | null;
}

/**
 * The plan of a request by what was learned of its task. Only a request that asks for it is planned so: `optimize: "cost"`, or another
 * preference than its task has. All others keep the order of `plan`. `mayExplore`: false for an estimate, which is to say what is
 * usual. Throws `ledger_unavailable`.
 */
export async function planAsLearned(
  request: Request,
  snapshot: Snapshot,
  learner: Learner,
  mayExplore: boolean,
): Promise<GuidedPlan> {
  const usual = plan(request, snapshot);
  const asks = request.optimize === "cost" || request.optimize !== request.task.optimize;
  if (!asks || usual.order.length < 2) return { plan: usual, guide: null };
  const known = await learner.of(request.principal, request.task.id);
  const steps = stepsOf(usual.order, request, known.evidenceNanoUsd, snapshot.nowMs);
  const basis = known.basisOf(steps, request.minQuality);
  const { reference } = basis;
  const row = usual.order.map(({ model }) => model.id);
  const question = questionOf(request, known);
  const decision = choosePlan(steps, row, basis, question);
  if (decision.kind === "staying" && decision.reason === "no_history") return { plan: usual, guide: null };
  const taken = await explored(decision, { steps, basis, question }, learner, mayExplore);
  const guide: PlanGuide = {
    after({ rejected, failed, mayRepair }, left) {
      const repair = repairStepId(rejected.at(-1) ?? "");
      const isClosed = ({ id, model }: PlanStep): boolean => failed.includes(model) || (id === repair && !mayRepair);
      const askable = steps.map((step) => (isClosed(step) ? closed(step) : step));
      const tried = rejected.map((id, place) => (rejected.indexOf(id) < place ? repairStepId(id) : id));
      const asked = { ...question, ...left, tried };
      const next = choosePlan(askable, row, basis, asked);
      const isOpen = (id: string): boolean => row.includes(id) && !failed.includes(id) && !rejected.includes(id);
      if (next.kind !== "stop" || reference === null) {
        const repairs = next.figures === null ? null : next.steps[0] === repair;
        const models = next.steps.filter(isOpen);
        return repairs === true || models.length > 0 ? { repairs, models } : null;
      }
      if (!basis.tells) return { repairs: false, models: [] };
      // Cheap as it would be to stop: an answer that is accepted is worth more than one that was not.
      const onward = pickOnward(askable, basis.untried, next.figures, pickRules(askable, reference, asked));
      const ids = onward?.path.slice(tried.length).flatMap((index) => steps[index]?.id ?? []) ?? [];
      const models = [...ids, ...row].filter((id, place, all) => isOpen(id) && all.indexOf(id) === place);
      const repairs = ids[0] === repair;
      return repairs || models.length > 0 ? { repairs, models } : null;
    },
  };
  const isTrusted =
    decision.kind !== "staying" || decision.reason !== "not_enough_evidence" || decision.figures !== null;
  return {
    plan: {
      ...usual,
      order: reordered(usual.order, taken.steps),
      notes: [...usual.notes, ...taken.notes],
      ...(taken.choice === null ? {} : { choice: taken.choice }),
    },
    guide: isTrusted ? guide : null,
  };
}

/** These models first, in their order; then the others in theirs. A model that fails without an answer is followed by the others. */
function reordered(order: readonly Candidate[], first: readonly ModelId[]): readonly Candidate[] {
  const chosen = first.flatMap((id) => order.find(({ model }) => model.id === id) ?? []);
  return [...chosen, ...order.filter((candidate) => !chosen.includes(candidate))];
}

interface Chosen {
  readonly steps: readonly PlanStep[];
  readonly basis: PlanBasis;
  readonly question: PlanQuestion;
}

interface Taken {
  readonly steps: readonly ModelId[];
  readonly notes: readonly string[];
  readonly choice: PlanChoice | null;
}

/** The chosen plan, or rarely another one that passes the bound as well. */
async function explored(
  decision: PlanDecision,
  { steps, basis, question }: Chosen,
  learner: Learner,
  mayExplore: boolean,
): Promise<Taken> {
  const { share, dayNanoUsd } = learner.exploration;
  const { reference } = basis;
  if (decision.kind !== "planned" || reference === null) {
    return { steps: decision.steps, notes: [decision.message], choice: null };
  }
  const draw = learner.random();
  // The allowance is read where another plan may be drawn alone; what is drawn without it is the chosen one.
  const mayDraw = mayExplore && draw < share;
  const spentNanoUsd = mayDraw ? await exploredToday(learner) : 0;
  // From here to the draw nothing waits: requests that begin together share one allowance.
  const leftTodayNanoUsd = !mayExplore ? 0 : mayDraw ? learner.explorationLeft(spentNanoUsd) : dayNanoUsd;
  const rules = pickRules(steps, reference, question);
  const tried = explore(steps, basis.untried, decision.figures, rules, {
    share: mayExplore && dayNanoUsd > 0 ? share : 0,
    leftTodayNanoUsd,
    draw,
  });
  learner.drew(tried.extraNanoUsd);
  const ids = tried.figures.plan.path.flatMap((index) => steps[index]?.id ?? []);
  const why = tried.explored ? `trying out ${ids.join(" → ")} in place of ${decision.message}` : decision.message;
  return {
    steps: ids,
    notes: [`planned by what was learned: ${why}; taken with probability ${tried.probability.toFixed(4)}`],
    choice: { propensity: tried.probability, exploredNanoUsd: tried.extraNanoUsd },
  };
}

/** What the ledger has of today; one that cannot be read now allows nothing more. */
async function exploredToday(learner: Learner): Promise<NanoUsd> {
  try {
    return await learner.exploredToday();
  } catch (error) {
    if (!isLedgerUnavailable(error)) throw error;
    return learner.exploration.dayNanoUsd;
  }
}

function questionOf(request: Request, known: KnownTask): PlanQuestion {
  return {
    optimize: request.optimize,
    deadlineMs: request.deadlineMs,
    budgetNanoUsd: request.budgetNanoUsd,
    guaranteeHolds: known.guaranteeHolds,
  };
}

/** A step that fits no request. */
function closed(step: PlanStep): PlanStep {
  return { ...step, latencyMs: Number.POSITIVE_INFINITY };
}
