import { believedUsage, type BelievedUsage, type UsageLimits } from "./believed-usage.ts";
import { ERROR_RULES, type ErrorKind } from "./errors.ts";
import { billedPrices, type ServiceTier } from "./flex.ts";
import type { Failure } from "./attempt.ts";
import type { Model } from "./model.ts";
import { formatUsd, type NanoUsd } from "./money.ts";
import { pricesAt } from "./price.ts";
import type { RenderedPrompt } from "./request.ts";
import { costOf, promptTokens, UNKNOWN_USAGE, worstCaseCost, type Cost, type Usage } from "./usage.ts";

/** What is known about a call when it has ended, one way or the other. */
export interface CallFacts extends UsageLimits {
  readonly model: Model;
  readonly startedAtMs: number;
  /** As the vendor reported it; unknown classes are `null`. */
  readonly reported: Usage;
  /** The reported counts cannot all be true: what they cost is not exact. */
  readonly isContradictory: boolean;
  /** What the endpoint said that the call costs; `null`: it named no cost. */
  readonly statedCostNanoUsd: NanoUsd | null;
  /** The tier that it was asked at, and that the vendor says it was served at. */
  readonly tier: ServiceTier;
  /** What the ledger holds for the call: the most that is ever booked for it. */
  readonly heldNanoUsd: NanoUsd;
  readonly sent: RenderedPrompt;
  /** Estimated o200k tokens of the schema that went beside it; absent: none did. */
  readonly schemaTokens?: number;
  /** Answer and thinking, as far as they came. */
  readonly received: string;
  readonly failure: Failure | null;
  /** It is certain that nothing reached the vendor. */
  readonly unsent: boolean;
}

/** What a call is settled at. */
export interface Settlement {
  readonly usage: Usage;
  readonly cost: Cost;
  /** Figures of the endpoint that are not believed, in words for the receipt; empty when all are. */
  readonly doubts: readonly string[];
}

/**
 * What a call is settled at. The cost that the endpoint states, or what the usage that it reports comes to; nothing where the vendor
 * answered with an error or was never reached; else what was sent and received, marked as an estimate: unknown is not free.
 * Never above what was held: a figure that cannot be is not exact, and the doubts name it.
 */
export function settlementOf(facts: CallFacts): Settlement {
  const { reported, heldNanoUsd } = facts;
  const stated = amountOrNull(facts.statedCostNanoUsd);
  const nothingCame = facts.received === "" && reported.inputTokens === null && reported.outputTokens === null;
  // An error after the first token is no error answer: the vendor may bill what it had sent.
  if (
    facts.failure !== null &&
    nothingCame &&
    stated === null &&
    (facts.unsent || (facts.failure.status ?? 0) >= 400 || ERROR_RULES[facts.failure.kind].spent === "no")
  ) {
    return { usage: UNKNOWN_USAGE, cost: { nanoUsd: 0, exact: true }, doubts: [] };
  }
  const believed = believedUsage(facts);
  const computed = costAt(believed, facts);
  const booked = stated === null ? { cost: computed, doubts: [] } : statedCost(stated, computed, facts);
  const { cost, doubts } = atMost(heldNanoUsd, booked.cost, stated);
  // Where nothing is held the model is free, or has no price: its counts cost nothing.
  const counted = heldNanoUsd === 0 ? [] : believed.doubts;
  return { usage: believed.usage, cost, doubts: [...counted, ...booked.doubts, ...doubts] };
}

interface Booked {
  readonly cost: Cost;
  readonly doubts: readonly string[];
}

/** Nothing books more than was held: the vendor was given no room to bill more. An endpoint that names more is not believed. */
function atMost(heldNanoUsd: NanoUsd, cost: Cost, stated: NanoUsd | null): Booked {
  if (cost.nanoUsd <= heldNanoUsd) return { cost, doubts: [] };
  const said = stated === cost.nanoUsd ? "stated a cost of" : cost.exact ? "reported a usage that comes to" : null;
  // Above what was held by our own estimate alone is nothing that the endpoint said.
  const most = `above the ${formatUsd(heldNanoUsd)} that the call may cost at most`;
  const doubts = said === null ? [] : [`${said} ${formatUsd(cost.nanoUsd)}, ${most}`];
  return { cost: { nanoUsd: heldNanoUsd, exact: false }, doubts };
}

function costAt({ usage, complete }: BelievedUsage, { model, tier, startedAtMs }: CallFacts): Cost {
  const row = billedPrices(model, tier);
  if (row === "unpriced") return { nanoUsd: 0, exact: false };
  const prices = pricesAt(row, startedAtMs, promptTokens(usage) ?? 0);
  const cost = costOf(usage, prices);
  const isFree = worstCaseCost(1, 1, prices) === 0;
  return { nanoUsd: cost?.nanoUsd ?? 0, exact: isFree || (complete && cost?.exact === true) };
}

/** No discount takes more of a price than this leaves: a stated cost below it is a mistake or a lie. */
const LEAST_SHARE_OF_PRICE = 0.01;

/** A stated cost beats a computed one, unless it is next to nothing beside tokens that have a price: then the price row decides. */
function statedCost(stated: NanoUsd, computed: Cost, { received, failure }: CallFacts): Booked {
  if (received === "" || stated >= computed.nanoUsd * LEAST_SHARE_OF_PRICE) {
    // Of a call that broke off it may not have been the last word.
    const exact = failure === null || !BROKE_OFF.has(failure.kind);
    return { cost: { nanoUsd: stated, exact }, doubts: [] };
  }
  const doubt = `stated a cost of ${stated === 0 ? "$0" : formatUsd(stated)} for what comes to ${formatUsd(computed.nanoUsd)} at the model's price`;
  return { cost: { ...computed, exact: false }, doubts: [doubt] };
}

const BROKE_OFF: ReadonlySet<ErrorKind> = new Set(["timeout", "network", "cancelled"]);

/** An amount of money, or `null`: an endpoint that states anything else has stated nothing. */
function amountOrNull(nanoUsd: NanoUsd | null): NanoUsd | null {
  return nanoUsd !== null && Number.isSafeInteger(nanoUsd) && nanoUsd >= 0 ? nanoUsd : null;
}
