import type { Model } from "../core/model.ts";
import { pricesAt, type CachePrice, type PriceClasses, type PriceRow } from "../core/price.ts";
import { dearestInput } from "../core/usage.ts";

/** What is wrong with a field of a row; `row` is its index. */
export interface RowProblem {
  readonly row: number;
  readonly field: string;
  /** Continues a sentence that begins with the field. */
  readonly message: string;
}

type FieldProblem = Omit<RowProblem, "row">;

/** Above this a price is a slip, such as one per thousand million tokens. USD per million tokens. */
export const MAX_PRICE_USD = 10_000;

/** What is wrong with a row by itself. */
export function rowProblems(model: Model): FieldProblem[] {
  const { maxOutputTokens: maxOutput, thinking } = model;
  const rules: readonly (readonly [field: string, holds: boolean, message: string])[] = [
    ["id", model.id.trim() !== "", "must not be empty"],
    ["wireId", model.wireId.trim() !== "", "must not be empty"],
    ["aliases", model.aliases.every((alias) => alias.trim() !== ""), "must not hold an empty name"],
    ["contextTokens", isCount(model.contextTokens), "must be a whole number above 0"],
    ["maxOutputTokens", maxOutput === "unknown" || isCount(maxOutput), 'must be a whole number above 0, or "unknown"'],
    ["timeoutMs", isCount(model.timeoutMs), "must be a whole number of milliseconds above 0"],
    ["floorMs", isBelow(model.floorMs, model.timeoutMs), "must be 0 or more and below the time-out"],
    ["loadsMs", isBelow(model.loadsMs, model.timeoutMs), "must be 0 or more and below the time-out"],
    [
      "silenceMs",
      model.silenceMs === undefined || isCount(model.silenceMs),
      "must be a whole number of milliseconds above 0",
    ],
    ["outputTokensPerS", model.outputTokensPerS > 0 && model.outputTokensPerS <= 100_000, "must be above 0"],
    ["quality", model.quality >= 0 && model.quality <= 1, "must lie between 0 and 1"],
    ["tokenFactor", model.tokenFactor > 0 && model.tokenFactor <= 10, "must be above 0 and at most 10"],
    [
      "thinking",
      thinking.mode === "none" ||
        (isCount(thinking.roomTokens.low) && thinking.roomTokens.low <= thinking.roomTokens.normal),
      "must leave room at low effort, and no less at normal effort",
    ],
    ["source", model.source.trim() !== "", "must say where the row comes from"],
  ];
  const broken = rules.filter(([, holds]) => !holds).map(([field, , message]) => ({ field, message }));
  const own = model.prices === "unpriced" ? [] : priceProblems(model.prices, model.contextTokens);
  return [...broken, ...own, ...flexProblems(model)];
}

/** The standard price is what is held for a call at the flex tier. */
function flexProblems({ prices, flexPrices, contextTokens }: Model): FieldProblem[] {
  if (flexPrices === undefined) return [];
  const field = "flexPrices";
  const own = priceProblems(flexPrices, contextTokens).map(({ message }) => ({ field, message }));
  if (own.length > 0 || prices === "unpriced") return own;
  const changes = [...(prices.changes ?? []), ...(flexPrices.changes ?? [])];
  const moments = [0, ...changes.map(({ from }) => Date.parse(from))];
  const sizes = [0, ...[prices, flexPrices].flatMap(({ longPrompt }) => longPrompt?.overTokens ?? []), contextTokens];
  const isDearer = moments.some((atMs) =>
    sizes.some((tokens) => {
      const [flex, standard] = [pricesAt(flexPrices, atMs, tokens), pricesAt(prices, atMs, tokens)];
      return flex.output > standard.output || dearestInput(flex) > dearestInput(standard);
    }),
  );
  return isDearer ? [{ field, message: "must not be dearer than the standard prices" }] : [];
}

function priceProblems(prices: PriceRow, contextTokens: number): FieldProblem[] {
  const { longPrompt, changes = [] } = prices;
  const field = "prices";
  const problems = classProblems(prices, "");
  if (longPrompt !== undefined) {
    problems.push(...classProblems(longPrompt, "long prompts: "));
    if (!isCount(longPrompt.overTokens) || longPrompt.overTokens >= contextTokens) {
      problems.push({ field, message: "long prompts: must begin at a number of tokens within the context window" });
    }
    if (problems.length === 0 && longIsCheaper(prices, longPrompt.overTokens)) {
      problems.push({ field, message: "long prompts: must not be cheaper than short ones" });
    }
  }
  if (longPrompt !== undefined && changes.length > 0) {
    problems.push({ field, message: "cannot have both long-prompt prices and dated changes" });
  }
  let classes: PriceClasses = prices;
  for (const [index, change] of changes.entries()) {
    const before = changes[index - 1];
    classes = { ...classes, ...change };
    problems.push(...classProblems(classes, `from ${change.from}: `));
    if (!isIsoDate(change.from)) problems.push({ field, message: `"${change.from}" is not a day (YYYY-MM-DD)` });
    if (before !== undefined && before.from >= change.from) {
      problems.push({ field, message: "dated changes must be in order of their dates" });
    }
  }
  return problems;
}

/** The worst case of a call is reckoned at the prices of its longest prompt, caches included. */
function longIsCheaper(prices: PriceRow, overTokens: number): boolean {
  const [short, long] = [pricesAt(prices, 0, overTokens), pricesAt(prices, 0, overTokens + 1)];
  return long.input < short.input || long.output < short.output || dearestInput(long) < dearestInput(short);
}

function classProblems(classes: PriceClasses, when: string): FieldProblem[] {
  const numbers = [classes.inputUsd, classes.outputUsd, classes.cacheReadUsd, classes.cacheWriteUsd].filter(
    (price) => typeof price === "number",
  );
  const problems: FieldProblem[] = [];
  if (!numbers.every((price) => price >= 0 && price <= MAX_PRICE_USD)) {
    problems.push({
      field: "prices",
      message: `${when}must lie between 0 and ${MAX_PRICE_USD} USD per million tokens`,
    });
  }
  if (isAbove(classes.cacheReadUsd, classes.inputUsd)) {
    problems.push({ field: "prices", message: `${when}a cache read cannot cost more than input` });
  }
  return problems;
}

function isAbove(price: CachePrice, limit: number): boolean {
  return typeof price === "number" && price > limit;
}

function isBelow(ms: number | undefined, limitMs: number): boolean {
  return ms === undefined || (ms >= 0 && ms < limitMs);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** Whether the text is a day of the calendar, YYYY-MM-DD. */
export function isIsoDate(text: string): boolean {
  const atMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}
