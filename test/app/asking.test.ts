import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { connectAsking } from "../support/asking-client.ts";
import { CLIENT_KINDS, connectClients } from "../support/clients.ts";

/** The real thing again: launcher, config file, ledger, vendors' SDKs; and a user who is asked. */
const LAUNCH = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const TASK = { task: "planning", prompt: "Plan the migration of a monolith to services in six steps." };

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), "signalbox-asking-"));
  await writeFile(join(folder, "config.json"), JSON.stringify({ approval_usd: 0.05 }));
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

function serverCommand(ledger: string, args: readonly string[] = []) {
  const env = { ...sandbox.env, SIGNALBOX_CONFIG: join(folder, "config.json"), SIGNALBOX_DB: join(folder, ledger) };
  return { command: process.execPath, args: [LAUNCH, ...args], env };
}

describe.each(CLIENT_KINDS)("the user of a %s client", (kind) => {
  it("is asked before a dear call, and what is spent stays under what was approved", async () => {
    sandbox.reset();
    const transport = new StdioClientTransport(serverCommand(`${kind}.sqlite`));
    const choices = ["decline", "accept"] as const;
    const client = await connectAsking(kind, transport, () => choices[client.questions.length - 1] ?? "cancel");
    onTestFinished(() => client.close());
    const refused = await client.callTool("route_task", TASK);
    expect(refused.structuredContent).toMatchObject({ error: { code: "approval_declined", cost_usd: 0 } });
    expect(sandbox.calls).toEqual([]);

    const done = await client.callTool("route_task", TASK);
    expect(done.structuredContent).toMatchObject({ status: "accepted", cost_usd: sandbox.billedNanoUsd() / 1e9 });
    const most = Number(/, at most \$([\d.]+)\?/u.exec(client.questions[1] ?? "")?.[1]);
    expect(most).toBeGreaterThan(0.05);
    expect(Number(done.structuredContent?.["cost_usd"])).toBeLessThanOrEqual(most);
    await client.callTool("route_task", { ...TASK, budget_usd: 0.05 });
    expect(client.questions).toHaveLength(2);
  });
});

it("a server that only reads is started by a flag alone", async () => {
  const client = await connectClients("v2-modern", serverCommand("reading.sqlite", ["--read-only"]));
  onTestFinished(() => client.close());
  expect((await client.listTools()).map(({ name }) => name)).toEqual([
    "estimate_cost",
    "get_receipt",
    "list_models",
    "spend_report",
  ]);
  const estimate = await client.callTool("estimate_cost", TASK);
  expect(JSON.stringify(estimate.structured["notes"])).toContain("the user is asked first");
});
