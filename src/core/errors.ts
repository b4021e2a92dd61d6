/** Why an attempt failed. A closed set: everything a vendor can do to us is one of these. */
export type ErrorKind =
  | "auth"
  | "rate_limit"
  | "quota"
  | "overloaded"
  | "timeout"
  | "network"
  | "bad_request"
  | "context_length"
  | "content_filter"
  | "refusal"
  | "truncated"
  | "empty"
  | "invalid_response"
  | "cancelled";

/** What is out of service: one model, or everything that one account at a provider can call. */
export type OutageScope = "model" | "provider";

/** What a failure takes out of service. */
export interface OutageRule {
  readonly scope: OutageScope;
  /** How long when the vendor names no time, doubled each time; `null`: then it is not out. */
  readonly baseMs: number | null;
  readonly maxMs: number;
}

const MINUTE_MS = 60_000;

/** What follows from an error kind. */
export interface ErrorRule {
  /**
   * `same`: fall back, and the same model may be asked once more when all models have failed. `next`: fall back. `stop`: the request
   * ends.
   */
  readonly action: "same" | "next" | "stop";
  /** Counts as a failure of the model's health. */
  readonly tripsBreaker: boolean;
  /**
   * Whose view of the model's health it bears on. `all`: it speaks of the vendor. `principal`: what was asked can cause it, so that it
   * counts for the principal who asked and for no one else.
   */
  readonly countsFor: "all" | "principal";
  /**
   * Whether the vendor may bill for it. `no`: it answered with an error, or was never reached. `maybe`: it may have generated
   * tokens; without a reported usage the attempt is settled by what was sent and received, and marked as an estimate.
   */
  readonly spent: "no" | "maybe";
  /** What it takes out; `null`: it counts with the breaker alone. */
  readonly outage: OutageRule | null;
  /** What a person would do about it, for messages. */
  readonly remedy: string;
}

export const ERROR_RULES = {
  auth: {
    action: "next",
    tripsBreaker: true,
    countsFor: "all",
    spent: "no",
    outage: { scope: "provider", baseMs: MINUTE_MS / 4, maxMs: 15 * MINUTE_MS },
    remedy: "check the provider's API key and what its account may use",
  },
  rate_limit: {
    action: "same",
    tripsBreaker: true,
    countsFor: "all",
    spent: "no",
    outage: { scope: "model", baseMs: null, maxMs: 60 * MINUTE_MS },
    remedy: "wait, or raise the provider's rate limit",
  },
  quota: {
    action: "next",
    tripsBreaker: true,
    countsFor: "all",
    spent: "no",
    outage: { scope: "provider", baseMs: MINUTE_MS, maxMs: 60 * MINUTE_MS },
    remedy: "top up the provider's account",
  },
  overloaded: {
    action: "same",
    tripsBreaker: true,
    countsFor: "all",
    spent: "no",
    outage: { scope: "model", baseMs: null, maxMs: 60 * MINUTE_MS },
    remedy: "try again later",
  },
  timeout: {
    action: "next",
    tripsBreaker: true,
    countsFor: "all",
    spent: "maybe",
    outage: null,
    remedy: "raise deadline_ms, or prefer another model",
  },
  network: {
    action: "same",
    tripsBreaker: true,
    countsFor: "all",
    spent: "maybe",
    outage: null,
    remedy: "check the network and the provider's base URL",
  },
  bad_request: {
    action: "next",
    tripsBreaker: false,
    countsFor: "principal",
    spent: "no",
    outage: null,
    remedy: "report it: Signalbox sent what the model does not accept",
  },
  context_length: {
    action: "next",
    tripsBreaker: false,
    countsFor: "principal",
    spent: "no",
    outage: null,
    remedy: "shorten the prompt or the context",
  },
  content_filter: {
    action: "next",
    tripsBreaker: false,
    countsFor: "principal",
    spent: "maybe",
    outage: null,
    remedy: "rephrase the prompt",
  },
  refusal: {
    action: "next",
    tripsBreaker: false,
    countsFor: "principal",
    spent: "maybe",
    outage: null,
    remedy: "rephrase the prompt",
  },
  truncated: {
    action: "next",
    tripsBreaker: false,
    countsFor: "principal",
    spent: "maybe",
    outage: null,
    remedy: "raise max_output_tokens or the budget",
  },
  empty: {
    action: "same",
    tripsBreaker: true,
    countsFor: "principal",
    spent: "maybe",
    outage: null,
    remedy: "try again",
  },
  invalid_response: {
    action: "same",
    tripsBreaker: true,
    countsFor: "principal",
    spent: "maybe",
    outage: null,
    remedy: "check what stands behind the provider's base URL",
  },
  cancelled: {
    action: "stop",
    tripsBreaker: false,
    countsFor: "principal",
    spent: "maybe",
    outage: null,
    remedy: "none: the caller cancelled",
  },
} as const satisfies Record<ErrorKind, ErrorRule>;

