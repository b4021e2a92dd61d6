import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MODELS } from "../../src/catalog/models.ts";
import type { RouteInput } from "../../src/core/contract.ts";
import type { Model } from "../../src/core/model.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";
import { answers } from "../support/scripted-provider.ts";
import { station } from "../support/station.ts";

const MODEL = { openai: "gpt-6-luna", google: "gemini-3.8-flash" } as const;
type FlexVendor = keyof typeof MODEL;
const VENDORS = Object.keys(MODEL) as readonly FlexVendor[];
const ANSWER = "Signals tell trains when to stop and when to go.";

let sandbox: Sandbox;
let app: SandboxService;
const start = async (options: SandboxOptions = {}, config: Record<string, unknown> = {}): Promise<void> => {
  sandbox = await startSandbox({ answers: () => ANSWER, ...options });
  app = await sandboxService(sandbox, { defaults: { budget_usd: null }, ...config }, { verifier: HERE });
};
beforeEach(() => start());
const stop = async (): Promise<void> => {
  await app.close();
  await sandbox.close();
};
afterEach(stop);
const again = async (...how: Parameters<typeof start>): Promise<void> => {
  await stop();
  await start(...how);
};

const ask = (models: readonly string[], more: Partial<RouteInput> = {}): RouteInput => ({
  task: "general",
  prompt: "What do signals do?",
  models: [...models],
  max_output_tokens: 500,
  patience: "flex",
  ...more,
});
async function route(input: RouteInput) {
  const done = await app.service.route(input, { signal: new AbortController().signal });
  if (!done.ok) throw new Error(done.error.message);
  const receipt = await app.service.receipt(done.value.route_id);
  if (!receipt.ok) throw new Error(receipt.error.message);
  return { ...done.value, notes: receipt.value.notes.join("\n") };
}
const spentNanoUsd = async (): Promise<number> => {
  const spend = await app.service.spendReport({});
  return spend.ok ? Math.round(spend.value.totals.cost_usd * 1e9) : Number.NaN;
};
const askedTier = (call = 0): unknown => {
  const body = sandbox.calls[call]?.parameters;
  return body?.["service_tier"] ?? body?.["serviceTier"];
};
const withoutFlex = (model: Model): Model => {
  const { flexPrices, ...rest } = model;
  return flexPrices === undefined ? model : rest;
};

