import type { NativeSchema } from "./answer-schema.ts";
import type { Health } from "./health.ts";
import type { MeasuredTokens, PlanChoice } from "./learning.ts";
import type { Catalogue, Model, ModelId, ProviderId } from "./model.ts";
import type { NanoUsd } from "./money.ts";
import type { BudgetState } from "./budget.ts";
import type { Outage } from "./outage.ts";
import type { MeasuredLatency, LatencyEstimate } from "./latency.ts";

/** How hard a thinking model is asked to think; `none` for models that do not think or must not. */
export type Effort = "none" | "low" | "normal";

/** A model that may be asked, and what that will cost. */
export interface Candidate {
  readonly model: Model;
  readonly effort: Effort;
  /** As counted, and as far as was measured corrected by what the vendor has reported for other prompts. */
  readonly inputTokensExpected: number;
  /** As counted. */
  readonly inputTokensEstimated: number;
  /** Certain upper bound. */
  readonly inputTokensMax: number;
  /** Thinking included. */
  readonly outputTokensExpected: number;
  /** The output limit sent to the vendor, thinking included. */
  readonly outputLimitTokens: number;
  readonly costExpectedNanoUsd: NanoUsd;
  readonly costMaxNanoUsd: NanoUsd;
  /** Between which costs most answers are expected, and what that stands on. */
  readonly costBand: CostBand;
  /** The schema of the answer as its vendor takes it; absent: the request has none, or the model's vendor takes none. */
  readonly nativeSchema?: NativeSchema;
  /** Asked for at the vendor's slower tier. Absent: at the standard one. */
  readonly tier?: "flex";
  /** How long its answer is expected to take. */
  readonly latency: LatencyEstimate;
}

/** `history`: a tenth of the task's answers by this model were shorter, a tenth longer. `prior`: nothing was measured, a guess. */
export interface CostBand {
  readonly lowNanoUsd: NanoUsd;
  readonly highNanoUsd: NanoUsd;
  readonly method: "history" | "prior";
  /** Answers that were measured. */
  readonly samples: number;
}

export type RejectionReason =
  | "not_in_task"
  | "not_in_allow_list"
  | "retired"
  | "provider_unavailable"
  | "unpriced"
  | "media_not_accepted"
  | "context_too_long"
  | "over_budget"
  | "deadline_too_short"
  | "unhealthy";

/** A model that is not asked, and why. */
export interface Rejection {
  readonly model: ModelId;
  readonly code: RejectionReason;
  /** For people, with the figures. */
  readonly reason: string;
  /** When to come back, epoch milliseconds, where waiting helps: held money is free again then, or the model is. */
  readonly retryAtMs?: number;
}

/** Pure function of request, catalogue, policy and a snapshot of the ledger. Every known model is in `order` or in `rejected`. */
export interface Plan {
  readonly order: readonly Candidate[];
  /** Those rejected for their health alone, in order: a last resort when all others have failed. */
  readonly spares: readonly Candidate[];
  readonly rejected: readonly Rejection[];
  readonly notes: readonly string[];
  /** Absent: the plan was not chosen by what was learned. */
  readonly choice?: PlanChoice;
}

export type ProviderState = { readonly available: true } | { readonly available: false; readonly reason: string };

/** Everything outside of the request that a plan depends on, read once. */
export interface Snapshot {
  readonly nowMs: number;
  readonly catalogue: Catalogue;
  readonly providers: ReadonlyMap<ProviderId, ProviderState>;
  /** Of the models that are not well; all others are. */
  readonly health: ReadonlyMap<ModelId, Health>;
  /** What vendors have said they will not do for a while, by key. */
  readonly outages: ReadonlyMap<string, Outage>;
  /** How long answers to the request's task have taken lately, as far as the ledger has seen any. */
  readonly latencies: ReadonlyMap<ModelId, MeasuredLatency>;
  /** What was measured of tokens on the request's task; absent: nothing. */
  readonly tokens?: ReadonlyMap<ModelId, MeasuredTokens>;
  readonly budgets: readonly BudgetState[];
  readonly allowUnpriced: boolean;
}
