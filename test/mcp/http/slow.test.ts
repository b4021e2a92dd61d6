import { describe, expect, test } from "vitest";
import { INITIALIZE } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";
import { exchange, statuses, wire } from "./support/socket.ts";

/** Short enough for a test; a busy machine only makes the server later. */
const HURRIED = { headersTimeoutMs: 300 };
const BODY = JSON.stringify(INITIALIZE);
const LIST = JSON.stringify({ jsonrpc: "2.0", id: 2, method: "tools/list" });
const HEAD =
  "POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\naccept: application/json, text/event-stream\r\n";

describe("clients that hold a connection without using it", () => {
  test("headers that never end: 408, and the connection is closed", async () => {
    const { url } = await serveHttp(HURRIED);
    const { socket, ended } = await wire(url("/"));
    socket.write("POST /mcp HTTP/1.1\r\nhost: localhost\r\n");
    const drip = setInterval(() => socket.write("x-more: 1\r\n"), 50);
    expect(statuses(await ended)).toEqual([408]);
    clearInterval(drip);
  });

  test("a body that never ends: the connection is closed, and no session is made", async () => {
    const { url, server } = await serveHttp(HURRIED);
    const { socket, ended } = await wire(url("/"));
    socket.write(`${HEAD}content-length: ${BODY.length}\r\n\r\n`);
    let at = 0;
    const drip = setInterval(() => socket.write(BODY[at++ % 20] ?? ""), 100);
    expect(statuses(await ended)).toEqual([408]);
    clearInterval(drip);
    expect(server.sessions()).toBe(0);
  });

  test("many of them at once do not keep others out", async () => {
    const { connect, url } = await serveHttp();
    const lines = await Promise.all(Array.from({ length: 200 }, () => wire(url("/"))));
    for (const { socket } of lines) socket.write(`${HEAD}content-length: 100\r\n\r\n{`);
    const client = await connect("v2-modern");
    expect(await client.listTools()).toHaveLength(7);
    for (const { socket } of lines) socket.destroy();
  });
});

describe("requests that a proxy and a server could read in two ways", () => {
  const smuggled = `POST /mcp HTTP/1.1\r\nhost: evil.example.com\r\n\r\n`;

  test.each([
    ["two lengths", `${HEAD}content-length: ${BODY.length}\r\ncontent-length: 0\r\n\r\n${BODY}`],
    ["a length and chunks", `${HEAD}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ["an unknown coding", `${HEAD}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ["chunked twice", `${HEAD}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`],
    ["a blank before the colon", `${HEAD}content-length : ${BODY.length}\r\n\r\n${BODY}`],
    ["a folded header", `${HEAD}x-a: 1\r\n transfer-encoding: chunked\r\ncontent-length: x\r\n\r\n`],
    ["a chunk of no size", `${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`],
    ["a bare line feed", `POST /mcp HTTP/1.1\nhost: localhost\ncontent-length: -1\n\n`],
    [
      "no host",
      `POST /mcp HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
    ],
    ["an empty host", `POST /mcp HTTP/1.1\r\nhost:\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`],
    ["two hosts", `${HEAD}host: evil.example.com\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`],
    [
      "a whole URL as target",
      `POST http://evil.example.com/mcp HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
    ],
    [
      "two tokens",
      `${HEAD}authorization: Bearer a\r\nauthorization: Bearer b\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
    ],
  ])("%s: 400, and nothing after it is read", async (_, bytes) => {
    const { url, server } = await serveHttp(HURRIED);
    expect(statuses(await exchange(url("/"), bytes))).toEqual([400]);
    expect(server.sessions()).toBe(0);
  });

  test("headers that are too large: 431", async () => {
    const { url } = await serveHttp(HURRIED);
    expect(statuses(await exchange(url("/"), `${HEAD}x-big: ${"x".repeat(100_000)}\r\n\r\n`))).toEqual([431]);
  });

  test("what a client sends comes back in no header", async () => {
    const { url } = await serveHttp(HURRIED);
    const evil = "x%0d%0aset-cookie:%20a=b";
    const answer = await exchange(
      url("/"),
      `${HEAD}mcp-session-id: ${evil}\r\norigin: http://localhost\r\nconnection: close\r\ncontent-length: ${LIST.length}\r\n\r\n${LIST}`,
    );
    expect(answer.toLowerCase()).not.toContain("set-cookie");
    expect(statuses(answer)).toEqual([404]);
  });

  test.each(["x\r\ny: 1", "x\ny: 1", "x\u0000"])("a header value of %j ends nowhere but in itself", async (value) => {
    const { url, server } = await serveHttp(HURRIED);
    const answer = await exchange(
      url("/"),
      `${HEAD}mcp-session-id: ${value}\r\nconnection: close\r\ncontent-length: ${LIST.length}\r\n\r\n${LIST}`,
    );
    // A header of its own, as any client may send it, or no header at all; never a session.
    expect([[404], [400]]).toContainEqual(statuses(answer));
    expect(server.sessions()).toBe(0);
  });
});
