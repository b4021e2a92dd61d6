import type { LatencyEstimate } from "./latency.ts";
import type { Model } from "./model.ts";
import type { PriceRow } from "./price.ts";

/** What a vendor has served a call at. */
export type ServiceTier = "flex" | "standard";

/** OpenAI's advice for its flex tier (developers.openai.com, "Flex processing"); Google's is 10 minutes or more. */
const FLEX_TIMEOUT_MS = 15 * 60_000;
/** How much longer an answer may take there. A prior: nothing is measured of it. */
const FLEX_LATENCY_FACTOR = 3;

/** A model as it is at its vendor's slower tier; `null`: it has no price there. */
export function flexOf(model: Model): { readonly priced: Model; readonly patient: Model } | null {
  if (model.flexPrices === undefined || model.prices === "unpriced") return null;
  return {
    priced: { ...model, prices: model.flexPrices },
    patient: { ...model, timeoutMs: Math.max(model.timeoutMs, FLEX_TIMEOUT_MS) },
  };
}

export function flexLatency({ typicalMs, p95Ms }: LatencyEstimate): LatencyEstimate {
  return { typicalMs: typicalMs * FLEX_LATENCY_FACTOR, p95Ms: p95Ms * FLEX_LATENCY_FACTOR, measured: false };
}

/** The prices that a call is billed at: those of the tier that its vendor says it was served at. */
export function billedPrices({ prices, flexPrices }: Model, tier: ServiceTier): PriceRow | "unpriced" {
  return tier === "flex" ? (flexPrices ?? prices) : prices;
}

/** What an estimate says of a patient request: who is expected at the lower price; empty for any other. */
export function flexNotes(
  patience: "flex" | undefined,
  order: readonly { readonly model: Model; readonly tier?: "flex" }[],
): readonly string[] {
  if (patience === undefined) return [];
  const named = (isFlex: boolean): string =>
    order
      .filter(({ tier }) => (tier === "flex") === isFlex)
      .map(({ model }) => model.id)
      .join(", ");
  const [flex, others] = [named(true), named(false)];
  const expected = `flex: the expected cost of ${flex} is that of its flex tier; the standard price is held, in case the vendor bills it`;
  return [
    ...(flex === "" ? [] : [expected]),
    ...(others === "" ? [] : [`flex: ${others} has no flex price and is asked as usual`]),
  ];
}