describe.each(VENDORS)("patience flex at %s", (vendor) => {
  const model = MODEL[vendor];

  it("asks for the flex tier in the vendor's own field, and is billed half of the standard price", async () => {
    const flex = await route(ask([model]));
    expect(askedTier()).toBe("flex");
    expect(flex.notes).toContain(`${model} was served at the price of its flex tier`);
    expect(flex.cost_is_estimated).toBe(false);
    const flexNanoUsd = await spentNanoUsd();
    expect(flexNanoUsd).toBe(sandbox.billedNanoUsd());
    sandbox.reset();
    const { patience: _, ...impatient } = ask([model]);
    const standard = await route(impatient);
    expect(askedTier()).toBeUndefined();
    expect(standard.notes).not.toContain("flex");
    // Each is rounded once.
    expect(Math.abs(2 * flexNanoUsd - sandbox.billedNanoUsd())).toBeLessThanOrEqual(1);
  });

  it("is estimated at the flex price and held at the standard one, and the estimate says so", async () => {
    const { patience: _, ...impatient } = ask([model]);
    const [flex, standard] = [await app.service.estimate(ask([model])), await app.service.estimate(impatient)];
    if (!flex.ok || !standard.ok) throw new Error("no estimate");
    const [one, other] = [flex.value.candidates[0], standard.value.candidates[0]];
    expect((one?.cost_usd_expected ?? 0) / (other?.cost_usd_expected ?? 0)).toBeCloseTo(0.5, 2);
    expect(one?.cost_usd_max).toBe(other?.cost_usd_max);
    expect(flex.value.notes.join()).toContain(`the expected cost of ${model} is that of its flex tier`);
    expect(standard.value.notes.join()).not.toContain("flex");
  });

  it.each([
    ["429", { kind: "rate_limit" }],
    ["503", { kind: "unavailable" }],
  ] as const)(
    "falls back to the standard tier at once when flex has no room (%s), and says so",
    async (status, fault) => {
      await again({ faultFor: ({ wantsFlex }) => (wantsFlex ? fault : null) });
      const done = await route(ask([model]));
      expect(sandbox.calls.map((call) => call.status)).toEqual([Number(status), 200]);
      expect([askedTier(0), askedTier(1)]).toEqual(["flex", undefined]);
      expect(done.attempts).toHaveLength(1);
      expect(done.notes).toContain(`${model} was asked at the standard price: its flex tier had no room ("`);
      expect(await spentNanoUsd()).toBe(sandbox.billedNanoUsd());
      const row = MODELS.find(({ id }) => id === model);
      expect(sandbox.bill).toHaveLength(1);
      expect(row?.flexPrices).toBeDefined();
    },
  );

  it("is booked at the standard price when the vendor says that it served that", async () => {
    await again({ models: MODELS.map(withoutFlex) });
    const done = await route(ask([model]));
    expect(askedTier()).toBe("flex");
    expect(done.notes).toContain(`${model} is booked at the standard price`);
    expect(await spentNanoUsd()).toBe(sandbox.billedNanoUsd());
  });

  it("does not fall back on an error that is not about room", async () => {
    await again({ faultFor: ({ wantsFlex }) => (wantsFlex ? { kind: "unauthorized" } : null) });
    const done = await app.service.route(ask([model]), { signal: new AbortController().signal });
    expect(done).toMatchObject({ ok: false, error: { code: "all_failed" } });
    expect(sandbox.calls.map(({ status }) => status)).toEqual([401]);
  });

  it("with a price of one's own goes at the standard tier, unless its flex price is given too", async () => {
    const prices = { input_usd_per_mtok: 1, output_usd_per_mtok: 2 };
    await again({}, { models: [{ id: model, prices }] });
    await route(ask([model]));
    expect(askedTier()).toBeUndefined();
    const flex_prices = { input_usd_per_mtok: 0.5, output_usd_per_mtok: 1 };
    await again({}, { models: [{ id: model, prices, flex_prices }] });
    await route(ask([model]));
    expect(askedTier()).toBe("flex");
  });
});

describe("patience flex elsewhere", () => {
  it("changes nothing at vendors that have no such tier, and the estimate says so", async () => {
    for (const model of ["claude-haiku-5-5", "llama-3.3-70b"]) {
      sandbox.reset();
      await route(ask([model]));
      expect(askedTier()).toBeUndefined();
      const estimated = await app.service.estimate(ask([model]));
      expect(estimated.ok && estimated.value.notes.join()).toContain(`flex: ${model} has no flex price`);
    }
    expect(sandbox.calls).toHaveLength(1);
  });

  it("is refused when the config gives a flex price above the standard one", async () => {
    const flex_prices = { input_usd_per_mtok: 9, output_usd_per_mtok: 9 };
    await expect(
      sandboxService(sandbox, { models: [{ id: MODEL.openai, flex_prices }] }, { verifier: HERE }),
    ).rejects.toThrow("must not be dearer than the standard prices");
  });

  it("lets a call run longer than the model's usual time-out, as far as the deadline allows", async () => {
    const slow = [{ waitMs: 400_000 }, ...answers(ANSWER)];
    const all = await station({ [MODEL.openai]: [slow] });
    const process = await all.open();
    const asked = ask([MODEL.openai], { deadline_ms: 900_000 });
    expect(await process.route(asked)).toMatchObject({ ok: true });
    const { patience: _, ...impatient } = asked;
    expect(await process.route(impatient)).toMatchObject({ ok: false });
    expect(await process.route({ ...asked, deadline_ms: 300_000 })).toMatchObject({ ok: false });
    await all.close();
  });

  it("is not counted among the latencies of the model", async () => {
    for (let call = 0; call < 2; call += 1) await route(ask([MODEL.openai]));
    const patient = await app.service.metrics(MODEL.openai);
    await route(ask([MODEL.openai], { patience: undefined }));
    const usual = await app.service.metrics(MODEL.openai);
    if (!patient.ok || !usual.ok) throw new Error("no metrics");
    expect(patient.value.models[0]?.latency_p50_ms ?? null).toBeNull();
    expect(usual.value.models[0]?.latency_p50_ms ?? null).not.toBeNull();
  });
});
