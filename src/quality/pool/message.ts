import type { Subject } from "../check.ts";
import type { Ran, Wanted } from "../job.ts";

/** What a worker is given. */
export interface Job {
  readonly wanted: readonly Wanted[];
  readonly subject: Subject;
  /** Module whose `CHECKS` is the table. */
  readonly table: string;
}

/** What a worker tells while it is at it: which check it has begun, with its time limit; what became of one. */
export type News =
  | { readonly type: "begun"; readonly index: number; readonly timeoutMs: number }
  | { readonly type: "done"; readonly index: number; readonly ran: Ran };
