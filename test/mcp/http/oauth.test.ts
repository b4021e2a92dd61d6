import { describe, expect, test, vi } from "vitest";
import { SignJWT, UnsecuredJWT } from "jose";
import { AUDIENCE, startIssuer, type SignOptions } from "./support/issuer.ts";
import { INITIALIZE, modern, openSession, post, toolCall } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const LIST = { jsonrpc: "2.0", id: 2, method: "tools/list" };
const METADATA = "https://signalbox.example.com/.well-known/oauth-protected-resource/mcp";

describe("tokens of an authorization server", () => {
  test("that are good open every way in", async () => {
    const issuer = await startIssuer();
    const { connect, service } = await serveHttp({ oauth: issuer.oauth });
    const token = await issuer.token("alice", "route read");
    for (const [kind, path] of [
      ["v1", "/mcp"],
      ["v1", "/sse"],
      ["v2-modern", "/mcp"],
      ["v2-auto", "/mcp"],
    ] as const) {
      const client = await connect(kind, path, token);
      const { isError } = await client.callTool("route_task", { task: "code", prompt: `${kind} ${path}` });
      expect(isError, `${kind} ${path}`).toBe(false);
    }
    expect(service.routeInputs).toHaveLength(4);
    expect(issuer.asked()).toBe(1);
  });

  test.each<[string, Record<string, unknown>, SignOptions?]>([
    ["another audience", { aud: "https://other.example.com/mcp" }],
    ["no audience", { aud: null }],
    ["another issuer", { iss: "https://evil.example.com" }],
    ["no issuer", { iss: null }],
    ["expired", { exp: -60 }],
    ["no expiry", { exp: null }],
    ["not yet valid", { nbf: 600 }],
    ["no subject", { sub: null }],
    ["an empty subject", { sub: " " }],
    ["a subject that is no name", { sub: "a".repeat(1000) }],
    ["a key that is not the issuer's", {}, { foreignKey: true }],
    ["an unknown key", {}, { keyId: "k2" }],
  ])("%s: 401, and where to get a better one", async (_, changes, options) => {
    const issuer = await startIssuer();
    const { url, server, errors } = await serveHttp({ oauth: issuer.oauth });
    const token = await issuer.token("alice", "route read", changes, options);
    const refused = await post(url("/mcp"), INITIALIZE, bearer(token));
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toContain(`resource_metadata="${METADATA}"`);
    expect(refused.headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect(await refused.text()).not.toContain(token);
    expect(server.sessions()).toBe(0);
    expect(errors).toEqual([]);
  });

  test("that are unsigned, or signed with a public value: 401", async () => {
    const issuer = await startIssuer();
    const { url } = await serveHttp({ oauth: issuer.oauth });
    const claims = { iss: issuer.oauth.issuer, aud: AUDIENCE, sub: "alice", scope: "route read", exp: 3600 };
    const none = new UnsecuredJWT(claims).encode();
    const publicKeys = await (await fetch(issuer.oauth.jwksUrl)).text();
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", kid: "k1" })
      .sign(new TextEncoder().encode(publicKeys));
    const cut = (await issuer.token("alice", "route read")).split(".").slice(0, 2).join(".");
    for (const token of [none, shared, cut, `${cut}.`, "x.y.z", "{}", "a".repeat(10_000)]) {
      expect((await post(url("/mcp"), INITIALIZE, bearer(token))).status, token.slice(0, 40)).toBe(401);
    }
  });

  test("cannot be checked when the keys cannot be had: 503, and the log hears why", async () => {
    const issuer = await startIssuer();
    const gone = { ...issuer.oauth, jwksUrl: "http://127.0.0.1:9/keys" };
    const { url, errors } = await serveHttp({ oauth: gone });
    expect((await post(url("/mcp"), INITIALIZE, bearer(await issuer.token("alice", "read")))).status).toBe(503);
    expect(errors).toHaveLength(1);
  });

  test("a token of the owner is taken beside them", async () => {
    const issuer = await startIssuer();
    const { url } = await serveHttp({ oauth: issuer.oauth, token: "of-the-owner" });
    expect((await post(url("/mcp"), INITIALIZE, bearer("of-the-owner"))).status).toBe(200);
    expect((await post(url("/mcp"), INITIALIZE, bearer(await issuer.token("alice", "read")))).status).toBe(200);
    expect((await post(url("/mcp"), INITIALIZE)).status).toBe(401);
  });

  test("what they must look like stands where RFC 9728 has it, without a token", async () => {
    const issuer = await startIssuer();
    const { url } = await serveHttp({ oauth: issuer.oauth });
    for (const path of ["/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource"]) {
      const response = await fetch(url(path));
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        resource: AUDIENCE,
        authorization_servers: [issuer.oauth.issuer],
        scopes_supported: ["route", "read"],
        bearer_methods_supported: ["header"],
        resource_name: "Signalbox",
      });
    }
  });
});

