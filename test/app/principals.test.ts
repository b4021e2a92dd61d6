import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "../../src/app.ts";
import { startHttpServer } from "../../src/mcp/http/server.ts";
import { DEFAULT_HTTP_SETTINGS } from "../../src/core/http-settings.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { startIssuer } from "../mcp/http/support/issuer.ts";
import { type ClientKind, connectHttp, type TestClient } from "../support/clients.ts";
import { sandboxService } from "../support/sandbox-service.ts";

/** Two people and the owner on one server: real tokens, real vendors' SDKs, one ledger. */
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const OWNERS_TOKEN = "of-the-owner";
const REQUEST = { task: "general", prompt: "What is a signal box?", models: ["gpt-6-luna"], deadline_ms: 20_000 };

async function people(kind: ClientKind, config: Record<string, unknown> = {}) {
  const issuer = await startIssuer(Date.now());
  const product = await sandboxService(sandbox, config);
  const { service } = product;
  const server = await startHttpServer(service, {
    version: "1.2.3",
    clock: systemClock,
    onError: () => {},
    host: "127.0.0.1",
    port: 0,
    settings: { ...DEFAULT_HTTP_SETTINGS, token: OWNERS_TOKEN, oauth: issuer.oauth, drainMs: 0 },
  });
  onTestFinished(async () => {
    await server.stop();
    await product.close();
  });
  const connect = async (token: string): Promise<TestClient> => {
    const client = await connectHttp(kind, new URL(server.url), token);
    onTestFinished(() => client.close());
    return client;
  };
  const [alice, bob, owner] = await Promise.all([
    connect(await issuer.token("alice", "route read")),
    connect(await issuer.token("bob", "route read")),
    connect(OWNERS_TOKEN),
  ]);
  return { alice, bob, owner, service };
}

async function routed(client: TestClient): Promise<string> {
  const { isError, structured } = await client.callTool("route_task", REQUEST);
  expect(isError, JSON.stringify(structured)).toBe(false);
  return String(structured["route_id"]);
}

async function spendOf(client: TestClient, groupBy = "model") {
  const { structured } = await client.callTool("spend_report", { group_by: groupBy });
  return structured as { totals: { requests: number; cost_usd: number }; rows: { key: string; requests: number }[] };
}

describe.each(["v2-modern", "v1"] as const)("people on one server, with %s clients", (kind) => {
  test("see their own receipts, spend, metrics and completions, and no other principal's; the owner sees all", async () => {
    const { alice, bob, owner } = await people(kind);
    const [ofAlice, ofBob, ofOwner] = [await routed(alice), await routed(bob), await routed(owner)];

    expect(await alice.readResource(`signalbox://routes/${ofAlice}`)).toMatchObject({ principal: "alice" });
    expect(await owner.readResource(`signalbox://routes/${ofBob}`)).toMatchObject({ principal: "bob" });
    expect(await owner.readResource(`signalbox://routes/${ofOwner}`)).not.toHaveProperty("principal");
    for (const foreign of [ofBob, ofOwner]) {
      await expect(alice.readResource(`signalbox://routes/${foreign}`)).rejects.toMatchObject({ code: -32602 });
    }
    const routes = "signalbox://routes/{route_id}";
    expect(await alice.complete(routes, "route_id", "")).toEqual([ofAlice]);
    expect(await owner.complete(routes, "route_id", "")).toEqual([ofOwner, ofBob, ofAlice]);

    const cost = sandbox.billedNanoUsd() / 1e9 / 3;
    for (const groupBy of ["day", "model", "provider", "task"]) {
      const own = await spendOf(alice, groupBy);
      expect(own.totals).toMatchObject({ requests: 1 });
      expect(own.totals.cost_usd).toBeCloseTo(cost, 9);
      expect(own.rows).toMatchObject([{ requests: 1 }]);
    }
    expect((await spendOf(owner)).totals.requests).toBe(3);
    expect((await spendOf(alice, "principal")).rows).toMatchObject([{ key: "alice", requests: 1 }]);
    expect((await spendOf(owner, "principal")).rows.map(({ key }) => key).toSorted()).toEqual([
      "(owner)",
      "alice",
      "bob",
    ]);

    const metrics = (client: TestClient) => client.readResource("signalbox://metrics/gpt-6-luna");
    expect(await metrics(alice)).toMatchObject({ models: [{ attempts: 1, accepted: 1 }] });
    expect(await metrics(owner)).toMatchObject({ models: [{ attempts: 3 }] });
    const day = new Date().toISOString().slice(0, 10);
    expect(await alice.readResource(`signalbox://spend/${day}`)).toMatchObject({ totals: { requests: 1 } });
    expect(await alice.readResource("signalbox://spend")).toMatchObject({ totals: { requests: 1 } });
  });

  test("cannot report on each other's answers", async () => {
    const { alice, bob, owner } = await people(kind);
    const id = await routed(alice);
    const report = (client: TestClient) => client.callTool("report_outcome", { route_id: id, success: false });
    const refused = await report(bob);
    expect(refused.isError).toBe(true);
    expect(JSON.stringify(refused.structured)).toContain("Unknown route_id");
    expect(await alice.readResource(`signalbox://routes/${id}`)).toMatchObject({ reported_outcome: null });
    expect((await report(alice)).isError).toBe(false);
    expect((await report(owner)).isError).toBe(false);
  });

  test("who has done nothing yet sees nothing", async () => {
    const { alice, bob } = await people(kind);
    await routed(alice);
    expect(await spendOf(bob)).toMatchObject({
      report: { requests: 0 },
      totals: expect.objectContaining({ requests: 0, cost_usd: 0 }),
      rows: [],
    });
    expect(await bob.complete("signalbox://routes/{route_id}", "route_id", "")).toEqual([]);
    expect(await bob.complete("signalbox://spend/{day}", "day", "")).toEqual([]);
    expect(await bob.readResource("signalbox://metrics")).toEqual({ models: [] });
    expect(await bob.readResource("signalbox://budget")).toEqual({ budgets: [] });
  });

  test("hear of their own changes only", async () => {
    const { alice, bob, owner } = await people(kind);
    const notified = { alice: vi.fn(), bob: vi.fn(), owner: vi.fn() };
    await alice.subscribe("signalbox://spend", notified.alice);
    await bob.subscribe("signalbox://spend", notified.bob);
    await owner.subscribe("signalbox://spend", notified.owner);
    await routed(alice);
    await vi.waitFor(() => expect(notified.alice).toHaveBeenCalled(), 5000);
    await vi.waitFor(() => expect(notified.owner).toHaveBeenCalled(), 5000);
    expect(notified.bob).not.toHaveBeenCalled();
  });
});

