import type { Candidate, Plan, Rejection, Snapshot } from "./planning.ts";
import type { RequestErrorCode } from "./errors.ts";
import { flexNotes } from "./flex.ts";
import { mediaProblem } from "./media.ts";
import { lifecycleAt, type Model } from "./model.ts";
import type { Request } from "./request.ts";
import { sizeCandidate } from "./candidate-sizing.ts";

/**
 * Which models may take the request, in which order, and why each of the others is out. The same request, snapshot and clock
 * give the same plan; every known model is either in the order or among the rejections.
 */
export function plan(request: Request, snapshot: Snapshot): Plan {
  const named = resolveNames(request, snapshot);
  const notes = [...named.notes];
  const rejected: Rejection[] = [...named.rejected];
  const healthy: Candidate[] = [];
  const unwell: { candidate: Candidate; rejection: Rejection; waitMs: number }[] = [];
  for (const model of named.models) {
    const sized = sizeCandidate(model, request, snapshot, { spentNanoUsd: 0, elapsedMs: 0 });
    if (!sized.ok) {
      rejected.push(sized.rejection);
      continue;
    }
    if (sized.note !== null) notes.push(sized.note);
    const health = snapshot.health.get(model.id);
    if (health?.state === "open") {
      unwell.push({
        candidate: sized.candidate,
        rejection: { model: model.id, code: "unhealthy", reason: health.reason, retryAtMs: health.untilMs },
        waitMs: health.why === "asked_to_wait" ? health.untilMs - snapshot.nowMs : 0,
      });
    } else {
      healthy.push(sized.candidate);
    }
  }
  // When no other candidate is left, an unhealthy model is better than a refusal, unless its vendor asked for a pause longer than the deadline.
  const lone = healthy.length === 0 ? unwell.filter(({ waitMs }) => waitMs < request.deadlineMs) : [];
  if (lone.length > 0) {
    notes.push("every candidate has failed lately; trying them all the same");
    const order = ordered(
      lone.map(({ candidate }) => candidate),
      request,
    );
    const left = unwell.filter(({ candidate }) => !lone.some((each) => each.candidate === candidate));
    // Who need not be waited for comes first.
    const waits = new Map(lone.map(({ candidate, waitMs }) => [candidate, waitMs]));
    return {
      order: order.toSorted((a, b) => (waits.get(a) ?? 0) - (waits.get(b) ?? 0)),
      spares: [],
      rejected: [...rejected, ...left.map(({ rejection }) => rejection)],
      notes: [...notes, ...flexNotes(request.patience, order)],
    };
  }
  return {
    order: ordered(healthy, request),
    spares: ordered(
      unwell.map(({ candidate }) => candidate),
      request,
    ),
    rejected: [...rejected, ...unwell.map(({ rejection }) => rejection)],
    notes: [...notes, ...flexNotes(request.patience, healthy)],
  };
}

/** Models by the order of the allow-list or the task, each alive: a retired one is replaced by its successor. */
function resolveNames(
  request: Request,
  snapshot: Snapshot,
): { models: readonly Model[]; rejected: readonly Rejection[]; notes: readonly string[] } {
  const models = new Map<string, Model>();
  const rejected: Rejection[] = [];
  const notes: string[] = [];
  for (const name of request.models ?? request.task.candidates) {
    let model = snapshot.catalogue.find(name);
    const seen = new Set<string>();
    while (model !== undefined && !seen.has(model.id)) {
      seen.add(model.id);
      const life = lifecycleAt(model, snapshot.nowMs);
      if (life.alive) {
        models.set(model.id, model);
        break;
      }
      const since = life.since === "unknown" ? "is retired" : `was shut down on ${life.since}`;
      if (!rejected.some((rejection) => rejection.model === model?.id)) {
        rejected.push({ model: model.id, code: "retired", reason: `${since}; ${life.successor} answers for it` });
        notes.push(`${model.id} ${since}; its successor ${life.successor} takes its place`);
      }
      model = snapshot.catalogue.find(life.successor);
    }
  }
  const known = new Set([...models.keys(), ...rejected.map((rejection) => rejection.model)]);
  for (const model of snapshot.catalogue.models) {
    if (known.has(model.id)) continue;
    rejected.push(
      request.models === null
        ? { model: model.id, code: "not_in_task", reason: `not a candidate of task ${request.task.id}` }
        : { model: model.id, code: "not_in_allow_list", reason: "not in the models of this request" },
    );
  }
  return { models: [...models.values()], rejected, notes };
}

