import type { ModelMetricsOut } from "../../src/core/contract-resources.ts";
import { nanoFromUsd } from "../../src/core/money.ts";
import type { ErrorOutput, RouteInput, RouteOutput } from "../../src/core/contract.ts";
import { presentBatch, type TaskOutcome } from "../../src/service/batch/present.ts";
import { emptyDashboard } from "./empty-dashboard.ts";
import type { Outcome } from "../../src/core/outcome.ts";
import type { CallOptions, Progress, Service } from "../../src/core/service.ts";
import {
  FAILURE,
  FAKE_DAY,
  FAST,
  MODELS,
  POLICY,
  STRONG,
  TOO_DEAR,
  estimateOutput,
  receiptOf,
  routeOutput,
  spendOf,
} from "./fake-answers.ts";

/** 200,000 characters in paragraphs, each different from the others. */
export const LONG_ANSWER = Array.from({ length: 2000 }, (_, index) => `${index} `.padEnd(98, "x")).join("\n\n");

export interface FakeServiceOptions {
  /** Makes a call take time between two steps of progress; at once by default. */
  readonly pause?: () => Promise<void>;
}

/** A result of the fake shows so much of an answer. */
export const RESULT_CHARS = 80_000;

/** A service in memory, and what a test may ask it about its own past. */
export interface FakeService extends Service {
  readonly routeInputs: readonly RouteInput[];
  /** What each call was allowed to spend by its user. */
  readonly approvals: readonly (number | undefined)[];
  cancelledCalls(): number;
  listeners(): number;
  /** As if another request had been settled. */
  change(): void;
}

/**
 * Behaves as the prompt says: "stream" tells progress and falls back once, "wait" ends when it is cancelled, "below" stays
 * under the threshold, "dear" needs the user's approval, "long" gets `LONG_ANSWER`, "fail" fails after a paid attempt, "throw" breaks like a defect; anything else is answered.
 */
