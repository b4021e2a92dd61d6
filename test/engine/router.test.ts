import "better-sqlite3";
import { beforeAll, describe, expect, it } from "vitest";
import { answers, scriptedProviders, USAGE } from "../support/scripted-provider.ts";
import { virtualClock } from "../support/virtual-clock.ts";
import { NOW_MS } from "../support/arbitraries.ts";
import { attemptsOf, FIRST, GOOD, KEYS, run, SECOND, warmUp } from "../support/routed.ts";
import { sandboxService } from "../support/sandbox-service.ts";

beforeAll(warmUp);

describe("fallback", () => {
  it("returns the first candidate's answer and calls no other", async () => {
    const done = await run({ scripts: { [FIRST]: [answers(GOOD)] } });
    expect(done.outcome).toMatchObject({ ok: true, value: { status: "accepted", text: GOOD, model: FIRST } });
    expect(done.calls).toEqual([FIRST]);
  });

  it.each([
    "auth",
    "rate_limit",
    "quota",
    "overloaded",
    "timeout",
    "network",
    "bad_request",
    "context_length",
    "content_filter",
    "refusal",
    "truncated",
    "empty",
    "invalid_response",
  ] as const)("goes on to the next model after %s", async (kind) => {
    const done = await run({ scripts: { [FIRST]: [[{ fail: kind }]], [SECOND]: [answers(GOOD)] } });
    expect(attemptsOf(done)).toEqual([`${FIRST} failed ${kind}`, `${SECOND} accepted`]);
  });

  it("gives the fallback its chance when the primary hangs, inside the deadline", async () => {
    const done = await run({ scripts: { [FIRST]: [["hang"]], [SECOND]: [[{ waitMs: 2000 }, ...answers(GOOD)]] } });
    expect(attemptsOf(done)).toEqual([`${FIRST} failed timeout`, `${SECOND} accepted`]);
    expect(done.tookMs).toBeLessThan(10_000);
  });

  it("leaves an adapter behind that does not let go", async () => {
    const done = await run({ scripts: { [FIRST]: [["deaf"]], [SECOND]: [answers(GOOD)] } });
    expect(attemptsOf(done)).toEqual([`${FIRST} failed timeout`, `${SECOND} accepted`]);
  });

  it("notices silence in the middle of an answer before the whole slice is gone", async () => {
    const done = await run({
      scripts: { [FIRST]: [[{ say: "Signals tell" }, "hang"]], [SECOND]: [answers(GOOD)] },
      input: { deadline_ms: 60_000 },
    });
    expect(attemptsOf(done)).toEqual([`${FIRST} failed timeout`, `${SECOND} accepted`]);
    expect(done.tookMs).toBeLessThan(20_000);
  });

  it("does not take an answer without a finish for an answer", async () => {
    const done = await run({ scripts: { [FIRST]: [[{ say: "Signals tell trains" }]], [SECOND]: [answers(GOOD)] } });
    expect(attemptsOf(done)).toEqual([`${FIRST} failed invalid_response`, `${SECOND} accepted`]);
  });

  it("fails in time and typed when every provider hangs", async () => {
    const done = await run({ scripts: { [FIRST]: [["hang"]], [SECOND]: [["hang"]] } });
    expect(done.outcome).toMatchObject({ ok: false, error: { code: "deadline_exceeded" } });
    if (done.outcome.ok) throw new Error("should fail");
    expect(done.outcome.error.message.match(/raise deadline_ms/gi)).toHaveLength(1);
    expect(done.tookMs).toBeLessThanOrEqual(10_000);
  });

  it("names every attempt when all fail", async () => {
    const done = await run({ scripts: { [FIRST]: [[{ fail: "auth" }]], [SECOND]: [[{ fail: "quota" }]] } });
    if (done.outcome.ok) throw new Error("should fail");
    expect(done.outcome.error.code).toBe("all_failed");
    expect(done.outcome.error.message).toContain(`${FIRST}: check the provider's API key`);
    expect(done.outcome.error.message).toContain(`${SECOND}: top up`);
    expect(done.outcome.error.attempts).toMatchObject([
      { model: FIRST, error_kind: "auth", error_message: expect.any(String) as unknown },
      { model: SECOND, error_kind: "quota", error_message: expect.any(String) as unknown },
    ]);
  });
});

