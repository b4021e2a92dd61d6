import { describe, expect, it } from "vitest";
import { parseConfig, type ProviderSettings } from "../../src/config/parse.ts";

type Env = Record<string, string>;

/** A provider's settings, or the problems of the whole config as texts. */
function read(id: string, providers: object, env: Env = {}): ProviderSettings | readonly string[] {
  const parsed = parseConfig(JSON.stringify({ providers }), env);
  if (!parsed.ok)
    return parsed.problems.map(({ path, message, expected }) => `${path} ${message}; expected ${expected}`);
  return parsed.config.providers.find((each) => each.id === id) ?? ["there is no such provider"];
}

const local = (row: object = {}): object => ({
  own: { kind: "openai_compatible", base_url: "http://gpu:8000/v1", ...row },
});

describe("a key in a variable", () => {
  it.each([
    ['"sk-proj-real-key-1234"', "sk-proj-real-key-1234"],
    ["'sk-proj-real-key-1234'", "sk-proj-real-key-1234"],
    ["  sk-proj-real-key-1234\n", "sk-proj-real-key-1234"],
    ["key", "key"],
  ])("is read without what people put around it: %j", (value, key) => {
    expect(read("openai", {}, { OPENAI_API_KEY: value })).toMatchObject({ off: null, keys: [{ apiKey: key }] });
  });

  it.each([
    "${OPENAI_API_KEY}",
    "$OPENAI_API_KEY",
    "%OPENAI_API_KEY%",
    "{{OPENAI_API_KEY}}",
    '"${OPENAI_API_KEY}"',
    "$(cat key)",
    "${env:OPENAI_API_KEY}",
  ])("that was not put in its place turns the provider off, and says so: %s", (value) => {
    const settings = read("openai", {}, { OPENAI_API_KEY: value, ANTHROPIC_API_KEY: "k" });
    expect(settings).toMatchObject({
      keys: [],
      off: expect.stringMatching(/^OPENAI_API_KEY holds .* as it is written/),
    });
    expect(read("anthropic", {}, { OPENAI_API_KEY: value, ANTHROPIC_API_KEY: "k" })).toMatchObject({ off: null });
  });

  it.each([
    "your-key-here",
    "YOUR_API_KEY",
    "sk-...",
    "<your key>",
    "sk-your-openai-key",
    "xxxx",
    "changeme",
    "insert-key-here",
    "sk-xxxxxxxx",
  ])("that only stands for one turns the provider off: %s", (value) => {
    const settings = read("openai", {}, { OPENAI_API_KEY: value });
    expect(settings).toMatchObject({ keys: [], off: "OPENAI_API_KEY holds a placeholder, not a key" });
  });

  it("that no header can carry turns the provider off, and is not shown", () => {
    const settings = read("openai", {}, { OPENAI_API_KEY: "two words-secret" });
    expect(settings).toMatchObject({ keys: [], off: "OPENAI_API_KEY has characters that no key can have" });
  });
});

describe("api_key_env", () => {
  it.each([
    "sk-proj-abcdefghijklmnop1234",
    "sk_live_abcdefghijklmnop1234",
    "tgp_v1_abcdefghijklmnop1234",
    "AIzaSyA1234567890abcdefghij",
    "gsk_abcdefghijklmnop1234",
    "AKIAIOSFODNN7EXAMPLE",
    "d41d8cd98f00b204e9800998ecf8427e",
    "sk-short-key-12345",
  ])("that holds a key is refused without showing it: %s", (key) => {
    for (const row of [{ api_key_env: key }, { api_key_env: ["GOOD", key] }]) {
      const problems = read("own", local(row));
      expect(problems).toEqual([expect.stringContaining("providers.own.api_key_env")]);
      expect(JSON.stringify(problems)).not.toContain(key);
    }
  });

  it.each(["MY_KEY", "my_key", "OPENAI_API_KEY_TEAM_2_PRODUCTION", "key2", "Sk_Key"])(
    "that holds a name is taken: %s",
    (name) => {
      expect(read("own", local({ api_key_env: name }), { [name]: "k" })).toMatchObject({
        keys: [{ apiKey: "k", from: name }],
      });
    },
  );

  it("may name several keys: those that are set are used, in order", () => {
    const row = local({ api_key_env: ["A", "B", "C"] });
    expect(read("own", row, { A: "a", C: "c" })).toMatchObject({ off: null, keys: [{ apiKey: "a" }, { apiKey: "c" }] });
    expect(read("own", row)).toMatchObject({ keys: [], off: "set A or B or C" });
  });
});

