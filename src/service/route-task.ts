import type { AnswerStore } from "../core/answer-store.ts";
import type { RouteInput, RouteOutput } from "../core/contract.ts";
import type { NanoUsd } from "../core/money.ts";
import type { Outcome } from "../core/outcome.ts";
import type { CallOptions } from "../core/service.ts";
import { worstCaseOf } from "../core/worst-case.ts";
import { approvalRule, clear } from "./approval.ts";
import { tellProgress } from "../engine/progress.ts";
import type { Snapshot } from "../core/planning.ts";
import type { EngineDeps } from "../engine/engine-deps.ts";
import type { Admission } from "./admission.ts";
import { giveAgain, keepAnswered } from "./kept-answers/give-again.ts";
import { presentRouted, refusal } from "./present/route.ts";
import { buildRequest, ofProject, type RequestSources } from "./build-request.ts";
import type { Exchanges } from "./exchanges.ts";
import { RequestContext } from "../engine/request-context.ts";
import { planAsLearned } from "../engine/learned-plan.ts";
import type { Learner } from "../engine/learner.ts";
import { route } from "../engine/router.ts";
import { shadowRun } from "../engine/shadow.ts";
import { whileLocked } from "../engine/while-locked.ts";
import { takeSnapshot, type StandingFacts } from "../engine/snapshot.ts";

/** What a request is routed with. */
export interface RoutingParts {
  readonly engine: Omit<EngineDeps, "accountsOf">;
  readonly world: StandingFacts;
  readonly sources: RequestSources;
  readonly learner: Learner;
  /** Verified answers that may be given again; `null`: none are kept. */
  readonly answers: AnswerStore | null;
  /** What later requests may go on from. */
  readonly exchanges: Exchanges;
  /** Lets one request begin at a time. */
  readonly enter: Admission;
  /** Begins what comes after an answer; closing the service cancels it. */
  readonly later: (work: (signal: AbortSignal) => Promise<void>) => void;
}

/** One `route_task` call: build the request, see whether it may be begun without asking the user, route it. Throws as `route` does. */
export async function routeTask(
  input: RouteInput,
  { engine, world, sources, learner, answers, exchanges, enter, later }: RoutingParts,
  options: CallOptions,
): Promise<Outcome<RouteOutput>> {
  const { clock, ledger } = engine;
  const startedMs = clock.monotonicMs();
  await enter();
  const built = await buildRequest(input, engine.ids.next(), ofProject(sources, options));
  if (!built.ok) return refusal(built.code, built.message);
  const again = await giveAgain(built.request, { ...engine, answers, exchanges }, startedMs);
  if (again !== null) return again;
  const request = engine.prefixes.withPrefix(built.request);
  const deps: EngineDeps = {
    ...engine,
    accountsOf: world.accountsOf,
  };
  tellProgress(options, "planning", null, 0);
  const leftMs = (): number => startedMs + request.deadlineMs - clock.monotonicMs();
  const task = request.task.id;
  const take = async (): Promise<Snapshot> =>
    learner.inform(await takeSnapshot(world, ledger, clock, task), request.principal, task);
  const snapshot = await whileLocked(take, {
    clock,
    signal: options.signal,
    leftMs,
  });
  const planned = await planAsLearned(request, snapshot, learner, true);
  const { plan: made } = planned;
  const cleared = await clear(request.budgetNanoUsd, approvalRule(sources.approvalNanoUsd, options), () => [
    { plan: made, worst: worstCaseOf(request, made, snapshot) },
  ]);
  if (!cleared.ok) return cleared;
  const { budgetNanoUsd } = cleared;
  // What was approved is a lower ceiling than the plan was made for.
  const asked = budgetNanoUsd === request.budgetNanoUsd ? request : { ...request, budgetNanoUsd };
  const guided = asked === request ? planned : await planAsLearned(asked, snapshot, learner, true);
  engine.prefixes.sent(request.prefix);
  const context = new RequestContext({ request: asked, snapshot, ...guided }, deps, options, startedMs);
  const routed = await route(context);
  learner.refresh(request.principal, task);
  await keepAnswered(request, routed, { answers, exchanges });
  const { share, random } = deps.shadow;
  const presented = presentRouted(routed);
  if (presented.ok && options.isLast !== true && random() < deps.outcomeShare) presented.value.notes.push(ASK_OUTCOME);
  if (options.isLast !== true && random() < share) {
    const ceilingNanoUsd = lower(budgetNanoUsd, options.approvedUsd === undefined ? sources.approvalNanoUsd : null);
    later((signal) => shadowRun(context, routed.end, ceilingNanoUsd, signal));
  }
  return presented;
}

/** On a random share: what callers say by themselves is mostly about answers that went wrong. */
const ASK_OUTCOME = "please say with report_outcome whether this answer was right: it is one of a random sample";

/** The lower of two ceilings; `null`: none. */
function lower(one: NanoUsd | null, other: NanoUsd | null): NanoUsd | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
