import { ERROR_RULES } from "./errors.ts";
import type { Failure } from "./attempt.ts";
import type { Model } from "./model.ts";
import type { NanoUsd } from "./money.ts";
import { pricesAt } from "./price.ts";
import type { RenderedPrompt } from "./request.ts";
import { estimateTokens, scaleTokens } from "./tokens.ts";
import { costOf, promptTokens, UNKNOWN_USAGE, type Cost, type Usage } from "./usage.ts";

/** What is known about a call when it has ended, one way or the other. */
export interface CallFacts {
  readonly model: Model;
  readonly startedAtMs: number;
  /** As the vendor reported it; unknown classes are `null`. */
  readonly reported: Usage;
  /** The reported counts cannot all be true: what they cost is not exact. */
  readonly isContradictory: boolean;
  /** What the endpoint said that the call costs; `null`: it named no cost. */
  readonly statedCostNanoUsd: NanoUsd | null;
  readonly sent: RenderedPrompt;
  /** Answer and thinking, as far as they came. */
  readonly received: string;
  readonly failure: Failure | null;
  /** It is certain that nothing reached the vendor. */
  readonly unsent: boolean;
}

/**
 * What a call is settled at. The vendor's usage where it came; nothing where the vendor answered with an error or was never
 * reached; else what was sent and received, marked as an estimate: unknown is not free.
 */
export function settlementOf(facts: CallFacts): { readonly usage: Usage; readonly cost: Cost } {
  const { reported } = facts;
  const nothingCame = facts.received === "" && reported.inputTokens === null && reported.outputTokens === null;
  // An error after the first token is no error answer: the vendor may bill what it had sent.
  if (
    facts.failure !== null &&
    nothingCame &&
    (facts.unsent || (facts.failure.status ?? 0) >= 400 || ERROR_RULES[facts.failure.kind].spent === "no")
  ) {
    return { usage: UNKNOWN_USAGE, cost: { nanoUsd: 0, exact: true } };
  }
  const complete = reported.inputTokens !== null && reported.outputTokens !== null && isPlausible(reported);
  const usage = complete ? reported : observed(facts);
  if (facts.statedCostNanoUsd !== null) return { usage, cost: { nanoUsd: facts.statedCostNanoUsd, exact: true } };
  if (facts.model.prices === "unpriced") return { usage, cost: { nanoUsd: 0, exact: false } };
  const cost = costOf(usage, pricesAt(facts.model.prices, facts.startedAtMs, promptTokens(usage) ?? 0));
  return {
    usage,
    cost: { nanoUsd: cost?.nanoUsd ?? 0, exact: complete && !facts.isContradictory && cost?.exact === true },
  };
}

/** No vendor's window holds a tenth of this: a larger count is a defect of the vendor's report, and as good as none. */
const MOST_PLAUSIBLE_TOKENS = 20_000_000;

function isPlausible(usage: Usage): boolean {
  return Object.values(usage).every((tokens: number | null) => tokens === null || tokens <= MOST_PLAUSIBLE_TOKENS);
}

function observed(facts: CallFacts): Usage {
  const { sent } = facts;
  const reported = isPlausible(facts.reported) ? facts.reported : UNKNOWN_USAGE;
  const factor = facts.model.tokenFactor;
  return {
    ...reported,
    inputTokens: reported.inputTokens ?? scaleTokens(sent.systemTokens, factor) + scaleTokens(sent.userTokens, factor),
    outputTokens: reported.outputTokens ?? scaleTokens(estimateTokens(facts.received), factor),
  };
}
