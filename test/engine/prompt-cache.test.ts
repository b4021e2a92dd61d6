import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RouteInput } from "../../src/core/contract.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";

const ANSWER = "Signals tell trains when to stop and when to go.";
/** A file of some 50,000 tokens, and one below what any vendor keeps. */
const LONG = Array.from({ length: 5000 }, (_, line) => `const signal_${line} = { aspect: ${line % 4} };`).join("\n");
const SHORT = LONG.slice(0, 4000);
const MODEL = { anthropic: "claude-haiku-5-5", openai: "gpt-6-luna", google: "gemini-3.8-flash" } as const;

let sandbox: Sandbox;
let app: SandboxService;
beforeEach(async () => {
  sandbox = await startSandbox({ answers: () => ANSWER });
  app = await sandboxService(sandbox, { defaults: { budget_usd: null } }, { verifier: HERE });
});
afterEach(async () => {
  await app.close();
  await sandbox.close();
});

const ask = (model: string, question: string, content = LONG): RouteInput => ({
  task: "general",
  prompt: `What is signal ${question}?`,
  context: { files: [{ path: "signals.ts", content }] },
  models: [model],
  max_output_tokens: 500,
  deadline_ms: 60_000,
});
const options = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });
const spentUsd = async (): Promise<number> => {
  const spend = await app.service.spendReport({});
  return spend.ok ? spend.value.totals.cost_usd : Number.NaN;
};
const billedUsd = (): number => sandbox.billedNanoUsd() / 1e9;
const cached = (): readonly (readonly [number, number])[] =>
  sandbox.bill.map(({ cacheReadTokens, cacheWriteTokens }) => [cacheReadTokens, cacheWriteTokens]);

describe("a batch whose tasks begin with the same long file", () => {
  const batch = (model: string, content = LONG): Promise<unknown> =>
    app.service.routeBatch(
      {
        tasks: Array.from({ length: 20 }, (_, task) => ask(model, String(task), content)),
        parallelism: 4,
        deadline_ms: 120_000,
      },
      options(),
    );

  it("writes the file to Anthropic's cache once, reads it nineteen times, and is billed so", async () => {
    expect(await batch(MODEL.anthropic)).toMatchObject({ ok: true, value: { totals: { accepted: 20 } } });
    const [[, written] = [0, 0], ...others] = cached();
    expect(written).toBeGreaterThan(40_000);
    expect(others).toHaveLength(19);
    for (const counts of others) expect(counts).toEqual([written, 0]);
    expect(await spentUsd()).toBeCloseTo(billedUsd(), 9);
    const withCache = billedUsd();
    // The same tasks, each in an app that has sent nothing before.
    sandbox.reset();
    for (let task = 0; task < 20; task += 1) {
      const fresh = await sandboxService(sandbox, { defaults: { budget_usd: null } }, { verifier: HERE });
      await fresh.service.route(ask(MODEL.anthropic, String(task)), options());
      await fresh.close();
    }
    expect(withCache).toBeLessThan(0.3 * billedUsd());
  });

  it.each(["openai", "google"] as const)("lets %s read its own cache from the second task on", async (vendor) => {
    expect(await batch(MODEL[vendor])).toMatchObject({ ok: true, value: { totals: { accepted: 20 } } });
    const [first, ...others] = cached();
    expect(first).toEqual([0, 0]);
    for (const [read] of others) expect(read).toBeGreaterThan(40_000);
    expect(await spentUsd()).toBeCloseTo(billedUsd(), 9);
  });

  it("marks nothing when the file is too short to be kept", async () => {
    await batch(MODEL.anthropic, SHORT);
    expect(JSON.stringify(sandbox.calls.map(({ parameters }) => parameters))).not.toContain("cache_control");
    expect(new Set(cached().flat())).toEqual(new Set([0]));
  });
});

describe("requests one after the other", () => {
  it("pay for Anthropic's cache from the second one with the same file on", async () => {
    for (const question of ["1", "2", "3", "4"]) await app.service.route(ask(MODEL.anthropic, question), options());
    const [first, second, ...later] = cached();
    expect(first).toEqual([0, 0]);
    expect(second?.[1]).toBeGreaterThan(40_000);
    for (const counts of later) expect(counts).toEqual([second?.[1], 0]);
    expect(await spentUsd()).toBeCloseTo(billedUsd(), 9);
  });

  it("are estimated as they are billed once the vendor has the file", async () => {
    const expectedUsd = async (): Promise<number> => {
      const estimated = await app.service.estimate(ask(MODEL.anthropic, "9"));
      return estimated.ok ? (estimated.value.candidates[0]?.cost_usd_expected ?? Number.NaN) : Number.NaN;
    };
    const cold = await expectedUsd();
    for (const question of ["1", "2"]) await app.service.route(ask(MODEL.anthropic, question), options());
    const warm = await expectedUsd();
    expect(warm).toBeLessThan(0.5 * cold);
  });

  it("name a cache at OpenAI that tells nothing of the text and is another one for each file", async () => {
    await app.service.route(ask(MODEL.openai, "1"), options());
    await app.service.route(ask(MODEL.openai, "2"), options());
    await app.service.route(ask(MODEL.openai, "3", `${LONG}\n// more`), options());
    const keys = sandbox.calls.map(({ parameters }) => String(parameters["prompt_cache_key"]));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it("let a repair read what the answer before it has sent", async () => {
    const accept = [{ matches: "semaphore" }];
    await app.service.route({ ...ask(MODEL.openai, "1"), accept, on_below_quality: "return_best" }, options());
    const [first, repair] = cached();
    expect(first).toEqual([0, 0]);
    expect(repair?.[0]).toBeGreaterThan(40_000);
    expect(await spentUsd()).toBeCloseTo(billedUsd(), 9);
  });

  it("send the whole prompt, in its order, whether it is marked or not", async () => {
    for (const question of ["1", "2"]) await app.service.route(ask(MODEL.anthropic, question), options());
    const [plain, marked] = sandbox.calls;
    expect(JSON.stringify(marked?.parameters["messages"])).toContain("cache_control");
    expect(marked?.promptText).toBe(plain?.promptText.replace("signal 1?", "signal 2?"));
  });
});
