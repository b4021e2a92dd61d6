import { describe, expect, it } from "vitest";
import { TASK_CHECKS } from "../../src/catalog/tasks.ts";
import { parseConfig, type Config } from "../../src/config/parse.ts";

type Env = Record<string, string>;

const [KNOWN_CHECK = ""] = TASK_CHECKS;

function config(file: unknown = null, env: Env = {}): Config {
  const parsed = parseConfig(file === null ? null : JSON.stringify(file), env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 2));
  return parsed.config;
}

/** What a provider has where the file says nothing. */
const USUAL = {
  baseUrl: null,
  headers: {},
  params: {},
  stream: true,
  limitParam: null,
  proxy: null,
  apiVersion: null,
  region: null,
  project: null,
};

const provider = (from: Config, id: string) => from.providers.find((each) => each.id === id);

describe("without a file and without variables", () => {
  it("everything has its default", () => {
    const { catalogue, tasks, providers, baselineModel, ...rest } = config();
    expect(catalogue.models.length).toBe(20);
    expect([...tasks.keys()]).toEqual([
      "solidity_codegen",
      "gas_optimization",
      "ui_design",
      "semantic_audit",
      "planning",
      "code_generation",
      "extraction",
      "classification",
      "summarization",
      "translation",
      "general",
    ]);
    expect(baselineModel.id).toBe("claude-opus-5-5");
    expect(rest).toEqual({
      approvalNanoUsd: null,
      baselineShare: 0,
      outcomeShare: 0.02,
      budgets: [],
      eachPrincipal: [],
      callerModel: null,
      answerTtlMs: null,
      notify: null,
      files: {
        roots: [],
        perPrincipal: new Map(),
        isProjectReadable: false,
        outputRoots: [],
        outputPerPrincipal: new Map(),
      },
      exploration: { share: 0.02, dayNanoUsd: 100_000_000 },
      http: {
        token: null,
        oauth: null,
        allowedHosts: [],
        allowedOrigins: [],
        requestsPerMinute: 600,
        maxSessions: 1000,
        sessionIdleMs: 1_800_000,
        drainNoticeMs: 0,
        drainMs: 10_000,
      },
      defaults: { deadlineMs: 30_000, budgetNanoUsd: 500_000_000, maxOutputTokens: null, resultChars: 12_000 },
      storeText: false,
      browser: null,
      allowUnpriced: false,
      dbPath: null,
      dbListen: null,
      logLevel: "warn",
      warnings: [],
    });
    expect(providers).toEqual(
      [
        ["anthropic", "set ANTHROPIC_API_KEY"],
        ["openai", "set OPENAI_API_KEY"],
        ["together", "set TOGETHER_API_KEY"],
        ["google", "set GEMINI_API_KEY or GOOGLE_API_KEY"],
      ].map(([id, off]) => ({
        ...USUAL,
        id,
        kind: id,
        keys: [],
        off,
        limits: { concurrency: null, requestsPerMinute: null },
      })),
    );
  });

  it("an empty object says the same as no file", () => {
    expect(JSON.stringify(config({}))).toBe(JSON.stringify(config()));
  });

  it("reads within a few milliseconds", () => {
    config();
    const startedMs = performance.now();
    for (let round = 0; round < 20; round += 1) config({ budgets: { day_usd: 1 } });
    expect((performance.now() - startedMs) / 20).toBeLessThan(20);
  });
});

