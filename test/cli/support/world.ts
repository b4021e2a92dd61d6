import { PassThrough, Readable } from "node:stream";
import type { Opened, World } from "../../../src/cli/command.ts";
import { runCommandLine } from "../../../src/cli/program.ts";
import type { BatchOutput, ErrorOutput, EstimateOutput, RouteOutput } from "../../../src/core/contract.ts";
import type { ListModelsOutput } from "../../../src/core/contract-reports.ts";
import type { SpendReportOutput } from "../../../src/core/contract-reports.ts";
import type { RefreshOutput } from "../../../src/core/refresh.ts";
import type { Outcome } from "../../../src/core/outcome.ts";
import type { DoctorFinding, PruneOutput, Service } from "../../../src/core/service.ts";

/** What the fake service answers; each test sets what it needs, everything else is refused. */
export interface Script {
  readonly route?: Outcome<RouteOutput> | ((...args: Parameters<Service["route"]>) => ReturnType<Service["route"]>);
  readonly batch?: Outcome<BatchOutput>;
  readonly estimate?: Outcome<EstimateOutput>;
  readonly models?: Outcome<ListModelsOutput>;
  readonly spend?: Outcome<SpendReportOutput>;
  readonly refreshed?: Outcome<RefreshOutput>;
  readonly pruned?: Outcome<PruneOutput>;
  readonly findings?: readonly DoctorFinding[];
}

/** A call that the fake service received. */
export interface ReceivedCall {
  readonly method: string;
  readonly input: unknown;
  readonly approvedUsd?: number;
}

const NOTHING: { readonly ok: false; readonly error: ErrorOutput } = {
  ok: false,
  error: { code: "not_found", message: "not scripted", attempts: [], cost_usd: 0 },
};

export function fakeService(script: Script, calls: ReceivedCall[] = []): Service {
  const answer = <T>(method: string, scripted: Outcome<T> | undefined) => {
    return async (input: unknown): Promise<Outcome<T>> => {
      calls.push({ method, input });
      return scripted ?? NOTHING;
    };
  };
  const { route } = script;
  return {
    principal: null,
    readsProject: false,
    resultChars: 12_000,
    as: () => fakeService(script, calls),
    route: async (input, options) => {
      const { approvedUsd } = options;
      calls.push({ method: "route", input, ...(approvedUsd === undefined ? {} : { approvedUsd }) });
      return typeof route === "function" ? route(input, options) : (route ?? NOTHING);
    },
    deadlineMs: () => 30_000,
    routeBatch: async (input, { onResult }) => {
      const outcome = await answer("routeBatch", script.batch)(input);
      if (outcome.ok) for (const [index, result] of outcome.value.results.entries()) onResult?.(index, result);
      return outcome;
    },
    estimate: answer("estimate", script.estimate),
    listModels: answer("listModels", script.models),
    reportOutcome: answer("reportOutcome", undefined),
    spendReport: answer("spendReport", script.spend),
    refreshModels: answer("refreshModels", script.refreshed),
    configProblems: async () => [],
    backtest: answer("backtest", undefined),
    policy: () => [],
    metrics: async () => NOTHING,
    budget: async () => NOTHING,
    dashboard: async () => NOTHING,
    receipt: async () => NOTHING,
    modelIds: () => [],
    recentRouteIds: async () => [],
    recentDays: async () => [],
    onChange: () => () => {},
    pruneLedger: answer("pruneLedger", script.pruned),
    ledger: {
      path: async () => NOTHING,
      backup: async () => NOTHING,
      reset: async () => NOTHING,
      now: async () => NOTHING,
      receipts: async () => NOTHING,
    },
    diagnose: async () => script.findings ?? [],
    observe: () => () => undefined,
    claimNotice: async () => true,
    tellStanding: async () => undefined,
    close: async () => {},
  };
}

/** How a command line came out. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly calls: readonly ReceivedCall[];
}

export interface RunOptions extends Script {
  /** Text on stdin; without it stdin is a terminal. */
  readonly stdin?: string | Uint8Array;
  /** What the user types on a terminal, where stdin and stderr are one. */
  readonly typed?: string;
  readonly configProblems?: readonly string[];
  /** A real service in place of the script. */
  readonly service?: Service;
  /** The service as it opens without the broken parts of the config; by default the same script. */
  readonly sound?: Opened;
  readonly signal?: AbortSignal;
  /** A Linux machine with this home folder; by default one that is not there. */
  readonly home?: string;
  /** Its variables, all of which the config looks at; by default none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its config file is. */
  readonly configPath?: string;
  /** How this Signalbox is started; by default in a way that fails. */
  readonly self?: World["self"];
}

