import type { Agent, Dispatcher } from "undici";
import { isLoopback } from "../core/loopback.ts";
import type { ProxySettings } from "../core/endpoint-settings.ts";
import { once } from "./adapter.ts";

/** undici's own time-outs are off: it would end each call after 300 s without a byte, also where the deadline of the request is later. */
const NO_TIMEOUTS = { headersTimeout: 0, bodyTimeout: 0 } as const;

/** The `fetch` that the platform has, or its like. */
export type Fetch = typeof globalThis.fetch;

// Not the fetch of Node itself: it takes no proxy on every version that Signalbox runs on, and no dispatcher of another undici.
const load = once(() => import("undici"));
const direct = once(async () => new (await load()).Agent(NO_TIMEOUTS));
const proxied = new Map<string, () => Promise<Dispatcher>>();

/** A `fetch` that goes through the proxy where one is set for the address, and that waits for as long as its signal lets it. */
export function fetchThrough(proxy: ProxySettings | null): Fetch {
  return async (input, init) => {
    const { fetch } = await load();
    const url = new URL(input instanceof Request ? input.url : input);
    const dispatcher = await dispatcherFor(url, proxy);
    // undici's types are those of the platform's fetch under other names.
    const response = await fetch(url, { ...init, dispatcher } as unknown as Parameters<typeof fetch>[1]);
    return response;
  };
}

/** The proxy that a call to this address goes through: "host:port", for messages; `null`: none. */
export function proxyOf(url: URL, proxy: ProxySettings | null): string | null {
  const through = proxyUrl(url, proxy);
  return through === null ? null : new URL(through).host;
}

async function dispatcherFor(url: URL, proxy: ProxySettings | null): Promise<Dispatcher> {
  const through = proxyUrl(url, proxy);
  if (through === null || proxy === null) return direct();
  const key = JSON.stringify([through, proxy.except]);
  const make = proxied.get(key) ?? once(() => proxyAgent(through, proxy.except));
  proxied.set(key, make);
  return make();
}

function proxyUrl(url: URL, proxy: ProxySettings | null): string | null {
  if (proxy === null || (isLoopback(url.hostname) && !proxy.loopback)) return null;
  return url.protocol === "https:" ? proxy.https : proxy.http;
}

async function proxyAgent(through: string, except: string): Promise<Dispatcher> {
  const { EnvHttpProxyAgent, Pool } = await load();
  return new EnvHttpProxyAgent({
    ...NO_TIMEOUTS,
    httpProxy: through,
    httpsProxy: through,
    noProxy: except,
    // Plain HTTP is asked of the proxy itself: many let no tunnel through to port 80.
    proxyTunnel: false,
    // The way to a plain proxy is made without the options above.
    factory: (origin: string | URL, options: Agent.Options) => new Pool(origin, { ...options, ...NO_TIMEOUTS }),
  });
}
