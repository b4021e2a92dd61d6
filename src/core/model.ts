import type { MediaColumns } from "./media.ts";
import type { PriceRow } from "./price.ts";
import type { SchemaDialect } from "./schema-dialects.ts";

/** Name of a provider: one of the four vendors, or an endpoint named in the config. */
export type ProviderId = string;
/** Our name of a model. */
export type ModelId = string;
/** A day, YYYY-MM-DD, UTC. */
export type IsoDate = string;

/**
 * How a model thinks before it answers. Thinking tokens count against the output limit, so that an answer of N tokens needs
 * a limit of N plus this room. `low` is the room at the vendor's lowest effort, `normal` at its default.
 */
export type Thinking =
  | { readonly mode: "none" }
  | { readonly mode: "optional" | "always"; readonly roomTokens: { readonly low: number; readonly normal: number } };

/**
 * `current`: answers under its own name. `legacy`: still answers, until its shutdown date if that is announced.
 * `retired`: gone. A model that is gone is answered by its successor.
 */
export type Lifecycle =
  | { readonly state: "current" }
  | { readonly state: "legacy"; readonly successor: ModelId; readonly shutdownDate: IsoDate | "unannounced" }
  | { readonly state: "retired"; readonly successor: ModelId; readonly since: IsoDate | "unknown" };

/** A row of the catalogue. */
export interface Model extends MediaColumns {
  readonly id: ModelId;
  readonly provider: ProviderId;
  /** The vendor's own id, as it goes over the wire. */
  readonly wireId: string;
  /** Other names that users may write for it. */
  readonly aliases: readonly string[];
  /** `unpriced`: no price is known. Such a model is refused unless the config allows it. */
  readonly prices: PriceRow | "unpriced";
  /** What its vendor asks for the slower tier `flex`. Absent: it has none for this model. */
  readonly flexPrices?: PriceRow;
  readonly contextTokens: number;
  readonly maxOutputTokens: number | "unknown";
  /** Sent in the body of its calls, before those of its provider. Absent: none. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** The longest that one attempt may take, milliseconds. */
  readonly timeoutMs: number;
  /** How long it may take to be loaded before its first token, milliseconds; absent: it is never unloaded. Local servers load on demand. */
  readonly loadsMs?: number;
  /** How long it may be silent once its text has begun, milliseconds; absent: by its share of the time. */
  readonly silenceMs?: number;
  /** Under this no answer can be expected from it, milliseconds: a prior, until the ledger has measured. */
  readonly floorMs: number;
  /** How fast it writes once it has begun, thinking included: a prior, until the ledger has measured how long its answers take. */
  readonly outputTokensPerS: number;
  /** Prior of answer quality, 0..1; orders candidates of tasks that do not name them. */
  readonly quality: number;
  /** Whether temperature, top_p and top_k may be sent. A model that rejects them answers 400. */
  readonly sampling: "accepted" | "rejected";
  readonly thinking: Thinking;
  /** The form in which its vendor takes a schema of the answer; absent: in the prompt alone. */
  readonly nativeSchema?: SchemaDialect;
  /** Tokens per token of the o200k estimate: newer Claude tokenizers count about 30% more for the same text. */
  readonly tokenFactor: number;
  readonly lifecycle: Lifecycle;
  /** Where the row comes from, and the day on which that was true. */
  readonly source: string;
  readonly asOf: string;
}

/** All models by id, with lookup by any name. Built by the catalogue. */
export interface Catalogue {
  readonly models: readonly Model[];
  /** By id, alias or wire id; undefined when no model has that name. */
  find(name: string): Model | undefined;
}

/** Whether a model answers under its own name at `nowMs`, and who answers for it if not. */
export function lifecycleAt(
  model: Model,
  nowMs: number,
): { readonly alive: true } | { readonly alive: false; readonly successor: ModelId; readonly since: string } {
  const { lifecycle } = model;
  if (lifecycle.state === "retired") return { alive: false, successor: lifecycle.successor, since: lifecycle.since };
  if (
    lifecycle.state === "legacy" &&
    lifecycle.shutdownDate !== "unannounced" &&
    Date.parse(lifecycle.shutdownDate) <= nowMs
  ) {
    return { alive: false, successor: lifecycle.successor, since: lifecycle.shutdownDate };
  }
  return { alive: true };
}