describe("keys from elsewhere", () => {
  it("come from a command, as a list of arguments, or from files", () => {
    const settings = read(
      "own",
      local({ api_key_command: ["op", "read", "op://x/y"], api_key_file: ["/run/a", "/run/b"] }),
    );
    expect(settings).toMatchObject({
      off: null,
      keys: [
        { apiKey: { command: ["op", "read", "op://x/y"] } },
        { apiKey: { file: "/run/a" } },
        { apiKey: { file: "/run/b" } },
      ],
    });
    expect(read("openai", { openai: { api_key_file: "/run/key" } }, { OPENAI_API_KEY: "other" })).toMatchObject({
      keys: [{ apiKey: { file: "/run/key" } }],
    });
  });

  it("a command line in one text is refused", () => {
    expect(read("own", local({ api_key_command: "op read x" }))).toEqual([expect.stringContaining("api_key_command")]);
  });
});

describe("headers", () => {
  it("hold plain values, and secrets by the names of their variables", () => {
    const headers = { "X-Team": "blue", "x-api-key": { env: "GATEWAY_KEY" }, Authorization: { env: "TOKEN" } };
    const env = { GATEWAY_KEY: '"gate"', TOKEN: "Bearer abc" };
    expect(read("own", local({ headers }), env)).toMatchObject({
      off: null,
      headers: { "x-team": "blue", "x-api-key": "gate", authorization: "Bearer abc" },
    });
  });

  it("whose variable is not set turn the provider off", () => {
    const headers = { "x-api-key": { env: "GATEWAY_KEY" } };
    expect(read("own", local({ headers }))).toMatchObject({ off: "set GATEWAY_KEY" });
    expect(read("own", local({ headers }), { GATEWAY_KEY: "${X}" })).toMatchObject({
      off: expect.stringContaining("GATEWAY_KEY holds ${X} as it is written"),
    });
  });

  it("that carry a key let a vendor's gateway in without another", () => {
    const row = { openai: { base_url: "https://gate.example/v1", headers: { "x-api-key": { env: "GATEWAY_KEY" } } } };
    expect(read("openai", row, { GATEWAY_KEY: "gate" })).toMatchObject({ off: null, keys: [] });
    expect(read("openai", { openai: { headers: { "x-team": "blue" } } })).toMatchObject({ off: "set OPENAI_API_KEY" });
  });

  it.each<[string, unknown, string]>([
    ["host", "other", "the connection decides it"],
    ["Content-Length", "1", "the connection decides it"],
    ["proxy-authorization", "x", "the connection decides it"],
    ["two words", "x", "is not the name of a header"],
    ["x-key", "line\nbreak", "has characters"],
    ["x-key", "${GATEWAY_KEY}", "would be sent as it is written"],
    ["x-key", "sk-abcdefghijklmnop1234", "looks like a secret"],
    ["authorization", "Bearer sk-abcdefghijklmnop1234", "looks like a secret"],
    ["x-key", { env: "sk_abcdefghijklmnop1234" }, "is a key, not the name"],
  ])("are refused where they cannot be sent: %s", (name, value, problem) => {
    const problems = read("own", local({ headers: { [name]: value } }));
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(JSON.stringify(problems)).not.toContain("abcdefghijklmnop");
  });
});

describe("parameters", () => {
  it("are kept as they are", () => {
    const params = { chat_template_kwargs: { enable_thinking: false }, temperature: 0 };
    expect(read("own", local({ params }))).toMatchObject({ params });
  });

  it.each([
    "model",
    "messages",
    "system",
    "contents",
    "stream",
    "stream_options",
    "max_tokens",
    "maxOutputTokens",
    "max_completion_tokens",
    "n",
    "systemInstruction",
  ])("may not take the place of what Signalbox sends: %s", (name) => {
    expect(read("own", local({ params: { [name]: 1 } }))).toEqual([
      expect.stringContaining(`providers.own.params.${name}`),
    ]);
  });

  it("may not do so one level deeper, nor in a model", () => {
    const deeper = read("own", local({ params: { generationConfig: { topK: 1, maxOutputTokens: 9 } } }));
    expect(deeper).toEqual([expect.stringContaining("providers.own.params.generationConfig.maxOutputTokens")]);
    const parsed = parseConfig(
      JSON.stringify({ models: [{ id: "gpt-6-luna", params: { max_tokens: 1, top_k: 2 } }] }),
      {},
    );
    expect(parsed.ok ? [] : parsed.problems.map(({ path }) => path)).toEqual(["models[0].params.max_tokens"]);
    const good = parseConfig(JSON.stringify({ models: [{ id: "gpt-6-luna", params: { top_k: 2 } }] }), {});
    expect(good.ok && good.config.catalogue.find("gpt-6-luna")?.params).toEqual({ top_k: 2 });
  });
});

