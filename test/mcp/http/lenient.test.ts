import { request } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { INITIALIZE, modern, openSession, post, toolCall } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";

const TYPE = { "content-type": "application/json" };
const LIST = { jsonrpc: "2.0", id: 2, method: "tools/list" };

/** Sends exactly these headers; `fetch` would add an Accept. */
function bare(url: URL, headers: Record<string, string>, body: string | Uint8Array, method = "POST") {
  return new Promise<{ status: number; type: string; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const sent = request(url, { method, headers, agent: false }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.once("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers["content-type"] ?? "",
            headers: response.headers,
            text,
          }),
        );
      });
      sent.once("error", reject);
      sent.end(body);
    },
  );
}

describe("the Accept header", () => {
  test.each([
    undefined,
    "*/*",
    "application/*, text/*",
    "application/json;q=0.9, text/event-stream",
    "TEXT/EVENT-STREAM",
    "*/*;q=0.1",
  ])("%j: a stream is answered with, in every era", async (accept) => {
    const { url } = await serveHttp();
    const headers = { ...TYPE, ...(accept === undefined ? {} : { accept }) };
    const began = await bare(url("/mcp"), headers, JSON.stringify(INITIALIZE));
    expect(began).toMatchObject({ status: 200, type: "text/event-stream" });
    const id = String(began.headers["mcp-session-id"]);
    const listed = await bare(url("/mcp"), { ...headers, "mcp-session-id": id }, JSON.stringify(LIST));
    expect(listed.text).toContain('"route_task"');
    const { message, headers: ofEra } = modern("tools/list");
    expect((await bare(url("/mcp"), { ...headers, ...ofEra }, JSON.stringify(message))).text).toContain('"route_task"');
  });

  test.each([
    "application/json",
    "application/*",
    "application/json, text/event-stream;q=0",
    "Application/JSON; charset=utf-8",
  ])("%j: JSON is answered with, in every era, progress or not", async (accept) => {
    const { url } = await serveHttp();
    const headers = { ...TYPE, accept };
    const began = await bare(url("/mcp"), headers, JSON.stringify(INITIALIZE));
    expect(began).toMatchObject({ status: 200, type: "application/json" });
    expect(JSON.parse(began.text)).toMatchObject({ id: 1, result: { serverInfo: { name: "signalbox" } } });
    const session = { ...headers, "mcp-session-id": String(began.headers["mcp-session-id"]) };
    const withProgress = (call: { params: object }) => ({
      ...call,
      params: { ...call.params, _meta: { progressToken: 1 } },
    });
    const old = await bare(
      url("/mcp"),
      session,
      JSON.stringify(withProgress(toolCall("route_task", { task: "code", prompt: "stream" }))),
    );
    expect(JSON.parse(old.text)).toMatchObject({ id: 7, result: { structuredContent: { text: "answer to stream" } } });
    const call = modern("tools/call", { name: "route_task", arguments: { task: "code", prompt: "stream" } });
    const { params } = call.message;
    const message = { ...call.message, params: { ...params, _meta: { ...params._meta, progressToken: 1 } } };
    const fresh = await bare(url("/mcp"), { ...headers, ...call.headers }, JSON.stringify(message));
    expect(JSON.parse(fresh.text)).toMatchObject({
      id: 1,
      result: { structuredContent: { text: "answer to stream" } },
    });
  });

  test.each(["text/html", "image/*", "application/json;q=0", "application/xml, text/plain"])(
    "%j: 406",
    async (accept) => {
      const { url, server } = await serveHttp();
      expect((await bare(url("/mcp"), { ...TYPE, accept }, JSON.stringify(INITIALIZE))).status).toBe(406);
      expect(server.sessions()).toBe(0);
    },
  );

  test("the standing stream of a session is there for */*, and not for JSON alone", async () => {
    const { url } = await serveHttp();
    const id = await openSession(url("/mcp"));
    expect((await bare(url("/mcp"), { accept: "application/json", "mcp-session-id": id }, "", "GET")).status).toBe(406);
    const control = new AbortController();
    const stream = await fetch(url("/mcp"), {
      headers: { accept: "*/*", "mcp-session-id": id },
      signal: control.signal,
    });
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    control.abort();
  });
});

