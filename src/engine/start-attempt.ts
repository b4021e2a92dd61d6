import type { Model } from "../core/model.ts";
import type { Request } from "../core/request.ts";
import type { RequestContext } from "./request-context.ts";
import type { StartOptions, Started } from "./started.ts";
import type { Refusal } from "./reserve.ts";

interface AttemptOptions extends StartOptions {
  /** An attempt beside another one does not wait in line. */
  readonly isBeside: boolean;
  /** No other candidate is left, and no model was asked before. */
  readonly isLast: boolean;
}

/**
 * Begins a candidate's attempt as its health allows. A vendor that has named a time is not asked before; one that is being probed
 * is left to the call that probes it, unless no other candidate is left.
 */
export async function startAttempt(
  model: Model,
  request: Request,
  context: RequestContext,
  options: AttemptOptions,
): Promise<{ readonly ok: true; readonly started: Started } | Refusal> {
  const refusal = await waitAsAsked(model, context, options);
  if (refusal !== null) return refusal;
  const held = await context.start(model, request, options);
  if (held.ok || held.why !== "probed" || !options.isLast) return held;
  return context.start(model, request, { ...options, anyway: true });
}

async function waitAsAsked(
  model: Model,
  context: RequestContext,
  { signal, isBeside }: AttemptOptions,
): Promise<Refusal | null> {
  const health = context.snapshot.health.get(model.id);
  if (health?.state !== "open" || health.why !== "asked_to_wait") return null;
  const { clock } = context.deps;
  const waitMs = health.untilMs - clock.nowMs();
  if (waitMs <= 0) return null;
  if (isBeside || waitMs + model.floorMs >= context.remainingMs) {
    return { ok: false, why: "no_time", reason: health.reason, heldByOthers: false, retryAtMs: health.untilMs };
  }
  context.progress("waiting", model.id, 0);
  await clock.sleep(waitMs, signal);
  return null;
}
