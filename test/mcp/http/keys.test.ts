import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startIssuer } from "./support/issuer.ts";
import { INITIALIZE, post } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";

/** An address that gives this in place of keys. */
async function keysFrom(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
}

test.each<[string, (response: ServerResponse) => void]>([
  ["an error", (response) => response.writeHead(500).end("broken")],
  ["nothing", (response) => response.writeHead(404).end()],
  ["another address", (response) => response.writeHead(302, { location: "/elsewhere" }).end()],
  ["a page", (response) => response.end("<html></html>")],
  ["JSON of another shape", (response) => response.end('{"keys":"none"}')],
  ["no answer", (response) => response.destroy()],
  ["no answer in time", () => {}],
])(
  "keys that cannot be had (%s) are no fault of the token: 503 with Retry-After, and the log hears why",
  async (_, answer) => {
    const issuer = await startIssuer();
    const { url, errors, server } = await serveHttp({ oauth: { ...issuer.oauth, jwksUrl: await keysFrom(answer) } });
    const headers = { authorization: `Bearer ${await issuer.token("alice", "route read")}` };
    const refused = await post(url("/mcp"), INITIALIZE, headers);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("www-authenticate")).toBeNull();
    expect(errors).toHaveLength(1);
    expect(server.sessions()).toBe(0);
  },
  20_000,
);

test("the owner's own token needs no keys", async () => {
  const issuer = await startIssuer();
  const jwksUrl = await keysFrom((response) => response.writeHead(500).end());
  const { url } = await serveHttp({ oauth: { ...issuer.oauth, jwksUrl }, token: "of-the-owner" });
  expect((await post(url("/mcp"), INITIALIZE, { authorization: "Bearer of-the-owner" })).status).toBe(200);
});
