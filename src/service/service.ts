import type { AnswerStore } from "../core/answer-store.ts";
import type { ListModelsInput } from "../core/contract-reports.ts";
import { limitsFor, type PrincipalLimit } from "../core/budget.ts";
import type { LedgerReader, StoredRoute } from "../core/ledger-reader.ts";
import type { Outcome } from "../core/outcome.ts";
import type { DoctorFinding, Service } from "../core/service.ts";
import { didYouMean } from "../checks/kit/suggest.ts";
import { backtest } from "./backtest/backtest.ts";
import { batchDeadlineMs, routeBatch, type BatchParts } from "./batch/batch.ts";
import type { EngineDeps } from "../engine/engine-deps.ts";
import { estimate } from "./estimate.ts";
import { readSnapshot, type ReadSnapshot } from "./read-snapshot.ts";
import { dashboardOf } from "./dashboard.ts";
import { entrance, type Admission } from "./admission.ts";
import { presentModels } from "./present/models.ts";
import { presentPolicy } from "./present/policy.ts";
import { ledgerCare } from "./ledger-care.ts";
import { metricsOf } from "./metrics.ts";
import { refusal } from "./present/route.ts";
import { presentPruned, pruneProblem, whyUnknown, presentBudgets, presentReceipt } from "./present/reports.ts";
import { ofProject, type RequestSources } from "./build-request.ts";
import type { Exchanges } from "./exchanges.ts";
import { refreshModels } from "./refresh/refresh.ts";
import { reportOutcome } from "./report-outcome.ts";
import { spendReport } from "./spend-report.ts";
import { routeTask, type RoutingParts } from "./route-task.ts";
import { Changes } from "./changes.ts";
import type { SharedState } from "../core/shared-state.ts";
import { Running } from "./in-flight.ts";
import { observationOf, type Observation } from "./observation.ts";
import { orEmpty } from "./completions.ts";
import type { Learner } from "../engine/learner.ts";
import type { StandingFacts } from "../engine/snapshot.ts";
import { isLedgerUnavailable } from "../core/errors.ts";

/** Everything the service is made of. */
export interface ServiceParts {
  readonly engine: Omit<EngineDeps, "accountsOf" | "events">;
  readonly world: StandingFacts;
  readonly sources: RequestSources;
  readonly reader: LedgerReader;
  readonly learner: Learner;
  /** Verified answers that may be given again; `null`: none are kept. */
  readonly answers: AnswerStore | null;
  /** What later requests may go on from. */
  readonly exchanges: Exchanges;
  /** What instances on the same ledger share; absent: nothing. */
  readonly shared?: SharedState | undefined;
  /** Is told what a person should know although all works. */
  warn(message: string): void;
  /** Budgets of every principal that has none of its own. */
  readonly eachPrincipal: readonly PrincipalLimit[];
  /** What a text of the config file brings that another one does not have wrong. */
  readonly configProblems: Service["configProblems"];
  diagnose(reader: LedgerReader, deep: boolean): Promise<readonly DoctorFinding[]>;
}

/** How long a service that closes waits for a locked ledger, milliseconds: less than a process gets to end. */
const FLUSH_MS = 3000;

/** How many ids and days a completion offers. */
const COMPLETIONS = 50;

/** The service on its parts: each method is validation, one call of the engine or the ledger, and presentation. */
export function createEngineService(parts: ServiceParts): Service {
  const { ledger, clock } = parts.engine;
  const observation = observationOf({ ...parts, ledger, clock }, parts.reader);
  return viewFor(null, parts, {
    changes: new Changes(parts.shared?.changes),
    running: new Running(),
    enter: entrance(),
    observation,
  });
}

/** What all views of a service share. */
interface Shared {
  readonly changes: Changes;
  readonly running: Running;
  readonly enter: Admission;
  readonly observation: Observation;
}

