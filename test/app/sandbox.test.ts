import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SANDBOX_NOTE } from "../../src/mcp/sandboxed-tools.ts";
import { CLIENT_KINDS, connectClients, type TestClient } from "../support/clients.ts";
import { launch } from "../support/launched.ts";

const BIN = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const REQUEST = { task: "planning", prompt: "Plan the migration of a monolith to services in six steps." };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The user's own key, config and ledger: none of them may be used. */
function mine(): Readonly<Record<string, string>> {
  return {
    TMPDIR: folder,
    ANTHROPIC_API_KEY: "sk-real",
    ANTHROPIC_BASE_URL: "http://127.0.0.1:9",
    SIGNALBOX_CONFIG: join(folder, "there-is-none.json"),
    SIGNALBOX_DB: join(folder, "real.db"),
  };
}

describe.each(CLIENT_KINDS)("a %s client of signalbox --sandbox", (kind) => {
  let client: TestClient;
  beforeEach(async () => {
    client = await connectClients(kind, { command: process.execPath, args: [BIN, "--sandbox"], env: mine() });
  });
  afterEach(() => client.close());

  it("gets a verified answer without a key, marked where a model reads it, and spends nothing of its own", async () => {
    const tools = await client.listTools();
    for (const { description } of tools) expect(description).toMatch(/^SANDBOX/);
    const routed = await client.callTool("route_task", REQUEST);
    expect(routed.isError).toBe(false);
    expect(routed.structured).toMatchObject({ status: "accepted" });
    expect(routed.structured["notes"]).toContain(SANDBOX_NOTE);
    expect(routed.texts.at(-1)).toContain(SANDBOX_NOTE);

    const failed = await client.callTool("route_task", { ...REQUEST, budget_usd: 0.000001 });
    expect(failed.isError).toBe(true);
    expect(failed.structured["error"]).toMatchObject({ message: expect.stringContaining(SANDBOX_NOTE) as string });

    const batch = await client.callTool("route_batch", { tasks: [REQUEST] });
    expect(batch.isError).toBe(false);
    expect(JSON.stringify(batch.structured)).toContain(SANDBOX_NOTE);

    for (const [tool, args] of [
      ["report_outcome", { route_id: routed.structured["route_id"], success: true }],
      ["list_models", { task: "planning" }],
      ["estimate_cost", REQUEST],
    ] as const) {
      const result = await client.callTool(tool, args);
      expect(result.isError, tool).toBe(false);
      expect(result.texts.at(-1), tool).toContain(SANDBOX_NOTE);
    }

    const spend = await client.callTool("spend_report", {});
    expect(spend.structured).toMatchObject({ totals: { accepted: 2 } });
    expect(spend.texts.at(-1)).toContain(SANDBOX_NOTE);
    expect(existsSync(join(folder, "real.db"))).toBe(false);
  });
});

describe("the ledger of the sandbox", () => {
  it("goes with the process", async () => {
    const { child, ended } = launch(["--sandbox"], folder);
    child.stdout?.once("data", () => {
      expect(readdirSync(folder).filter((name) => name.startsWith("signalbox-sandbox-"))).toHaveLength(1);
      child.stdin?.end();
    });
    child.stdin?.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: PARAMS })}\n`);
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      result: { serverInfo: { version: expect.stringMatching(/\+sandbox$/) as string } },
    });
    expect(stderr).toBe("signalbox: on the sandbox: scripted answers, no key, no money\n");
    expect(readdirSync(folder).filter((name) => name.startsWith("signalbox-sandbox-"))).toEqual([]);
  });

  it("stays in the folder that is named, and a later server goes on with it", async () => {
    const own = join(folder, "kept");
    for (const accepted of [1, 2]) {
      const client = await connectClients("v2-legacy", {
        command: process.execPath,
        args: [BIN, "serve", "--sandbox", own],
        env: mine(),
      });
      await client.callTool("route_task", REQUEST);
      expect((await client.callTool("spend_report", {})).structured).toMatchObject({ totals: { accepted } });
      await client.close();
    }
    expect(existsSync(join(own, "ledger.db"))).toBe(true);
  });

  it("says why when its folder cannot be made, over MCP and on stderr", async () => {
    const { child, ended } = launch(["--sandbox=/dev/null/folder"], folder);
    child.stdout?.once("data", () => child.stdin?.end());
    child.stdin?.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: PARAMS })}\n`);
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      id: 1,
      error: { message: expect.stringMatching(/--sandbox .*ENOTDIR/) as string },
    });
    expect(stderr).toMatch(/--sandbox .*ENOTDIR/);
  });
});

const PARAMS = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } };
