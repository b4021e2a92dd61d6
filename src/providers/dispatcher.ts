import type { Agent, Dispatcher } from "undici";
import { isLoopback } from "../core/loopback.ts";
import type { ProxySettings } from "../core/endpoint-settings.ts";
import { once } from "./adapter.ts";
import { wireAnswer, type WireAnswer } from "./wire-answer.ts";

/** undici's own time-outs are off: it would end each call after 300 s without a byte, also where the deadline of the request is later. */
const NO_TIMEOUTS = { headersTimeout: 0, bodyTimeout: 0 } as const;

/** Sends a request and resolves with the answer's head. Rejects with what undici throws, or with the reason of the abort. */
export type Exchange = (url: URL, init: WireRequest) => Promise<WireAnswer>;

export interface WireRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | Uint8Array | null;
  readonly signal: AbortSignal | null;
}

// Not fetch: it costs twice the time of a request. Nor the http of Node: it takes no proxy.
const load = once(() => import("undici"));
const direct = once(async () => new (await load()).Agent(NO_TIMEOUTS));
const proxied = new Map<string, () => Promise<Dispatcher>>();

/** Requests that go through the proxy where one is set for the address, that wait for as long as their signal lets them, and follow nothing. */
export function exchangeThrough(proxy: ProxySettings | null): Exchange {
  return async (url, { method, headers, body, signal }) => {
    const { request } = await load();
    const dispatcher = await dispatcherFor(url, proxy);
    const fields = Object.fromEntries(headers);
    return wireAnswer(await request(url, { method, headers: fields, body, signal, dispatcher }));
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
