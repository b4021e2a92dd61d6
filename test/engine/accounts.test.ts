import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { HERE } from "../cases/request.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";

const ANSWER = "Signals tell trains when to stop and when to go.";
const OK = [
  { choices: [{ index: 0, delta: { content: ANSWER } }] },
  { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
  { choices: [], usage: { prompt_tokens: 10, completion_tokens: 10 } },
];

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** What an endpoint says to a key that asks for a model: a status with its error, or the answer. */
type Policy = (
  key: string,
  model: string,
) => { readonly status: number; readonly error?: object; readonly retryAfterS?: number };

async function vendor(policy: Policy): Promise<{ readonly baseUrl: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const { model } = JSON.parse(body) as { model: string };
    const key = (request.headers.authorization ?? "").replace("Bearer ", "");
    asked.push(`${model} by ${key.slice(0, 5)}`);
    const { status, error, retryAfterS } = policy(key, model);
    if (status === 200) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end([...OK.map((event) => JSON.stringify(event)), "[DONE]"].map((data) => `data: ${data}\n\n`).join(""));
      return;
    }
    const wait = retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) };
    response
      .writeHead(status, { "content-type": "application/json", ...wait })
      .end(JSON.stringify({ error: error ?? {} }));
  };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked };
}

const [KEY_A, KEY_B] = ["aaaaa-first-account-1", "bbbbb-second-account-2"];
const MODELS = ["m1", "m2", "m3"];

async function app(baseUrl: string, keys: readonly string[], shared: string | null = null): Promise<SandboxService> {
  const env = Object.fromEntries(keys.map((key, index) => [`KEY_${index}`, key]));
  const price = { input_usd_per_mtok: 1, output_usd_per_mtok: 1 };
  const config = {
    providers: {
      own: {
        kind: "openai_compatible",
        base_url: baseUrl,
        ...(keys.length === 0 ? {} : { api_key_env: Object.keys(env) }),
      },
    },
    models: MODELS.map((id) => ({ id, provider: "own", wire_id: id, context_tokens: 32_768, prices: price })),
  };
  const opened = await sandboxService({ env }, config, { verifier: HERE }, shared);
  closers.unshift(() => opened.close());
  return opened;
}

const ask = ({ service }: SandboxService, models: readonly string[] = MODELS) =>
  service.route(
    { task: "general", prompt: "What are railway signals for?", models: [...models], deadline_ms: 10_000 },
    { signal: new AbortController().signal },
  );

const REFUSED = { status: 401, error: { message: "Incorrect API key", code: "invalid_api_key" } };
const NO_MONEY = { status: 429, error: { message: "You exceeded your current quota", code: "insufficient_quota" } };

describe("several keys of a provider", () => {
  it("are used in turn", async () => {
    const { baseUrl, asked } = await vendor(() => ({ status: 200 }));
    const own = await app(baseUrl, [KEY_A, KEY_B]);
    for (let call = 0; call < 4; call += 1) expect(await ask(own)).toMatchObject({ ok: true });
    expect(asked).toEqual(["m1 by aaaaa", "m1 by bbbbb", "m1 by aaaaa", "m1 by bbbbb"]);
  });

  it.each([
    ["refused", REFUSED],
    ["exhausted", NO_MONEY],
  ])("lose the %s one alone: the same model is asked with another, and later calls leave it out", async (_, said) => {
    const { baseUrl, asked } = await vendor((key) => (key === KEY_A ? said : { status: 200 }));
    const own = await app(baseUrl, [KEY_A, KEY_B]);
    const first = await ask(own);
    expect(first).toMatchObject({ ok: true, value: { model: "m1", text: ANSWER } });
    expect(asked).toEqual(["m1 by aaaaa", "m1 by bbbbb"]);
    for (let call = 0; call < 3; call += 1) expect(await ask(own)).toMatchObject({ ok: true, value: { model: "m1" } });
    expect(asked.slice(2)).toEqual(["m1 by bbbbb", "m1 by bbbbb", "m1 by bbbbb"]);
    // Another process on the same ledger knows it too.
    const other = await app(baseUrl, [KEY_A, KEY_B], own.dbPath);
    expect(await ask(other)).toMatchObject({ ok: true });
    expect(asked.at(-1)).toBe("m1 by bbbbb");
    expect(asked.filter((each) => each.endsWith("aaaaa"))).toHaveLength(1);
  });

  it("share the load when one is at its rate limit", async () => {
    const { baseUrl, asked } = await vendor((key) =>
      key === KEY_A ? { status: 429, error: { message: "slow down" }, retryAfterS: 60 } : { status: 200 },
    );
    const own = await app(baseUrl, [KEY_A, KEY_B]);
    for (let call = 0; call < 3; call += 1) expect(await ask(own)).toMatchObject({ ok: true, value: { model: "m1" } });
    expect(asked).toEqual(["m1 by aaaaa", "m1 by bbbbb", "m1 by bbbbb", "m1 by bbbbb"]);
  });

  it("are each asked once when none is taken, and never shown", async () => {
    const { baseUrl, asked } = await vendor((key) => ({ status: 401, error: { message: `Incorrect API key ${key}` } }));
    const own = await app(baseUrl, [KEY_A, KEY_B]);
    const outcome = await ask(own);
    expect(outcome).toMatchObject({ ok: false, error: { code: "all_failed", cost_usd: 0 } });
    expect(asked.toSorted()).toEqual(["m1 by aaaaa", "m1 by bbbbb"]);
    expect(JSON.stringify(outcome)).not.toMatch(/first-account|second-account/);
  });
});

describe("one key", () => {
  it.each([
    ["refused", REFUSED],
    ["without money", NO_MONEY],
  ])("%s is tried once in a call, not once for each model", async (_, said) => {
    const { baseUrl, asked } = await vendor(() => said);
    const own = await app(baseUrl, [KEY_A]);
    const outcome = await ask(own);
    expect(outcome).toMatchObject({ ok: false, error: { code: "all_failed" } });
    expect(asked).toEqual(["m1 by aaaaa"]);
  });
});

describe("a model that is not there", () => {
  it("is not asked for again by the calls that follow, and what to do is said", async () => {
    const missing = { status: 404, error: { message: "The model `m1` does not exist", code: "model_not_found" } };
    const { baseUrl, asked } = await vendor((_, model) => (model === "m1" ? missing : { status: 200 }));
    const own = await app(baseUrl, [KEY_A]);
    expect(await ask(own)).toMatchObject({ ok: true, value: { model: "m2" } });
    expect(await ask(own)).toMatchObject({ ok: true, value: { model: "m2" } });
    expect(asked).toEqual(["m1 by aaaaa", "m2 by aaaaa", "m2 by aaaaa"]);
  });

  it("is told with the remedy when there is no other", async () => {
    const missing = { status: 404, error: { message: "The model `m1` does not exist", code: "model_not_found" } };
    const { baseUrl } = await vendor(() => missing);
    const outcome = await ask(await app(baseUrl, [KEY_A]), ["m1"]);
    if (outcome.ok) throw new Error("should fail");
    expect(outcome.error.message).toContain("check the model's wire_id");
    expect(outcome.error.attempts[0]?.error_message).toContain(`${baseUrl}/chat/completions`);
  });

  it("is told apart from an address where nothing is", async () => {
    const { baseUrl } = await vendor(() => ({ status: 404, error: { message: "page not found" } }));
    const outcome = await ask(await app(baseUrl, [KEY_A]), ["m1"]);
    if (outcome.ok) throw new Error("should fail");
    expect(outcome.error.message).toBe("Every candidate failed. m1: check the provider's base URL.");
  });
});