describe("scopes", () => {
  const changing = [
    toolCall("route_task", { task: "code", prompt: "x" }),
    toolCall("report_outcome", { route_id: "r", success: true }),
    { jsonrpc: "2.0", id: 3, method: "tasks/cancel", params: { taskId: "t" } },
  ];
  const cancel = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 7 } };

  test.each(changing)("a token that may only read cannot do %j: 403, in every era", async (message) => {
    const issuer = await startIssuer();
    const { url, service } = await serveHttp({ oauth: issuer.oauth });
    const headers = bearer(await issuer.token("alice", "read"));
    const id = await openSession(url("/mcp"), headers);
    const refused = await post(url("/mcp"), message, { ...headers, "mcp-session-id": id });
    expect(refused.status).toBe(403);
    expect(refused.headers.get("www-authenticate")).toMatch(/error="insufficient_scope".*scope="route read"/u);
    const { message: asked, headers: era } = modern(message.method, message.params);
    expect((await post(url("/mcp"), asked, { ...headers, ...era })).status).toBe(403);
    expect((await post(url("/mcp"), LIST, { ...headers, "mcp-session-id": id })).status).toBe(200);
    expect(service.routeInputs).toEqual([]);
  });

  test.each(["", "admin", "ROUTE", "route:read"])("a token with the scope %j may do nothing", async (scope) => {
    const issuer = await startIssuer();
    const { url } = await serveHttp({ oauth: issuer.oauth });
    const headers = bearer(await issuer.token("alice", scope));
    expect((await post(url("/mcp"), INITIALIZE, headers)).status).toBe(403);
    expect((await fetch(url("/sse"), { headers })).status).toBe(403);
  });

  test.each([
    { scp: ["read"] },
    { scp: "openid read" },
    { scp: ["openid read"] },
    { scope: ["openid", "read"] },
    { scope: "openid read" },
  ])("may come as %j, as different servers write them", async (claims) => {
    const issuer = await startIssuer();
    const { url } = await serveHttp({ oauth: issuer.oauth });
    const headers = bearer(await issuer.token("alice", "", { scope: null, ...claims }));
    expect((await post(url("/mcp"), INITIALIZE, headers)).status).toBe(200);
  });

  test.each([
    { jsonrpc: "2.0", id: 0, result: { action: "accept", content: {} } },
    { jsonrpc: "2.0", id: 0, error: { code: -32_000, message: "no" } },
  ])("an answer to a question before spending, %j, needs the scope to spend", async (message) => {
    const issuer = await startIssuer();
    const { url } = await serveHttp({ oauth: issuer.oauth });
    const id = { "mcp-session-id": await openSession(url("/mcp"), bearer(await issuer.token("alice", "route read"))) };
    const answer = async (scope: string) =>
      (await post(url("/mcp"), message, { ...id, ...bearer(await issuer.token("alice", scope)) })).status;
    expect(await answer("read")).toBe(403);
    expect(await answer("route")).toBe(202);
  });

  test("a client that may only read cannot end a call that was paid for, nor its session", async () => {
    const issuer = await startIssuer();
    const { url, service, server } = await serveHttp({ oauth: issuer.oauth });
    const spender = bearer(await issuer.token("alice", "route read"));
    const reader = bearer(await issuer.token("alice", "read"));
    const id = { "mcp-session-id": await openSession(url("/mcp"), reader) };
    const call = post(url("/mcp"), toolCall("route_task", { task: "code", prompt: "wait" }), { ...spender, ...id });
    await vi.waitFor(() => expect(service.routeInputs).toHaveLength(1));
    expect((await post(url("/mcp"), cancel, { ...reader, ...id })).status).toBe(403);
    expect((await fetch(url("/mcp"), { method: "DELETE", headers: { ...reader, ...id } })).status).toBe(403);
    expect(service.cancelledCalls()).toBe(0);
    expect((await post(url("/mcp"), cancel, { ...spender, ...id })).status).toBe(202);
    await vi.waitFor(() => expect(service.cancelledCalls()).toBe(1));
    await (await call).text();
    expect((await fetch(url("/mcp"), { method: "DELETE", headers: { ...spender, ...id } })).status).toBe(200);
    expect(server.sessions()).toBe(0);
  });

  test("a session in which only a reader was ends as the reader says", async () => {
    const issuer = await startIssuer();
    const { url, server } = await serveHttp({ oauth: issuer.oauth });
    const reader = bearer(await issuer.token("alice", "read"));
    const id = { "mcp-session-id": await openSession(url("/mcp"), reader) };
    expect((await post(url("/mcp"), cancel, { ...reader, ...id })).status).toBe(202);
    expect((await fetch(url("/mcp"), { method: "DELETE", headers: { ...reader, ...id } })).status).toBe(200);
    expect(server.sessions()).toBe(0);
  });
});

