/** A past request of a file of outcomes: by model, how right its answer is, what it cost and what the check said of it. */
export interface FiledRequest {
  readonly scores: readonly (number | null)[];
  /** USD. */
  readonly costsUsd: readonly (number | null)[];
  /** `null`: nothing was checked. */
  readonly accepted: readonly (boolean | null)[];
}

/** Outcomes of several models on the same requests, under the name of a task. */
export interface FiledOutcomes {
  readonly task: string;
  readonly models: readonly string[];
  readonly requests: readonly FiledRequest[];
}

/** What `backtest` is asked: a policy as read from its file, and what it is replayed on. */
export interface BacktestInput {
  readonly policy: unknown;
  readonly history: "ledger" | readonly FiledOutcomes[];
}

/** A mean with its 95% interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What a policy comes to, per request; or why the history does not say. */
export type PolicyOutcome =
  | {
      readonly estimated: true;
      readonly order: readonly string[];
      /** `replay`: all that it does was recorded on every request. */
      readonly method: "replay" | "doubly_robust";
      readonly quality: Interval;
      readonly cost_usd: Interval;
      /** The self-normalised estimates, beside those above. */
      readonly snips: { readonly quality: Interval; readonly cost_usd: Interval };
      readonly effective_requests: number;
    }
  | { readonly estimated: false; readonly order: readonly string[]; readonly refused: string };

/** How much less the new policy costs than another, per request, and how much righter it is; `null`: one of them is not known. */
export interface PolicyGain {
  readonly saved_usd: Interval;
  readonly saved_share: number | null;
  readonly quality: Interval;
}

export interface BacktestTask {
  readonly task: string;
  readonly requests: number;
  readonly new: PolicyOutcome;
  /** `null`: a file of outcomes for a task that the config does not have. */
  readonly today: PolicyOutcome | null;
  readonly single: PolicyOutcome;
  readonly against_today: PolicyGain | null;
  readonly against_single: PolicyGain | null;
  /** What it comes to, in sentences. */
  readonly says: readonly string[];
}

export interface BacktestOutput {
  readonly tasks: readonly BacktestTask[];
}

/** A past request of the ledger, with what is known of each attempt. */
export interface PastRequest {
  readonly accepted: boolean;
  /** What the caller said later; `null`: nothing. */
  readonly success: boolean | null;
  readonly attempts: readonly PastStep[];
}

export interface PastStep {
  readonly role: string;
  readonly model: string;
  readonly failed: boolean;
  /** `null`: there was no answer. */
  readonly verdict: string | null;
  readonly score: number | null;
  readonly costNanoUsd: number;
  /** Its answer was returned. */
  readonly returned: boolean;
}