describe("the same model again", () => {
  it("is asked when no other model is left and the vendor says when to come back", async () => {
    const done = await run({
      scripts: { [FIRST]: [[{ fail: "rate_limit", retryAfterMs: 1500 }], answers(GOOD)] },
      input: { models: [FIRST] },
    });
    expect(attemptsOf(done)).toEqual([`${FIRST} failed rate_limit`, `${FIRST} accepted`]);
    expect(done.tookMs).toBeGreaterThanOrEqual(1500);
  });

  it("is not waited for beyond the deadline; the caller learns when to come back", async () => {
    const done = await run({
      scripts: { [FIRST]: [[{ fail: "rate_limit", retryAfterMs: 60_000 }]] },
      input: { models: [FIRST] },
    });
    expect(done.outcome).toMatchObject({ ok: false, error: { code: "all_failed", retry_after_ms: 60_000 } });
    expect(done.calls).toEqual([FIRST]);
  });

  it("is asked once more at the most", async () => {
    const done = await run({ scripts: { [FIRST]: [[{ fail: "network" }]] }, input: { models: [FIRST] } });
    expect(done.calls).toEqual([FIRST, FIRST]);
  });
});

describe("the caller's cancel", () => {
  it("stops everything, settles what was consumed, and is no failure of the model", async () => {
    const done = await run({
      scripts: { [FIRST]: [[{ say: "Signals tell" }, "hang"]], [SECOND]: [answers(GOOD)] },
      cancelAfterMs: 100,
    });
    expect(done.outcome).toMatchObject({
      ok: false,
      error: { code: "cancelled", attempts: [{ error_kind: "cancelled" }] },
    });
    expect(done.calls).toEqual([FIRST]);
    if (done.outcome.ok || !done.spend.ok) throw new Error("unreachable");
    expect(done.outcome.error.cost_usd).toBeGreaterThan(0);
    expect(done.spend.value.totals.cost_usd).toBe(done.outcome.error.cost_usd);
  });
});

