import type { ModelMetricsOut, PolicyOut, Receipt } from "../../src/core/contract-resources.ts";
import { nanoFromUsd } from "../../src/core/money.ts";
import type {
  AttemptOut,
  ErrorOutput,
  EstimateInput,
  EstimateOutput,
  RouteInput,
  RouteOutput,
} from "../../src/core/contract.ts";
import type { ModelOut, SpendReportOutput } from "../../src/core/contract-reports.ts";
import { presentBatch, type TaskOutcome } from "../../src/service/batch/present.ts";
import { emptyDashboard } from "./empty-dashboard.ts";
import { NO_REPORT, spendTotals } from "./spend-totals.ts";
import type { CallOptions, Outcome, Progress, Service } from "../../src/core/service.ts";

const FAKE_DAY = "2026-11-23";
const FAST = "fast-1";
const STRONG = "strong-1";
/** Like the name of a local model: a slash and a colon, which an address must escape. */
/** 200,000 characters in paragraphs, each different from the others. */
export const LONG_ANSWER = Array.from({ length: 2000 }, (_, index) => `${index} `.padEnd(98, "x")).join("\n\n");
export const AWKWARD_MODEL = "local/llama:8b";

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
    ledger: { path: noLedger, backup: noLedger, reset: noLedger, now: noLedger, receipts: noLedger },
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

const POLICY: PolicyOut = {
  task: "code",
  title: "Code",
  description: "Code",
  candidates: [FAST, STRONG],
  min_quality: 0.8,
  optimize: "quality",
  max_output_tokens: 1000,
  checks: [],
  on_unchecked: ["accept"],
  repair: true,
};

