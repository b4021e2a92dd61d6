import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { INITIALIZE, modern, openSession, post, toolCall } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";
import { exchange, statuses } from "./support/socket.ts";

/** A request with exactly these headers; its status. */
function statusOf(url: URL, headers: Record<string, string>, method = "POST", body = JSON.stringify(INITIALIZE)) {
  return new Promise<number>((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      response.once("close", () => sent.destroy());
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

const JSON_HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const TOKEN = "a-token-of-the-owner";

describe("pages of other places (DNS rebinding)", () => {
  test.each([
    "evil.example.com",
    "evil.example.com:8787",
    "localhost.evil.example.com",
    "127.0.0.1.evil.example.com",
    "169.254.169.254",
  ])("a Host of %s is refused with 403, at every address", async (host) => {
    const { url } = await serveHttp();
    for (const path of ["/mcp", "/sse", "/messages", "/health"]) {
      expect(await statusOf(url(path), { ...JSON_HEADERS, host }), path).toBe(403);
    }
  });

  test.each([
    "localhost@evil.example.com",
    "localhost/evil",
    "localhost?x",
    "localhost#x",
    "[::1",
    "localhost:99999999",
    "127.0.0.1:99999",
    "localhost:65536",
  ])("a Host of %j is no host name: 400", async (host) => {
    const { url } = await serveHttp();
    expect(await statusOf(url("/mcp"), { ...JSON_HEADERS, host })).toBe(400);
  });

  test.each(["http://evil.example.com", "https://localhost.evil.example.com", "null", "file://", "localhost", ""])(
    "an Origin of %j is refused with 403, even with the right token",
    async (origin) => {
      const { url } = await serveHttp({ token: TOKEN });
      const headers = { ...JSON_HEADERS, origin, authorization: `Bearer ${TOKEN}` };
      expect(await statusOf(url("/mcp"), headers)).toBe(403);
      expect(await statusOf(url("/sse"), headers, "GET", "")).toBe(403);
    },
  );

  test.each(["cross-site", "same-site", "nonsense"])(
    "what a page of a %s place embeds or links to is refused with 403, though browsers send no Origin with it",
    async (site) => {
      const { url, server } = await serveHttp();
      const headers = { ...JSON_HEADERS, "sec-fetch-site": site };
      for (const path of ["/mcp", "/sse", "/health"])
        expect(await statusOf(url(path), headers, "GET", ""), path).toBe(403);
      expect(await statusOf(url("/mcp"), headers)).toBe(403);
      expect(server.sessions()).toBe(0);
      const own = { ...headers, origin: "http://localhost:6274" };
      expect(await statusOf(url("/mcp"), own)).toBe(200);
    },
  );

  test.each(["none", "same-origin"])("what the user opens (%s) is not", async (site) => {
    const { url } = await serveHttp();
    expect(await statusOf(url("/health"), { "sec-fetch-site": site }, "GET", "")).toBe(200);
  });

  test("names of this machine and those of the config may be used", async () => {
    const { url } = await serveHttp({
      allowedHosts: ["signalbox.example.com"],
      allowedOrigins: ["https://app.example.com"],
    });
    for (const host of ["localhost", "LOCALHOST:1", "127.0.0.1:8787", "[::1]:8787", "signalbox.example.com"]) {
      expect(await statusOf(url("/mcp"), { ...JSON_HEADERS, host }), host).toBe(200);
    }
    for (const origin of ["http://localhost:6274", "http://127.0.0.1", "https://app.example.com"]) {
      expect(await statusOf(url("/mcp"), { ...JSON_HEADERS, origin }), origin).toBe(200);
    }
  });

  test("only pages that the config names can read an answer", async () => {
    const { url } = await serveHttp({ allowedOrigins: ["https://app.example.com"] });
    const named = await post(url("/mcp"), INITIALIZE, { origin: "https://app.example.com" });
    expect(named.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    expect(named.headers.get("access-control-expose-headers")).toContain("mcp-session-id");
    const local = await post(url("/mcp"), INITIALIZE, { origin: "http://localhost:1" });
    expect(local.headers.get("access-control-allow-origin")).toBeNull();
    const ask = (origin: string) => fetch(url("/mcp"), { method: "OPTIONS", headers: { origin } });
    expect((await ask("https://app.example.com")).status).toBe(204);
    expect((await ask("http://localhost:1")).status).toBe(403);
  });
});

describe("the token", () => {
  test.each([
    ["none", undefined],
    ["a wrong one", "Bearer a-wrong-token"],
    ["a part of the right one", `Bearer ${TOKEN.slice(0, -1)}`],
    ["more than the right one", `Bearer ${TOKEN}x`],
    ["another scheme", `Basic ${TOKEN}`],
    ["no scheme", TOKEN],
    ["two in one", `Bearer ${TOKEN} ${TOKEN}`],
    ["an empty one", "Bearer "],
  ])("%s: 401, at every address, and it says what is wanted", async (_, authorization) => {
    const { url, server } = await serveHttp({ token: TOKEN });
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const refused = await post(url("/mcp"), INITIALIZE, headers);
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toMatch(/^Bearer /u);
    expect(await refused.text()).not.toContain(TOKEN);
    expect((await post(url("/messages?sessionId=x"), INITIALIZE, headers)).status).toBe(401);
    expect((await fetch(url("/sse"), { headers })).status).toBe(401);
    expect((await fetch(url("/mcp"), { headers, method: "DELETE" })).status).toBe(401);
    expect(server.sessions()).toBe(0);
  });

  test("the right one opens every way in, for every client", async () => {
    const { connect } = await serveHttp({ token: TOKEN });
    for (const [kind, path] of [
      ["v1", "/mcp"],
      ["v1", "/sse"],
      ["v2-modern", "/mcp"],
    ] as const) {
      const client = await connect(kind, path, TOKEN);
      expect(await client.listTools(), `${kind} at ${path}`).toHaveLength(7);
    }
  });

  test("health needs none, and tells no secret", async () => {
    const { url } = await serveHttp({ token: TOKEN });
    const response = await fetch(url("/health"));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "ok", name: "signalbox", version: "1.2.3" });
  });
});

describe("bodies", () => {
  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonx",
    "",
  ])("of type %j are refused with 415", async (type) => {
    const { url, server } = await serveHttp();
    expect((await post(url("/mcp"), INITIALIZE, { "content-type": type })).status).toBe(415);
    expect((await post(url("/messages"), INITIALIZE, { "content-type": type })).status).toBe(415);
    expect(server.sessions()).toBe(0);
  });

  test.each([
    ["", -32_700],
    ["{", -32_700],
    ["\u0000", -32_700],
    ["null", -32_600],
    ['"text"', -32_600],
    ["7", -32_600],
    ["[]", -32_600],
    ["{}", -32_600],
    ['{"jsonrpc":"2.0","id":1}', -32_600],
    ['{"jsonrpc":"1.0","id":1,"method":"ping"}', -32_600],
  ])("%j is no message: 400, with %d", async (body, code) => {
    const { url } = await serveHttp();
    for (const path of ["/mcp", "/messages?sessionId=x"]) {
      const refused = await post(url(path), body);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ error: { code }, id: null });
    }
  });

  test.each<{ readonly name: unknown }>([
    { name: { toString: 1, valueOf: 1 } },
    { name: 7 },
    { name: null },
    { name: [] },
    { name: undefined },
  ])("that call a tool by no name, %j, break nothing", async ({ name }) => {
    const { url, errors } = await serveHttp();
    const headers = { "mcp-session-id": await openSession(url("/mcp")) };
    const call = { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name, arguments: {} } };
    const answer = await post(url("/mcp"), call, headers);
    expect(await answer.text()).toContain('"error"');
    expect(answer.status).toBeLessThan(500);
    expect(errors).toEqual([]);
  });

  test("a batch is refused with 400 in every era, and nothing in it is done", async () => {
    const { url, service } = await serveHttp();
    const id = await openSession(url("/mcp"));
    const calls = [
      toolCall("route_task", { task: "code", prompt: "a" }, 8),
      toolCall("route_task", { task: "code", prompt: "b" }, 9),
    ];
    expect((await post(url("/mcp"), calls, { "mcp-session-id": id })).status).toBe(400);
    const { message, headers } = modern("tools/call", { name: "route_task", arguments: { task: "code", prompt: "c" } });
    expect((await post(url("/mcp"), [message], headers)).status).toBe(400);
    expect(service.routeInputs).toEqual([]);
  });

  test("of 100 MB are refused with 413 before they are sent", async () => {
    const { url } = await serveHttp();
    const answer = await exchange(
      url("/mcp"),
      `POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100000000\r\n\r\n{`,
    );
    expect(statuses(answer)).toEqual([413]);
  });

  test("that do not say how large they are are refused with 413 when they have become too large", async () => {
    const { url } = await serveHttp();
    const megabyte = new TextEncoder().encode(" ".repeat(1_000_000));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        if (sent > 100) controller.close();
        else controller.enqueue(megabyte);
      },
    });
    const status = await fetch(url("/mcp"), {
      method: "POST",
      headers: JSON_HEADERS,
      body,
      duplex: "half",
    }).then(
      (response) => response.status,
      () => "hung up on",
    );
    expect([413, "hung up on"]).toContain(status);
    expect(sent).toBeLessThan(60);
  });

  test("of a large prompt still fit", async () => {
    const { url, service } = await serveHttp();
    const id = await openSession(url("/mcp"));
    const prompt = "word ".repeat(2_000_000);
    const answer = await post(url("/mcp"), toolCall("route_task", { task: "code", prompt }), { "mcp-session-id": id });
    expect(answer.status).toBe(200);
    await answer.text();
    expect(service.routeInputs[0]?.prompt).toHaveLength(prompt.length);
  });
});

describe("addresses and methods", () => {
  test("nothing else is there: 404", async () => {
    const { url } = await serveHttp();
    for (const path of [
      "/",
      "/mcp//",
      "/mcp/.",
      "/mcp/%2e%2e/health",
      "/%6dcp",
      "/mcp;x",
      "/mcp\\",
      "/MCP",
      "//mcp",
      "/mcp/../health/x",
      "/.env",
      "/.well-known/oauth-protected-resource",
    ]) {
      expect((await fetch(url("/"), { method: "GET" })).status).toBe(404);
      expect(
        statuses(await exchange(url("/"), `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)),
        path,
      ).toEqual([404]);
    }
  });

  test.each([
    ["PUT", "/mcp"],
    ["PATCH", "/mcp"],
    ["POST", "/sse"],
    ["GET", "/messages"],
    ["DELETE", "/messages"],
  ])("%s %s: 405, with what is allowed", async (method, path) => {
    const { url } = await serveHttp();
    const response = await fetch(url(path), { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).not.toContain(method);
  });
});
