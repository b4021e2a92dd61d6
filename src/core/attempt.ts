import type { ErrorKind } from "./errors.ts";
import type { ModelId, ProviderId } from "./model.ts";
import type { Cost, Usage } from "./usage.ts";
import type { Verdict } from "./verdict.ts";

/** A failed attempt, as data. */
export interface Failure {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
  /** Says nothing about the model's health: the caller's own deadline was too short to tell. */
  readonly inconclusive?: true;
  /** The vendor has no such model. */
  readonly modelMissing?: true;
}

/** An answer that ended as the vendor says it should, not yet verified. */
export interface Answer {
  readonly text: string;
  readonly finish: string;
}

/** What one call of one candidate came to, before verification. */
export interface CallOutcome {
  readonly result:
    | { readonly ok: true; readonly answer: Answer }
    | { readonly ok: false; readonly failure: Failure; readonly partialText: string };
  readonly usage: Usage;
  readonly cost: Cost;
  /** Figures of the endpoint that are not believed, in words for the receipt. */
  readonly doubts: readonly string[];
  /** What the vendor said when it refused the schema of the answer, and then answered without it; `null`: it did not. */
  readonly schemaRefusal: string | null;
  /** What the vendor said when its slower tier had no room; `null`: it had, or was not asked. */
  readonly flexRefusal: string | null;
  readonly latencyMs: number;
  /** From the call to the first token of the answer or of its thinking; `null` when none came. */
  readonly firstTokenMs: number | null;
}

export type AttemptOutcome = "accepted" | "rejected" | "failed";

/**
 * What an attempt was for: an answer, or an answer mended by what the checks found in an earlier one; or evidence about an answer: a judgement,
 * a second answer that may agree with it, or tests written from the prompt; or what the baseline model
 * would have answered, for comparison alone (`shadow`).
 */
export const ATTEMPT_ROLES = ["answer", "repair", "judge", "agree", "tests", "shadow"] as const;
export type AttemptRole = (typeof ATTEMPT_ROLES)[number];

/** Whether an attempt is for evidence about another one's answer. */
export function isEvidence(role: AttemptRole): boolean {
  return role === "judge" || role === "agree" || role === "tests";
}

/** One line of a receipt: everything that is recorded about an attempt. */
export interface AttemptRecord {
  readonly attemptId: string;
  readonly routeId: string;
  /** 1, 2, 3, … within the request. */
  readonly ordinal: number;
  readonly role: AttemptRole;
  readonly model: ModelId;
  readonly provider: ProviderId;
  readonly outcome: AttemptOutcome;
  readonly failure: Failure | null;
  /** `null` when there was no answer to judge. */
  readonly verdict: Verdict | null;
  readonly usage: Usage;
  readonly cost: Cost;
  readonly startedAtMs: number;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  /** The answer; kept by the ledger only when the config says so. */
  readonly text: string | null;
}
