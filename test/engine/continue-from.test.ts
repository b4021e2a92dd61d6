import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/app.ts";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { connectInMemory, type TestClient, type ToolResult } from "../support/clients.ts";
import { png } from "../support/media-fixtures.ts";
import { FIRST, SECOND } from "../support/routed.ts";
import { answers } from "../support/scripted-provider.ts";
import { sandboxService } from "../support/sandbox-service.ts";
import { pass, station } from "../support/station.ts";

const STORED = { privacy: { store_text: true } };

async function world(config: Record<string, unknown> = {}) {
  const all = await station({
    [FIRST]: [answers("No."), answers("Because of the fog.")],
    [SECOND]: [answers("It is a home signal."), answers("It stands before a station."), answers("By two arms.")],
  });
  onTestFinished(() => all.close());
  const open = async () => {
    const { service } = await all.open({ config });
    const options = { version: "0.0.0", clock: all.clock, onError: () => undefined };
    const client = await connectInMemory("v2-modern", (end) => void serveStdioServer(service, options, end));
    onTestFinished(() => client.close());
    return { service, client };
  };
  return { ...(await open()), open, calls: all.calls, clock: all.clock };
}

const ask = (client: TestClient, args: Record<string, unknown> = {}): Promise<ToolResult> =>
  client.callTool("route_task", { task: "general", prompt: "What is this signal?", ...args });
const messageOf = ({ structured }: ToolResult): string =>
  (structured["error"] as Record<string, string> | undefined)?.["message"] ?? "";

const CONTEXT = { system: "Answer in one sentence.", files: [{ path: "line.txt", content: "A red arm." }] };

describe.each([
  ["from memory", {}, false],
  ["from the ledger, in another process", STORED, true],
])("a follow-up %s", (_where, config, isOther) => {
  test("goes to the model that answered, behind the earlier prompt and answer as they were", async () => {
    const { client, open, calls } = await world(config);
    const first = await ask(client, { context: CONTEXT, models: [SECOND] });
    const later = isOther ? (await open()).client : client;
    const second = await ask(later, { prompt: "Where does it stand?", continue_from: first.structured["route_id"] });
    expect(second.structured).toMatchObject({ text: "It stands before a station.", model: SECOND });
    const [one, two] = calls;
    expect(two?.system).toBe(CONTEXT.system);
    expect(two?.user.startsWith(one?.user ?? "-")).toBe(true);
    expect(two?.user.slice(one?.user.length)).toMatch(/It is a home signal\.[^]*Where does it stand\?$/);
    expect(Number(second.structured["caller_unwritten_tokens"])).toBeGreaterThan(10);

    const third = await ask(later, { prompt: "How is it told?", continue_from: second.structured["receipt"] });
    expect(third.structured).toMatchObject({ text: "By two arms." });
    expect(calls[2]?.user.startsWith(two?.user ?? "-")).toBe(true);
  });

  test("goes to others where models names them, and keeps the criteria of its own call", async () => {
    const { client, open, calls } = await world(config);
    const first = await ask(client, { models: [SECOND], accept: [{ contains: ["home"] }] });
    const later = isOther ? (await open()).client : client;
    const asked = { prompt: "Why?", models: [FIRST], accept: [{ contains: ["fog"] }] };
    const second = await ask(later, { ...asked, continue_from: first.structured["route_id"] });
    expect(second.structured).toMatchObject({ model: FIRST, verdict: { status: "verified" } });
    expect(calls.map(({ model }) => model.id)).toEqual([SECOND, FIRST, FIRST]);
  });

  test("of another principal's request is refused like one that never was, also by the owner", async () => {
    const { service, open, calls } = await world(config);
    const { signal } = new AbortController();
    const first = await service.as("alice").route({ task: "general", prompt: "x", models: [SECOND] }, { signal });
    if (!first.ok) throw new Error(first.error.message);
    const later = isOther ? (await open()).service : service;
    const follow = (principal: string | null, id: string) =>
      later.as(principal).route({ task: "general", prompt: "y", continue_from: id }, { signal });
    for (const who of ["bob", null]) {
      const refused = await follow(who, first.value.route_id);
      const unknown = await follow(who, "none");
      if (refused.ok || unknown.ok) throw new Error("one of them was answered");
      expect(refused.error).toMatchObject({ code: "invalid_request", cost_usd: 0 });
      expect(refused.error.message.replace(first.value.route_id, "none")).toBe(unknown.error.message);
    }
    expect(calls).toHaveLength(1);
    expect(await follow("alice", first.value.route_id)).toMatchObject({ ok: true });
  });
});

