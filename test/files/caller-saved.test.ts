import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/app.ts";
import { estimateTokens } from "../../src/core/tokens.ts";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { connectInMemory } from "../support/clients.ts";
import { sandboxService } from "../support/sandbox-service.ts";

const WORKER = "gpt-6-luna";
const CODE = Array.from({ length: 700 }, (_, n) => `export const value${n} = total(${n}, "row ${n}") + ${n % 7};`).join(
  "\n",
);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ answers: () => `\`\`\`ts\n${CODE}\n\`\`\`` });
});
afterAll(() => sandbox.close());

async function world(config: Record<string, unknown>) {
  const root = await realpath(await mkdtemp(join(tmpdir(), "saved-")));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await writeFile(join(root, "large.ts"), CODE);
  const files = { roots: [root], output_roots: [root] };
  const app = await sandboxService(sandbox, { files, ...config }, { verifier: HERE });
  onTestFinished(() => app.close());
  const options = { version: "0.0.0", clock: systemClock, onError: () => undefined };
  const client = await connectInMemory("v2-modern", (end) => void serveStdioServer(app.service, options, end));
  onTestFinished(() => client.close());
  /** What the agent writes for a call, and what it reads of the answer: text alone, as a client shows it. */
  const call = async (args: Record<string, unknown>) => {
    const asked = { task: "general", prompt: "Tidy it.", models: [WORKER], ...args };
    const { structured, texts } = await client.callTool("route_task", asked);
    return { structured, texts, wrote: estimateTokens(JSON.stringify(asked)), read: estimateTokens(texts.join("\n")) };
  };
  return { root, client, call };
}

describe("a task on a file of 10,000 tokens", () => {
  test("by path in and file out spares the caller nearly all of its tokens, at the price of its model", async () => {
    const { root, client, call } = await world({
      caller_model: "claude-opus-5-5",
      defaults: { result_chars: 1_000_000 },
    });
    const before = await call({ context: { files: [{ path: "large.ts", content: CODE }] } });
    const after = await call({ context: { files: [{ path: "large.ts" }] }, output: { path: "tidy.ts" } });
    process.stdout.write(
      `caller's tokens: written ${before.wrote} before, ${after.wrote} after; read ${before.read} before, ${after.read} after; ` +
        `saved $${String(after.structured["caller_saved_usd"])}\n`,
    );
    expect(before.wrote).toBeGreaterThan(10_000);
    expect(after.wrote).toBeLessThan(150);
    expect(after.read).toBeLessThan(150);
    expect(await readFile(join(root, "tidy.ts"), "utf8")).toBe(`${CODE}\n`);

    const unwritten = Number(after.structured["caller_unwritten_tokens"]);
    const unread = Number(after.structured["caller_unread_tokens"]);
    const { structured: listed } = await client.callTool("list_models", {});
    const opus = (listed["models"] as { id: string; input_usd_per_mtok: number; output_usd_per_mtok: number }[]).find(
      ({ id }) => id === "claude-opus-5-5",
    );
    const usd = (unwritten * (opus?.output_usd_per_mtok ?? 0) + unread * (opus?.input_usd_per_mtok ?? 0)) / 1e6;
    expect(after.structured["caller_saved_usd"]).toBeCloseTo(usd, 8);
    expect(unwritten).toBeGreaterThan(0.9 * (before.wrote - after.wrote));
    expect(before.structured).not.toHaveProperty("caller_saved_usd");
    expect(after.texts.at(-1)).toMatch(/spared [\d,]+ of your tokens \(\$/);

    const spared = {
      caller_unwritten_tokens: unwritten,
      caller_unread_tokens: unread,
      caller_saved_usd: after.structured["caller_saved_usd"],
    };
    expect(await client.readResource(String(after.structured["receipt"]))).toMatchObject(spared);
    const { structured: report } = await client.callTool("spend_report", { group_by: "model" });
    expect(report).toMatchObject({ totals: spared, rows: [{ key: WORKER, ...spared }] });
    const totals = report["totals"] as Record<string, number>;
    expect(totals["saved_usd"]).toBeCloseTo((totals["baseline_usd"] ?? 0) - (totals["cost_usd"] ?? 0), 9);
  });

  test("without caller_model is told in tokens; its worth is unknown, not 0", async () => {
    const { client, call } = await world({});
    const { structured } = await call({ context: { files: [{ path: "large.ts" }] } });
    expect(structured["caller_unwritten_tokens"]).toBeGreaterThan(9000);
    expect(structured["caller_saved_usd"]).toBeNull();
    const { structured: report } = await client.callTool("spend_report", {});
    expect(report).toMatchObject({ totals: { caller_saved_usd: null } });
  });

  test("whose answer could not be written spares no reading", async () => {
    const { root, call } = await world({ caller_model: WORKER });
    await writeFile(join(root, "folder.ts"), "x");
    const { structured } = await call({ output: { path: "new/" } });
    expect(structured).toMatchObject({ output: { written: [] } });
    expect(structured).not.toHaveProperty("caller_saved_usd");
  });
});

test("a caller_model that is not known is refused with the config", async () => {
  await expect(sandboxService(sandbox, { caller_model: "claude-opus-5-6" })).rejects.toThrow("is not a known model");
});
