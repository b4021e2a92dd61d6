import type { EstimateInput, ListModelsInput, RouteInput, SpendReportInput } from "../core/contract.ts";
import type { Plan, Snapshot } from "../core/candidate.ts";
import type { LedgerReader } from "../core/ports.ts";
import { plan, emptyPlanError } from "../core/plan.ts";
import type { Request } from "../core/request.ts";
import type { CallOptions, Finding, Outcome, Service } from "../core/service.ts";
import { sizeUp } from "../core/size.ts";
import { didYouMean } from "../core/suggest.ts";
import { worstCaseOf } from "../core/worst-case.ts";
import { approvalNote, approvalRule, clear } from "./approval.ts";
import { batchDeadlineMs, routeBatch, type BatchParts } from "./batch/batch.ts";
import type { EngineDeps } from "./course.ts";
import { entrance } from "./entrance.ts";
import { presentModels } from "./models.ts";
import { presentEstimate, presentRouted, refusal } from "./present.ts";
import { presentPruned, pruneProblem, whyUnknown } from "./pruning.ts";
import { presentBudgets, presentMetrics, presentReceipt, presentSpend, spendProblem } from "./reports.ts";
import { buildRequest, type RequestSources } from "./request.ts";
import { route } from "./router.ts";
import { blindSnapshot, takeSnapshot, type World } from "./snapshot.ts";
import { isLedgerTrouble } from "./trouble.ts";

/** Everything the service is made of. */
export interface ServiceParts {
  readonly engine: Omit<EngineDeps, "snapshot" | "accountOf">;
  readonly world: World;
  readonly sources: RequestSources;
  readonly reader: LedgerReader;
  diagnose(reader: LedgerReader, deep: boolean): Promise<readonly Finding[]>;
}

/** How many ids and days a completion offers. */
const COMPLETIONS = 50;