describe("a follow-up is refused before anything is spent", () => {
  test("when the text is gone: after an hour, and in another process without stored text", async () => {
    const { client, open, calls, clock } = await world();
    const { structured } = await ask(client, { models: [SECOND] });
    const follow = { prompt: "Where?", continue_from: structured["route_id"] };
    expect(messageOf(await ask((await open()).client, follow))).toContain("privacy.store_text");
    await pass(clock, 3_600_001);
    expect(messageOf(await ask(client, follow))).toContain("is gone");
    expect(calls).toHaveLength(1);
  });

  test("when the request had no answer, or system text is to change", async () => {
    const { client, calls } = await world(STORED);
    const failed = await ask(client, {
      models: [FIRST],
      accept: [{ contains: ["yes"] }],
      on_below_quality: "error",
      repair: false,
    });
    const { route_id: routeId } = failed.structured["error"] as Record<string, unknown>;
    expect(messageOf(await ask(client, { continue_from: routeId }))).toContain("no answer");
    const first = await ask(client, { models: [SECOND], context: CONTEXT });
    const made = calls.length;
    const other = { context: { system: "Answer in French." }, continue_from: first.structured["route_id"] };
    expect(messageOf(await ask(client, other))).toContain("context.system");
    expect(calls).toHaveLength(made);
  });

  test("when it had images that the ledger does not keep; the process that sent them still has them", async () => {
    const { client, open, calls } = await world(STORED);
    const files = [{ name: "arm.png", data: png(4, 4).toString("base64") }];
    const first = await ask(client, { models: [SECOND], context: { files } });
    const follow = { prompt: "Where?", continue_from: first.structured["route_id"] };
    expect(messageOf(await ask((await open()).client, follow))).toContain("images or PDF");
    expect((await ask(client, follow)).isError).toBe(false);
    expect(calls[1]?.media).toEqual(calls[0]?.media);
  });
});

test("a conversation about a long file is billed from the vendor's cache", async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const app = await sandboxService(sandbox, {}, { verifier: HERE });
  onTestFinished(() => app.close());
  const options = { version: "0.0.0", clock: systemClock, onError: () => undefined };
  const client = await connectInMemory("v2-modern", (end) => void serveStdioServer(app.service, options, end));
  onTestFinished(() => client.close());
  const content = Array.from({ length: 3000 }, (_, n) => `Signal ${n} stands at mile ${n % 97}.`).join("\n");
  let last = await ask(client, { models: [FIRST], budget_usd: 5, context: { files: [{ path: "line.txt", content }] } });
  expect(last.isError, messageOf(last)).toBe(false);
  const read: number[] = [];
  for (const prompt of ["And the next?", "And the last?"]) {
    last = await ask(client, { prompt, budget_usd: 5, continue_from: last.structured["route_id"] });
    expect(last.isError, messageOf(last)).toBe(false);
    const receipt = (await client.readResource(String(last.structured["receipt"]))) as {
      attempts: { usage: { cache_read_tokens: number | null } }[];
    };
    read.push(receipt.attempts[0]?.usage.cache_read_tokens ?? 0);
  }
  // The first follow-up has the vendor keep the file, the second one reads it.
  expect(read[0]).toBe(0);
  expect(read[1]).toBeGreaterThan(20_000);
});
