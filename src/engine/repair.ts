import type { AttemptRecord } from "../core/attempt.ts";
import type { Candidate, Snapshot } from "../core/planning.ts";
import { mendOf, withMend, type Mend } from "../core/repair.ts";
import type { Request } from "../core/request.ts";
import { sizeUp } from "../core/candidate-sizing.ts";
import type { Course } from "./request-context.ts";

/** Left for verifying a mended answer and closing the books, milliseconds. */
const CLOSING_MS = 300;

/** What the next attempt can mend by, when this one was rejected for something concrete; else `null`. */
export function mendFrom(attempt: AttemptRecord, request: Request): Mend | null {
  if (!request.repair || attempt.text === null || attempt.verdict === null) return null;
  return mendOf(attempt.text, attempt.verdict);
}

/** The request as a model is to see it that gets an earlier answer and its findings. */
export function mended(request: Request, mend: Mend | null): Request {
  return mend === null ? request : { ...request, rendered: withMend(request.rendered, mend) };
}

/**
 * Whether the model that gave the rejected answer should get a turn to mend it: it must be in time, judged by how long its
 * first answer took, and not dearer than to go on to the next candidate (which would get answer and findings too).
 */
export function sameModelMends(
  attempt: AttemptRecord,
  candidate: Candidate,
  next: Candidate | undefined,
  mend: Mend,
  course: Course,
  snapshot: Snapshot,
): boolean {
  if (attempt.latencyMs + CLOSING_MS > course.remainingMs) return false;
  const request = mended(course.request, mend);
  const used = { spentNanoUsd: course.costNanoUsd, elapsedMs: course.elapsedMs };
  const again = sizeUp(candidate.model, request, snapshot, used);
  if (!again.ok) return false;
  const other = next === undefined ? null : sizeUp(next.model, request, snapshot, used);
  if (other === null || !other.ok) return true;
  return again.candidate.costExpectedNanoUsd <= other.candidate.costExpectedNanoUsd;
}
