import type { RouteInput, RouteOutput } from "../core/contract.ts";
import { plan } from "../core/plan.ts";
import type { CallOptions, Outcome } from "../core/service.ts";
import { worstCaseOf } from "../core/worst-case.ts";
import { approvalRule, clear } from "./approval.ts";
import type { EngineDeps } from "../engine/request-context.ts";
import type { Entrance } from "./admission.ts";
import { presentRouted, refusal } from "./present/route.ts";
import { buildRequest, type RequestSources } from "./build-request.ts";
import { route } from "../engine/router.ts";
import { takeSnapshot, type World } from "../engine/snapshot.ts";

/** What a request is routed with. */
export interface RoutingParts {
  readonly engine: Omit<EngineDeps, "snapshot" | "accountOf">;
  readonly world: World;
  readonly sources: RequestSources;
  /** Lets one request begin at a time. */
  readonly enter: Entrance;
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
    accountOf: (id) => world.accountOf(id),
    snapshot: ({ task }) => takeSnapshot(world, ledger, clock, task.id),
  };
  const cleared = await clear(request.budgetNanoUsd, approvalRule(sources.approvalNanoUsd, options), async () => {
    const snapshot = await deps.snapshot(request);
    const made = plan(request, snapshot);
    return [{ plan: made, worst: worstCaseOf(request, made, snapshot) }];
  });
  if (!cleared.ok) return cleared;
  return presentRouted(await route({ ...request, budgetNanoUsd: cleared.budgetNanoUsd }, deps, options, startedMs));
}
