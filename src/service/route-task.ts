import type { RouteInput, RouteOutput } from "../core/contract.ts";
import { plan } from "../core/plan.ts";
import type { CallOptions, Outcome } from "../core/service.ts";
import { worstCaseOf } from "../core/worst-case.ts";
import { approvalRule, clear } from "./approval.ts";
import { tellProgress } from "../engine/progress.ts";
import type { EngineDeps } from "../engine/engine-deps.ts";
import type { Admission } from "./admission.ts";
import { presentRouted, refusal } from "./present/route.ts";
import { buildRequest, type RequestSources } from "./build-request.ts";
import { route } from "../engine/router.ts";
import { whileLocked } from "../engine/while-locked.ts";
import { takeSnapshot, type StandingFacts } from "../engine/snapshot.ts";

/** What a request is routed with. */
export interface RoutingParts {
  readonly engine: Omit<EngineDeps, "accountsOf">;
  readonly world: StandingFacts;
  readonly sources: RequestSources;
  /** Lets one request begin at a time. */
  readonly enter: Admission;
}

/** One `route_task` call: build the request, see whether it may be begun without asking the user, route it. Throws as `route` does. */
export async function routeTask(
  input: RouteInput,
  { engine, world, sources, enter }: RoutingParts,
  options: CallOptions,
): Promise<Outcome<RouteOutput>> {
  const { clock, ledger } = engine;
  const startedMs = clock.monotonicMs();
  await enter();
  const built = await buildRequest(input, engine.ids.next(), sources);
  if (!built.ok) return refusal(built.code, built.message);
  const { request } = built;
  const deps: EngineDeps = {
    ...engine,
    accountsOf: world.accountsOf,
  };
  tellProgress(options, "planning", null, 0);
  const leftMs = (): number => startedMs + request.deadlineMs - clock.monotonicMs();
  const snapshot = await whileLocked(() => takeSnapshot(world, ledger, clock, request.task.id), {
    clock,
    signal: options.signal,
    leftMs,
  });
  const made = plan(request, snapshot);
  const cleared = await clear(request.budgetNanoUsd, approvalRule(sources.approvalNanoUsd, options), () => [
    { plan: made, worst: worstCaseOf(request, made, snapshot) },
  ]);
  if (!cleared.ok) return cleared;
  const { budgetNanoUsd } = cleared;
  if (budgetNanoUsd === request.budgetNanoUsd) {
    return presentRouted(await route({ request, plan: made, snapshot }, deps, options, startedMs));
  }
  // What was approved is a lower ceiling than the plan was made for.
  const capped = { ...request, budgetNanoUsd };
  return presentRouted(
    await route({ request: capped, plan: plan(capped, snapshot), snapshot }, deps, options, startedMs),
  );
}
