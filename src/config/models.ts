import { catalogueProblems, indexed } from "../catalog/catalogue.ts";
import { MODELS } from "../catalog/models.ts";
import { THINKING_ROOM } from "../catalog/models/priors.ts";
import type { Catalogue, Lifecycle, Model, ProviderId, Thinking } from "../core/model.ts";
import { didYouMean } from "../checks/kit/suggest.ts";
import type { PriceRow } from "../core/price.ts";
import type { ModelRow } from "./model-row.ts";
import { readParams } from "./params.ts";
import { priceRow, pricesOf } from "./prices.ts";
import type { Path, Problems } from "./problem.ts";

/** What a new row has where it says nothing. A model without prices is refused until the config allows it. */
const NEW_MODEL = {
  aliases: [],
  prices: "unpriced",
  // Without a figure the row is refused; until then it must not look too small for its other figures.
  contextTokens: Number.MAX_SAFE_INTEGER,
  maxOutputTokens: "unknown",
  timeoutMs: 120_000,
  floorMs: 300,
  outputTokensPerS: 80,
  quality: 0.5,
  sampling: "accepted",
  thinking: { mode: "none" },
  tokenFactor: 1,
  lifecycle: { state: "current" },
  source: "config file",
  asOf: "unknown",
} as const satisfies Partial<Model>;

/** The catalogue with the config's rows in it. The problems of the rows are told to `problems`. */
export function readModels(
  rows: readonly ModelRow[],
  providers: ReadonlySet<ProviderId>,
  problems: Problems,
): Catalogue {
  const models = [...MODELS];
  const builtIn = indexed(MODELS);
  /** Position in the config by position in the catalogue. */
  const origins = new Map<number, number>();
  for (const [index, row] of rows.entries()) {
    if (problems.has(["models", index, "id"])) continue;
    const at = models.findIndex((model) => model.id.toLowerCase() === row.id.toLowerCase());
    const earlier = origins.get(at);
    if (earlier !== undefined) {
      problems.add(
        ["models", index, "id"],
        `"${row.id}" is already given by models[${earlier}]`,
        "one row for a model",
      );
      continue;
    }
    const base = models[at];
    const namesake = base === undefined ? builtIn.find(row.id) : undefined;
    if (namesake !== undefined) {
      const message = `"${row.id}" is another name of ${namesake.id}`;
      problems.add(["models", index, "id"], message, `"${namesake.id}", to change that model, or a new name`);
      continue;
    }
    if (base === undefined) requireNewRow(row, index, models, problems);
    origins.set(base === undefined ? models.length : at, index);
    const model = merged(base, row, ["models", index], problems);
    if (base === undefined) models.push(model);
    else models[at] = model;
    if (model.provider !== "" && !providers.has(model.provider)) {
      const known = [...providers];
      problems.addUnlessKnown(
        ["models", index, "provider"],
        `"${model.provider}" is not a known provider${didYouMean(model.provider, known)}`,
        `one of ${known.join(", ")}, or a new one under providers`,
      );
    }
  }
  for (const { row, field, message } of catalogueProblems(models)) {
    const origin = origins.get(row);
    const path: Path = origin === undefined ? ["models"] : ["models", origin, snakeCase(field)];
    const about = origin === undefined ? `${models[row]?.id}: ${field} ` : "";
    problems.addUnlessKnown(path, `${about}${message}`, EXPECTATIONS.get(field) ?? "what the message says");
  }
  return indexed(models);
}

const EXPECTATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    id: "a name that no other model has",
    aliases: "names that no other model has",
    wireId: "one row for a model of a provider",
    lifecycle: "a successor that leads to a current model",
    prices: "prices as the vendor prints them, USD per million tokens",
    flexPrices: "prices as the vendor prints them, none above those of prices",
    floorMs: "a number below timeout_ms",
    loadsMs: "a number below timeout_ms",
    silenceMs: "a whole number of milliseconds above 0",
    thinking: "room_tokens with low at most normal",
  }),
);

function requireNewRow(row: ModelRow, index: number, models: readonly Model[], problems: Problems): void {
  const hint = didYouMean(
    row.id,
    models.map(({ id }) => id),
  );
  const say = (key: keyof ModelRow, expected: string): void => {
    if (row[key] !== undefined) return;
    problems.addUnlessKnown(["models", index, key], `is missing: "${row.id}" is a new model${hint}`, expected);
  };
  say("provider", "the id of a provider");
  say("context_tokens", "its context window, a whole number of tokens");
}

