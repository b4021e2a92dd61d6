import type { AnswerSchema } from "./answer-schema.ts";
import type { AttemptRecord, AttemptRole } from "./attempt.ts";
import type { PastAttempt } from "./breaker.ts";
import type { BudgetLimit, BudgetState } from "./budget.ts";
import type { AttemptLesson, PlanChoice, SeenAnswer } from "./learning.ts";
import type { ServiceTier } from "./flex.ts";
import type { MediaFile } from "./media.ts";
import type { Effort } from "./planning.ts";
import type { CallerSaved } from "./caller-saving.ts";
import type { FileFact } from "./file-output.ts";
import type { Model, ModelId, ProviderId } from "./model.ts";
import type { NanoUsd } from "./money.ts";
import type { OutageScope } from "./errors.ts";
import type { Outage } from "./outage.ts";
import type { MeasuredLatency } from "./latency.ts";
import type { PromptPrefix } from "./prompt-prefix.ts";
import type { Request } from "./request.ts";
import type { Usage } from "./usage.ts";
import type { Verdict } from "./verdict.ts";

/** Time. `nowMs` is the epoch, for records and prices; `monotonicMs` only ever grows, for deadlines. */
export interface Clock {
  nowMs(): number;
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Fresh ids: unique across processes, sortable by time. */
export interface Ids {
  next(): string;
}

/** One call to a vendor. */
export interface ModelCall {
  readonly model: Model;
  readonly system: string | null;
  readonly user: string;
  /** Images and PDF that stand before the user text. Absent: none. */
  readonly media?: readonly MediaFile[];
  readonly outputLimitTokens: number;
  readonly effort: Effort;
  /** The vendor's slower tier. Absent: the standard one. */
  readonly tier?: "flex";
  /** The schema of the answer, in the vendor's form. Absent: there is none, or it stands in the prompt alone. */
  readonly answerSchema?: AnswerSchema;
  /** The start of the prompt that the vendor may keep for other calls. Absent: nothing is said about it. */
  readonly prefix?: PromptPrefix;
}

/** `stop`: the answer is complete. Everything else is not an answer. */
export type FinishReason = "stop" | "length" | "refusal" | "content_filter" | "other";

/** What an adapter tells while the vendor answers. `usage` carries all that is known so far, the last one counts. */
export type StreamEvent =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "reasoning"; readonly text: string }
  /** `contradictory`: the vendor's counts cannot all be true, so that the cost is not exact. */
  | { readonly type: "usage"; readonly usage: Usage; readonly contradictory?: true }
  /** What the endpoint itself says that the call costs (`usage.cost`); the last one counts. */
  | { readonly type: "stated_cost"; readonly costNanoUsd: NanoUsd }
  /** The vendor refused the schema of the answer, and answers without it. */
  | { readonly type: "schema_refused"; readonly message: string }
  /** The slower tier had no room: the vendor was asked again at the standard one, within the same call. */
  | { readonly type: "flex_refused"; readonly message: string }
  /** What the vendor says that it serves the call at. */
  | { readonly type: "tier"; readonly tier: ServiceTier }
  | { readonly type: "finish"; readonly reason: FinishReason; readonly raw: string };

/** A vendor's API. Adapters hold no policy: no retries, no time-outs, no money. */
export interface Provider {
  readonly id: ProviderId;
  /**
   * Calls the model and yields what comes back. Throws `SignalboxError` with an `ErrorKind` for everything that a vendor,
   * a proxy or the network can do. Ends without a `finish` event when the stream broke off quietly. A `finish` that text follows was
   * none. `onBytes` is called whenever anything comes over the wire, also what is no event.
   */
  stream(call: ModelCall, signal: AbortSignal, onBytes?: () => void): AsyncIterable<StreamEvent>;
  /** An answer without the key that was sent: an endpoint may echo it, and who asks may not be who owns it. Absent: no key. */
  withoutKey?(answer: string): string;
}

/** Verifies an answer against its task. Never throws: a check that breaks is a check that could not be made. */
export interface Verifier {
  /** When the signal fires, the verdict comes at once, on what has been checked by then. */
  verify(answer: string, request: Request, signal: AbortSignal): Promise<Verdict>;
  /** An answer to this request is on its way: loads what its checks will need. Returns at once, and never throws. Absent: nothing to load. */
  warmUp?(request: Request): void;
  /** Ends whatever checks run in. */
  close(): Promise<void>;
}

