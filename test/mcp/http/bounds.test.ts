import { describe, expect, test, vi } from "vitest";
import { OWNER } from "../../../src/mcp/http/principal.ts";
import { SseTransport } from "../../../src/mcp/http/sse.ts";
import { OpenRequests } from "../../../src/mcp/http/open-requests.ts";
import { manualClock } from "../support/manual-clock.ts";
import { INITIALIZE, modern, openSession, post, toolCall } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";

const MESSAGE_BYTES = 64 * 1024;

describe("messages that something is kept of", () => {
  const long = "x".repeat(MESSAGE_BYTES);
  const { clientInfo } = INITIALIZE.params;
  const manyUris = Array.from({ length: 10_000 }, (_, index) => `signalbox://routes/${index}`);
  const listen = modern("subscriptions/listen", { notifications: { resourceSubscriptions: manyUris } });

  test.each<[string, object, Record<string, string>?]>([
    ["a client's name", { ...INITIALIZE, params: { ...INITIALIZE.params, clientInfo: { ...clientInfo, name: long } } }],
    [
      "one URI",
      { jsonrpc: "2.0", id: 2, method: "resources/subscribe", params: { uri: `signalbox://routes/${long}` } },
    ],
    ["a list of URIs", listen.message, listen.headers],
    [
      "a letter of more than one byte",
      { jsonrpc: "2.0", id: 2, method: "ping", params: { a: "é".repeat(MESSAGE_BYTES / 2) } },
    ],
    ["an answer", { jsonrpc: "2.0", id: 2, result: { long } }],
  ])("are not larger than 64 KiB: %s: 413, in words", async (_, message, headers = {}) => {
    const { url, server } = await serveHttp();
    for (const path of ["/mcp", "/messages?sessionId=x"]) {
      const refused = await post(url(path), message, headers);
      expect(refused.status).toBe(413);
      expect(await refused.text()).toContain("Only tools/call may be larger than 65536 bytes");
    }
    expect(server.sessions()).toBe(0);
  });

  test("may be as large as that", async () => {
    const { url } = await serveHttp();
    const headers = { "mcp-session-id": await openSession(url("/mcp")) };
    const ping = (fill: string) => JSON.stringify({ jsonrpc: "2.0", id: 2, method: "ping", params: { fill } });
    const fits = ping("x".repeat(MESSAGE_BYTES - ping("").length));
    expect((await post(url("/mcp"), fits, headers)).status).toBe(200);
    expect((await post(url("/mcp"), ` ${fits}`, headers)).status).toBe(413);
  });
});

test("one caller's open requests are counted: beyond 256 it gets 429, and the next when some have ended", async () => {
  const { url, service } = await serveHttp({ requestsPerMinute: 100_000 });
  const control = new AbortController();
  const { message, headers } = modern("tools/call", {
    name: "route_task",
    arguments: { task: "code", prompt: "wait" },
  });
  const waiting = Array.from({ length: 256 }, () =>
    fetch(url("/mcp"), {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
      body: JSON.stringify(message),
      signal: control.signal,
    }).catch(() => "gone"),
  );
  await expect.poll(() => service.routeInputs.length, { timeout: 20_000 }).toBe(256);
  const refused = await post(url("/mcp"), INITIALIZE);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("1");
  control.abort();
  await Promise.all(waiting);
  await vi.waitFor(async () => expect((await post(url("/mcp"), INITIALIZE)).status).toBe(200), 20_000);
}, 60_000);

test("a stream of the older transport that no client reads ends, and frees the messages that wait in it", async () => {
  const clock = manualClock();
  const transport = new SseTransport("/messages", OWNER, new OpenRequests(), {
    version: "1",
    clock,
    onError: () => {},
  });
  const closed = vi.fn();
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- transports of the SDK have this one slot
  transport.onclose = closed;
  const { body } = transport.response();
  const text = "x".repeat(8 * 1024 * 1024);
  for (let sent = 0; sent < 6; sent += 1) {
    await transport.send({ jsonrpc: "2.0", method: "notifications/message", params: { text } });
  }
  expect(closed).toHaveBeenCalledTimes(1);
  await expect(body?.getReader().read()).rejects.toThrow("not read");
});

test("a call of a tool may be larger than other messages, over the older pair too", async () => {
  const { connect, service } = await serveHttp();
  const client = await connect("v1", "/sse");
  const prompt = "word ".repeat(100_000);
  const { arguments: args } = toolCall("route_task", { task: "code", prompt }).params;
  expect((await client.callTool("route_task", args)).isError).toBe(false);
  expect(service.routeInputs[0]?.prompt).toHaveLength(prompt.length);
});
