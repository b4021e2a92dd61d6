import "better-sqlite3";
import { beforeAll, describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import type { RouteInput } from "../../src/core/contract.ts";
import { HERE } from "../cases/request.ts";
import { NOW_MS } from "../support/arbitraries.ts";
import { FIRST, GOOD, KEYS, SECOND, warmUp } from "../support/routed.ts";
import { sandboxService } from "../support/sandbox-service.ts";
import { answers, scriptedProviders, type Step } from "../support/scripted-provider.ts";
import { virtualClock } from "../support/virtual-clock.ts";

beforeAll(warmUp);

const INPUT: RouteInput = { task: "general", prompt: "What are railway signals for?", models: [FIRST, SECOND] };
const SIGNAL = new AbortController().signal;

async function service(config: Record<string, unknown>, scripts: Record<string, readonly (readonly Step[])[]> = {}) {
  const clock = virtualClock(NOW_MS);
  const { create, calls } = scriptedProviders(
    { [FIRST]: [answers(GOOD)], [SECOND]: [answers(GOOD)], ...scripts },
    clock,
  );
  const app = await sandboxService(
    { env: KEYS },
    { defaults: { budget_usd: null }, ...config },
    { clock, createProvider: create, verifier: HERE },
  );
  return { ...app, calls };
}

describe("approval_usd", () => {
  it("lets through what cannot cost more, and is the ceiling of it", async () => {
    const app = await service({ approval_usd: 100 });
    const outcome = await app.service.route(INPUT, { signal: SIGNAL });
    if (!outcome.ok) throw new Error(outcome.error.message);
    expect(await app.service.receipt(outcome.value.route_id)).toMatchObject({ value: { budget_usd: 100 } });
    await app.close();
  });

  it("refuses what could cost more, with plan, worst case and the ways out, before anything is spent", async () => {
    const app = await service({ approval_usd: 0.01 });
    const outcome = await app.service.route(INPUT, { signal: SIGNAL });
    expect(outcome).toMatchObject({
      ok: false,
      error: {
        code: "approval_required",
        cost_usd: 0,
        approval: { approval_usd: 0.01, tasks: 1, plan: [{ model: FIRST }, { model: SECOND }] },
      },
    });
    const { message = "", approval } = outcome.ok ? {} : outcome.error;
    expect(message).toMatch(/spend about \$.*at most \$.*approval_usd.*budget_usd of at most 0.01.*raise approval_usd/);
    const most = (approval?.plan ?? []).reduce((sum, row) => sum + row.cost_usd_max, 0);
    expect(approval?.worst_case_usd).toBeGreaterThan(most);
    expect(app.calls).toEqual([]);
    expect(await app.service.spendReport({})).toMatchObject({ value: { totals: { requests: 0 } } });
    await app.close();
  });

  it("needs no approval for a call whose own budget is within it", async () => {
    const app = await service({ approval_usd: 0.2 });
    expect(await app.service.route({ ...INPUT, budget_usd: 0.2 }, { signal: SIGNAL })).toMatchObject({ ok: true });
    expect(await app.service.route({ ...INPUT, budget_usd: 0.3 }, { signal: SIGNAL })).toMatchObject({ ok: false });
    await app.close();
  });

  it("lets exactly so much be spent as was approved, whatever the plan has become", async () => {
    const dear: readonly Step[] = [
      {
        report: {
          inputTokens: 100,
          cacheReadTokens: null,
          cacheWriteTokens: null,
          outputTokens: 9000,
          reasoningTokens: null,
        },
      },
      { fail: "truncated" },
    ];
    const app = await service({ approval_usd: 0.01 }, { [FIRST]: [dear], [SECOND]: [dear] });
    const outcome = await app.service.route(INPUT, { signal: SIGNAL, approvedUsd: 0.2 });
    expect(outcome).toMatchObject({ ok: false, error: { code: "all_failed" } });
    const spent = outcome.ok ? Infinity : outcome.error.cost_usd;
    expect(spent).toBeGreaterThan(0.1);
    expect(spent).toBeLessThanOrEqual(0.2);
    await app.close();
  });

  it("of 0 asks for everything but what is free", async () => {
    const app = await service({ approval_usd: 0 });
    expect(await app.service.route(INPUT, { signal: SIGNAL })).toMatchObject({ error: { code: "approval_required" } });
    expect(await app.service.route({ ...INPUT, budget_usd: 0 }, { signal: SIGNAL })).toMatchObject({
      error: { code: "budget_exceeded" },
    });
    await app.close();
  });

  it("holds for a batch as a whole", async () => {
    const app = await service({ approval_usd: 0.5 });
    const tasks = [1, 2, 3].map(() => ({ ...INPUT, models: [FIRST], repair: false, max_output_tokens: 1000 }));
    const refused = await app.service.routeBatch({ tasks }, { signal: SIGNAL });
    expect(refused).toMatchObject({
      error: { code: "approval_required", approval: { tasks: 3, plan: [{ model: FIRST }] } },
    });
    expect(app.calls).toEqual([]);
    const worst = refused.ok ? 0 : (refused.error.approval?.worst_case_usd ?? 0);
    const approved = await app.service.routeBatch({ tasks }, { signal: SIGNAL, approvedUsd: worst });
    expect(approved).toMatchObject({ value: { totals: { accepted: 3, reserved_usd: worst } } });
    expect(await app.service.routeBatch({ tasks, budget_usd: 0.5 }, { signal: SIGNAL })).toMatchObject({ ok: true });
    await app.close();
  });

  it("is announced by the estimate", async () => {
    const app = await service({ approval_usd: 0.01 });
    const notes = async (budget: Partial<RouteInput>) =>
      JSON.stringify(await app.service.estimate({ ...INPUT, ...budget }));
    expect(await notes({})).toMatch(
      /above approval_usd \(\$0.0100\): the user is asked first, unless budget_usd is at most 0.01/,
    );
    expect(await notes({ budget_usd: 0.01 })).not.toContain("approval_usd");
    await app.close();
  });

  it("is a number of USD in the config", () => {
    expect(parseConfig('{"approval_usd": -1}', {})).toMatchObject({ ok: false, problems: [{ path: "approval_usd" }] });
    expect(parseConfig('{"approval_usd": 0.5}', {})).toMatchObject({ ok: true, config: { approvalNanoUsd: 5e8 } });
    expect(parseConfig("{}", {})).toMatchObject({ ok: true, config: { approvalNanoUsd: null } });
  });
});
