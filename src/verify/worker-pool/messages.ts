import type { CheckOutcome, Subject } from "../../checks/kit/check.ts";
import type { CheckRequest } from "../run-check.ts";

/** What a worker is given. */
export interface Job {
  readonly requests: readonly CheckRequest[];
  readonly subject: Subject;
  /** Module whose `CHECKS` is the table. */
  readonly table: string;
}

/** What a worker is told when its job is not wanted any more and has not begun. */
export const STOP = "stop";

/**
 * What a worker tells while it is at it: that it has the job; which check it has begun, with what the verdict must know of it should
 * it never end; what became of one; that all is done, and whether it should be replaced.
 */
export type WorkerMessage =
  | { readonly type: "taken"; readonly threadId: number }
  | { readonly type: "begun"; readonly timeoutMs: number }
  | { readonly type: "done"; readonly outcome: CheckOutcome }
  | { readonly type: "end"; readonly spent: boolean };
