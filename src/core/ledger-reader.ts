import type { Basis } from "../checks/kit/check-result.ts";
import type { AttemptRecord } from "./attempt.ts";
import type { PastRequest } from "./backtest.ts";
import type { RunningCall } from "./ledger-care.ts";
import type { Lessons } from "./learning.ts";
import type { ModelId, ProviderId } from "./model.ts";
import type { NanoUsd } from "./money.ts";
import type { Outage } from "./outage.ts";
import type { RequestEnd, RequestRecord, RequestStatus } from "./ports.ts";

/** Sums over requests (by the model, provider, day, task or principal that `key` names). Money in nano-USD. */
export interface SpendRow {
  readonly key: string;
  readonly requests: number;
  readonly accepted: number;
  readonly verified: number;
  readonly unchecked: number;
  readonly costNanoUsd: NanoUsd;
  readonly baselineNanoUsd: NanoUsd;
  /** Estimated tokens of prompts and contexts that callers wrote. */
  readonly callerTokens: number;
}

/** Sums over the shadow runs of one task, money in USD: what a ratio of means and its interval are made of. */
export interface ShadowSums {
  readonly task: string;
  readonly runs: number;
  readonly oursUsd: number;
  readonly baselineUsd: number;
  readonly oursSquared: number;
  readonly baselineSquared: number;
  readonly product: number;
  /** What measuring cost. */
  readonly shadowUsd: number;
}

/** Tokens that callers were spared, by what the query groups by. */
export interface CallerSavingRow {
  readonly key: string;
  readonly unwrittenTokens: number;
  readonly unreadTokens: number;
}

export interface SpendQuery {
  /** First and last day, YYYY-MM-DD, inclusive; `null`: open. */
  readonly since: string | null;
  readonly until: string | null;
  readonly groupBy: "day" | "model" | "provider" | "task" | "principal";
  /** Whose requests; `null`, or absent: all requests. */
  readonly principal?: string | null;
}

/** A request that has ended, as a list of requests shows it. */
export interface EndedRequest {
  readonly routeId: string;
  readonly task: string;
  readonly startedAtMs: number;
  readonly status: RequestStatus;
  readonly errorCode: string | null;
  readonly verdict: string | null;
  readonly latencyMs: number;
  readonly costNanoUsd: number;
  readonly attempts: number;
  /** Whose answer was asked for first; `null`: no model was asked. */
  readonly firstModel: ModelId | null;
  /** Whose answer was returned, and whether it was a repair of an earlier one; `null`: none was. */
  readonly answerModel: ModelId | null;
  readonly answerIsRepair: boolean;
}

/** Requests that ended alike, and how many. A request that made no attempt was refused before it cost anything. */
export interface EndingGroup {
  readonly task: string;
  readonly status: RequestStatus;
  readonly errorCode: string | null;
  /** The model that was asked first; `null`: none was. */
  readonly firstModel: ModelId | null;
  /** Which attempt gave the answer that was returned: the first one, a later one, or a repair; `null`: there was no answer. */
  readonly answer: "first" | "later" | "repair" | null;
  readonly verified: boolean;
  /** Its caller found the answer wrong. */
  readonly reportedWrong: boolean;
  readonly requests: number;
}

/** How many of the requests that made an attempt, and were not cancelled, took so long. */
export interface LatencyCount {
  readonly latencyMs: number;
  readonly requests: number;
}

/** How requests ended, of the latest of those that are kept. */
export interface Endings {
  readonly groups: readonly EndingGroup[];
  /** The shortest first. */
  readonly latencies: readonly LatencyCount[];
  /** False: there are more requests in these days than are looked at. */
  readonly complete: boolean;
}

/** What the attempts of one model came to. */
export interface ModelMetrics {
  readonly model: ModelId;
  readonly provider: ProviderId;
  readonly attempts: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly failed: number;
  readonly failuresByKind: Readonly<Record<string, number>>;
  readonly verified: number;
  readonly costNanoUsd: NanoUsd;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Over the most recent attempts that answered; `null` when there are none. */
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly reportedSuccess: number;
  readonly reportedFailure: number;
}

/** What callers said of accepted answers to a task that stood on one kind of evidence; `null`: on none. */
export interface ReportedAnswers {
  readonly task: string;
  readonly basis: Basis | null;
  readonly reported: number;
  readonly wrong: number;
}

/** Everything recorded about a request, for its receipt. */
export interface StoredRoute {
  readonly request: RequestRecord;
  readonly end: RequestEnd | null;
  readonly attempts: readonly AttemptRecord[];
  readonly costNanoUsd: NanoUsd;
  /** Probability with which its plan was taken; `null`: the plan was not chosen by what was learned. */
  readonly propensity: number | null;
  readonly outcome: { readonly success: boolean; readonly note: string | null; readonly atMs: number } | null;
}

/** What to delete from the ledger. */
export interface PruneOrder {
  /** YYYY-MM-DD, UTC: requests that ended before it. */
  readonly before: string;
  readonly nowMs: number;
  /** Whether to write the file anew afterwards, which keeps others from writing for as long as it takes. */
  readonly vacuum: boolean;
  /** Ends it between two transactions. */
  readonly signal: AbortSignal;
}