function merged(base: Model | undefined, row: ModelRow, path: Path, problems: Problems): Model {
  const start = base ?? { ...NEW_MODEL, id: row.id, provider: "", wireId: row.id };
  return {
    id: start.id,
    provider: row.provider ?? start.provider,
    wireId: row.wire_id ?? start.wireId,
    aliases: row.aliases ?? start.aliases,
    prices: row.prices === undefined ? start.prices : priceRow(row.prices),
    ...given("flexPrices", flexOf(row, start)),
    contextTokens: row.context_tokens ?? start.contextTokens,
    maxOutputTokens: row.max_output_tokens ?? start.maxOutputTokens,
    ...paramsOf(row, start, path, problems),
    timeoutMs: row.timeout_ms ?? start.timeoutMs,
    ...given("loadsMs", row.loads_ms ?? start.loadsMs),
    ...given("silenceMs", row.silence_ms ?? start.silenceMs),
    floorMs: row.floor_ms ?? Math.min(start.floorMs, (row.timeout_ms ?? start.timeoutMs) - 1),
    outputTokensPerS: row.output_tokens_per_s ?? start.outputTokensPerS,
    quality: row.quality ?? start.quality,
    sampling: row.sampling ?? start.sampling,
    thinking: row.thinking === undefined ? start.thinking : thinkingOf(row.thinking),
    ...schemaOf(row, start),
    ...given("accepts", row.accepts ?? start.accepts),
    ...given("mediaRule", row.media_rule ?? start.mediaRule),
    tokenFactor: row.token_factor ?? start.tokenFactor,
    lifecycle: row.lifecycle === undefined ? start.lifecycle : lifecycleOf(row.lifecycle, path, problems),
    source: row.source ?? (row.prices === undefined ? start.source : "config file"),
    asOf: row.as_of ?? (row.prices === undefined ? start.asOf : "unknown"),
  };
}

function paramsOf(row: ModelRow, start: Pick<Model, "params">, path: Path, problems: Problems): Pick<Model, "params"> {
  const params = row.params === undefined ? start.params : readParams(row.params, [...path, "params"], problems);
  return params === undefined ? {} : { params };
}

/** Another price, or another vendor, has no known flex price. */
function flexOf(row: ModelRow, start: Pick<Model, "flexPrices">): PriceRow | undefined {
  if (row.flex_prices !== undefined) return pricesOf(row.flex_prices);
  return row.prices === undefined && row.provider === undefined ? start.flexPrices : undefined;
}

function schemaOf({ native_schema: given }: ModelRow, start: Pick<Model, "nativeSchema">): Pick<Model, "nativeSchema"> {
  const nativeSchema = given ?? start.nativeSchema;
  return nativeSchema === undefined || nativeSchema === "none" ? {} : { nativeSchema };
}

/** The field, or nothing where the model has none. */
function given<Key extends "loadsMs" | "silenceMs" | "accepts" | "mediaRule" | "flexPrices">(
  key: Key,
  value: Model[Key],
): Partial<Pick<Model, Key>> {
  return value === undefined ? {} : ({ [key]: value } as Pick<Model, Key>);
}

function thinkingOf(row: NonNullable<ModelRow["thinking"]>): Thinking {
  return row.mode === "none" ? { mode: "none" } : { mode: row.mode, roomTokens: row.room_tokens ?? THINKING_ROOM };
}

function lifecycleOf(row: NonNullable<ModelRow["lifecycle"]>, path: Path, problems: Problems): Lifecycle {
  if (row.state === "current") return { state: "current" };
  const { successor } = row;
  if (successor === undefined) {
    const at = [...path, "lifecycle", "successor"];
    problems.addUnlessKnown(at, "is missing", `the model that answers for a ${row.state} one`);
    return { state: "current" };
  }
  return row.state === "legacy"
    ? { state: "legacy", successor, shutdownDate: row.shutdown_date ?? "unannounced" }
    : { state: "retired", successor, since: row.since ?? "unknown" };
}

function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