/** A model that is not there stays away for longer than one that is busy: only a person can mend it. */
export const MODEL_MISSING_OUTAGE: OutageRule = { scope: "model", baseMs: MINUTE_MS, maxMs: 60 * MINUTE_MS };

/** HTTP statuses of an address at which there is no such thing, and not of a request that is wrong. */
const WRONG_ADDRESS: ReadonlySet<number | undefined> = new Set([404, 405]);

/** What a person would do about a failed attempt. */
export function remedyOf(failure: {
  readonly kind: ErrorKind;
  readonly status?: number;
  readonly modelMissing?: true;
}): string {
  if (failure.modelMissing === true) return "check the model's wire_id, and that its account may use it";
  const isWrongAddress = failure.kind === "bad_request" && WRONG_ADDRESS.has(failure.status);
  return isWrongAddress ? "check the provider's base URL" : ERROR_RULES[failure.kind].remedy;
}

/** Why a request failed: the codes of the public contract. */
export type RequestErrorCode =
  | "unknown_task"
  | "invalid_request"
  | "no_candidate"
  | "approval_required"
  | "approval_declined"
  | "budget_exceeded"
  | "deadline_exceeded"
  | "all_failed"
  | "below_quality"
  | "cancelled"
  | "ledger_unavailable";

/** Troubles outside of requests: the config file, a resource that is not there. */
export type SystemErrorKind = "invalid_config" | "not_found";

export interface SignalboxErrorDetails {
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** How long the vendor asks us to wait; of a ledger that another program has locked: when to try again. */
  readonly retryAfterMs?: number;
  /** It is certain that nothing reached the vendor: no such host, refused connection, no key. */
  readonly unsent?: boolean;
  /** The vendor has no such model. */
  readonly modelMissing?: true;
  readonly cause?: unknown;
}

/** The one error class. Above the attempt failures are data; this is for the places that can only throw. */
export class SignalboxError<
  Kind extends ErrorKind | RequestErrorCode | SystemErrorKind = ErrorKind | RequestErrorCode | SystemErrorKind,
> extends Error {
  override readonly name = "SignalboxError";
  readonly kind: Kind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly unsent: boolean;
  readonly modelMissing: true | undefined;

  constructor(kind: Kind, message: string, details: SignalboxErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.unsent = details.unsent ?? false;
    this.modelMissing = details.modelMissing;
  }
}

/** What a provider adapter throws. */
export type ProviderError = SignalboxError<ErrorKind>;

export function isErrorKind(kind: string): kind is ErrorKind {
  return Object.hasOwn(ERROR_RULES, kind);
}

/** True for what a provider adapter throws. */
export function isProviderError(error: unknown): error is ProviderError {
  return error instanceof SignalboxError && isErrorKind(error.kind);
}

/** True for the error that the ledger throws when its file cannot be used. */
export function isLedgerUnavailable(error: unknown): error is SignalboxError<"ledger_unavailable"> {
  return error instanceof SignalboxError && error.kind === "ledger_unavailable";
}

/** True when another program holds the ledger's file right now: that passes by itself. */
export function isLedgerLocked(error: unknown): error is SignalboxError<"ledger_unavailable"> {
  return isLedgerUnavailable(error) && error.retryAfterMs !== undefined;
}
