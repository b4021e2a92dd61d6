import { Agent } from "node:http";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { settle } from "../support/manual-clock.ts";
import { INITIALIZE, openSession, post, quickPost, toolCall } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";
import { wire } from "./support/socket.ts";

const MINUTE_MS = 60_000;
const LIST = { jsonrpc: "2.0", id: 2, method: "tools/list" };

describe("sessions of old clients", () => {
  test("end when no client has used them for long enough, and only then", async () => {
    const { url, clock, server } = await serveHttp({ sessionIdleMs: 10 * MINUTE_MS });
    const idle = await openSession(url("/mcp"));
    const used = await openSession(url("/mcp"));
    await clock.advance(9 * MINUTE_MS);
    expect((await post(url("/mcp"), LIST, { "mcp-session-id": used })).status).toBe(200);
    await clock.advance(2 * MINUTE_MS);
    await vi.waitFor(() => expect(server.sessions()).toBe(1));
    expect((await post(url("/mcp"), LIST, { "mcp-session-id": idle })).status).toBe(404);
    const answer = await post(url("/mcp"), LIST, { "mcp-session-id": used });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("route_task");
  });

  test("do not end while a stream or a call is open", async () => {
    const { url, clock, server, service } = await serveHttp({ sessionIdleMs: MINUTE_MS });
    const listening = await openSession(url("/mcp"));
    const stream = await fetch(url("/mcp"), { headers: { accept: "text/event-stream", "mcp-session-id": listening } });
    const calling = await openSession(url("/mcp"));
    const call = post(url("/mcp"), toolCall("route_task", { task: "code", prompt: "wait" }), {
      "mcp-session-id": calling,
    });
    await vi.waitFor(() => expect(service.routeInputs).toHaveLength(1));
    await openSession(url("/mcp"));
    await clock.advance(10 * MINUTE_MS);
    expect(server.sessions()).toBe(2);
    await stream.body?.cancel();
    await (await call).body?.cancel();
    await vi.waitFor(async () => {
      await clock.advance(2 * MINUTE_MS);
      expect(server.sessions()).toBe(0);
    }, 5000);
    expect(service.cancelledCalls()).toBe(1);
  });

  test("end when their client says so", async () => {
    const { url, server } = await serveHttp();
    const id = await openSession(url("/mcp"));
    const headers = { "mcp-session-id": id };
    expect((await fetch(url("/mcp"), { method: "DELETE", headers })).status).toBe(200);
    expect(server.sessions()).toBe(0);
    expect((await post(url("/mcp"), LIST, headers)).status).toBe(404);
    expect((await fetch(url("/mcp"), { method: "DELETE", headers })).status).toBe(404);
  });

  test("a client whose stream was cut may open it again at once", async () => {
    const { url } = await serveHttp();
    const headers = { accept: "text/event-stream", "mcp-session-id": await openSession(url("/mcp")) };
    for (let round = 0; round < 3; round += 1) {
      await vi.waitFor(async () => {
        const stream = await fetch(url("/mcp"), { headers });
        await stream.body?.cancel();
        expect(stream.status).toBe(200);
      });
    }
  });

  test("10,000 that are asked for at once: the cap holds, the rest is refused with 503, and idle ones make room", async () => {
    const { url, clock, server } = await serveHttp({
      maxSessions: 200,
      requestsPerMinute: 1_000_000,
      sessionIdleMs: MINUTE_MS,
    });
    const counts = new Map<number, number>();
    const agent = new Agent({ keepAlive: true, maxSockets: 50 });
    onTestFinished(() => agent.destroy());
    let left = 10_000;
    const ask = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const status = await quickPost(url("/mcp"), agent);
        counts.set(status, (counts.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 50 }, ask));
    expect(Object.fromEntries(counts)).toEqual({ 200: 200, 503: 9_800 });
    expect(server.sessions()).toBe(200);
    const refused = await fetch(url("/sse"));
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("60");
    await clock.advance(2 * MINUTE_MS);
    expect(server.sessions()).toBe(0);
    await openSession(url("/mcp"));
  }, 120_000);

  test.each(["", "x", "../../etc/passwd", "a".repeat(5000), "%00", "__proto__"])(
    "unknown session %#: 404",
    async (id) => {
      const { url } = await serveHttp();
      expect((await post(url("/mcp"), LIST, { "mcp-session-id": id })).status).toBe(404);
      expect((await post(url(`/messages?sessionId=${encodeURIComponent(id)}`), LIST)).status).toBe(404);
    },
  );

  test("without one nothing but initialize is answered, and a session of one kind is none of the other", async () => {
    const { url } = await serveHttp();
    expect((await post(url("/mcp"), LIST)).status).toBe(400);
    const id = await openSession(url("/mcp"));
    expect((await post(url(`/messages?sessionId=${id}`), LIST)).status).toBe(404);
    const { socket, received } = await wire(url("/"));
    socket.write("GET /sse HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await vi.waitFor(() => expect(received()).toContain("sessionId="));
    const pairId = /sessionId=(?<id>[\w-]+)/u.exec(received())?.groups?.["id"] ?? "";
    expect((await post(url("/mcp"), LIST, { "mcp-session-id": pairId })).status).toBe(404);
    expect((await post(url(`/messages?sessionId=${pairId}`), { no: "message" })).status).toBe(400);
    expect((await post(url(`/messages?sessionId=${pairId}`), LIST)).status).toBe(202);
    socket.destroy();
  });
});

describe("requests a minute", () => {
  test("more than allowed: 429 with Retry-After, until time has passed", async () => {
    const { url, clock } = await serveHttp({ requestsPerMinute: 6, token: "t" });
    const ask = async (): Promise<Response> =>
      fetch(url("/mcp"), { method: "DELETE", headers: { authorization: "Bearer t" } });
    for (let sent = 0; sent < 6; sent += 1) expect((await ask()).status).toBe(400);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("10");
    await clock.advance(10_000);
    expect((await ask()).status).toBe(400);
    expect((await ask()).status).toBe(429);
    expect((await fetch(url("/health"))).status).toBe(200);
    await settle();
  });

  test("clients without a token cannot use up the sessions of those with one", async () => {
    const { url } = await serveHttp({ requestsPerMinute: 2, token: "t" });
    for (let sent = 0; sent < 10; sent += 1) expect((await post(url("/mcp"), INITIALIZE)).status).toBe(401);
    expect((await post(url("/mcp"), INITIALIZE, { authorization: "Bearer t" })).status).toBe(200);
  });
});
