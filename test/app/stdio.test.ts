import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { CLIENT_KINDS, connectClients, type TestClient } from "../support/clients.ts";

/** The real thing: the launcher in a process of its own, the vendors' SDKs, a ledger file, and the clients that people have. */
const LAUNCH = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const REQUEST = {
  task: "planning",
  prompt: "Plan the migration of a monolith to services in six steps.",
  models: ["claude-opus-5-5", "gpt-6.2-sol"],
  deadline_ms: 20_000,
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

describe.each(CLIENT_KINDS)("a %s client over stdio", (kind) => {
  let folder: string;
  let client: TestClient;

  beforeEach(async () => {
    sandbox.reset();
    folder = await mkdtemp(join(tmpdir(), "signalbox-stdio-"));
    client = await connectClients(kind, {
      command: process.execPath,
      args: [LAUNCH],
      env: { ...sandbox.env, SIGNALBOX_DB: join(folder, "ledger.sqlite") },
    });
  });
  afterEach(async () => {
    await client.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("lists the seven tools and calls each of them", async () => {
    const tools = await client.listTools();
    expect(tools.map((tool) => tool.name).toSorted()).toEqual([
      "estimate_cost",
      "get_receipt",
      "list_models",
      "report_outcome",
      "route_batch",
      "route_task",
      "spend_report",
    ]);

    const estimate = await client.callTool("estimate_cost", REQUEST);
    expect(estimate.isError).toBe(false);
    expect(estimate.structured["order"]).toEqual(REQUEST.models);

    const models = await client.callTool("list_models", { task: "planning" });
    expect(models.isError).toBe(false);

    const routed = await client.callTool("route_task", REQUEST);
    expect(routed.isError).toBe(false);
    expect(routed.structured).toMatchObject({
      status: "accepted",
      model: "claude-opus-5-5",
      cost_usd: sandbox.billedNanoUsd() / 1e9,
    });
    expect(routed.texts[0]).toBe(routed.structured["text"]);

    const routeId = routed.structured["route_id"];
    const reported = await client.callTool("report_outcome", { route_id: routeId, success: true });
    expect(reported.structured).toMatchObject({ recorded: true });

    const spend = await client.callTool("spend_report", { group_by: "provider" });
    expect(spend.structured).toMatchObject({
      totals: { requests: 1, accepted: 1, cost_usd: sandbox.billedNanoUsd() / 1e9 },
      rows: [{ key: "anthropic" }],
    });

    expect(await client.readResource(`signalbox://routes/${String(routeId)}`)).toMatchObject({
      status: "accepted",
      reported_outcome: { success: true },
    });
    expect(client.stderr()).toBe("");
  });

  it("routes a batch on one budget, and its bill is the ledger's", async () => {
    const tasks = [1, 2, 3].map(() => ({ task: REQUEST.task, prompt: REQUEST.prompt }));
    const routed = await client.callTool("route_batch", { tasks, budget_usd: 2, deadline_ms: 60_000 });
    expect(routed.structured).toMatchObject({
      totals: { tasks: 3, accepted: 3, cost_usd: sandbox.billedNanoUsd() / 1e9 },
    });
    expect(sandbox.calls).toHaveLength(3);
  });

  it("reads every resource", async () => {
    await client.callTool("route_task", REQUEST);
    const day = new Date().toISOString().slice(0, 10);
    for (const uri of ["models", "policy", "metrics", "metrics/claude-opus-5-5", "spend", `spend/${day}`, "budget"]) {
      expect(await client.readResource(`signalbox://${uri}`)).toBeTypeOf("object");
    }
  });

  it("falls back when the primary hangs, and its bill is the ledger's", async () => {
    sandbox.setFault("claude-opus-5-5", { kind: "hang" });
    const routed = await client.callTool("route_task", { ...REQUEST, deadline_ms: 6000 });
    expect(routed.structured).toMatchObject({
      model: "gpt-6.2-sol",
      cost_usd: sandbox.billedNanoUsd() / 1e9,
    });
    const receipt = await client.callTool("get_receipt", { route_id: routed.structured["route_id"], part: "attempts" });
    expect(receipt.structured).toMatchObject({ attempts: [{ error_kind: "timeout" }, { outcome: "accepted" }] });
  });

  it("passes the caller's cancel on to the vendor", async () => {
    sandbox.setFault("claude-opus-5-5", { kind: "hang" });
    const control = new AbortController();
    const call = client.callTool("route_task", { ...REQUEST, deadline_ms: 60_000 }, { signal: control.signal });
    await expect.poll(() => sandbox.calls.length, { timeout: 10_000 }).toBe(1);
    control.abort();
    await expect(call).rejects.toThrow();
    await expect
      .poll(async () => (await client.callTool("spend_report", {})).structured)
      .toMatchObject({ totals: { requests: 1, accepted: 0 } });
    expect(sandbox.calls.length).toBe(1);
  });

  it("answers every tool without any key", async () => {
    const bare = await connectClients(kind, {
      command: process.execPath,
      args: [LAUNCH],
      env: { SIGNALBOX_DB: join(folder, "bare.sqlite") },
    });
    expect((await bare.callTool("list_models", {})).isError).toBe(false);
    expect((await bare.callTool("spend_report", {})).isError).toBe(false);
    for (const tool of ["route_task", "estimate_cost"]) {
      const result = await bare.callTool(tool, REQUEST);
      expect(result.isError).toBe(true);
      expect(JSON.stringify(result.structured)).toContain("ANTHROPIC_API_KEY");
    }
    await bare.close();
  });
});