describe("budgets of principals", () => {
  const LITTLE = 0.000_001;

  test("a named one holds for its principal alone, each other principal has the common one, the owner none", async () => {
    const { alice, bob, owner, service } = await people("v2-modern", {
      budgets: { per_principal: { alice: { day_usd: LITTLE } }, each_principal: { day_usd: 1, month_usd: 2 } },
    });
    const refused = await alice.callTool("route_task", REQUEST);
    expect(refused.structured).toMatchObject({ error: { code: "budget_exceeded" } });
    expect(JSON.stringify(refused.structured)).toContain("principal alice per day");
    const estimate = await alice.callTool("estimate_cost", REQUEST);
    expect(estimate.structured).toMatchObject({ candidates: [{ within_budget: false }] });
    expect(sandbox.billedNanoUsd()).toBe(0);

    await routed(bob);
    await routed(owner);
    const budgets = (await bob.readResource("signalbox://budget")) as {
      budgets: { scope: string; spent_usd: number }[];
    };
    expect(budgets.budgets).toMatchObject([
      { scope: "principal bob per day", limit_usd: 1, held_usd: 0 },
      { scope: "principal bob per month", limit_usd: 2, held_usd: 0 },
    ]);
    expect(budgets.budgets[0]?.spent_usd).toBeCloseTo(sandbox.billedNanoUsd() / 2e9, 9);
    expect(await service.budget()).toMatchObject({ value: { budgets: [{ scope: "principal alice per day" }] } });
  });

  test("hold when many calls come at once: what runs is counted", async () => {
    const { bob } = await people("v2-modern", { budgets: { each_principal: { day_usd: 0.003 } } });
    const results = await Promise.all(Array.from({ length: 12 }, () => bob.callTool("route_task", REQUEST)));
    const accepted = results.filter(({ isError }) => !isError);
    const refused = results.filter(({ isError }) => isError);
    expect(accepted.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    for (const { structured } of refused) expect(structured).toMatchObject({ error: { code: "budget_exceeded" } });
    expect((await spendOf(bob)).totals.cost_usd).toBeLessThanOrEqual(0.003);
  });

  test("a budget that all share refuses without telling what others have spent", async () => {
    const { alice, owner } = await people("v2-modern", { budgets: { day_usd: 0.002 } });
    for (let calls = 0; calls < 200; calls += 1) {
      if ((await owner.callTool("route_task", REQUEST)).isError) break;
    }
    const refused = JSON.stringify((await alice.callTool("route_task", REQUEST)).structured);
    expect(refused).toContain("the day budget has less left");
    expect(refused).not.toMatch(/spent|held/u);
    const toOwner = JSON.stringify((await owner.callTool("route_task", REQUEST)).structured);
    expect(toOwner).toMatch(/the day budget has \$/u);
    expect(await alice.readResource("signalbox://budget")).toEqual({ budgets: [] });
  });
});
