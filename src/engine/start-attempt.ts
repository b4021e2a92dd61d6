import type { Model } from "../core/model.ts";
import type { Request } from "../core/request.ts";
import type { Bearings, Course, StartOptions, Started } from "./request-context.ts";
import type { Refusal } from "./reserve.ts";

interface TurnOptions extends StartOptions {
  /** Beside another one nobody is waited for. */
  readonly isBeside: boolean;
  /** Nobody else is left, and nobody was asked before. */
  readonly isLast: boolean;
}

/**
 * Begins a candidate's attempt as its health allows. A vendor that has named a time is not asked before; one that is being probed
 * is left to whoever probes it, unless nobody else is left.
 */
export async function startTurn(
  model: Model,
  request: Request,
  course: Course,
  bearings: Bearings,
  options: TurnOptions,
): Promise<{ readonly ok: true; readonly started: Started } | Refusal> {
  const refusal = await waitAsAsked(model, course, bearings, options);
  if (refusal !== null) return refusal;
  const held = await course.start(model, request, bearings, options);
  if (held.ok || held.why !== "probed" || !options.isLast) return held;
  return course.start(model, request, bearings, { ...options, anyway: true });
}

async function waitAsAsked(
  model: Model,
  course: Course,
  { snapshot }: Bearings,
  { signal, isBeside }: TurnOptions,
): Promise<Refusal | null> {
  const health = snapshot.health.get(model.id);
  if (health?.state !== "open" || health.why !== "asked_to_wait") return null;
  const { clock } = course.deps;
  const waitMs = health.untilMs - clock.nowMs();
  if (waitMs <= 0) return null;
  if (isBeside || waitMs + model.floorMs >= course.remainingMs) {
    return { ok: false, why: "no_time", reason: health.reason, heldByOthers: false, retryAtMs: health.untilMs };
  }
  course.progress("waiting", model.id, 0);
  await clock.sleep(waitMs, signal);
  return null;
}
