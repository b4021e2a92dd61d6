import type { AttemptRecord } from "../../core/attempt.ts";
import type { StoredRoute } from "../../core/ledger-reader.ts";

/** A request with all that belongs to it, as both ledgers keep it. */
export interface MovedRequest {
  /** Its number, which it keeps: requests are listed in this order. */
  readonly id: number;
  readonly route: StoredRoute;
  /** It was ended on behalf of a process that seemed dead. */
  readonly presumed: boolean;
  /** The attempts of `route`, in its order, with what a receipt does not show. */
  readonly attempts: readonly MovedAttempt[];
  /** It may change without a word of its caller: it runs, or a process that seemed dead may still report. */
  readonly mayChange: boolean;
}

export interface MovedAttempt {
  readonly record: AttemptRecord;
  readonly seq: number;
  /** UTC days since the epoch. */
  readonly day: number;
  readonly reservedNanoUsd: number;
  readonly dead: boolean;
}

type Value = string | number | null;
type Columns<Names extends string, Type extends Value> = { readonly [name in Names]: Type };

/**
 * Everything else that a ledger holds, in rows with the columns of the tables in Postgres. Flags are 0 or 1. `principal` is '' for
 * everybody's sums, and for the owner in what was taught.
 */
export interface MovedState {
  readonly spend_sums: readonly (Columns<"principal" | "name", string> &
    Columns<
      | "dimension"
      | "day"
      | "shard"
      | "requests"
      | "accepted"
      | "verified"
      | "unchecked"
      | "cost_nano_usd"
      | "baseline_nano_usd"
      | "caller_tokens"
      | "held_nano_usd",
      number
    >)[];
  readonly attempt_sums: readonly (Columns<"model" | "provider" | "task", string> &
    Columns<
      | "shard"
      | "attempts"
      | "accepted"
      | "rejected"
      | "failed"
      | "verified"
      | "cost_nano_usd"
      | "input_tokens"
      | "output_tokens"
      | "reported_success"
      | "reported_failure",
      number
    >)[];
  readonly failure_sums: readonly (Columns<"model" | "provider" | "kind", string> &
    Columns<"shard" | "failures", number>)[];
  /** Oldest first. */
  readonly samples: readonly (Columns<"owner" | "name", string> & Columns<"kind" | "id" | "at_ms" | "value", number>)[];
  readonly outages: readonly (Columns<"key" | "scope" | "kind" | "message", string> &
    Columns<"since_ms" | "until_ms" | "times", number>)[];
  readonly shadow_runs: readonly (Columns<"principal", string | null> &
    Columns<"task", string> &
    Columns<"day" | "ours_nano_usd" | "baseline_nano_usd" | "shadow_nano_usd", number>)[];
  readonly prunes: readonly Columns<"before_day" | "requests" | "attempts" | "at_ms", number>[];
  readonly model_statistics: readonly (Columns<"principal" | "task" | "model" | "basis" | "figures", string> &
    Columns<"version", number>)[];
  readonly task_revisions: readonly (Columns<"principal" | "task", string> & Columns<"shard" | "revision", number>)[];
  readonly guarantees: readonly Columns<"principal" | "task" | "guarantee", string>[];
  /** Oldest first. `route_id` is '' once the request is pruned; an answer begins with its model. */
  readonly seen_requests: readonly (Columns<"principal" | "task" | "first_model" | "route_id", string> &
    Columns<"id" | "propensity", number> &
    Columns<"outcome", number | null> & { readonly answers: readonly (readonly [string, ...unknown[]])[] })[];
  readonly evidence_records: readonly (Columns<"principal" | "task" | "basis", string> &
    Columns<"times" | "right_times" | "recent_times" | "recent_right", number> & {
      readonly models: readonly string[];
    })[];
  /** What callers were spared, by the model that answered. */
  readonly caller_savings: readonly (Columns<"principal" | "task" | "model" | "provider", string> &
    Columns<"day" | "shard" | "unwritten_tokens" | "unread_tokens", number>)[];
  readonly notices: readonly (Columns<"key", string> & Columns<"until_ms", number>)[];
  readonly explorations: readonly Columns<"day" | "shard" | "extra_nano_usd", number>[];
  readonly reservations: readonly (Columns<"attempt_id" | "role" | "task" | "model" | "provider" | "call_id", string> &
    Columns<"principal" | "probe" | "batch_id", string | null> &
    Columns<
      | "request"
      | "seq"
      | "day"
      | "amount_nano_usd"
      | "reserved_at_ms"
      | "lease_until_ms"
      | "ends_by_ms"
      | "settled"
      | "calling"
      | "drawn_all"
      | "drawn_provider"
      | "drawn_task"
      | "drawn_principal",
      number
    >)[];
  readonly holds: readonly (Columns<"batch_id" | "name", string> &
    Columns<"line" | "day" | "amount_nano_usd" | "lease_until_ms" | "ends_by_ms", number>)[];
}

/** What attempts and requests add up to, by principal, task and day. */
export interface MovedFigures {
  readonly attempts: readonly (Columns<"principal" | "task", string> &
    Columns<"day" | "attempts" | "cost_nano_usd" | "reserved_nano_usd" | "tokens", number>)[];
  readonly requests: readonly (Columns<"principal" | "task", string> &
    Columns<"day" | "requests" | "baseline_nano_usd" | "caller_tokens" | "reported", number>)[];
}

/** One state of a ledger. */
export interface LedgerView {
  /** The next requests by their numbers. */
  readonly requestsAfter: (id: number, limit: number) => Promise<readonly MovedRequest[]>;
  /** Those of these requests that are there. */
  readonly requestsOf: (ids: readonly number[]) => Promise<readonly MovedRequest[]>;
  /** Requests of which a caller has said since then whether they were right. */
  readonly reportedSince: (atMs: number) => Promise<readonly number[]>;
  readonly state: () => Promise<MovedState>;
  readonly figures: () => Promise<MovedFigures>;
}

/** Where a ledger is moved from. Nothing is written there. */
export interface MoveSource {
  /** Its place, without secrets. */
  readonly shown: string;
  /** Runs `work` on one state. `isAlone`: nobody else may write meanwhile; throws `ledger_unavailable` when somebody does. */
  readonly read: <T>(work: (view: LedgerView) => Promise<T>, isAlone: boolean) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** How far a move has come. It stands in the target, and changes together with what was written. */
export interface MoveProgress {
  readonly startedAtMs: number;
  /** The last request that was looked at. */
  readonly afterId: number;
  /** Requests before that which may still change: they are moved at the end. */
  readonly laterIds: readonly number[];
}

/** Where a ledger is moved to. It cannot be used as a ledger before `finish` has ended. */
export interface MoveTarget {
  readonly shown: string;
  /** Makes it, or finds what an earlier move from the same source has done. Throws `invalid_request` when it holds anything else. */
  readonly begin: (
    source: string,
    nowMs: number,
  ) => Promise<{ readonly progress: MoveProgress; readonly isResumed: boolean }>;
  /** Writes requests and the progress in one transaction. */
  readonly store: (requests: readonly MovedRequest[], before: MoveProgress, after: MoveProgress) => Promise<void>;
  /** Writes the rest in one transaction; `fill` may look at the outcome and throw, which takes all of it back. */
  readonly finish: (fill: (writer: MoveWriter) => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Writes inside of the last transaction. */
export interface MoveWriter {
  /** Replaces those that are there. */
  readonly requests: (requests: readonly MovedRequest[]) => Promise<void>;
  readonly state: (state: MovedState) => Promise<void>;
  /** What is there by now. */
  readonly view: LedgerView;
}
