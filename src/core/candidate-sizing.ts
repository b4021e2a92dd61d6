import { nativeSchema } from "./answer-schema.ts";
import { covers, leftOf, scopeName, type BudgetState } from "./budget.ts";
import type { Candidate, Effort, Rejection, RejectionReason, Snapshot } from "./planning.ts";
import { mediaProblem, mediaTokens } from "./media.ts";
import type { Model } from "./model.ts";
import { formatUsd, nanoFromPicoCeil, type NanoUsd } from "./money.ts";
import { flexLatency, flexOf } from "./flex.ts";
import { estimateLatency } from "./latency.ts";
import { pricesAt, type TokenPrices } from "./price.ts";
import { expectedCached, NOTHING_CACHED, type CachedTokens } from "./prompt-prefix.ts";
import type { Request } from "./request.ts";
import { scaleTokens } from "./tokens.ts";
import { affordableOutputTokens, worstCaseCost } from "./usage.ts";

/** An answer limit below this is of no use, unless the caller asked for less. */
const MIN_USEFUL_ANSWER_TOKENS = 512;
/** Share of the thinking room that a typical answer uses. A prior. */
const EXPECTED_THINKING_SHARE = 1 / 16;
/** Without a history an answer may well be a quarter as long as is usual for its task, or four times. */
const PRIOR_SPREAD = 4;
const UNPRICED: TokenPrices = {
  input: 0,
  output: 0,
  cacheRead: { pico: 0, assumed: true },
  cacheWrite: { pico: 0, assumed: true },
};

export type CandidateSizing =
  | { readonly ok: true; readonly candidate: Candidate; readonly note: string | null }
  | { readonly ok: false; readonly rejection: Rejection };

/** What has been used up by the time a candidate is sized: at the plan nothing, later the attempts before it. */
export interface UsedSoFar {
  readonly spentNanoUsd: NanoUsd;
  readonly elapsedMs: number;
}

/** Limits and worst cost of one model for one request, or why it cannot take it. */
export function sizeCandidate(model: Model, request: Request, snapshot: Snapshot, used: UsedSoFar): CandidateSizing {
  const reject = (code: RejectionReason, reason: string, retryAtMs: number | null = null): CandidateSizing => ({
    ok: false,
    rejection: { model: model.id, code, reason, ...(retryAtMs === null ? {} : { retryAtMs }) },
  });

  const provider = snapshot.providers.get(model.provider);
  if (provider === undefined) return reject("provider_unavailable", `provider ${model.provider} is not configured`);
  if (!provider.available) return reject("provider_unavailable", provider.reason);
  if (model.prices === "unpriced" && !snapshot.allowUnpriced) {
    return reject("unpriced", "no price is known; give it one in the config, or set allow_unpriced");
  }
  const { rendered } = request;
  const unfitMedia = mediaProblem(model, rendered.media);
  if (unfitMedia !== null) return reject("media_not_accepted", unfitMedia);
  const leftMs = request.deadlineMs - used.elapsedMs;
  if (leftMs < model.floorMs)
    return reject(
      "deadline_too_short",
      `needs at least ${model.floorMs} ms, ${Math.max(0, Math.floor(leftMs))} ms are left`,
    );

  const media = mediaTokens(model, rendered.media);
  const native = nativeSchema(model, request.responseSchema);
  const schema = native?.ok === true ? native.answerSchema : { tokens: 0, maxTokens: 0 };
  const inputTokensEstimated = [rendered.systemTokens, rendered.userTokens, schema.tokens].reduce(
    (sum, tokens) => sum + scaleTokens(tokens, model.tokenFactor),
    media.expected,
  );
  // A prompt beyond the window is refused at no cost, however dense a page is. A factor above 1 can lift the estimate over the bytes of a very dense text.
  const textTokensMax = rendered.maxTokens + schema.maxTokens;
  const inputTokensMax = Math.max(
    media.max === 0 ? textTokensMax : Math.min(textTokensMax + media.max, model.contextTokens),
    inputTokensEstimated,
  );
  const measured = snapshot.tokens?.get(model.id);
  const inputTokensExpected = Math.min(inputTokensMax, scaleTokens(inputTokensEstimated, measured?.inputFactor ?? 1));
  const room = model.thinking.mode === "none" ? { low: 0, normal: 0 } : model.thinking.roomTokens;
  const windowTokens = Math.min(
    model.contextTokens - inputTokensEstimated,
    model.maxOutputTokens === "unknown" ? model.contextTokens : model.maxOutputTokens,
  );
  const minAnswerTokens = Math.min(request.maxOutputTokens, MIN_USEFUL_ANSWER_TOKENS);
  const minTokens = minAnswerTokens + room.low;
  if (windowTokens < minTokens) {
    return reject(
      "context_too_long",
      `about ${inputTokensEstimated} input tokens and ${minTokens} for the answer do not fit its window of ${model.contextTokens}`,
    );
  }

  const prices = model.prices === "unpriced" ? UNPRICED : pricesAt(model.prices, snapshot.nowMs, inputTokensMax);
  const tightest = tightestBudget(request, model, snapshot.budgets, used.spentNanoUsd);
  const affordable =
    tightest === null ? Number.POSITIVE_INFINITY : affordableOutputTokens(inputTokensMax, tightest.leftNanoUsd, prices);
  if (affordable < minTokens) {
    const needed = worstCaseCost(inputTokensMax, minTokens, prices);
    return reject(
      "over_budget",
      `needs at least ${formatUsd(needed)}, the ${tightest?.name ?? ""} budget has ${tightest?.left ?? ""}`,
      tightest !== null && tightest.freeNanoUsd >= needed ? tightest.heldUntilMs : null,
    );
  }

  const wanted = Math.min(request.maxOutputTokens + room.normal, windowTokens);
  const outputLimitTokens = Math.min(wanted, affordable);
  const effort: Effort =
    model.thinking.mode === "none" ? "none" : outputLimitTokens < minAnswerTokens + room.normal ? "low" : "normal";
  const thinkingTokens = effort === "none" ? 0 : room[effort] * EXPECTED_THINKING_SHARE;
  const most = Math.min(outputLimitTokens, Math.ceil(request.maxOutputTokens + thinkingTokens));
  const usual = measured?.outputTypical ?? Math.ceil(request.task.expectedOutputTokens + thinkingTokens);
  const outputTokensExpected = Math.min(most, usual);
  const cached = expectedCached(model, request.prefix, snapshot.nowMs);
  // Held is the standard price: the vendor may serve and bill the call so.
  const flex = request.patience === "flex" ? flexOf(model) : null;
  const costAt = (tokens: number): NanoUsd =>
    expectedCost(
      flex?.priced ?? model,
      snapshot.nowMs,
      inputTokensExpected,
      Math.min(outputLimitTokens, Math.ceil(tokens)),
      cached,
    );
  const latency = estimateLatency(model, outputTokensExpected, snapshot.latencies.get(model.id));
  const candidate: Candidate = {
    model: flex?.patient ?? model,
    effort,
    inputTokensExpected,
    inputTokensEstimated,
    inputTokensMax,
    outputTokensExpected,
    outputLimitTokens,
    costExpectedNanoUsd: costAt(outputTokensExpected),
    costMaxNanoUsd: worstCaseCost(inputTokensMax, outputLimitTokens, prices),
    costBand: {
      lowNanoUsd: costAt(Math.min(most, measured?.outputLow ?? outputTokensExpected / PRIOR_SPREAD)),
      highNanoUsd: costAt(measured?.outputHigh ?? outputTokensExpected * PRIOR_SPREAD),
      method: measured === undefined ? "prior" : "history",
      samples: measured?.samples ?? 0,
    },
    ...(native === null ? {} : { nativeSchema: native }),
    ...(flex === null ? {} : { tier: "flex" as const }),
    latency: flex === null ? latency : flexLatency(latency),
  };
  const note =
    outputLimitTokens < wanted
      ? `${model.id}: output limit lowered from ${wanted} to ${outputLimitTokens} tokens by the ${tightest?.name ?? ""} budget`
      : null;
  return { ok: true, candidate, note };
}

