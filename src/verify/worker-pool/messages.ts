import type { CheckOutcome, Subject } from "../../checks/kit/check.ts";
import type { CheckRequest } from "../run-check.ts";

/** The work for one worker. */
export interface Job {
  readonly requests: readonly CheckRequest[];
  readonly subject: Subject;
  /** Module whose `CHECKS` is the table. */
  readonly table: string;
  /** What the checks of this answer may still take together. */
  readonly leftMs: number;
  /** The thread is to give way to others, from now on. */
  readonly givesWay: boolean;
}

/** The message that cancels a job that its worker has not begun. */
export const STOP = "stop";

/**
 * The messages of a worker during a job. `taken`: it has the job. `begun`: it starts a check with this time limit, which `isCut` when
 * the answer has too little time left for the check's own. `done`: the outcome of that check. `end`: the job is done; `spent`:
 * replace this thread.
 */
export type WorkerMessage =
  | { readonly type: "taken"; readonly threadId: number }
  | { readonly type: "begun"; readonly timeoutMs: number; readonly isCut: boolean }
  | { readonly type: "done"; readonly outcome: CheckOutcome }
  | { readonly type: "end"; readonly spent: boolean };
