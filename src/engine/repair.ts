import type { AttemptRecord } from "../core/attempt.ts";
import type { Model } from "../core/model.ts";
import type { NanoUsd } from "../core/money.ts";
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
 * What it costs when the model that gave the rejected answer repairs it, nano-USD, expected; `null`: it cannot, as there is no money or no
 * time left for it, judged by how long its first answer took.
 */
export function ownRepairCost(
  attempt: AttemptRecord,
  { model }: Candidate,
  repair: Repair,
  context: RequestContext,
): NanoUsd | null {
  return attempt.latencyMs + CLOSING_MS > context.remainingMs ? null : costWith(model, repair, context);
}

/** Whether that is not dearer than to go on to the next candidate, which would get answer and findings too. */
export function isCheaperThan(
  next: Candidate | undefined,
  ownCostNanoUsd: NanoUsd,
  repair: Repair,
  context: RequestContext,
): boolean {
  const otherNanoUsd = next === undefined ? null : costWith(next.model, repair, context);
  return otherNanoUsd === null || ownCostNanoUsd <= otherNanoUsd;
}

function costWith(model: Model, repair: Repair, context: RequestContext): NanoUsd | null {
  const request = withRepair(context.request, repair);
  const used = { spentNanoUsd: context.costNanoUsd, elapsedMs: context.elapsedMs };
  const sized = sizeCandidate(model, request, context.snapshot, used);
  return sized.ok ? sized.candidate.costExpectedNanoUsd : null;
}