export function fakeService(options: FakeServiceOptions = {}): FakeService {
  const pause = options.pause ?? (() => Promise.resolve());
  const routes = new Map<string, RouteOutput & { outcome?: boolean }>();
  const routeInputs: RouteInput[] = [];
  const approvals: (number | undefined)[] = [];
  const listeners = new Set<() => void>();
  let cancelled = 0;
  const change = (): void => listeners.forEach((listener) => listener());

  async function answer(input: RouteInput, call: CallOptions): Promise<Outcome<RouteOutput>> {
    if (input.prompt === "wait") return waitForCancel(call);
    if (input.prompt === "dear" && call.approvedUsd === undefined) return failed(TOO_DEAR);
    if (input.prompt === "fail") return failed(FAILURE);
    if (input.prompt === "throw") throw new Error("a defect that quotes sk-secret");
    if (input.prompt === "stream") await tellProgress(call.onProgress ?? (() => {}), pause);
    const below = input.prompt === "below";
    const plain = routeOutput(`route-${routes.size + 1}`, input, below);
    const output = input.prompt === "long" ? { ...plain, text: LONG_ANSWER } : plain;
    routes.set(output.route_id, output);
    return { ok: true, value: output };
  }

  async function waitForCancel({ signal, onProgress }: CallOptions): Promise<Outcome<never>> {
    onProgress?.({ stage: "calling", model: FAST, tokens: 0, message: `calling ${FAST}, 0 tokens` });
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    cancelled += 1;
    return failed({ code: "cancelled", message: "The caller cancelled", attempts: [], cost_usd: 0 });
  }

  const service: FakeService = {
    principal: null,
    readsProject: false,
    resultChars: RESULT_CHARS,
    as: () => service,
    routeInputs,
    approvals,
    cancelledCalls: () => cancelled,
    listeners: () => listeners.size,
    change,
    route: async (input, call) => {
      routeInputs.push(input);
      approvals.push(call.approvedUsd);
      const outcome = await answer(input, call);
      change();
      return outcome;
    },
    deadlineMs: (input) => input.deadline_ms ?? 30_000,
    routeBatch: async ({ tasks }, { onProgress }) => {
      const outcomes: TaskOutcome[] = [];
      for (const [index, task] of tasks.entries()) {
        const outcome = await answer(task, { signal: new AbortController().signal });
        const costUsd = outcome.ok ? outcome.value.cost_usd : outcome.error.cost_usd;
        outcomes.push({ outcome, costNanoUsd: nanoFromUsd(costUsd) });
        const done = index + 1;
        onProgress?.({ stage: "batch", model: null, tokens: 0, done, message: `${done} of ${tasks.length} done` });
        await pause();
      }
      change();
      return { ok: true, value: presentBatch(outcomes, 5e8, 100) };
    },
    estimate: async (input) => ({ ok: true, value: estimateOutput(input) }),
    listModels: async ({ provider, available_only: availableOnly }) => {
      const models = MODELS.filter((model) => (provider ?? model.provider) === model.provider);
      return {
        ok: true,
        value: { models: models.filter((model) => availableOnly !== true || model.available), notes: [] },
      };
    },
    reportOutcome: async ({ route_id: routeId, success }) => {
      const route = routes.get(routeId);
      if (route === undefined) return notFound(`No route ${routeId}`);
      routes.set(routeId, { ...route, outcome: success });
      change();
      return { ok: true, value: { route_id: routeId, recorded: true, success } };
    },
    refreshModels: async () => notFound("not scripted"),
    configProblems: async () => [],
    backtest: async () => notFound("not scripted"),
    spendReport: async ({ since, until, group_by: groupBy }) => {
      const within = (since ?? FAKE_DAY) <= FAKE_DAY && FAKE_DAY <= (until ?? FAKE_DAY);
      return { ok: true, value: spendOf(within ? [...routes.values()] : [], groupBy ?? "day") };
    },
    policy: () => [POLICY],
    metrics: async (model) => {
      if (model === null) return { ok: true, value: { models: MODELS.map(({ id }) => metricsOf(id)) } };
      if (!MODELS.some(({ id }) => id === model)) return notFound(`No model ${model}`);
      return { ok: true, value: { models: [metricsOf(model)] } };
    },
    budget: async () => ({
      ok: true,
      value: {
        budgets: [{ scope: "day", limit_usd: 5, spent_usd: spentUsd(), held_usd: 0, left_usd: 5 - spentUsd() }],
      },
    }),
    dashboard: async (days) => ({ ok: true, value: emptyDashboard(days, FAKE_DAY, STRONG, spendOf([], "day").totals) }),
    receipt: async (routeId) => {
      const route = routes.get(routeId);
      return route === undefined ? notFound(`No route ${routeId}`) : { ok: true, value: receiptOf(route) };
    },
    modelIds: () => MODELS.map((model) => model.id),
    recentRouteIds: async (prefix) => [...routes.keys()].filter((id) => id.startsWith(prefix)).reverse(),
    recentDays: async (prefix) => [FAKE_DAY, "2026-11-22"].filter((day) => day.startsWith(prefix)),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pruneLedger: async () => notFound("no ledger"),
    ledger: {
      path: async () => notFound("no file"),
      backup: async () => notFound("no file"),
      reset: async () => notFound("no file"),
      now: async () => notFound("no file"),
      receipts: async () => notFound("no file"),
    },
    diagnose: async () => [{ level: "ok", about: "ledger", detail: "in memory" }],
    observe: () => () => undefined,
    claimNotice: async () => true,
    tellStanding: async () => undefined,
    close: async () => listeners.clear(),
  };
  return service;

  function metricsOf(model: string): ModelMetricsOut {
    const answered = [...routes.values()].filter((route) => route.model === model);
    return {
      model,
      provider: "acme",
      attempts: answered.length,
      accepted: answered.length,
      rejected: 0,
      failed: model === STRONG ? cancelled : 0,
      failures_by_kind: {},
      verified: 0,
      cost_usd: answered.length * 0.0123,
      input_tokens: 0,
      output_tokens: 0,
      latency_p50_ms: null,
      latency_p95_ms: null,
      reported_success: 0,
      reported_failure: 0,
    };
  }
  function spentUsd(): number {
    return [...routes.values()].reduce((sum, route) => sum + route.cost_usd, 0);
  }
}

async function tellProgress(tell: (progress: Progress) => void, pause: () => Promise<void>): Promise<void> {
  const steps: [Progress["stage"], string | null, number][] = [
    ["planning", null, 0],
    ["calling", FAST, 0],
    ["calling", FAST, 10],
    ["calling", FAST, 20],
    ["verifying", FAST, 20],
    ["falling_back", STRONG, 0],
    ["calling", STRONG, 30],
    ["verifying", STRONG, 40],
  ];
  for (const [stage, model, tokens] of steps) {
    tell({ stage, model, tokens, message: `${stage}${model === null ? "" : ` ${model}`}, ${tokens} tokens` });
    await pause();
  }
}

function failed(error: ErrorOutput): Outcome<never> {
  return { ok: false, error };
}

function notFound(message: string): Outcome<never> {
  return failed({ code: "not_found", message, attempts: [], cost_usd: 0 });
}