describe("what belongs to another principal", () => {
  test("its session is not there: 404, at every address", async () => {
    const issuer = await startIssuer();
    const { url, server } = await serveHttp({ oauth: issuer.oauth, token: "of-the-owner" });
    const alice = bearer(await issuer.token("alice", "route read"));
    const id = await openSession(url("/mcp"), alice);
    for (const other of [bearer(await issuer.token("mallory", "route read")), bearer("of-the-owner")]) {
      const headers = { ...other, "mcp-session-id": id };
      expect((await post(url("/mcp"), LIST, headers)).status).toBe(404);
      expect((await fetch(url("/mcp"), { headers: { ...headers, accept: "text/event-stream" } })).status).toBe(404);
      expect((await fetch(url("/mcp"), { method: "DELETE", headers })).status).toBe(404);
    }
    expect(server.sessions()).toBe(1);
    // A fresh token of the same principal is as good.
    const again = bearer(await issuer.token("alice", "read", { iat: 1 }));
    expect((await post(url("/mcp"), LIST, { ...again, "mcp-session-id": id })).status).toBe(200);
  });

  test("its stream of the older pair takes no message from another client", async () => {
    const issuer = await startIssuer();
    const { url, server } = await serveHttp({ oauth: issuer.oauth });
    const stream = await fetch(url("/sse"), { headers: bearer(await issuer.token("alice", "route read")) });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const endpoint = /data: (?<path>\S+)/u.exec((await reader?.read())?.value ?? "")?.groups?.["path"] ?? "";
    const mallory = bearer(await issuer.token("mallory", "route read"));
    expect((await post(url(endpoint), INITIALIZE, mallory)).status).toBe(404);
    await reader?.cancel();
    await vi.waitFor(() => expect(server.sessions()).toBe(0), 5000);
  });

  test("one principal cannot take all sessions", async () => {
    const issuer = await startIssuer();
    const { url } = await serveHttp({ oauth: issuer.oauth, maxSessions: 8 });
    const alice = bearer(await issuer.token("alice", "read"));
    await openSession(url("/mcp"), alice);
    await openSession(url("/mcp"), alice);
    const refused = await post(url("/mcp"), INITIALIZE, alice);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("60");
    await openSession(url("/mcp"), bearer(await issuer.token("bob", "read")));
  });

  test("one principal's requests do not count against another", async () => {
    const issuer = await startIssuer();
    const { url } = await serveHttp({ oauth: issuer.oauth, requestsPerMinute: 3 });
    const alice = bearer(await issuer.token("alice", "read"));
    for (let sent = 0; sent < 3; sent += 1) await post(url("/mcp"), LIST, alice);
    expect((await post(url("/mcp"), LIST, alice)).status).toBe(429);
    expect((await post(url("/mcp"), LIST, bearer(await issuer.token("bob", "read")))).status).toBe(400);
  });
});
