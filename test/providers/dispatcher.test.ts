import type * as Undici from "undici";
import { afterEach, expect, it, vi } from "vitest";

const made: { readonly what: string; readonly options: object }[] = [];

vi.mock("undici", async (load) => {
  const real = await load<typeof Undici>();
  const noted = <T extends new (...args: never[]) => object>(what: string, Base: T): T =>
    new Proxy(Base, {
      construct(target, args: never[], self) {
        made.push({ what, options: args.at(-1) ?? {} });
        return Reflect.construct(target, args, self) as object;
      },
    });
  return {
    ...real,
    Agent: noted("Agent", real.Agent),
    Pool: noted("Pool", real.Pool),
    EnvHttpProxyAgent: noted("EnvHttpProxyAgent", real.EnvHttpProxyAgent),
  };
});

afterEach(() => void made.splice(0));

it("never ends a call for its length: no connection has a time-out for headers or body", async () => {
  const { exchangeThrough } = await import("../../src/providers/dispatcher.ts");
  const proxy = { http: "http://127.0.0.1:1", https: "http://127.0.0.1:1", except: "", loopback: false };
  for (const url of ["http://127.0.0.1:1/", "http://vendor.test/", "https://vendor.test/"]) {
    const ask = { method: "GET", headers: new Headers(), body: null, signal: null };
    await exchangeThrough(proxy)(new URL(url), ask).catch(() => {});
  }
  expect(new Set(made.map(({ what }) => what))).toEqual(new Set(["Agent", "Pool", "EnvHttpProxyAgent"]));
  for (const { options } of made) expect(options).toMatchObject({ headersTimeout: 0, bodyTimeout: 0 });
});
