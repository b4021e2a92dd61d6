import { InMemoryTransport, type JSONRPCMessage } from "@modelcontextprotocol/server";
import { Client } from "@modelcontextprotocol/client";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RouteOutput } from "../../src/core/contract.ts";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { shortResult } from "../../src/mcp/receipt.ts";
import { fakeService } from "../support/fake-service.ts";
import { manualClock } from "./support/manual-clock.ts";

async function output(changes: Partial<RouteOutput>): Promise<RouteOutput> {
  const outcome = await fakeService().route({ task: "code", prompt: "hi" }, { signal: new AbortController().signal });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return { ...outcome.value, ...changes };
}

/** The characters of a result beside its answer. */
function beside(routed: RouteOutput): number {
  const whole = { text: routed.text, mark: {}, notice: null, links: [] };
  return JSON.stringify(shortResult(routed, whole)).length - JSON.stringify(routed.text).length;
}

describe("what stands beside an answer in structuredContent", () => {
  test("is some 600 characters, whatever checks and notes there are", async () => {
    const long = "x".repeat(5000);
    const failed = Array.from({ length: 30 }, (_, index) => ({ name: `check-${index}`, passed: false, detail: long }));
    const verdict = { status: "failed", basis: null, score: 0, checks: failed } as const;
    expect(beside(await output({}))).toBeLessThan(600);
    const most = await output({
      verdict: { ...verdict, summary: long, checks: failed },
      notes: [long, long, long, long],
    });
    expect(beside(most)).toBeLessThan(1000);
    const { failed_checks: shown, notes } = shortResult(most, { text: "", mark: {}, notice: null, links: [] });
    expect(shown).toHaveLength(3);
    expect(shown?.[2]).toBe("28 more on the receipt");
    expect(notes?.[2]).toBe("2 more on the receipt");
  });

  test("holds the answer once", async () => {
    const routed = await output({ text: "the answer itself" });
    const shown = JSON.stringify(shortResult(routed, { text: routed.text, mark: {}, notice: null, links: [] }));
    expect(shown.split("the answer itself")).toHaveLength(2);
  });
});

/** Messages of a client of an old protocol version, as they are. */
async function oldClient(protocolVersion: string) {
  const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
  const waiting = new Map<unknown, (message: JSONRPCMessage) => void>();
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- transports of the SDK have this one slot
  clientEnd.onmessage = (message) => {
    if ("id" in message) waiting.get(message.id)?.(message);
  };
  void serveStdioServer(fakeService(), { version: "1", clock: manualClock(), onError: () => {} }, serverEnd);
  await clientEnd.start();
  onTestFinished(() => clientEnd.close());
  let id = 0;
  const send = (method: string, params: Record<string, unknown>) =>
    new Promise<{ readonly result: Record<string, unknown> }>((resolve) => {
      id += 1;
      waiting.set(id, (message) => resolve(message as never));
      void clientEnd.send({ jsonrpc: "2.0", id, method, params });
    });
  await send("initialize", { protocolVersion, capabilities: {}, clientInfo: { name: "old", version: "1" } });
  await clientEnd.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  return send;
}

describe("a client whose protocol has no structured content", () => {
  test.each([
    ["2024-11-05", false],
    ["2025-03-26", false],
    ["2025-06-18", true],
  ])("of %s gets some: %s", async (version, expected) => {
    const send = await oldClient(version);
    const { result } = await send("tools/call", { name: "route_task", arguments: { task: "code", prompt: "hello" } });
    expect(result["content"]).toMatchObject([{ text: "answer to hello" }, {}]);
    expect("structuredContent" in result).toBe(expected);
    const failed = await send("tools/call", { name: "route_task", arguments: { task: "code", prompt: "fail" } });
    expect("structuredContent" in failed.result).toBe(expected);
    expect(JSON.stringify(failed.result["content"])).toContain("Every candidate failed");
  });
});

describe("prompts", () => {
  async function client() {
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    void serveStdioServer(fakeService(), { version: "1", clock: manualClock(), onError: () => {} }, serverEnd);
    const made = new Client({ name: "t", version: "1" });
    await made.connect(clientEnd);
    onTestFinished(() => made.close());
    return made;
  }

  test("are delegate, spend and why; each names the tools it needs", async () => {
    const connected = await client();
    const { prompts } = await connected.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(["delegate", "spend", "why"]);
    const text = async (name: string, args: Record<string, string>) => {
      const { messages } = await connected.getPrompt({ name, arguments: args });
      return messages.map(({ content }) => (content.type === "text" ? content.text : "")).join("\n");
    };
    expect(await text("delegate", { subtask: "sort a list", budget_usd: "0.02" })).toMatch(
      /for at most \$0\.02:\n\nsort a list\n[^]*route_task with budget_usd 0\.02/u,
    );
    expect(await text("spend", {})).toContain("spend_report since seven days ago");
    expect(await text("why", { route_id: "route-7" })).toContain("get_receipt for route_id route-7");
  });

  test("name the tasks that there are, as the instructions and the tools do", async () => {
    const connected = await client();
    const ids = fakeService()
      .policy()
      .map(({ task }) => task);
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) expect(connected.getInstructions()).toContain(id);
    const { tools } = await connected.listTools();
    const schema: unknown = tools.find(({ name }) => name === "route_task")?.inputSchema;
    expect(schema).toMatchObject({ properties: { task: { enum: ["auto", ...ids] } } });
  });
});