/** What a call of so many tokens costs, so much of its input from or to a cache; 0 for a model without a price. */
export function expectedCost(
  model: Model,
  nowMs: number,
  inputTokens: number,
  outputTokens: number,
  cached: CachedTokens = NOTHING_CACHED,
): NanoUsd {
  if (model.prices === "unpriced") return 0;
  const prices = pricesAt(model.prices, nowMs, inputTokens);
  const cacheReadTokens = Math.min(cached.read, inputTokens);
  const cacheWriteTokens = Math.min(cached.write, inputTokens - cacheReadTokens);
  return nanoFromPicoCeil(
    (inputTokens - cacheReadTokens - cacheWriteTokens) * prices.input +
      cacheReadTokens * prices.cacheRead.pico +
      cacheWriteTokens * prices.cacheWrite.pico +
      outputTokens * prices.output,
  );
}

interface Tightest {
  readonly name: string;
  readonly leftNanoUsd: NanoUsd;
  /** What is left, in words, as far as it may be told. */
  readonly left: string;
  /** What would be left if no call held anything. */
  readonly freeNanoUsd: NanoUsd;
  readonly heldUntilMs: number | null;
}

function heldWords({ heldNanoUsd }: BudgetState): string {
  return heldNanoUsd > 0
    ? ` (${formatUsd(heldNanoUsd)} of it is held by running calls; try again when they have ended)`
    : "";
}

/** The budget with the least left among those that cover an attempt of this model; `null` when there is none. */
function tightestBudget(
  request: Request,
  model: Model,
  budgets: readonly BudgetState[],
  spentNanoUsd: NanoUsd,
): Tightest | null {
  const standing = budgets.filter((budget) => covers(budget.scope, request.task.id, model.provider));
  const all: Tightest[] = standing.map((budget) => ({
    name: scopeName(budget.scope),
    leftNanoUsd: leftOf(budget),
    left: budget.shared === true ? "less left" : `${formatUsd(leftOf(budget))} left${heldWords(budget)}`,
    freeNanoUsd: budget.limitNanoUsd - budget.spentNanoUsd,
    heldUntilMs: budget.heldUntilMs,
  }));
  if (request.budgetNanoUsd !== null) {
    const leftNanoUsd = Math.max(0, request.budgetNanoUsd - spentNanoUsd);
    all.push({
      name: "call",
      leftNanoUsd,
      left: `${formatUsd(leftNanoUsd)} left`,
      freeNanoUsd: leftNanoUsd,
      heldUntilMs: null,
    });
  }
  return all.reduce<Tightest | null>(
    (least, each) => (least === null || each.leftNanoUsd < least.leftNanoUsd ? each : least),
    null,
  );
}
