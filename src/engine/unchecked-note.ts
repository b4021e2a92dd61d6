import type { AttemptRecord } from "../core/attempt.ts";
import type { Request } from "../core/request.ts";
import { isBelow } from "../core/verdict.ts";

/** What became of an answer that nothing could verify, for people; `null`: it was verified, or failed. */
export function uncheckedNote({ verdict, outcome }: AttemptRecord, { task, minQuality }: Request): string | null {
  if (verdict?.status !== "unchecked") return null;
  if (isBelow(verdict, minQuality)) return `this answer was not taken: ${verdict.summary}`;
  const what = outcome === "accepted" ? "is taken as it is" : "was not taken";
  return `no check could verify this answer; it ${what} (on_unchecked of task ${task.id})`;
}
