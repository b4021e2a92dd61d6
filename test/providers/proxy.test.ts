import { createServer, request as forward, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ProxySettings } from "../../src/core/endpoint-settings.ts";
import { createProvider } from "../../src/providers/index.ts";
import { call, drain, ENDINGS, OPENINGS, stub, type Outcome, type Stub } from "./support.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.splice(0)) await close();
});

interface Proxy {
  readonly url: string;
  /** What it was asked for: "CONNECT host:port" or "POST http://…". */
  readonly asked: string[];
  readonly authorizations: (string | undefined)[];
}

/** A real proxy. Every host name leads to `target`. */
async function proxy(target: Stub, answer: number | null = null): Promise<Proxy> {
  const port = Number(new URL(target.baseUrl).port);
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server: Server = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    authorizations.push(incoming.headers["proxy-authorization"]);
    if (answer !== null) return void response.writeHead(answer).end();
    const { pathname } = new URL(incoming.url ?? "");
    const outgoing = forward({ port, path: pathname, method: incoming.method, headers: incoming.headers }, (from) => {
      response.writeHead(from.statusCode ?? 500, from.headers);
      from.pipe(response);
    });
    incoming.pipe(outgoing);
  });
  server.on("connect", (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    authorizations.push(incoming.headers["proxy-authorization"]);
    if (answer !== null) return void socket.end(`HTTP/1.1 ${answer} No\r\n\r\n`);
    const through = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(through).pipe(socket);
    });
    through.on("error", () => socket.destroy());
    socket.on("error", () => through.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, authorizations };
}

async function vendor(): Promise<Stub> {
  const server = await stub((response) => {
    response
      .writeHead(200, { "content-type": "text/event-stream" })
      .end(OPENINGS.openai_compatible + ENDINGS.openai_compatible);
  });
  closers.push(() => server.close());
  return server;
}

const through = (url: string, over: Partial<ProxySettings> = {}): ProxySettings => ({
  http: url,
  https: url,
  except: "",
  loopback: false,
  ...over,
});

function ask(baseUrl: string, settings: ProxySettings | null): Promise<Outcome> {
  const provider = createProvider({ id: "own", kind: "openai_compatible", baseUrl, proxy: settings }, null);
  return drain(provider.stream(call(), AbortSignal.timeout(10_000)));
}

describe("a proxy", () => {
  it("is asked for plain HTTP, and the name is looked up there", async () => {
    const { url, asked } = await proxy(await vendor());
    expect(await ask("http://vendor.test/v1", through(url))).toMatchObject({
      error: null,
      text: "par",
      finish: "stop",
    });
    expect(asked).toEqual(["POST http://vendor.test/v1/chat/completions"]);
  });

  it("is asked for a tunnel to HTTPS", async () => {
    const { url, asked } = await proxy(await vendor());
    // The vendor speaks no TLS: that the tunnel was opened is what counts.
    const { error } = await ask("https://vendor.test/v1", through(url));
    expect(asked).toEqual(["CONNECT vendor.test:443"]);
    expect(error).toMatchObject({ kind: "network" });
    expect(error?.message).toContain(`through the proxy ${new URL(url).host}`);
  });

  it("is told the user and password of its URL, and nobody else is", async () => {
    const target = await vendor();
    const { url, authorizations } = await proxy(target);
    await ask("http://vendor.test/v1", through(url.replace("http://", "http://me:pass%20word@")));
    expect(authorizations).toEqual([`Basic ${Buffer.from("me:pass word").toString("base64")}`]);
  });

  it.each(["vendor.test", ".test", "*", "other.example,vendor.test:80"])(
    "is left out for the hosts of NO_PROXY: %s",
    async (except) => {
      const { url, asked } = await proxy(await vendor());
      const { error } = await ask("http://vendor.test/v1", through(url, { except }));
      expect(asked).toEqual([]);
      expect(error?.message).toMatch(/unknown host name|could not be looked up/);
    },
  );

  it("serves no address of this machine, unless it was asked for by name", async () => {
    const target = await vendor();
    const { url, asked } = await proxy(target);
    expect(await ask(target.baseUrl, through(url))).toMatchObject({ error: null, text: "par" });
    expect(asked).toEqual([]);
    expect(await ask(target.baseUrl, through(url, { loopback: true }))).toMatchObject({ error: null, text: "par" });
    expect(asked).toHaveLength(1);
  });

  it.each(["http", "https"] as const)("that lets nothing through is said to be the reason, for %s", async (scheme) => {
    const { url } = await proxy(await vendor(), 407);
    const { error } = await ask(`${scheme}://vendor.test/v1`, through(url));
    expect(error).toMatchObject({ kind: "network", unsent: true });
    expect(error?.message).toContain(`the proxy ${new URL(url).host} answered 407`);
  });

  it("that is not there is said by name, without its password", async () => {
    const { error } = await ask("https://vendor.test/v1", through("http://me:hunter2-secret@127.0.0.1:1"));
    expect(error).toMatchObject({ kind: "network", unsent: true });
    expect(error?.message).toContain("through the proxy 127.0.0.1:1");
    expect(error?.message).not.toContain("hunter2");
  });
});
