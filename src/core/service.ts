import type { Outcome } from "./outcome.ts";
import type { SharedState } from "./shared-state.ts";
import type {
  BatchInput,
  BatchOutput,
  BatchResult,
  EstimateInput,
  EstimateOutput,
  RouteInput,
  RouteOutput,
} from "./contract.ts";
import type {
  ListModelsInput,
  ListModelsOutput,
  ReportOutcomeInput,
  ReportOutcomeOutput,
  SpendReportInput,
  SpendReportOutput,
} from "./contract-reports.ts";
import type { BacktestInput, BacktestOutput } from "./backtest.ts";
import type { EventObserver } from "./events.ts";
import type { LedgerCare } from "./ledger-care.ts";
import type { RefreshInput, RefreshOutput } from "./refresh.ts";
import type { DashboardDays, DashboardOut } from "./contract-dashboard.ts";
import type { BudgetsOut, MetricsOut, PolicyOut, Receipt } from "./contract-resources.ts";

/** What a request is doing, for progress notifications and spinners. */
export interface Progress {
  readonly stage:
    | "asking"
    | "batch"
    | "planning"
    | "waiting"
    | "calling"
    | "verifying"
    | "repairing"
    | "judging"
    | "asking_second"
    | "writing_tests"
    | "falling_back";
  readonly model: string | null;
  /** Tokens of the answer so far, estimated from its text. */
  readonly tokens: number;
  /** Of a batch: how many of its tasks are done. */
  readonly done?: number;
  /** One readable line: "calling claude-opus-5-5, 120 tokens". */
  readonly message: string;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Of a batch: hears of each task as it ends, by its place in the input, from 0. */
  readonly onResult?: (index: number, result: BatchResult) => void;
  /** What the user has said yes to, after an `approval_required`: the ceiling of this call. */
  readonly approvedUsd?: number;
  /** Folders that the client names as its project; absent: it names none. */
  readonly projectFolders?: readonly string[];
  /** The process ends after this call: nothing can follow its answer. */
  readonly isLast?: true;
}

/** What `pruneLedger` did. */
export interface PruneOutput {
  readonly requests: number;
  readonly attempts: number;
  /** Ended before the day and kept for now. */
  readonly kept: number;
  readonly bytes_before: number;
  readonly bytes_after: number;
  /** Of the file, free for new requests. */
  readonly bytes_free: number;
  /** False when the signal ended it early. */
  readonly complete: boolean;
}

/** One finding of `doctor`. */
export interface DoctorFinding {
  readonly level: "ok" | "warning" | "problem";
  readonly about: string;
  readonly detail: string;
}

/**
 * Signalbox as its transports see it: MCP tools, resources and commands call this and nothing else.
 * Bad input and failures come back as `{ok: false, error}`; only a programming error throws.
 */
export interface Service {
  /** Who asks; `null`: the owner. */
  readonly principal: string | null;
  /**
   * The same service as a principal sees it: its own requests, money and budgets only. `null`: the owner, who sees
   * everything. Costs nothing; closing the service closes all views.
   */
  as(principal: string | null): Service;
  /** UTF-16 units of answers that a tool's result shows at most: clients cut what is longer, wherever that is. */
  readonly resultChars: number;
  /** Whether files of the caller's project may be named by path: then its client is asked where that is. */
  readonly readsProject: boolean;
  route(input: RouteInput, options: CallOptions): Promise<Outcome<RouteOutput>>;
  /** How long a call with this input may take at most, milliseconds. */
  deadlineMs(input: RouteInput | BatchInput): number;
  /** Many tasks on one budget and one deadline: a task that fails is data among the results. Fails as a whole before anything was spent. */
  routeBatch(input: BatchInput, options: CallOptions): Promise<Outcome<BatchOutput>>;
  estimate(input: EstimateInput, options?: Pick<CallOptions, "projectFolders">): Promise<Outcome<EstimateOutput>>;
  listModels(input: ListModelsInput): Promise<Outcome<ListModelsOutput>>;
  reportOutcome(input: ReportOutcomeInput): Promise<Outcome<ReportOutcomeOutput>>;
  spendReport(input: SpendReportInput): Promise<Outcome<SpendReportOutput>>;
  /** What another policy would have come to on past requests. A policy or history that cannot be used is `invalid_request`. */
  backtest(input: BacktestInput): Promise<Outcome<BacktestOutput>>;
  /** What differs between the catalogue and prices from elsewhere, and the rows for the config; changes nothing. Bad data is `invalid_request`. */
  refreshModels(input: RefreshInput): Promise<Outcome<RefreshOutput>>;
  /** What would be wrong with a config file of the text `after` that is not wrong with `before`, a line each. */
  configProblems(before: string, after: string): Promise<readonly string[]>;
  /** `signalbox://policy`: the tasks, in the contract's spelling. */
  policy(): readonly PolicyOut[];
  /** `signalbox://metrics` and `signalbox://metrics/{model}`. An unknown model is `not_found`. */
  metrics(model: string | null): Promise<Outcome<MetricsOut>>;
  /** `signalbox://budget`: limits, spent and held, apart. */
  budget(): Promise<Outcome<BudgetsOut>>;
  /** `signalbox://dashboard/{days}`: what the view shows, of the last so many days. */
  dashboard(days: DashboardDays): Promise<Outcome<DashboardOut>>;
  /** `signalbox://routes/{route_id}`: the receipt. An unknown id is `not_found`. */
  receipt(routeId: string): Promise<Outcome<Receipt>>;
  /** For completions: known model ids, recent route ids and days with spend, newest first. */
  modelIds(): readonly string[];
  recentRouteIds(prefix: string): Promise<readonly string[]>;
  recentDays(prefix: string): Promise<readonly string[]>;
  /** Told after each settled request, for resource subscriptions; returns the way to stop listening. */
  onChange(listener: () => void): () => void;
  /**
   * Tells what happens to requests of this process, and what budgets and breakers of the ledger come to after them; returns the way to stop.
   * Hears of all principals. Costs nothing while no one listens. `end` is awaited when the service closes, before its ledger does.
   */
  observe(observer: EventObserver, end?: () => Promise<void>): () => void;
  /** Tells observers of budgets and breakers as they are now. Throws `ledger_unavailable`. */
  tellStanding(): Promise<void>;
  /**
   * True for the first caller, over all processes on the ledger, who claims `key` before `untilMs`: so that a message is sent once. Throws
   * `ledger_unavailable`.
   */
  claimNotice(key: string, untilMs: number): Promise<boolean>;
  /** `doctor`'s findings: keys seen (never shown), endpoints reachable, config, ledger; `deep`: all of a ledger of any size. */
  diagnose(deep: boolean): Promise<readonly DoctorFinding[]>;
  /**
   * `ledger prune`: deletes requests that ended before a day (YYYY-MM-DD, UTC) and keeps all sums; `vacuum` writes the file anew.
   * A bad or future day is `invalid_request`; a missing, locked or unusable ledger `ledger_unavailable`.
   */
  pruneLedger(
    input: { readonly before: string; readonly vacuum: boolean },
    signal: AbortSignal,
  ): Promise<Outcome<PruneOutput>>;
  /** What instances on the same ledger share; absent: there is nothing to share. */
  readonly shared?: SharedState | undefined;
  /** For the owner's commands alone. */
  readonly ledger: LedgerCare;
  /** Cancels what still runs, lets it settle its costs and closes the ledger. */
  close(): Promise<void>;
}