describe("the budget of a call", () => {
  it("counts what failed attempts cost against the next candidate", async () => {
    // The answer of the first costs 100 x 4 + 50 x 20 USD per million tokens.
    const done = await run({
      scripts: { [FIRST]: [[{ say: "x" }, { finish: "length" }]], [SECOND]: [answers(GOOD)] },
      input: { budget_usd: 0.6 },
    });
    if (!done.outcome.ok) throw new Error(done.outcome.error.message);
    expect(done.outcome.value.cost_usd).toBe(0.0014 + 0.0007);
    expect(done.wire[1]?.outputLimitTokens).toBeLessThan(60_000);
  });

  it("lowers the output limit to what it can pay and says so", async () => {
    const done = await run({
      scripts: { [FIRST]: [answers(GOOD)] },
      input: { models: [FIRST], budget_usd: 0.2, max_output_tokens: 4000 },
    });
    if (!done.outcome.ok) throw new Error(done.outcome.error.message);
    expect((done.wire[0]?.outputLimitTokens ?? 0) * 20e-6).toBeLessThanOrEqual(0.2);
    expect(done.wire[0]?.effort).toBe("low");
    expect(done.outcome.value.notes.join()).toContain("output limit lowered");
  });

  it("refuses with the figure when not even a short answer fits", async () => {
    const done = await run({ scripts: {}, input: { models: [FIRST], budget_usd: 0.001 } });
    if (done.outcome.ok) throw new Error("should fail");
    expect(done.outcome.error.code).toBe("budget_exceeded");
    expect(done.outcome.error.message).toMatch(/needs at least \$0\.\d+, the call budget has \$0\.001000 left/);
    expect(done.calls).toEqual([]);
  });

  it("of 0 means free models only", async () => {
    const local = {
      providers: { ollama: { kind: "openai_compatible", base_url: "http://127.0.0.1:1/v1" } },
      models: [
        {
          id: "local",
          provider: "ollama",
          wire_id: "qwen3",
          prices: { input_usd_per_mtok: 0, output_usd_per_mtok: 0 },
          context_tokens: 32_768,
          max_output_tokens: 8192,
        },
      ],
    };
    const done = await run({
      scripts: { local: [answers(GOOD)] },
      input: { models: [FIRST, "local"], budget_usd: 0 },
      config: local,
    });
    expect(done.outcome).toMatchObject({ ok: true, value: { model: "local", cost_usd: 0 } });
    const paid = await run({ scripts: {}, input: { models: [FIRST], budget_usd: 0 } });
    expect(paid.outcome).toMatchObject({ ok: false, error: { code: "budget_exceeded", cost_usd: 0 } });
  });

  it("of a day holds over calls, with the figures in the refusal", async () => {
    const done = await run({
      scripts: { [FIRST]: [answers(GOOD)] },
      config: { budgets: { day_usd: 0.01 } },
      input: { models: [FIRST] },
    });
    expect(done.outcome).toMatchObject({ ok: false, error: { code: "budget_exceeded" } });
  });
});

describe("what the outside world does to a request", () => {
  it("does not lose an answer whose vendor reports an absurd usage", async () => {
    const absurd = { ...USAGE, outputTokens: Number.MAX_SAFE_INTEGER };
    const done = await run({ scripts: { [FIRST]: [[{ say: GOOD }, { report: absurd }, { finish: "stop" }]] } });
    expect(done.outcome).toMatchObject({ ok: true, value: { text: GOOD, cost_is_estimated: true } });
  });

  it("does not let a listener that throws cost the answer", async () => {
    const done = await run({
      scripts: { [FIRST]: [answers(GOOD)] },
      onProgress: () => {
        throw new Error("boom");
      },
    });
    expect(done.outcome).toMatchObject({ ok: true, value: { text: GOOD } });
  });

  it("sizes the fallback on what its own attempts have left of the day", async () => {
    const done = await run({
      scripts: { "gpt-6-luna": [[{ say: "x" }, { finish: "length" }]], "claude-haiku-5-5": [answers(GOOD)] },
      config: { budgets: { day_usd: 0.01 } },
      input: { models: ["gpt-6-luna", "claude-haiku-5-5"] },
    });
    expect(attemptsOf(done)).toEqual(["gpt-6-luna failed truncated", "claude-haiku-5-5 accepted"]);
  });

  it("does not hold a deadline that was too short against the model", async () => {
    const clock = virtualClock(NOW_MS);
    const { create, calls } = scriptedProviders({ [FIRST]: [["hang"], ["hang"], ["hang"], answers(GOOD)] }, clock);
    const app = await sandboxService({ env: KEYS }, {}, { clock, createProvider: create });
    const input = { task: "general", prompt: "Say hello.", models: [FIRST] };
    const { signal } = new AbortController();
    for (let call = 0; call < 3; call += 1) await app.service.route({ ...input, deadline_ms: 1000 }, { signal });
    const listed = await app.service.listModels({ task: "semantic_audit" });
    await app.close();
    expect(calls).toHaveLength(3);
    expect(listed.ok && listed.value.models.find((model) => model.id === FIRST)?.health).toBe("ok");
  });
});

