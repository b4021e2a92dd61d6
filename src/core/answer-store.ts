import type { AttemptRecord } from "./attempt.ts";
import type { Request } from "./request.ts";

/** A verified answer that may be given again. */
export interface KeptAnswer {
  readonly routeId: string;
  /** The attempt whose answer it is, with its verdict. */
  readonly attempt: AttemptRecord;
  readonly text: string;
}

/** Verified answers, each for the same request by the same principal alone. Throws `ledger_unavailable` where they are in a ledger. */
export interface AnswerStore {
  find(request: Request): Promise<KeptAnswer | null>;
  keep(request: Request, attempt: AttemptRecord): Promise<void>;
  /** Its caller found it wrong. */
  withdraw(routeId: string): Promise<void>;
}