export interface Pruned {
  readonly requests: number;
  readonly attempts: number;
  /** Requests that ended before the day and stay: they hold money, or were ended lately on behalf of a process that may only sleep. */
  readonly kept: number;
  readonly sizeBytesBefore: number;
  readonly sizeBytesAfter: number;
  /** Space within the file that new records will fill. */
  readonly freeBytes: number;
  /** False when the signal ended it early. */
  readonly complete: boolean;
}

/** The reading half of the ledger. Throws `ledger_unavailable` when the file cannot be read. */
export interface LedgerReader {
  spend(query: SpendQuery): Promise<{ readonly totals: SpendRow; readonly rows: readonly SpendRow[] }>;
  /** The latest requests of a task that have ended, newest first, for a backtest. `principal`: its own alone. */
  history(task: string, limit: number, principal: string | null): Promise<readonly PastRequest[]>;
  /** How the requests of the days of the query ended, as far as they are still in the ledger. */
  endings(query: Omit<SpendQuery, "groupBy">): Promise<Endings>;
  /** What shadow runs measured in the days of the query, by task. */
  shadowRuns(query: SpendQuery): Promise<readonly ShadowSums[]>;
  /** What callers were spared in the days of the query, one row a key that has anything, by key. */
  callerSavings(query: SpendQuery): Promise<readonly CallerSavingRow[]>;
  /** `principal`: of its requests alone, as far as they are still in the ledger; `null`: of all that ever were. */
  metrics(model: ModelId | null, principal?: string | null): Promise<readonly ModelMetrics[]>;
  /** What callers said of accepted answers, of requests that are still kept. `principal`: of its requests alone; `null`: of all. */
  reportedAnswers(principal: string | null): Promise<readonly ReportedAnswers[]>;
  route(routeId: string): Promise<StoredRoute | null>;
  /** False when the route is unknown. */
  recordOutcome(routeId: string, success: boolean, note: string | null, nowMs: number): Promise<boolean>;
  /** Keeps the answer of a request under a key (SHA-256, hex) until then, in place of another one. */
  keepAnswer(key: string, routeId: string, expiresAtMs: number, nowMs: number): Promise<void>;
  /** The request whose answer is kept under a key; `null`: none. */
  keptAnswer(key: string, nowMs: number): Promise<string | null>;
  /** Keeps the answer of a request no longer. */
  withdrawAnswer(routeId: string): Promise<void>;
  /**
   * What the requests of a principal (`null`: the owner) have taught about a task; `null` while the revision is below `from`. Of what other
   * principals asked there is nothing in it.
   */
  learned(principal: string | null, task: string, from: number): Promise<Lessons | null>;
  /** What trying out other plans has cost on a day (YYYY-MM-DD, UTC) beyond the plans that were thought best, expected. */
  exploredOn(day: string): Promise<NanoUsd>;
  /** What vendors have said they will not do for a while, by key; those that are over, too, until something goes well. */
  outages(nowMs: number): Promise<ReadonlyMap<string, Outage>>;
  /**
   * The latest requests that have ended and began no earlier than `sinceMs`, newest first, `limit` at most are looked at. `principal`: its
   * own alone; `null`: all.
   */
  ended(sinceMs: number, limit: number, principal: string | null): Promise<readonly EndedRequest[]>;
  /** True for the first who claims a notice before its time is over, among all processes. */
  claimNotice(key: string, untilMs: number, nowMs: number): Promise<boolean>;
  /** `principal`: of its requests alone; `null`: of all. */
  recentRouteIds(prefix: string, limit: number, principal?: string | null): Promise<readonly string[]>;
  recentDays(prefix: string, limit: number, principal?: string | null): Promise<readonly string[]>;
  /**
   * Deletes requests that ended before a day, with all that belongs to them; keeps all sums. Throws `invalid_request` on a bad
   * day, `ledger_unavailable` when there is no ledger.
   */
  prune(order: PruneOrder): Promise<Pruned>;
  /** Calls that hold money now and whose process is alive, the oldest first. */
  running(nowMs: number): Promise<readonly RunningCall[]>;
  /** Ids of requests that have ended, between two others, the oldest first. */
  routeIdsBetween(after: string, before: string, limit: number): Promise<readonly string[]>;
  /** Copies the ledger to a new file while others write. Throws `invalid_request` for a file that is there, and where the ledger is no file. */
  backup(file: string): Promise<{ readonly path: string; readonly bytes: number }>;
  /** Deletes the ledger. Throws `invalid_request` where it is no file. */
  reset(): Promise<void>;
  /** The last day, YYYY-MM-DD, before which requests were pruned; `null`: nothing ever was. */
  prunedBefore(): Promise<string | null>;
  /** How the file is. A large one is only walked as a whole when `deep`. */
  health(deep: boolean): Promise<{
    readonly path: string;
    readonly schemaVersion: number;
    readonly requests: number;
    readonly sizeBytes: number;
    readonly integrity: string;
    /** What was looked at: every page, or the books alone (sums, reservations, names). */
    readonly looked: "whole" | "books";
  }>;
  close(): void;
}