describe("a low verdict", () => {
  const CIRCLE =
    "1. **A**: start. Depends on: step 2\n2. **B**: go on. Depends on: step 1\n3. **C**: end. Depends on: step 2";
  const PLAN =
    "1. **Inventory**: list the services. Verify: the list is signed off.\n2. **Extract**: move one service. Depends on: step 1. Verify: tests pass.\n3. **Switch**: route traffic. Depends on: step 2. Verify: error rate is flat.";
  const input = { task: "planning", prompt: "Plan the migration to services in three steps with dependencies." };

  it("is a reason to fall back", async () => {
    const done = await run({ scripts: { [FIRST]: [answers(CIRCLE)], [SECOND]: [answers(PLAN)] }, input });
    expect(attemptsOf(done)).toEqual([`${FIRST} rejected`, `${SECOND} accepted`]);
  });

  it("never loses the best rejected answer", async () => {
    const done = await run({ scripts: { [FIRST]: [answers(CIRCLE)], [SECOND]: [[{ fail: "overloaded" }]] }, input });
    expect(done.outcome).toMatchObject({
      ok: true,
      value: { status: "below_quality", text: CIRCLE, verdict: { status: "failed" } },
    });
  });

  it("is an error where the caller wants it to be", async () => {
    const done = await run({
      scripts: { [FIRST]: [answers(CIRCLE)], [SECOND]: [answers(CIRCLE)] },
      input: { ...input, on_below_quality: "error" },
    });
    expect(done.outcome).toMatchObject({ ok: false, error: { code: "below_quality" } });
  });
});

describe("retired models", () => {
  it("are answered by their successor, and the receipt says so", async () => {
    const done = await run({ scripts: { [SECOND]: [answers(GOOD)] }, input: { models: ["gpt-4-turbo"] } });
    if (!done.outcome.ok || done.receipt?.ok !== true) throw new Error("should answer");
    expect(done.outcome.value.model).toBe(SECOND);
    expect(done.outcome.value.notes.join()).toContain("gpt-4-turbo was shut down on 2026-10-23");
    expect(JSON.stringify(done.receipt.value["notes"])).toContain("gpt-6.2-sol takes its place");
  });
});

describe("the receipt", () => {
  it("holds plan, attempts, verdicts, cost and baseline, and no text", async () => {
    const done = await run({ scripts: { [FIRST]: [[{ fail: "overloaded" }]], [SECOND]: [answers(GOOD)] } });
    if (!done.outcome.ok || done.receipt?.ok !== true) throw new Error("should answer");
    expect(done.receipt.value).toMatchObject({
      status: "accepted",
      plan: { order: [FIRST, SECOND] },
      attempts: [
        { model: FIRST, outcome: "failed", error_kind: "overloaded", cost_usd: 0 },
        { model: SECOND, outcome: "accepted", returned: true, verdict: { status: "unchecked" } },
      ],
      cost_usd: done.outcome.value.cost_usd,
      baseline: { model: "claude-opus-5-5", cost_usd: 0.0014 },
    });
    expect(JSON.stringify(done.receipt.value)).not.toContain(GOOD);
    expect(JSON.stringify(done.receipt.value)).not.toContain("What are railway signals");
  });

  it("holds the text when the config says so", async () => {
    const done = await run({ scripts: { [FIRST]: [answers(GOOD)] }, config: { privacy: { store_text: true } } });
    expect(JSON.stringify(done.receipt)).toContain(GOOD);
  });
});

describe("progress", () => {
  it("tells the stages, the model and the growing answer", async () => {
    const done = await run({
      scripts: { [FIRST]: [[{ fail: "overloaded" }]], [SECOND]: [[{ say: GOOD }, { say: GOOD }, { finish: "stop" }]] },
    });
    const stages = done.progress.map(({ stage, model }) => `${stage} ${model ?? ""}`.trim());
    expect([...new Set(stages)]).toEqual([
      "planning",
      `calling ${FIRST}`,
      `falling_back ${SECOND}`,
      `calling ${SECOND}`,
      `verifying ${SECOND}`,
    ]);
  });
});