/** What the ledger is told about a request when its first reservation is made. */
export interface RequestRecord {
  readonly routeId: string;
  /** Who asked; `null`: the owner. */
  readonly principal: string | null;
  readonly task: string;
  readonly startedAtMs: number;
  readonly budgetNanoUsd: NanoUsd | null;
  readonly deadlineMs: number;
  readonly minQuality: number;
  readonly optimize: string;
  readonly promptChars: number;
  /** Estimated tokens of what the caller itself wrote for this request: prompt and context. */
  readonly callerTokens: number;
  /** SHA-256 of the rendered prompt, hex. */
  readonly promptSha256: string;
  /** `null` unless `privacy.store_text`. */
  readonly promptText: string | null;
  /** Model ids in order, and rejections: the receipt shows them. */
  readonly plan: {
    readonly order: readonly ModelId[];
    readonly rejected: readonly { readonly model: ModelId; readonly reason: string }[];
  };
  readonly notes: readonly string[];
  /** How `promptText` falls into parts: UTF-16 units of the system text, and of what stands at the start of the rest. Absent: no text. */
  readonly promptParts?: { readonly systemChars: number | null; readonly sharedChars: number };
  /** Files that were read by path and sent. Absent: none. */
  readonly files?: readonly FileFact[];
  /** Absent: the plan was not chosen by what was learned. */
  readonly choice?: PlanChoice;
}

/** Money asked for, for one attempt. */
export interface ReserveInput {
  readonly attemptId: string;
  /** What the attempt is for: kept, should its process die. */
  readonly role: AttemptRole;
  readonly request: RequestRecord;
  readonly model: ModelId;
  readonly provider: ProviderId;
  readonly amountNanoUsd: NanoUsd;
  readonly limits: readonly BudgetLimit[];
  readonly nowMs: number;
  /** After this the holder counts as dead, and the next process settles the reservation at its full amount. */
  readonly leaseUntilMs: number;
  /** When the attempt is over at the latest, epoch milliseconds: what it holds is free again then. */
  readonly endsByMs: number;
  /** How much the provider may be asked at a time; `null`: as much as one likes. */
  readonly room: ProviderCapacity | null;
  /** The attempt probes whether this is well again: only one may do that at a time. */
  readonly probe: OutageScope | null;
  /** Outages under these keys, begun since the plan was made, refuse it. */
  readonly outageKeys: readonly string[];
  /** The batch whose hold this draws on, if any. */
  readonly batchId?: string;
}

/** A provider's limits from the config, over all processes on the ledger; `null`: no such limit. */
export interface ProviderCapacity {
  readonly concurrency: number | null;
  readonly requestsPerMinute: number | null;
}

/**
 * `over_budget`: a limit does not allow it. `busy`: the provider has no room now; `freeAtMs` is when it will, where that is
 * known. `probed`: another attempt is finding out whether the model is well again. `out`: the vendor has said no meanwhile.
 */
export type ReserveResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: "over_budget"; readonly over: BudgetState }
  | {
      readonly ok: false;
      readonly why: "busy";
      readonly limit: keyof ProviderCapacity;
      readonly freeAtMs: number | null;
    }
  | { readonly ok: false; readonly why: "probed" }
  | { readonly ok: false; readonly why: "out"; readonly outage: Outage };

/** What an attempt tells about the health of its model and provider, beyond its record. */
export interface HealthNews {
  readonly takesOut: Outage | null;
  /** Keys of outages that are over: it went well. */
  readonly clears: readonly string[];
}

/** What the ledger knows that a plan depends on. */
export interface RecentFacts {
  /** Newest first; of those that what was asked can cause, the principal's own alone. */
  readonly attempts: ReadonlyMap<ModelId, readonly PastAttempt[]>;
  readonly budgets: readonly BudgetState[];
  /** By key; those that are over, too, until something goes well. */
  readonly outages: ReadonlyMap<string, Outage>;
  /** Of the task that was asked for. */
  readonly latencies: ReadonlyMap<ModelId, MeasuredLatency>;
}

export type RequestStatus = "accepted" | "below_quality" | "failed" | "cancelled";