describe("variables", () => {
  it("turn providers on by their keys", () => {
    const on = config(null, {
      ANTHROPIC_API_KEY: "a",
      OPENAI_API_KEY: "o",
      TOGETHER_API_KEY: "t",
      GOOGLE_API_KEY: "g",
    });
    expect(on.providers.map(({ id, keys, off }) => [id, keys[0]?.apiKey, keys[0]?.from, off])).toEqual([
      ["anthropic", "a", "ANTHROPIC_API_KEY", null],
      ["openai", "o", "OPENAI_API_KEY", null],
      ["together", "t", "TOGETHER_API_KEY", null],
      ["google", "g", "GOOGLE_API_KEY", null],
    ]);
  });

  it("prefer GEMINI_API_KEY to GOOGLE_API_KEY", () => {
    const google = provider(config(null, { GEMINI_API_KEY: "gemini", GOOGLE_API_KEY: "google" }), "google");
    expect(google).toMatchObject({ keys: [{ apiKey: "gemini", from: "GEMINI_API_KEY" }] });
  });

  it("count as not set when they are blank", () => {
    const blank = { ANTHROPIC_API_KEY: " ", OPENAI_BASE_URL: "", SIGNALBOX_DB: "  ", SIGNALBOX_LOG: "\t" };
    expect(JSON.stringify(config(null, blank))).toBe(JSON.stringify(config()));
  });

  it("lead each provider to another base URL, before the file", () => {
    const env = {
      ANTHROPIC_BASE_URL: "http://localhost:1/a",
      OPENAI_BASE_URL: "http://localhost:1/o",
      TOGETHER_BASE_URL: "http://localhost:1/t",
      GOOGLE_GEMINI_BASE_URL: "http://localhost:1/g",
    };
    const file = { providers: { openai: { base_url: "https://proxy.example/v1" } } };
    expect(config(file, env).providers.map(({ baseUrl }) => baseUrl)).toEqual(Object.values(env));
    expect(provider(config(file), "openai")?.baseUrl).toBe("https://proxy.example/v1");
  });

  it("name the ledger's file and the log level", () => {
    const named = config(null, { SIGNALBOX_DB: "/tmp/ledger.sqlite", SIGNALBOX_LOG: "DEBUG" });
    expect(named).toMatchObject({ dbPath: "/tmp/ledger.sqlite", logLevel: "debug" });
    expect(config(null, { SIGNALBOX_DB: "~/l.db", HOME: "/home/ann" })).toMatchObject({
      dbPath: "/home/ann/l.db",
      warnings: [],
    });
    expect(config(null, { SIGNALBOX_DB: "~\\l.db", USERPROFILE: "/home/ann" }).warnings).toEqual([]);
    for (const relative of ["ledger.db", "./data/ledger.db", "../ledger.db", "data/a~b/$5.db"]) {
      expect(config(null, { SIGNALBOX_DB: relative })).toMatchObject({
        dbPath: relative,
        warnings: [expect.stringContaining("in each folder that Signalbox is started in there is another ledger")],
      });
    }
    for (const fine of [":memory:", "/data/$5.db", "C:\\l.db", "\\\\server\\share\\l.db"]) {
      expect(config(null, { SIGNALBOX_DB: fine })).toMatchObject({ dbPath: fine, warnings: [] });
    }
    expect(config(null, { SIGNALBOX_DB: "C:\\signalbox\\ledger.sqlite" }).dbPath).toBe("C:\\signalbox\\ledger.sqlite");
  });
});