function receiptOf({ outcome, ...route }: RouteOutput & { outcome?: boolean }): Receipt {
  return {
    route_id: route.route_id,
    task: "code",
    status: route.status,
    started_at: `${FAKE_DAY}T00:00:00.000Z`,
    latency_ms: route.latency_ms,
    budget_usd: null,
    deadline_ms: 30_000,
    min_quality: 0.8,
    optimize: "quality",
    prompt: { chars: 5, sha256: "" },
    plan: route.plan,
    attempts: route.attempts.map((attempt, index) => ({
      ...attempt,
      attempt_id: `${route.route_id}-${index + 1}`,
      returned: index === route.attempts.length - 1,
      cost_is_estimated: false,
      started_after_ms: 0,
      first_token_ms: null,
      usage: route.usage,
      verdict: null,
    })),
    cost_usd: route.cost_usd,
    baseline: route.baseline,
    notes: route.notes,
    reported_outcome: outcome === undefined ? null : { success: outcome, note: null, at: `${FAKE_DAY}T00:00:00.000Z` },
  };
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

const PAID: AttemptOut = {
  role: "answer",
  model: FAST,
  provider: "anthropic",
  outcome: "rejected",
  verdict_score: 0.4,
  cost_usd: 0.002,
  latency_ms: 900,
};

const TOO_DEAR: ErrorOutput = {
  code: "approval_required",
  message: "could cost up to $1.50; give a budget_usd of at most 0.5, or raise approval_usd",
  attempts: [],
  cost_usd: 0,
  approval: {
    worst_case_usd: 1.5,
    cost_usd_expected: 0.01,
    approval_usd: 0.5,
    tasks: 1,
    plan: [
      { model: FAST, cost_usd_expected: 0.01, cost_usd_max: 0.3 },
      { model: STRONG, cost_usd_expected: 0.05, cost_usd_max: 1.2 },
    ],
  },
};

const FAILURE: ErrorOutput = {
  code: "all_failed",
  message: "Every candidate failed; try again in 2 s",
  attempts: [PAID],
  cost_usd: 0.002,
  retry_after_ms: 2000,
};

function routeOutput(routeId: string, input: RouteInput, below: boolean): RouteOutput {
  const score = below ? 0.41 : 0.94;
  return {
    route_id: routeId,
    status: below ? "below_quality" : "accepted",
    text: `answer to ${input.prompt}`,
    model: STRONG,
    provider: "anthropic",
    verdict: {
      status: below ? "failed" : "verified",
      basis: below ? null : "tests",
      summary: below ? "json: not parsed" : "2 of 2 of your criteria met",
      score,
      checks: [{ name: "json", passed: !below, detail: "parsed" }],
    },
    cost_usd: 0.0123,
    cost_is_estimated: false,
    latency_ms: 3140,
    usage: {
      input_tokens: 100,
      cache_read_tokens: null,
      cache_write_tokens: null,
      output_tokens: 40,
      reasoning_tokens: null,
    },
    attempts: [PAID, { ...PAID, model: STRONG, outcome: below ? "rejected" : "accepted", verdict_score: score }],
    plan: { order: [FAST, STRONG], rejected: [{ model: AWKWARD_MODEL, reason: "not in the allow-list" }] },
    baseline: { model: STRONG, cost_usd: 0.0523, saved_usd: 0.04 },
    notes: [],
  };
}

function estimateOutput(input: EstimateInput): EstimateOutput {
  const costUsdMax = 0.02;
  return {
    task: input.task,
    candidates: [
      {
        model: FAST,
        provider: "anthropic",
        input_tokens: input.prompt.length,
        output_tokens_expected: 300,
        output_tokens_max: 4000,
        cost_usd_expected: 0.002,
        cost_usd_low: 0.0005,
        cost_usd_high: 0.02,
        cost_usd_max: costUsdMax,
        estimate_method: "prior of the task",
        within_budget: costUsdMax <= (input.budget_usd ?? Infinity),
        token_count_method: "estimate",
      },
    ],
    order: [FAST],
    rejected: [],
    worst_case_usd: 0.05,
    baseline: null,
    notes: [],
  };
}

function modelOut(id: string, provider: string, available: boolean): ModelOut {
  return {
    id,
    provider,
    wire_id: id,
    available,
    ...(available ? {} : { unavailable_reason: "set ANTHROPIC_API_KEY" }),
    input_usd_per_mtok: 1,
    output_usd_per_mtok: 5,
    cache_read_usd_per_mtok: 0.1,
    cache_write_usd_per_mtok: null,
    context_tokens: 200_000,
    max_output_tokens: null,
    timeout_ms: 60_000,
    quality: 0.8,
    lifecycle: "current",
    health: "ok",
  };
}

const MODELS = [
  modelOut(FAST, "anthropic", true),
  modelOut(STRONG, "anthropic", false),
  modelOut(AWKWARD_MODEL, "local", true),
];

function spendOf(routes: readonly RouteOutput[], groupBy: string): SpendReportOutput {
  const costUsd = routes.reduce((sum, route) => sum + route.cost_usd, 0);
  const baselineUsd = routes.reduce((sum, route) => sum + (route.baseline?.cost_usd ?? 0), 0);
  const totals = spendTotals({
    requests: routes.length,
    accepted: routes.filter((route) => route.status === "accepted").length,
    verified: routes.filter((route) => route.verdict.status === "verified").length,
    unchecked: 0,
    cost_usd: costUsd,
    baseline_usd: baselineUsd,
    saved_usd: baselineUsd - costUsd,
    saved_share: baselineUsd === 0 ? null : 1 - costUsd / baselineUsd,
  });
  return {
    report: NO_REPORT,
    totals,
    rows: routes.length === 0 ? [] : [{ ...totals, key: groupBy === "day" ? FAKE_DAY : STRONG }],
  };
}

function failed(error: ErrorOutput): Outcome<never> {
  return { ok: false, error };
}

const noLedger = async (): Promise<Outcome<never>> => notFound("no file");

function notFound(message: string): Outcome<never> {
  return failed({ code: "not_found", message, attempts: [], cost_usd: 0 });
}