/** Runs a command line through the real parser, with a fake service and streams in memory. */
export async function runLine(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const calls: ReceivedCall[] = [];
  const out = new PassThrough();
  const err = Object.assign(new PassThrough(), options.typed === undefined ? {} : SCREEN);
  const service = options.service ?? fakeService(options, calls);
  const { configProblems } = options;
  const opened: Opened = configProblems === undefined ? { ok: true, service } : { ok: false, problems: configProblems };
  const world: World = {
    out,
    err,
    in: options.stdin === undefined ? terminal(options.typed) : Readable.from([Buffer.from(options.stdin as string)]),
    signal: options.signal ?? new AbortController().signal,
    nodeVersion: "24.0.0",
    nowMs: () => Date.parse("2026-11-30T12:00:00Z"),
    self: options.self ?? { command: "false", args: [] },
    machine: { platform: "linux", home: options.home ?? "/nowhere", env: options.env ?? {} },
    config: {
      path: options.configPath ?? options.env?.["SIGNALBOX_CONFIG"] ?? null,
      report: async () =>
        configProblems === undefined
          ? { ok: true, warnings: [], effective: {} }
          : { ok: false, problems: configProblems },
      schema: async () => "{}",
    },
    variablesRead: async () => Object.keys(options.env ?? {}),
    open: async () => opened,
    serve: async (serving) => {
      const { tools } = serving;
      const named = tools === undefined ? {} : { tools: tools.map(({ name }) => name) };
      calls.push({ method: "serve", input: { ...serving, ...named } });
      return 0;
    },
    openSound: async () => options.sound ?? { ok: true, service },
    migrateLedger: async () => {
      throw new Error("no ledger is migrated here");
    },
    moveLedger: async () => {
      throw new Error("no ledger is moved here");
    },
  };
  const exitCode = await runCommandLine(argv, world, "0.0.0-test");
  return { exitCode, stdout: textIn(out), stderr: textIn(err), calls };
}

/** What a spinner asks of a terminal. */
const SCREEN = {
  isTTY: true,
  columns: 80,
  cursorTo: () => true,
  moveCursor: () => true,
  clearLine: () => true,
  getColorDepth: () => 1,
  hasColors: () => false,
};

function terminal(typed?: string): World["in"] {
  return Object.assign(Readable.from(typed === undefined ? [] : [Buffer.from(typed)]), { isTTY: true });
}

function textIn(stream: PassThrough): string {
  return String((stream.read() as Buffer | null) ?? "");
}

/** A verified answer after one rejected attempt. */
export function routed(changes: Partial<RouteOutput> = {}): RouteOutput {
  return {
    route_id: "r1",
    status: "accepted",
    text: "the answer",
    model: "gpt-6.2-sol",
    provider: "openai",
    verdict: {
      status: "verified",
      basis: "tests",
      summary: "six steps; 2 of 2 of your criteria met",
      score: 0.96,
      checks: [{ name: "plan", passed: true, detail: "six steps" }],
    },
    cost_usd: 0.0123,
    cost_is_estimated: false,
    latency_ms: 2400,
    usage: {
      input_tokens: 10,
      cache_read_tokens: null,
      cache_write_tokens: null,
      output_tokens: 20,
      reasoning_tokens: null,
    },
    attempts: [
      {
        role: "answer",
        model: "claude-opus-5-5",
        provider: "anthropic",
        outcome: "rejected",
        verdict_score: 0.3,
        cost_usd: 0.01,
        latency_ms: 1500,
      },
      {
        role: "answer",
        model: "gpt-6.2-sol",
        provider: "openai",
        outcome: "accepted",
        verdict_score: 0.96,
        cost_usd: 0.0023,
        latency_ms: 900,
      },
    ],
    plan: { order: ["claude-opus-5-5", "gpt-6.2-sol"], rejected: [] },
    baseline: { model: "claude-opus-5-5", cost_usd: 0.02, saved_usd: 0.0077 },
    notes: [],
    ...changes,
  };
}
