import { afterAll, describe, expect, it } from "vitest";
import { sandboxService } from "../support/sandbox-service.ts";

/** The cheapest model of each vendor; together they cost well under a cent. */
const VENDORS = [
  { vendor: "Anthropic", keys: ["ANTHROPIC_API_KEY"], model: "claude-haiku-5-5" },
  { vendor: "OpenAI", keys: ["OPENAI_API_KEY"], model: "gpt-6-luna" },
  { vendor: "Together", keys: ["TOGETHER_API_KEY"], model: "gpt-oss-120b" },
  { vendor: "Google", keys: ["GEMINI_API_KEY", "GOOGLE_API_KEY"], model: "gemini-3.5-flash-lite" },
] as const;

const BUDGET_EACH_USD = 0.0025;
let spentUsd = 0;

describe.each(VENDORS)("a real call to $vendor", ({ keys, model }) => {
  const set = keys.some((key) => (process.env[key] ?? "") !== "");

  it.skipIf(!set)(`answers through ${model} (skipped unless ${keys.join(" or ")} is set)`, async () => {
    const app = await sandboxService({ env: process.env as Record<string, string> });
    const outcome = await app.service.route(
      {
        task: "general",
        prompt: "Reply with the single word: pong",
        models: [model],
        budget_usd: BUDGET_EACH_USD,
        max_output_tokens: 64,
        deadline_ms: 45_000,
      },
      { signal: new AbortController().signal },
    );
    await app.close();
    if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
    spentUsd += outcome.value.cost_usd;
    expect(outcome.value.text.toLowerCase()).toContain("pong");
    expect(outcome.value.usage.output_tokens).not.toBeNull();
    expect(outcome.value.cost_is_estimated).toBe(false);
    expect(outcome.value.cost_usd).toBeGreaterThan(0);
  });
});

afterAll(() => {
  const skipped = VENDORS.filter(({ keys }) => !keys.some((key) => (process.env[key] ?? "") !== ""));
  console.log(
    `Spent $${spentUsd.toFixed(6)}. ${skipped.length === 0 ? "No vendor was skipped." : `Skipped, for want of a key: ${skipped.map(({ vendor }) => vendor).join(", ")}.`}`,
  );
  expect(spentUsd).toBeLessThanOrEqual(0.01);
});