describe("proxies", () => {
  const env = { HTTPS_PROXY: "http://proxy:3128", http_proxy: "proxy:8080", NO_PROXY: "intern.example" };
  it("come from the usual variables, for every provider", () => {
    const settings = {
      proxy: { https: "http://proxy:3128", http: "http://proxy:8080", except: "intern.example", loopback: false },
    };
    expect(read("openai", {}, env)).toMatchObject(settings);
    expect(read("own", local(), env)).toMatchObject(settings);
    expect(read("own", local(), { NO_PROXY: "x" })).toMatchObject({ proxy: null });
  });

  it("of a provider's own go before them", () => {
    expect(read("own", local({ proxy: "none" }), env)).toMatchObject({ proxy: null });
    expect(read("own", local({ proxy: "http://127.0.0.1:9" }), env)).toMatchObject({
      proxy: { https: "http://127.0.0.1:9", loopback: true },
    });
  });

  it("that are none are refused without showing them", () => {
    const problems = read("own", local({ proxy: "ftp://me:hunter2@x" }), { HTTPS_PROXY: "socks5://me:hunter2@x" });
    expect(problems).toEqual([
      expect.stringContaining("HTTPS_PROXY begins with socks5:"),
      expect.stringContaining("providers.own.proxy begins with ftp:"),
    ]);
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });
});

describe("kinds", () => {
  it("have their own variables", () => {
    const providers = {
      azure: { kind: "azure_openai", api_version: "2025-04-01-preview" },
      router: { kind: "openrouter" },
      aws: { kind: "bedrock" },
      gcp: { kind: "vertex" },
    };
    const env = {
      AZURE_OPENAI_ENDPOINT: "https://me.openai.azure.com/",
      AZURE_OPENAI_API_KEY: "azure",
      OPENROUTER_API_KEY: "router",
      AWS_REGION: "eu-west-1",
      GOOGLE_CLOUD_LOCATION: "europe-west1",
      GOOGLE_CLOUD_PROJECT: "mine",
    };
    expect(read("azure", providers, env)).toMatchObject({
      off: null,
      baseUrl: "https://me.openai.azure.com/",
      keys: [{ apiKey: "azure" }],
    });
    expect(read("router", providers, env)).toMatchObject({ off: null, baseUrl: null, keys: [{ apiKey: "router" }] });
    expect(read("aws", providers, env)).toMatchObject({ off: null, region: "eu-west-1", keys: [] });
    expect(read("gcp", providers, env)).toMatchObject({ off: null, region: "europe-west1", project: "mine", keys: [] });
    expect(read("router", { router: { kind: "openrouter" } })).toMatchObject({ off: "set OPENROUTER_API_KEY" });
  });

  it("say what they lack, all at once", () => {
    const providers = {
      azure: { kind: "azure_openai" },
      aws: { kind: "bedrock", stream: false },
      gcp: { kind: "vertex", region: "not a place" },
      odd: { kind: "bedrok", region: "x" },
    };
    const problems = read("azure", providers) as readonly string[];
    expect(problems.map((problem) => problem.split(" ")[0] ?? "").toSorted()).toEqual([
      "providers.aws.region",
      "providers.aws.stream",
      "providers.azure.base_url",
      "providers.gcp.project",
      "providers.gcp.region",
      "providers.odd.kind",
    ]);
  });

  it("of the vendors may serve a second endpoint under a name of its own", () => {
    const row = { gate: { kind: "anthropic", base_url: "https://gate.example", api_key_env: "GATE" } };
    expect(read("gate", row, { GATE: "g" })).toMatchObject({
      kind: "anthropic",
      baseUrl: "https://gate.example",
      keys: [{ apiKey: "g" }],
    });
  });
});