function viewFor(principal: string | null, parts: ServiceParts, shared: Shared): Service {
  const { reader, learner, answers, exchanges } = parts;
  const sources: RequestSources = { ...parts.sources, principal };
  const limits = limitsFor(principal, parts.world.limits, parts.eachPrincipal);
  const world: StandingFacts = { ...parts.world, limits, principal };
  const { running, enter, observation } = shared;
  const engine: RoutingParts["engine"] = { ...parts.engine, limits, events: observation.hub };
  const { clock, ledger } = engine;
  const changed = (): void => shared.changes.tell(principal);

  /** A route exists for the owner and for its own principal alone. */
  const ownRoute = async (routeId: string): Promise<StoredRoute | null> => {
    const stored = await reader.route(routeId);
    return principal === null || stored?.request.principal === principal ? stored : null;
  };

  const whenLedgerWorks = async <T>(work: () => Promise<Outcome<T>>, signal?: AbortSignal): Promise<Outcome<T>> => {
    try {
      return await work();
    } catch (error) {
      if (!isLedgerUnavailable(error)) throw error;
      if (signal?.aborted === true) return refusal("cancelled", "The caller cancelled. Nothing was spent.");
      return refusal(error.kind, error.message, error.retryAfterMs);
    }
  };

  const snapshotForReading = (task: string | null): Promise<ReadSnapshot> =>
    readSnapshot({ world, ledger, clock, learner }, task);

  const taskProblem = (task: string): string =>
    `Unknown task "${task}"${didYouMean(task, [...sources.tasks.keys()])}. Known: ${[...sources.tasks.keys()].join(", ")}.`;

  const later: RoutingParts["later"] = (work) => {
    const followed = running.track({ signal: new AbortController().signal }, ({ signal }) => work(signal));
    void followed.then(changed, (error: unknown) => parts.warn(`a shadow run broke: ${String(error)}`));
  };

  const routing: RoutingParts = { engine, world, sources, learner, answers, exchanges, enter, later };

  // A principal sees its own budgets; what others have drawn on the shared ones is not its business.
  const shown = principal === null ? parts.world.limits : limits.filter(({ shared: isShared }) => isShared !== true);

  const service: Service = {
    principal,
    shared: parts.shared,
    readsProject: sources.readsProject && principal === null,
    resultChars: sources.defaults.resultChars,
    as: (other) => viewFor(other, parts, shared),

    route: (input, options) =>
      running.track(options, async (tracked) => {
        const routed = await whenLedgerWorks(() => routeTask(input, routing, tracked), tracked.signal);
        changed();
        return routed;
      }),

    deadlineMs: (input) =>
      "tasks" in input
        ? batchDeadlineMs(input, sources.defaults.deadlineMs)
        : (input.deadline_ms ?? sources.defaults.deadlineMs),

    routeBatch: (input, options) =>
      running.track(options, (tracked) => {
        const guard: BatchParts["guard"] = (work) => whenLedgerWorks(work, tracked.signal);
        const batch = { ...routing, changed, guard };
        return whenLedgerWorks(() => routeBatch(input, batch, tracked), tracked.signal);
      }),

    estimate: (input, options = {}) =>
      estimate(input, { sources: ofProject(sources, options), engine, learner, snapshotForReading }),

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
        const reported = await reportOutcome(input, principal, { reader, clock, answers });
        if (reported.ok) changed();
        return reported;
      }),

    spendReport: (input) => whenLedgerWorks(() => spendReport(input, principal, reader, engine)),

    backtest: (input) => {
      const { catalogue, tasks } = sources;
      const { model: baseline } = engine.baseline;
      return whenLedgerWorks(() => backtest(input, { catalogue, tasks, baseline, reader, principal }));
    },

    refreshModels: async (input) => refreshModels(input, sources.catalogue, clock.nowMs()),
    configProblems: parts.configProblems,

    policy: () => [...sources.tasks.values()].map(presentPolicy),

    metrics: (model) => whenLedgerWorks(() => metricsOf(reader, world.catalogue, model, principal)),

    budget: () =>
      whenLedgerWorks(async () => ({
        ok: true,
        value: { budgets: presentBudgets((await ledger.recent(shown, clock.nowMs())).budgets) },
      })),

    dashboard: (days) => {
      const from = { service, reader, baselineModel: engine.baseline.model.id, nowMs: clock.nowMs() };
      return whenLedgerWorks(() => dashboardOf(days, from));
    },

    receipt: (routeId) =>
      whenLedgerWorks(async () => {
        const stored = await ownRoute(routeId);
        return stored === null
          ? refusal("not_found", await whyUnknown(reader, routeId, ""))
          : { ok: true, value: presentReceipt(stored) };
      }),

    modelIds: () => world.catalogue.models.map(({ id }) => id),
    recentRouteIds: (prefix) => orEmpty(reader.recentRouteIds(prefix, COMPLETIONS, principal)),
    recentDays: (prefix) => orEmpty(reader.recentDays(prefix, COMPLETIONS, principal)),

    onChange: (listener) => shared.changes.listen(principal, listener),

    ...observation.methods,

    diagnose: (deep) => parts.diagnose(reader, deep),

    async pruneLedger({ before, vacuum }, signal) {
      const nowMs = clock.nowMs();
      const problem = pruneProblem(before, nowMs);
      if (problem !== null) return refusal("invalid_request", `${problem}.`);
      return whenLedgerWorks(async () => {
        const pruned = await reader.prune({ before, vacuum, nowMs, signal });
        changed();
        return { ok: true, value: presentPruned(pruned) };
      });
    },

    ledger: ledgerCare(reader, () => clock.nowMs(), whenLedgerWorks),

    async close() {
      await running.end();
      await observation.close();
      const unwritten = await engine.pending.flush(FLUSH_MS);
      if (unwritten > 0)
        parts.warn(`not written to the ledger: ${unwritten} at the end; the next process books the worst case`);
      await engine.verifier.close();
      reader.close();
    },
  };
  return service;
}
