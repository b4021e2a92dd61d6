import type { AttemptRecord } from "../core/attempt.ts";
import type { Candidate } from "../core/planning.ts";
import { repairOf, withFindings, type Repair } from "../core/repair.ts";
import type { Request } from "../core/request.ts";
import { sizeCandidate } from "../core/candidate-sizing.ts";
import type { RequestContext } from "./request-context.ts";

/** Left for verifying a repaired answer and closing the books, milliseconds. */
const CLOSING_MS = 300;

/** What the next attempt can repair the answer by, when this one was rejected for something concrete; else `null`. */
export function repairFrom(attempt: AttemptRecord, request: Request): Repair | null {
  if (!request.repair || attempt.text === null || attempt.verdict === null) return null;
  return repairOf(attempt.text, attempt.verdict);
}

/** The request as a model is to see it that gets an earlier answer and its findings. */
export function withRepair(request: Request, repair: Repair | null): Request {
  return repair === null ? request : { ...request, rendered: withFindings(request.rendered, repair) };
}

/**
 * Whether the model that gave the rejected answer should get a turn to repair it: it must be in time, judged by how long its
 * first answer took, and not dearer than to go on to the next candidate (which would get answer and findings too).
 */
export function sameModelRepairs(
  attempt: AttemptRecord,
  candidate: Candidate,
  next: Candidate | undefined,
  repair: Repair,
  context: RequestContext,
): boolean {
  if (attempt.latencyMs + CLOSING_MS > context.remainingMs) return false;
  const request = withRepair(context.request, repair);
  const used = { spentNanoUsd: context.costNanoUsd, elapsedMs: context.elapsedMs };
  const again = sizeCandidate(candidate.model, request, context.snapshot, used);
  if (!again.ok) return false;
  const other = next === undefined ? null : sizeCandidate(next.model, request, context.snapshot, used);
  if (other === null || !other.ok) return true;
  return again.candidate.costExpectedNanoUsd <= other.candidate.costExpectedNanoUsd;
}