/** How a request ended. */
export interface RequestEnd {
  readonly routeId: string;
  readonly status: RequestStatus;
  readonly errorCode: string | null;
  /** The attempt whose answer was returned. */
  readonly attemptId: string | null;
  readonly verdictStatus: string | null;
  readonly baselineModel: ModelId | null;
  readonly baselineNanoUsd: NanoUsd | null;
  readonly endedAtMs: number;
  readonly latencyMs: number;
  readonly notes: readonly string[];
  /** Files that the answer was written to. Absent: none. */
  readonly written?: readonly FileFact[];
  /** The request whose answer was given again. Absent: none was. */
  readonly answeredFrom?: string;
  /** What the caller was spared. Absent: nothing. */
  readonly callerSaved?: CallerSaved;
  /** Its answers in order, for what is learned of them; absent: nothing is. */
  readonly seen?: readonly SeenAnswer[];
}

/** The writing half of the ledger: two short transactions an attempt. Throws `ledger_unavailable` when the file cannot be used. */
export interface Ledger {
  /** Sweeps dead leases, checks every limit and holds the money, in one transaction. The first one of a request records the request too. */
  reserve(input: ReserveInput): Promise<ReserveResult>;
  /** Checks every limit and holds the money of a batch, in one transaction: all of it or nothing. Its reservations draw on it. */
  hold(input: HoldInput): Promise<HoldResult>;
  /** Gives back what a batch has not drawn. */
  release(batchId: string): Promise<void>;
  /**
   * Turns the reservation into the real cost and records attempt, verdict and checks, and what it says about the health of its
   * provider, and what it teaches about its model; ends the request when `end` is given. One transaction.
   */
  settle(attempt: AttemptRecord, end: RequestEnd | null, news?: HealthNews, lesson?: AttemptLesson): Promise<void>;
  /** Prolongs the leases of attempts and batches that are still running. One that was settled or swept meanwhile is left as it is. */
  renew(ids: readonly string[], leaseUntilMs: number): Promise<void>;
  /**
   * The call of an attempt has ended, its verdict is still out: it holds no more than it has cost, since others may need the
   * rest, and no longer counts among its provider's running calls.
   */
  answered(attemptId: string, costNanoUsd: NanoUsd): Promise<void>;
  /** Ends a request after its last settlement, or records one that never made an attempt. */
  finish(request: RequestRecord, end: RequestEnd): Promise<void>;
  /** Counts a request on which the baseline model was asked as well, or had answered itself. */
  recordShadowRun(run: ShadowRunRecord): Promise<void>;
  /**
   * What a plan of `principal` (`null`, or absent: the owner) depends on, with how long answers to `task` take; what `batchId` and its
   * calls hold counts as free.
   */
  recent(
    limits: readonly BudgetLimit[],
    nowMs: number,
    task?: string | null,
    batchId?: string | null,
    principal?: string | null,
  ): Promise<RecentFacts>;
}

/** What a request of the share that measures savings came to. */
export interface ShadowRunRecord {
  readonly principal: string | null;
  readonly task: string;
  readonly startedAtMs: number;
  readonly accepted: boolean;
  /** All attempts but the shadow. */
  readonly oursNanoUsd: NanoUsd;
  /** What the baseline's own answer cost; 0 when ours was not accepted: then it earns no baseline. */
  readonly baselineNanoUsd: NanoUsd;
  /** What measuring cost: 0 when the baseline was not asked for this alone. */
  readonly shadowNanoUsd: NanoUsd;
}

/** Money asked for, for a whole batch before its first request: in all, and how much of it each task and provider may need at most. */
export interface HoldInput {
  readonly batchId: string;
  /** Who asked; `null`: the owner. */
  readonly principal: string | null;
  readonly amountNanoUsd: NanoUsd;
  readonly byTask: ReadonlyMap<string, NanoUsd>;
  readonly byProvider: ReadonlyMap<ProviderId, NanoUsd>;
  readonly limits: readonly BudgetLimit[];
  readonly nowMs: number;
  /** After this its process counts as dead, and the next process releases what was not drawn. */
  readonly leaseUntilMs: number;
  /** When the batch is over at the latest, epoch milliseconds. */
  readonly endsByMs: number;
}

/** All of it is held, or nothing. */
export type HoldResult = { readonly ok: true } | { readonly ok: false; readonly over: BudgetState };

/** `context.files` with the content of what was named by path. */
export interface FileReading {
  readonly files: readonly unknown[];
  /** The images and PDF among them, which are not text. */
  readonly media: readonly MediaFile[];
  /** The files that were read. */
  readonly sent: readonly FileFact[];
  /** Estimated tokens of their content, which the caller did not have to write. */
  readonly tokens: number;
  /** What cannot be sent, and why; never what it holds. */
  readonly problems: readonly string[];
}
