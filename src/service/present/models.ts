import type { Health } from "../../core/health.ts";
import type { Snapshot } from "../../core/planning.ts";
import type { ListModelsInput, ModelOut } from "../../core/contract-reports.ts";
import { lifecycleAt, type Model } from "../../core/model.ts";
import { classesAt, type CachePrice, type PriceClasses } from "../../core/price.ts";
import type { Task } from "../../core/task.ts";

/** The catalogue as `list_models` shows it, in the catalogue's order; a task's candidates come in the task's order. */
export function presentModels(snapshot: Snapshot, filter: ListModelsInput, task: Task | null): ModelOut[] {
  const listed =
    task === null ? snapshot.catalogue.models : task.candidates.flatMap((id) => snapshot.catalogue.find(id) ?? []);
  return listed
    .filter((model) => filter.provider === undefined || model.provider === filter.provider)
    .map((model) => presentModel(model, snapshot))
    .filter((model) => filter.available_only !== true || model.available);
}

function presentModel(model: Model, snapshot: Snapshot): ModelOut {
  const reason = unavailableReason(model, snapshot);
  const prices = model.prices === "unpriced" ? null : currentClasses(model, snapshot.nowMs);
  return {
    id: model.id,
    provider: model.provider,
    wire_id: model.wireId,
    available: reason === null,
    ...(reason === null ? {} : { unavailable_reason: reason }),
    input_usd_per_mtok: prices?.inputUsd ?? null,
    output_usd_per_mtok: prices?.outputUsd ?? null,
    cache_read_usd_per_mtok: figure(prices?.cacheReadUsd),
    cache_write_usd_per_mtok: figure(prices?.cacheWriteUsd),
    context_tokens: model.contextTokens,
    max_output_tokens: model.maxOutputTokens === "unknown" ? null : model.maxOutputTokens,
    timeout_ms: model.timeoutMs,
    quality: model.quality,
    lifecycle: describeLifecycle(model),
    health: describeHealth(snapshot.health.get(model.id)),
  };
}

function unavailableReason(model: Model, snapshot: Snapshot): string | null {
  const life = lifecycleAt(model, snapshot.nowMs);
  if (!life.alive) return `retired; ${life.successor} answers for it`;
  const provider = snapshot.providers.get(model.provider);
  if (provider === undefined) return `provider ${model.provider} is not configured`;
  if (!provider.available) return provider.reason;
  const health = snapshot.health.get(model.id);
  // What the provider itself refuses will be refused again; a breaker that is open only makes the model a last resort.
  if (health?.state === "open" && health.why === "refused") return health.reason;
  return model.prices === "unpriced" && !snapshot.allowUnpriced ? "no price is known" : null;
}

function currentClasses(model: Model, nowMs: number): PriceClasses | null {
  if (model.prices === "unpriced") return null;
  return classesAt(model.prices, nowMs);
}

function figure(price: CachePrice | undefined): number | null {
  return typeof price === "number" ? price : null;
}

function describeLifecycle(model: Model): string {
  const { lifecycle } = model;
  switch (lifecycle.state) {
    case "current":
      return "current";
    case "legacy":
      return `legacy, shutdown ${lifecycle.shutdownDate}, successor ${lifecycle.successor}`;
    case "retired":
      return `retired since ${lifecycle.since}, successor ${lifecycle.successor}`;
  }
}

function describeHealth(health: Health | undefined): string {
  if (health === undefined || health.state === "closed") return "ok";
  return health.state === "half_open" ? `${health.reason}; the next call probes it` : health.reason;
}
