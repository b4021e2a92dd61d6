import type { PlanChoice } from "../core/learning.ts";
import type { Candidate, Plan, Snapshot } from "../core/planning.ts";
import { plan } from "../core/plan.ts";
import type { ModelId } from "../core/model.ts";
import type { NanoUsd } from "../core/money.ts";
import { isLedgerUnavailable } from "../core/errors.ts";
import type { Request } from "../core/request.ts";
import { choosePlan, pickRules, type PlanBasis, type PlanDecision, type PlanQuestion } from "../planner/choose-plan.ts";
import { explore } from "../planner/exploration.ts";
import type { PlanStep } from "../planner/plan-table.ts";
import { shortlist } from "../planner/shortlist.ts";
import type { KnownTask, Learner } from "./learner.ts";

/** More models than this are not planned with: compiling would take too long. */
const MOST_MODELS = 8;

/** Chooses the rest of a request's way after each verdict. */
export interface PlanGuide {
  /**
   * What to ask next when these models' answers were rejected, in order, and those others failed without an answer. `null`: as the queue
   * stands. An empty list: nothing more, as the task's evidence cannot tell right answers from wrong ones.
   */
  after(rejected: readonly ModelId[], failed: readonly ModelId[], left: Left): readonly ModelId[] | null;
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
  const steps = stepsOf(usual.order);
  const basis = known.basisOf(steps, request.minQuality);
  const row = usual.order.map(({ model }) => model.id);
  const question = questionOf(request, known);
  const decision = choosePlan(steps, row, basis, question);
  if (decision.kind === "staying" && decision.reason === "no_history") return { plan: usual, guide: null };
  const taken = await explored(decision, { steps, basis, question }, learner, mayExplore);
  const guide: PlanGuide = {
    after(rejected, failed, left) {
      const askable = steps.map((step) => (failed.includes(step.id) ? closed(step) : step));
      const asked = { ...question, ...left, tried: rejected };
      let next = choosePlan(askable, row, basis, asked);
      if (next.kind === "stop") {
        if (!basis.tells) return [];
        // Cheap as it would be to stop: an answer that is accepted is worth more than one that was not.
        const longer = basis.plans.filter(({ path }) => path.length > rejected.length);
        next = choosePlan(askable, row, { ...basis, plans: longer }, asked);
      }
      const open = next.steps.filter((id) => !failed.includes(id) && !rejected.includes(id));
      return open.length === 0 ? null : open;
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

/** The models that may be asked, at this request's prices. */
function stepsOf(order: readonly Candidate[]): readonly PlanStep[] {
  const entries = order.map(({ model, costExpectedNanoUsd }) => ({
    id: model.id,
    cost: costExpectedNanoUsd,
    quality: model.quality,
  }));
  const kept = new Set(shortlist(entries, MOST_MODELS));
  return order
    .filter(({ model }) => kept.has(model.id))
    .map(({ model, costExpectedNanoUsd, costMaxNanoUsd, latency }): PlanStep => ({
      id: model.id,
      kind: "answer",
      model: model.id,
      follows: null,
      costNanoUsd: costExpectedNanoUsd,
      costMaxNanoUsd,
      latencyMs: latency.typicalMs,
      priorQuality: model.quality,
    }));
}

/** A step that fits no request. */
function closed(step: PlanStep): PlanStep {
  return { ...step, latencyMs: Number.POSITIVE_INFINITY };
}
