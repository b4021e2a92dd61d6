import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DoctorFinding } from "../../src/core/service.ts";
import { stub, type Stub } from "../providers/support.ts";
import { sandboxService } from "../support/sandbox-service.ts";

let server: Stub;
let respond: (key: string) => { readonly status: number; readonly body: unknown };
beforeEach(async () => {
  server = await stub((response) => {
    const headers = server.received.at(-1)?.headers;
    const key = String(headers?.["x-goog-api-key"] ?? headers?.authorization ?? "").replace("Bearer ", "");
    const { status, body } = respond(key);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
});
afterEach(() => server.close());

async function findings(
  config: Record<string, unknown>,
  env: Record<string, string> = {},
): Promise<readonly DoctorFinding[]> {
  const app = await sandboxService({ env }, config);
  try {
    return (await app.service.diagnose(false)).filter(({ about }) => about.startsWith("provider"));
  } finally {
    await app.close();
  }
}

const of = (all: readonly DoctorFinding[], id: string) => all.filter(({ about }) => about === `provider ${id}`);
const LIST = { data: [{ id: "claude-opus-5-5-20260801" }, { id: "other" }] };

describe("doctor", () => {
  it.each([
    ["anthropic", "ANTHROPIC", "/v1/models"],
    ["openai", "OPENAI", "/v1/models"],
    ["together", "TOGETHER", "/v1/models"],
  ])("lists the models of %s with the key, which costs nothing", async (id, name, path) => {
    respond = () => ({ status: 200, body: LIST });
    const all = await findings(
      {},
      { [`${name}_API_KEY`]: "good-key-123", [`${name}_BASE_URL`]: `${server.baseUrl}/v1` },
    );
    expect(of(all, id)[0]?.detail).toMatch(/^key seen in [A-Z_]+; http:\S+ answers and takes the key, with 2 models/);
    expect(server.received.map(({ url }) => url)).toEqual([path]);
    expect(server.received[0]?.headers.authorization).toBe("Bearer good-key-123");
  });

  it.each<[string, string, number, unknown]>([
    [
      "anthropic",
      "ANTHROPIC",
      401,
      { type: "error", error: { type: "authentication_error", message: "invalid x-api-key" } },
    ],
    [
      "openai",
      "OPENAI",
      401,
      { error: { message: "Incorrect API key provided: bad-key-123", code: "invalid_api_key" } },
    ],
    ["together", "TOGETHER", 401, { error: { message: "Invalid API key", code: "invalid_api_key" } }],
    [
      "google",
      "GEMINI",
      400,
      {
        error: {
          code: 400,
          status: "INVALID_ARGUMENT",
          message: "API key not valid.",
          details: [{ reason: "API_KEY_INVALID" }],
        },
      },
    ],
  ])("says that a wrong key of %s is wrong, and does not show it", async (id, name, status, body) => {
    respond = () => ({ status, body });
    const base = id === "google" ? "GOOGLE_GEMINI_BASE_URL" : `${name}_BASE_URL`;
    const all = await findings({}, { [`${name}_API_KEY`]: "bad-key-123", [base]: server.baseUrl });
    expect(of(all, id)).toEqual([
      { level: "problem", about: `provider ${id}`, detail: expect.stringContaining("the key is refused") },
    ]);
    expect(JSON.stringify(all)).not.toContain("bad-key-123");
  });

  it("tries each key of a provider", async () => {
    respond = (key) =>
      key === "good-key-123" ? { status: 200, body: LIST } : { status: 401, body: { error: { message: "no" } } };
    const config = { providers: { openai: { base_url: `${server.baseUrl}/v1`, api_key_env: ["ONE", "TWO"] } } };
    const all = of(await findings(config, { ONE: "good-key-123", TWO: "bad-key-123" }), "openai");
    expect(all.map(({ level, detail }) => [level, detail.split(";")[0]])).toEqual([
      ["warning", "key seen in ONE"],
      ["problem", "key seen in TWO"],
    ]);
  });

  it("names the models of the config that the endpoint does not list", async () => {
    respond = () => ({ status: 200, body: { data: [{ id: "qwen3:8b" }] } });
    const model = { provider: "own", context_tokens: 1000 };
    const config = {
      providers: { own: { kind: "openai_compatible", base_url: server.baseUrl } },
      models: [
        { id: "there", wire_id: "qwen3:8b", ...model },
        { id: "gone", wire_id: "qwen9:8b", ...model },
      ],
    };
    const [own] = of(await findings(config), "own");
    expect(own).toMatchObject({ level: "warning", detail: expect.stringContaining("not among them: qwen9:8b") });
  });

  it("does not call an endpoint without a list broken, and says that the key was not tried", async () => {
    respond = () => ({ status: 404, body: {} });
    const [own] = of(
      await findings({ providers: { own: { kind: "openai_compatible", base_url: `${server.baseUrl}/v1` } } }),
      "own",
    );
    expect(own).toMatchObject({ level: "ok", detail: expect.stringContaining("the key was not tried") });
  });

  it("sends the headers of the config, and says why a provider is off", async () => {
    respond = () => ({ status: 200, body: LIST });
    const own = { kind: "openai_compatible", base_url: server.baseUrl, headers: { "x-api-key": { env: "GATE" } } };
    expect(of(await findings({ providers: { own } }), "own")).toMatchObject([
      { level: "warning", detail: "off: set GATE" },
    ]);
    await findings({ providers: { own } }, { GATE: "gate-secret-1" });
    expect(server.received.at(-1)?.headers["x-api-key"]).toBe("gate-secret-1");
  });

  it("asks OpenRouter about the key itself: its list is open to all", async () => {
    respond = () => ({ status: 401, body: { error: { message: "No auth credentials found", code: 401 } } });
    const own = { kind: "openrouter", base_url: `${server.baseUrl}/api/v1` };
    const [found] = of(await findings({ providers: { own } }, { OPENROUTER_API_KEY: "bad-key-123" }), "own");
    expect(found).toMatchObject({ level: "problem" });
    expect(server.received.map(({ url }) => url)).toEqual(["/api/v1/key"]);
  });
});

it("a key that was not put in its place is said by list_models, doctor and a refused route, and never sent", async () => {
  respond = () => ({ status: 200, body: LIST });
  const app = await sandboxService({ env: { OPENAI_API_KEY: "${OPENAI_API_KEY}", OPENAI_BASE_URL: server.baseUrl } });
  const routed = await app.service.route(
    { task: "general", prompt: "Hello", models: ["gpt-6-luna"] },
    { signal: new AbortController().signal },
  );
  const listed = JSON.stringify(await app.service.listModels({}));
  await app.close();
  expect(routed).toMatchObject({ ok: false, error: { code: "no_candidate" } });
  expect(JSON.stringify(routed)).toContain("OPENAI_API_KEY holds ${OPENAI_API_KEY} as it is written");
  expect(listed).toContain("OPENAI_API_KEY holds ${OPENAI_API_KEY} as it is written");
  expect(server.received).toEqual([]);
});
