import { describe, expect, test, vi } from "vitest";
import { fakeService } from "../../support/fake-service.ts";
import { startIssuer } from "./support/issuer.ts";
import { post } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";
import { statuses, wire } from "./support/socket.ts";

describe("a server that stops", () => {
  test("refuses new requests, lets the running call end, and then closes", async () => {
    let goOn = (): void => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const { connect, server, service, url } = await serveHttp({ drainMs: 60_000 }, fakeService({ pause: () => held }));
    const client = await connect("v2-legacy");
    const call = client.callTool("route_task", { task: "code", prompt: "stream" }, { onProgress: () => {} });
    const line = await wire(url("/"));
    await vi.waitFor(() => expect(service.routeInputs).toHaveLength(1), 5000);
    const stopped = server.stop();
    line.socket.write("GET /mcp HTTP/1.1\r\nhost: localhost\r\n\r\n");
    expect(statuses(await line.ended)).toEqual([503]);
    goOn();
    expect((await call).texts[0]).toBe("answer to stream");
    await stopped;
    await expect(fetch(url("/health"))).rejects.toThrow();
  });

  test.each([
    ["v1", "/mcp"],
    ["v2-modern", "/mcp"],
    ["v1", "/sse"],
  ] as const)("cancels what a %s client at %s waits for when that takes too long", async (kind, path) => {
    const { connect, server, service, clock } = await serveHttp({ drainMs: 5_000 });
    const client = await connect(kind, path);
    const call = client
      .callTool("route_task", { task: "code", prompt: "wait" }, { timeoutMs: 20_000 })
      .catch(() => "ended");
    await vi.waitFor(() => expect(service.routeInputs).toHaveLength(1), 5000);
    const stopped = server.stop();
    await new Promise(setImmediate);
    expect(service.cancelledCalls()).toBe(0);
    await clock.advance(5_000);
    await stopped;
    await vi.waitFor(() => expect(service.cancelledCalls()).toBe(1));
    await client.close();
    expect(await call).toBe("ended");
  });

  test("does not wait for streams that stand open", async () => {
    const { connect, server } = await serveHttp({ drainMs: 60_000 });
    await (await connect("v1")).subscribe("signalbox://spend", () => {});
    await (await connect("v1", "/sse")).subscribe("signalbox://spend", () => {});
    await (await connect("v2-modern")).subscribe("signalbox://spend", () => {});
    await server.stop();
    expect(server.sessions()).toBe(0);
  });

  test("does not wait for a client that left while its token was looked at", async () => {
    const keys = Promise.withResolvers<void>();
    const issuer = await startIssuer(0, keys.promise);
    const { server, url } = await serveHttp({ drainMs: 60_000, oauth: issuer.oauth });
    const { socket } = await wire(url("/"));
    const token = await issuer.token("alice", "read");
    socket.write(`GET /sse HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`);
    const head = "POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 2";
    const other = await wire(url("/"));
    other.socket.write(`${head}\r\nauthorization: Bearer ${token}\r\n\r\n{}`);
    await vi.waitFor(() => expect(issuer.asked()).toBeGreaterThan(0), 5000);
    socket.destroy();
    other.socket.destroy();
    await other.ended;
    await new Promise((resolve) => setTimeout(resolve, 50));
    keys.resolve();
    // A third one, whose token is looked at after theirs.
    await (await post(url("/mcp"), {}, { authorization: `Bearer ${token}` })).text();
    await server.stop();
    expect(server.sessions()).toBe(0);
  });
});
