import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MODELS } from "../../src/catalog/models.ts";
import { planning } from "../../src/sandbox/answers/planning.ts";
import { canBeAnswered, occursAt, QUIRK_KINDS, type QuirkKind } from "../../src/sandbox/quirks.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { sandboxService } from "../support/sandbox-service.ts";

/**
 * Every unusual way to answer, at every vendor where it can occur, through the whole product: the first model is asked once and its
 * answer is taken whole, at its real cost.
 */
const VENDORS = [
  { vendor: "anthropic", primary: "claude-opus-5-5", secondary: "gpt-6.2-sol" },
  { vendor: "openai", primary: "gpt-6.2-sol", secondary: "deepseek-v4-pro" },
  { vendor: "together", primary: "deepseek-v4-pro", secondary: "gemini-3.8-flash" },
  { vendor: "google", primary: "gemini-3.8-flash", secondary: "claude-opus-5-5" },
] as const;

/** Longer than a second behind the first finish, and longer than a silence within the answer may be. */
const FIGURES: Partial<Record<QuirkKind, object>> = {
  early_finish: { everyMs: 60 },
  keep_alive: { ms: 2500, everyMs: 100 },
  late_text: { ms: 2500 },
};
/** What the wire does not tell, or tells otherwise than the vendor bills it. */
const ESTIMATED: ReadonlySet<QuirkKind> = new Set(["zero_usage"]);

const wireIdOf = (id: string): string => MODELS.find((model) => model.id === id)?.wireId ?? "";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    answers: ({ wireId }) => planning.good.replace("# Plan: move", `# Plan by ${wireId}: move`),
  });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

async function ask(models: readonly string[], kind: QuirkKind) {
  sandbox.setFault(wireIdOf(models[0] ?? ""), { kind, ...FIGURES[kind] });
  const app = await sandboxService(sandbox, {}, { verifier: HERE });
  const outcome = await app.service.route(
    {
      task: "planning",
      prompt: planning.prompt,
      models: [...models],
      deadline_ms: 15_000,
      budget_usd: 5,
      max_output_tokens: 2000,
    },
    { signal: new AbortController().signal },
  );
  await app.close();
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

describe.each(VENDORS)("at $vendor", ({ vendor, primary, secondary }) => {
  const kinds = QUIRK_KINDS.filter((kind) => occursAt(kind, vendor));

  it.each(kinds.filter(canBeAnswered))("%s is answered at once, whole, and at what it costs", async (kind) => {
    const value = await ask([primary, secondary], kind);
    expect(value).toMatchObject({ status: "accepted", model: primary });
    expect(value.text).toContain(`# Plan by ${wireIdOf(primary)}: move`);
    expect(value.text.trimEnd().endsWith(planning.good.trimEnd().slice(-40))).toBe(true);
    expect(value.text).not.toContain("think>");
    expect(sandbox.calls).toHaveLength(1);
    const billedUsd = sandbox.billedNanoUsd() / 1e9;
    const isEstimate = ESTIMATED.has(kind) || (kind === "no_finish" && vendor === "together");
    expect(value.cost_is_estimated).toBe(isEstimate);
    if (kind === "stated_cost") expect(value.cost_usd).toBe(0.00125);
    else if (isEstimate) expect(value.cost_usd).toBeGreaterThan(0.5 * billedUsd);
    else expect(value.cost_usd).toBe(billedUsd);
  });

  it.each(kinds.filter((kind) => !canBeAnswered(kind)))("%s is given up, and the next model answers", async (kind) => {
    const value = await ask([primary, secondary], kind);
    expect(value).toMatchObject({ status: "accepted", model: secondary });
    expect(value.attempts[0]).toMatchObject({ model: primary, error_kind: "invalid_response" });
    expect(sandbox.calls).toHaveLength(2);
  });
});