/** The service on its parts: each method is validation, one call of the engine or the ledger, and presentation. */
export function createEngineService(parts: ServiceParts): Service {
  const { engine, world, sources, reader } = parts;
  const { clock, ledger } = engine;
  const listeners = new Set<() => void>();
  const running = new Set<Promise<unknown>>();
  const enter = entrance();
  const closing = new AbortController();

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const whenLedgerWorks = async <T>(work: () => Promise<Outcome<T>>, code: string): Promise<Outcome<T>> => {
    try {
      return await work();
    } catch (error) {
      if (!isLedgerTrouble(error)) throw error;
      return refusal(code, error.message);
    }
  };

  /** The ledger's view where it can be read; else a view without it, and a note that says so. */
  const snapshotForReading = async (task: string | null): Promise<{ snapshot: Snapshot; notes: readonly string[] }> => {
    try {
      return { snapshot: await takeSnapshot(world, ledger, clock, task), notes: [] };
    } catch (error) {
      if (!isLedgerTrouble(error)) throw error;
      return { snapshot: blindSnapshot(world, clock), notes: [`budgets and health are unknown: ${error.message}`] };
    }
  };

  const taskProblem = (task: string): string =>
    `Unknown task "${task}"${didYouMean(task, [...sources.tasks.keys()])}. Known: ${[...sources.tasks.keys()].join(", ")}.`;

  const routeNow = async (input: RouteInput, options: CallOptions): ReturnType<Service["route"]> => {
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
    const routed = await whenLedgerWorks(async () => {
      const cleared = await clear(request.budgetNanoUsd, approvalRule(sources.approvalNanoUsd, options), async () => {
        const snapshot = await deps.snapshot(request);
        const made = plan(request, snapshot);
        return [{ plan: made, worst: worstCaseOf(request, made, snapshot) }];
      });
      if (!cleared.ok) return cleared;
      const { budgetNanoUsd } = cleared;
      return presentRouted(await route({ ...request, budgetNanoUsd }, deps, options, startedMs));
    }, "no_candidate");
    changed();
    return routed;
  };

  /** Closing cancels it, and waits until it is settled. */
  const tracked = async <T>(options: CallOptions, begin: (options: CallOptions) => Promise<T>): Promise<T> => {
    const work = begin({ ...options, signal: AbortSignal.any([options.signal, closing.signal]) });
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  };

  return {
    route: (input, options) => tracked(options, (tracking) => routeNow(input, tracking)),

    deadlineMs: (input) =>
      "tasks" in input
        ? batchDeadlineMs(input, sources.defaults.deadlineMs)
        : (input.deadline_ms ?? sources.defaults.deadlineMs),

    routeBatch: (input, options) =>
      tracked(options, (tracking) => {
        const guard: BatchParts["guard"] = (work) => whenLedgerWorks(work, "no_candidate");
        return whenLedgerWorks(
          () => routeBatch(input, { engine, world, sources, enter, changed, guard }, tracking),
          "no_candidate",
        );
      }),

    async estimate(input: EstimateInput) {
      const built = await buildRequest(input, "estimate", sources);
      if (!built.ok) return refusal(built.code, built.message);
      const { request } = built;
      const { snapshot, notes } = await snapshotForReading(request.task.id);
      const made = plan(request, snapshot);
      const overBudget = overBudgetCandidates(made, request, snapshot);
      if (made.order.length === 0 && overBudget.length === 0) {
        const { code, message } = emptyPlanError(made.rejected, request);
        return refusal(code, message);
      }
      const estimate = presentEstimate(request, made, snapshot, engine.baseline.model, overBudget);
      const asks = approvalNote(request.budgetNanoUsd, worstCaseOf(request, made, snapshot), sources.approvalNanoUsd);
      return { ok: true, value: { ...estimate, notes: [...estimate.notes, ...notes, ...asks] } };
    },

    async listModels(input: ListModelsInput) {
      const task = input.task === undefined ? null : (sources.tasks.get(input.task) ?? undefined);
      if (task === undefined) return refusal("unknown_task", taskProblem(input.task ?? ""));
      const providers = [...world.providers.keys()];
      if (input.provider !== undefined && !providers.includes(input.provider)) {
        return refusal(
          "invalid_request",
          `Unknown provider "${input.provider}"${didYouMean(input.provider, providers)}. Known: ${providers.join(", ")}.`,
        );
      }
      const { snapshot, notes } = await snapshotForReading(null);
      const off = [...world.providers.values()].flatMap((state) => (state.available ? [] : [state.reason]));
      return { ok: true, value: { models: presentModels(snapshot, input, task), notes: [...off, ...notes] } };
    },

    reportOutcome: (input) =>
      whenLedgerWorks(async () => {
        // What the receipt line shows is the resource; it names the route as well.
        const routeId = input.route_id.replace(/^signalbox:\/\/routes\//, "");
        const known = await reader.recordOutcome(routeId, input.success, input.note ?? null, clock.nowMs());
        if (!known)
          return refusal(
            "invalid_request",
            await whyUnknown(reader, routeId, ": use the route_id that route_task returned."),
          );
        changed();
        return { ok: true, value: { route_id: routeId, recorded: true, success: input.success } };
      }, "ledger_unavailable"),

    async spendReport(input: SpendReportInput) {
      const problem = spendProblem(input);
      if (problem !== null) return refusal("invalid_request", `${problem}.`);
      const query = {
        since: input.since ?? null,
        until: input.until ?? null,
        groupBy: input.group_by ?? "day",
      } as const;
      return whenLedgerWorks(
        async () => ({ ok: true, value: presentSpend(await reader.spend(query)) }),
        "ledger_unavailable",
      );
    },

    policy: () =>
      [...sources.tasks.values()].map((task) => ({
        task: task.id,
        title: task.title,
        description: task.description,
        candidates: task.candidates,
        min_quality: task.minQuality,
        optimize: task.optimize,
        max_output_tokens: task.maxOutputTokens,
        checks: task.checks.map(({ check, weight, own }) => ({ check: own?.name ?? check, weight })),
        on_unchecked: task.onUnchecked ?? "accept",
        repair: task.repair ?? true,
        ...(task.judges === undefined ? {} : { judges: task.judges }),
      })),

    metrics: (model) =>
      whenLedgerWorks(async (): Promise<Outcome<Record<string, unknown>>> => {
        const found = model === null ? null : world.catalogue.find(model);
        if (found === undefined)
          return refusal(
            "not_found",
            `Unknown model "${model}"${didYouMean(
              model ?? "",
              world.catalogue.models.map(({ id }) => id),
            )}`,
          );
        return { ok: true, value: { models: presentMetrics(await reader.metrics(found?.id ?? null)) } };
      }, "ledger_unavailable"),

    budget: () =>
      whenLedgerWorks(
        async () => ({
          ok: true,
          value: { budgets: presentBudgets((await ledger.recent(world.limits, clock.nowMs())).budgets) },
        }),
        "ledger_unavailable",
      ),

    receipt: (routeId) =>
      whenLedgerWorks(async () => {
        const stored = await reader.route(routeId);
        return stored === null
          ? refusal("not_found", await whyUnknown(reader, routeId, ""))
          : { ok: true, value: presentReceipt(stored) };
      }, "ledger_unavailable"),

    modelIds: () => world.catalogue.models.map(({ id }) => id),
    recentRouteIds: (prefix) => orEmpty(reader.recentRouteIds(prefix, COMPLETIONS)),
    recentDays: (prefix) => orEmpty(reader.recentDays(prefix, COMPLETIONS)),

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    diagnose: (deep) => parts.diagnose(reader, deep),

    async pruneLedger({ before, vacuum }, signal) {
      const nowMs = clock.nowMs();
      const problem = pruneProblem(before, nowMs);
      if (problem !== null) return refusal("invalid_request", `${problem}.`);
      return whenLedgerWorks(async () => {
        const pruned = await reader.prune({ before, vacuum, nowMs, signal });
        changed();
        return { ok: true, value: presentPruned(pruned) };
      }, "ledger_unavailable");
    },

    async close() {
      closing.abort();
      await Promise.allSettled(running);
      await engine.verifier.close();
      reader.close();
    },
  };
}

/** Candidates that only the budget keeps out, sized as if it did not: an estimate shows what they would cost. */
function overBudgetCandidates(made: Plan, request: Request, snapshot: Snapshot): Plan["order"] {
  const unlimited = { ...request, budgetNanoUsd: null };
  return made.rejected
    .filter((rejection) => rejection.code === "over_budget")
    .flatMap((rejection) => {
      const model = snapshot.catalogue.find(rejection.model);
      const sized =
        model === undefined
          ? null
          : sizeUp(model, unlimited, { ...snapshot, budgets: [] }, { spentNanoUsd: 0, elapsedMs: 0 });
      return sized?.ok === true ? [sized.candidate] : [];
    });
}

/** A completion that cannot be made is no completion, not an error. */
async function orEmpty(names: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await names;
  } catch (error) {
    if (!isLedgerTrouble(error)) throw error;
    return [];
  }
}
