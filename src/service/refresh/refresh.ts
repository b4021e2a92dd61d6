import type { Catalogue, Model } from "../../core/model.ts";
import { classesAt, type CachePrice, type PriceClasses, type PriceRow } from "../../core/price.ts";
import type { PriceChange, RefreshInput, RefreshOutput, RefreshRow } from "../../core/refresh.ts";
import type { Outcome } from "../../core/outcome.ts";
import { refusal } from "../present/route.ts";
import { readForeignPrices, type ForeignModel } from "./models-dev.ts";

/** Their threshold of long prompts. */
const LONG_PROMPT_TOKENS = 200_000;
type ForeignCost = NonNullable<ForeignModel["cost"]>;

/** Compares the catalogue (the config's rows in it) with prices from elsewhere. Changes nothing: it gives rows for the config. */
export function refreshModels(input: RefreshInput, catalogue: Catalogue, nowMs: number): Outcome<RefreshOutput> {
  const foreign = readForeignPrices(input.data);
  if (!foreign.ok) return refusal("invalid_request", `The prices cannot be used. ${foreign.problem}.`);
  const changes: PriceChange[] = [];
  const rows: RefreshRow[] = [];
  const notes: string[] = [];
  let compared = 0;
  for (const model of catalogue.models) {
    if (model.lifecycle.state === "retired" || !foreign.has(model.provider)) continue;
    const found = foreign.find(model.provider, model.wireId);
    if (typeof found === "string") return refusal("invalid_request", `The prices cannot be used. ${found}.`);
    if (found === null) {
      notes.push(`${model.id}: ${model.provider} has no "${model.wireId}" there`);
      continue;
    }
    if (found.status === "deprecated" && model.lifecycle.state === "current") {
      notes.push(`${model.id} is deprecated there; name its successor in the config: lifecycle.state "legacy"`);
    }
    if (found.cost === undefined) continue;
    compared += 1;
    const row = refreshed(model, found.cost, nowMs);
    const differences = differencesOf(model, row, nowMs);
    if (differences.length === 0) continue;
    changes.push(...differences);
    rows.push({ id: model.id, prices: inConfig(row), source: input.source, as_of: input.asOf });
  }
  return { ok: true, value: { changes, rows, notes, compared } };
}

/** The price row with their figures; what they do not name stays, changes that are still to come among it. */
function refreshed({ prices }: Model, cost: ForeignCost, nowMs: number): PriceRow {
  const before = prices === "unpriced" ? null : prices;
  const changes = before?.changes?.filter(({ from }) => Date.parse(from) > nowMs) ?? [];
  const long = before?.longPrompt;
  const theirs = cost.context_over_200k;
  const overTokens = long?.overTokens ?? LONG_PROMPT_TOKENS;
  const longPrompt =
    theirs === undefined || overTokens !== LONG_PROMPT_TOKENS
      ? long
      : { overTokens, ...classesOf(theirs, long ?? null) };
  return {
    ...classesOf(cost, before === null ? null : classesAt(before, nowMs)),
    ...(longPrompt === undefined ? {} : { longPrompt }),
    ...(changes.length === 0 ? {} : { changes }),
  };
}

function classesOf(cost: Omit<ForeignCost, "context_over_200k">, before: PriceClasses | null): PriceClasses {
  return {
    inputUsd: cost.input,
    outputUsd: cost.output,
    cacheReadUsd: cost.cache_read ?? before?.cacheReadUsd ?? "unknown",
    cacheWriteUsd: cost.cache_write ?? before?.cacheWriteUsd ?? "unknown",
  };
}

const NAMES = {
  inputUsd: "input",
  outputUsd: "output",
  cacheReadUsd: "cache read",
  cacheWriteUsd: "cache write",
} as const satisfies Record<keyof PriceClasses, string>;

function differencesOf({ id, prices }: Model, row: PriceRow, nowMs: number): readonly PriceChange[] {
  const before = prices === "unpriced" ? null : classesAt(prices, nowMs);
  const long = prices === "unpriced" ? undefined : prices.longPrompt;
  const pairs = [
    ["", before, row],
    ["long prompt ", long ?? null, row.longPrompt],
  ] as const;
  return pairs.flatMap(([prefix, old, now]) =>
    (Object.keys(NAMES) as (keyof PriceClasses)[]).flatMap((key): PriceChange[] => {
      const [from, to] = [figure(old?.[key]), figure(now?.[key])];
      return to === null || from === to ? [] : [{ model: id, price: `${prefix}${NAMES[key]}`, from, to }];
    }),
  );
}

/** "None" and "unknown" are no figures. */
function figure(price: CachePrice | undefined): number | null {
  return typeof price === "number" ? price : null;
}

function inConfig(row: PriceRow): Readonly<Record<string, unknown>> {
  const { longPrompt, changes } = row;
  return {
    ...spelled(row),
    ...(longPrompt === undefined
      ? {}
      : { long_prompt: { over_tokens: longPrompt.overTokens, ...spelled(longPrompt) } }),
    ...(changes === undefined ? {} : { changes: changes.map(({ from, ...rest }) => ({ from, ...spelled(rest) })) }),
  };
}

const SPELLED = {
  inputUsd: "input_usd_per_mtok",
  outputUsd: "output_usd_per_mtok",
  cacheReadUsd: "cache_read_usd_per_mtok",
  cacheWriteUsd: "cache_write_usd_per_mtok",
} as const satisfies Record<keyof PriceClasses, string>;

function spelled(classes: Partial<PriceClasses>): Readonly<Record<string, CachePrice>> {
  const keys = Object.keys(SPELLED) as (keyof PriceClasses)[];
  return Object.fromEntries(
    keys.flatMap((key) => (classes[key] === undefined ? [] : [[SPELLED[key], classes[key]] as const])),
  );
}