describe("a file", () => {
  it("adds a local endpoint without a key, with a free model on it", () => {
    const local = config({
      providers: {
        ollama: { kind: "openai_compatible", base_url: "http://localhost:11434/v1", limits: { concurrency: 1 } },
      },
      models: [
        {
          id: "qwen-local",
          provider: "ollama",
          wire_id: "qwen3:8b",
          context_tokens: 32_768,
          prices: { input_usd_per_mtok: 0, output_usd_per_mtok: 0 },
        },
      ],
      tasks: [{ id: "general", candidates: ["qwen-local", "gpt-6-luna"] }],
    });
    expect(provider(local, "ollama")).toEqual({
      ...USUAL,
      id: "ollama",
      kind: "openai_compatible",
      keys: [],
      off: null,
      baseUrl: "http://localhost:11434/v1",
      limits: { concurrency: 1, requestsPerMinute: null },
    });
    expect(local.catalogue.find("qwen3:8b")).toMatchObject({
      id: "qwen-local",
      provider: "ollama",
      contextTokens: 32_768,
      maxOutputTokens: "unknown",
      prices: { inputUsd: 0, outputUsd: 0, cacheReadUsd: "unknown", cacheWriteUsd: "unknown" },
    });
    expect(local.tasks.get("general")).toMatchObject({ candidates: ["qwen-local", "gpt-6-luna"], minQuality: 0.6 });
  });

  it("names another variable for a key", () => {
    const file = {
      providers: {
        anthropic: { api_key_env: "WORK_KEY" },
        vllm: { kind: "openai_compatible", base_url: "http://gpu:8000/v1", api_key_env: "VLLM_KEY" },
      },
    };
    const named = config(file, { WORK_KEY: "w", ANTHROPIC_API_KEY: "other" });
    expect(provider(named, "anthropic")).toMatchObject({ keys: [{ apiKey: "w", from: "WORK_KEY" }] });
    expect(provider(named, "vllm")).toMatchObject({ keys: [], off: "set VLLM_KEY" });
  });

  it("overrides single fields of a model and leaves the others", () => {
    const before = config().catalogue.find("gpt-6-luna");
    const after = config({ models: [{ id: "GPT-6-Luna", timeout_ms: 5000, aliases: ["quick"] }] }).catalogue;
    expect(after.find("quick")).toEqual({ ...before, timeoutMs: 5000, aliases: ["quick"] });
    expect(after.models.length).toBe(20);
  });

  it("replaces all prices of a model at once, tiers and dated changes included", () => {
    const classes = { input_usd_per_mtok: 1, output_usd_per_mtok: 2, cache_read_usd_per_mtok: 0.1 };
    const long = { over_tokens: 1000, input_usd_per_mtok: 2, output_usd_per_mtok: 3, cache_write_usd_per_mtok: "none" };
    const prices = (row: object) =>
      config({ models: [{ id: "gpt-6-luna", prices: row }] }).catalogue.find("gpt-6-luna");
    expect(prices({ ...classes, long_prompt: long })).toMatchObject({
      source: "config file",
      prices: {
        inputUsd: 1,
        outputUsd: 2,
        cacheReadUsd: 0.1,
        cacheWriteUsd: "unknown",
        longPrompt: { overTokens: 1000, inputUsd: 2, outputUsd: 3, cacheReadUsd: "unknown", cacheWriteUsd: "none" },
      },
    });
    expect(prices({ ...classes, changes: [{ from: "2027-01-01", input_usd_per_mtok: 5 }] })?.prices).toEqual({
      inputUsd: 1,
      outputUsd: 2,
      cacheReadUsd: 0.1,
      cacheWriteUsd: "unknown",
      changes: [{ from: "2027-01-01", inputUsd: 5 }],
    });
  });

  it("retires a model in favour of a new one", () => {
    const file = {
      models: [
        { id: "glm-5.2", lifecycle: { state: "legacy", successor: "glm-6", shutdown_date: "2026-12-31" } },
        {
          id: "glm-6",
          provider: "together",
          wire_id: "zai-org/GLM-6",
          context_tokens: 200_000,
          thinking: { mode: "optional" },
        },
      ],
    };
    const { catalogue } = config(file);
    expect(catalogue.find("glm-5.2")?.lifecycle).toEqual({
      state: "legacy",
      successor: "glm-6",
      shutdownDate: "2026-12-31",
    });
    expect(catalogue.find("glm-6")).toMatchObject({
      prices: "unpriced",
      thinking: { mode: "optional", roomTokens: { low: 4096, normal: 32_768 } },
    });
  });

  it("adds a task and takes candidates by any name of theirs", () => {
    const { tasks } = config({
      tasks: [
        {
          id: "docs",
          candidates: ["claude-opus-4-5", "Gemini-Pro-Latest"],
          checks: [{ check: KNOWN_CHECK }],
          when: ["user manual"],
        },
      ],
    });
    expect(tasks.get("docs")).toMatchObject({
      title: "docs",
      candidates: ["claude-opus-4.5", "gemini-3.1-pro-preview"],
      minQuality: 0.6,
      checks: [{ check: KNOWN_CHECK }],
      when: ["user manual"],
    });
  });

  it("sets budgets on every scope, in nano-USD", () => {
    const file = {
      budgets: {
        day_usd: 5,
        week_usd: 20,
        month_usd: 50.5,
        per_task: { planning: { day_usd: 0 } },
        per_provider: { anthropic: { day_usd: 1, month_usd: 20 } },
      },
    };
    expect(config(file).budgets).toEqual([
      { scope: { kind: "day" }, limitNanoUsd: 5_000_000_000 },
      { scope: { kind: "week" }, limitNanoUsd: 20_000_000_000 },
      { scope: { kind: "month" }, limitNanoUsd: 50_500_000_000 },
      { scope: { kind: "task", task: "planning", per: "day" }, limitNanoUsd: 0 },
      { scope: { kind: "provider", provider: "anthropic", per: "day" }, limitNanoUsd: 1_000_000_000 },
      { scope: { kind: "provider", provider: "anthropic", per: "month" }, limitNanoUsd: 20_000_000_000 },
    ]);
  });

  it("names a browser that pages are loaded in, or none", () => {
    expect(config({ checks: { browser: "auto" } }).browser).toBe("auto");
    expect(config({ checks: { browser: "/opt/chromium" } }).browser).toBe("/opt/chromium");
    expect(config({ checks: { browser: "off" } }).browser).toBeNull();
  });

  it("sets baseline, defaults, privacy and unpriced models", () => {
    const file = {
      $schema: "./config.schema.json",
      baseline_model: "claude-opus-4-5",
      baseline_share: 0.02,
      outcome_share: 0.1,
      defaults: { deadline_ms: 60_000, budget_usd: 0, max_output_tokens: 2000 },
      privacy: { store_text: true },
      allow_unpriced: true,
    };
    const set = config(file);
    expect(set.baselineModel.id).toBe("claude-opus-4.5");
    expect(set.defaults).toEqual({ deadlineMs: 60_000, budgetNanoUsd: 0, maxOutputTokens: 2000, resultChars: 12_000 });
    expect(set).toMatchObject({ storeText: true, allowUnpriced: true, baselineShare: 0.02, outcomeShare: 0.1 });
  });
});