describe("what clients write a little otherwise", () => {
  test("an address with a slash at its end is the same address", async () => {
    const { url } = await serveHttp();
    const id = await openSession(url("/mcp/"));
    expect((await post(url("/mcp/"), LIST, { "mcp-session-id": id })).status).toBe(200);
    const { message, headers } = modern("tools/list");
    expect((await post(url("/mcp/"), message, headers)).status).toBe(200);
    expect((await fetch(url("/mcp/"), { method: "DELETE", headers: { "mcp-session-id": id } })).status).toBe(200);
    expect((await fetch(url("/mcp/"), { method: "PUT" })).status).toBe(405);
    const stream = await fetch(url("/sse/"));
    expect(stream.status).toBe(200);
    await stream.body?.cancel();
  });

  test("initialize with the id of a session that has ended begins a new one", async () => {
    const { url, server } = await serveHttp();
    const id = await openSession(url("/mcp"));
    await fetch(url("/mcp"), { method: "DELETE", headers: { "mcp-session-id": id } });
    expect((await post(url("/mcp"), LIST, { "mcp-session-id": id })).status).toBe(404);
    const again = await post(url("/mcp"), INITIALIZE, { "mcp-session-id": id });
    expect(again.status).toBe(200);
    const fresh = again.headers.get("mcp-session-id");
    expect(fresh).not.toBe(id);
    await again.text();
    expect((await post(url("/mcp"), LIST, { "mcp-session-id": fresh ?? "" })).status).toBe(200);
    expect(server.sessions()).toBe(1);
  });

  test.each([
    ["cursor", "tools/list", { cursor: null }],
    ["cursor", "resources/list", { cursor: null }],
    ["cursor", "resources/templates/list", { cursor: null }],
    ["_meta", "tools/list", { _meta: null, cursor: null }],
    ["all parameters", "tools/list", null],
    ["arguments", "tools/call", { name: "list_models", arguments: null }],
    ["the progress token's place", "tools/call", { name: "list_models", arguments: {}, _meta: null }],
  ])("null for %s in %s is left out", async (_, method, params) => {
    const { url, errors } = await serveHttp();
    const headers = { "mcp-session-id": await openSession(url("/mcp")) };
    const answer = await (await post(url("/mcp"), { jsonrpc: "2.0", id: 2, method, params }, headers)).text();
    expect(answer).toContain('"result"');
    expect(answer).not.toContain('"isError":true');
    if (params !== null && !("_meta" in params)) {
      const { message, headers: ofEra } = modern(method, params);
      const name = "name" in params ? { "mcp-name": params.name } : {};
      expect(await (await post(url("/mcp"), message, { ...ofEra, ...name })).text()).toContain('"result"');
    }
    expect(errors).toEqual([]);
  });
});

describe("a compressed body", () => {
  const body = JSON.stringify(INITIALIZE);
  test.each([
    ["gzip", gzipSync(body)],
    ["x-gzip", gzipSync(body)],
    ["deflate", deflateSync(body)],
    ["br", brotliCompressSync(body)],
    ["zstd", Buffer.from(body)],
    ["identity, gzip", gzipSync(body)],
    ["gzip", gzipSync(Buffer.alloc(50_000_000))],
  ])("%s: 415, unread, with what is taken instead", async (coding, bytes) => {
    const { url, server } = await serveHttp();
    const refused = await bare(url("/mcp"), { ...TYPE, "content-encoding": coding }, bytes);
    expect(refused.status).toBe(415);
    expect(refused.headers["accept-encoding"]).toBe("identity");
    expect(refused.text).toContain("Content-Encoding");
    expect(server.sessions()).toBe(0);
  });

  test("that is not compressed, and says so, is read", async () => {
    const { url } = await serveHttp();
    expect((await bare(url("/mcp"), { ...TYPE, "content-encoding": "identity" }, body)).status).toBe(200);
  });
});