function ordered(candidates: readonly Candidate[], request: Request): readonly Candidate[] {
  // toSorted is stable, so that ties keep the order of the task.
  switch (request.optimize) {
    case "quality":
      return candidates;
    case "cost":
      return candidates.toSorted((a, b) => a.costExpectedNanoUsd - b.costExpectedNanoUsd);
    case "latency":
      return candidates.toSorted(
        (a, b) => a.latency.typicalMs - b.latency.typicalMs || a.latency.p95Ms - b.latency.p95Ms,
      );
  }
}

/** Why a plan came out empty, as the contract says it, with what to change. */
export function emptyPlanError(
  rejected: readonly Rejection[],
  request: Request,
  snapshot: Pick<Snapshot, "catalogue" | "providers" | "nowMs">,
): { readonly code: RequestErrorCode; readonly message: string; readonly retryAtMs?: number } {
  const considered = rejected.filter(
    (rejection) =>
      rejection.code !== "not_in_task" && rejection.code !== "not_in_allow_list" && rejection.code !== "retired",
  );
  const by = (code: Rejection["code"]): string =>
    considered
      .filter((rejection) => rejection.code === code)
      .map((rejection) => `${rejection.model}: ${rejection.reason}`)
      .join("; ");
  const unread = considered.filter(({ code }) => code === "media_not_accepted");
  if (unread.length > 0 && unread.length === considered.length)
    return {
      code: "no_candidate",
      message: `No candidate takes the images or PDF of context.files. ${by("media_not_accepted")}. ${otherFor(request, snapshot)}`,
    };
  const overBudget = by("over_budget");
  const retryAtMs = considered.flatMap((rejection) => rejection.retryAtMs ?? []);
  const comeBack = retryAtMs.length === 0 ? {} : { retryAtMs: Math.min(...retryAtMs) };
  if (overBudget !== "")
    return {
      code: "budget_exceeded",
      ...comeBack,
      message: `No candidate fits the budget. ${overBudget}. Raise ${overBudget.includes("the call budget") ? "budget_usd" : "that budget in the config or wait for its next period"}, lower max_output_tokens, or allow a cheaper model.`,
    };
  const tooShort = by("deadline_too_short");
  if (tooShort !== "")
    return {
      code: "deadline_exceeded",
      message: `deadline_ms ${request.deadlineMs} is under what any candidate needs. ${tooShort}. Raise deadline_ms.`,
    };
  const tooLong = by("context_too_long");
  if (tooLong !== "")
    return {
      code: "no_candidate",
      message: `Prompt and context are beyond every candidate's context window. ${tooLong}. Shorten them, or allow a model with a larger window.`,
    };
  const reasons = [...new Set(considered.map((rejection) => rejection.reason))].join("; ");
  return {
    code: "no_candidate",
    ...comeBack,
    message: `No candidate can be asked. ${reasons === "" ? `task ${request.task.id} names no model` : reasons}.`,
  };
}

/** What to do where no candidate takes the images or PDF: the best model that does and can be asked. */
function otherFor(
  { rendered }: Request,
  { catalogue, providers, nowMs }: Pick<Snapshot, "catalogue" | "providers" | "nowMs">,
): string {
  const fitting = catalogue.models.filter(
    (model) => mediaProblem(model, rendered.media) === null && lifecycleAt(model, nowMs).alive,
  );
  const best = (models: readonly Model[]): Model | undefined => models.toSorted((a, b) => b.quality - a.quality)[0];
  const on = best(fitting.filter(({ provider }) => providers.get(provider)?.available === true));
  if (on !== undefined) return `Name a model that does, such as models: ["${on.id}"].`;
  const off = best(fitting);
  return off === undefined
    ? "No known model does: leave them out, or convert them."
    : `${off.id} does: set the key of provider ${off.provider}.`;
}
