import { once } from "node:events";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { INITIALIZE } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";

/** So few connects at a time fit in the kernel's queue of a listening port (511), which drops some of what does not fit. */
const LOT = 200;

/** Connections that send no request, from one address of this machine. */
async function silentOnes(url: URL, count: number, localAddress: string, bytes = ""): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  for (let left = count; left > 0; left -= LOT) {
    sockets.push(...(await connectSome(url, Math.min(left, LOT), localAddress, bytes)));
  }
  return sockets;
}

async function connectSome(url: URL, count: number, localAddress: string, bytes: string): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: count }, () =>
    connect({ port: Number(url.port), host: url.hostname, localAddress }),
  );
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  await Promise.all(
    sockets.map(async (socket) => {
      socket.on("error", () => {});
      await Promise.race([once(socket, "connect"), once(socket, "close")]);
      if (bytes !== "") socket.write(bytes);
    }),
  );
  return sockets;
}

/** Begins a session from an address; the status, or why there is none. */
function beginFrom(url: URL, localAddress: string): Promise<number | string> {
  const headers = { "content-type": "application/json", accept: "*/*" };
  return new Promise((resolve) => {
    const sent = request(url, { method: "POST", headers, agent: false, localAddress }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end(JSON.stringify(INITIALIZE));
  });
}

const open = (sockets: readonly Socket[]): number => sockets.filter(({ destroyed }) => !destroyed).length;

// With so many sessions the server takes 1,200 connections of an address.
const SMALL = { maxSessions: 100 };

test("1,200 silent connections of one address keep out nobody, not even another client there", async () => {
  const { url } = await serveHttp(SMALL);
  const sockets = await silentOnes(url("/"), 1200, "127.0.0.1");
  expect(await beginFrom(url("/mcp"), "127.0.0.2")).toBe(200);
  expect(await beginFrom(url("/mcp"), "127.0.0.1")).toBe(200);
  await expect.poll(() => open(sockets), { timeout: 10_000 }).toBeLessThanOrEqual(64);
  expect(open(sockets)).toBeGreaterThan(0);
});

test("1,320 connections that have been used fill the share of their address, not that of another", async () => {
  const { url } = await serveHttp(SMALL);
  const used = "GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n";
  const sockets: Socket[] = [];
  // So few at a time that each has sent its request before it would be silent for too long.
  for (let sent = 0; sent < 1320; sent += 40) sockets.push(...(await silentOnes(url("/"), 40, "127.0.0.1", used)));
  expect(await beginFrom(url("/mcp"), "127.0.0.2")).toBe(200);
  await expect.poll(() => open(sockets), { timeout: 10_000 }).toBeLessThanOrEqual(1200);
});

test("a connection that is closed makes room for another one of its address", async () => {
  const { url } = await serveHttp(SMALL);
  const sockets = await silentOnes(url("/"), 60, "127.0.0.3");
  for (const socket of sockets) socket.destroy();
  const others = await silentOnes(url("/"), 60, "127.0.0.3");
  expect(await beginFrom(url("/mcp"), "127.0.0.3")).toBe(200);
  expect(open(others)).toBe(60);
});
