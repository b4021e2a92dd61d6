import { readFile } from "node:fs/promises";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TASK_CHECKS } from "../../src/catalog/tasks.ts";
import { parseConfig, type ConfigProblem } from "../../src/config/parse.ts";
import { configSchema } from "../../src/config/schema.ts";

function problemsOf(text: string | null, env: Record<string, string> = {}): readonly ConfigProblem[] {
  const parsed = parseConfig(text, env);
  return parsed.ok ? [] : parsed.problems;
}

/** `path message` of each problem. */
const lines = (file: unknown, env: Record<string, string> = {}): string[] =>
  problemsOf(JSON.stringify(file), env).map(({ path, message }) => `${path} ${message}`);

const [KNOWN_CHECK = ""] = TASK_CHECKS;
const PRICES = { input_usd_per_mtok: 1, output_usd_per_mtok: 2 };
const OWN = { id: "own", provider: "openai", context_tokens: 1000 };

describe("broken JSON", () => {
  it.each([
    ['{\n  "models": [],\n  "defaults" {}\n}', 3, 14],
    ['{\n  "allow_unpriced": yes\n}', 2, 21],
    ['{\n  // a comment\n  "models": [],\n  "models": []\n}', 4, 3],
    ['{ "models": [', 1, 14],
    ['\uFEFF{ "a": tru }', 1, 8],
    ['{"a": 1} }', 1, 10],
    ["nonsense", 1, 1],
  ])("%j is reported with its line and column", (text, line, column) => {
    const [problem, ...others] = problemsOf(text);
    expect(others).toEqual([]);
    expect(problem?.path).toBe("(file)");
    expect(problem?.message).toContain(`line ${line}, column ${column}:`);
  });

  it("refuses an address to listen at that is none, or that stands beside a file", () => {
    const listen = (env: Record<string, string>): readonly string[] =>
      problemsOf(null, env).map(({ path, message }) => `${path}: ${message}`);
    const database = "postgres://a:s3cr3t@db.example/team";
    expect(listen({ SIGNALBOX_DB: database, SIGNALBOX_DB_LISTEN: database })).toEqual([]);
    expect(listen({ SIGNALBOX_DB: database, SIGNALBOX_DB_LISTEN: "mysql://x:s3cr3t@y" })).toEqual([
      "SIGNALBOX_DB_LISTEN: is no address of a database",
    ]);
    expect(listen({ SIGNALBOX_DB: "/tmp/ledger.db", SIGNALBOX_DB_LISTEN: database })).toEqual([
      "SIGNALBOX_DB_LISTEN: is set, but SIGNALBOX_DB is no database in Postgres",
    ]);
  });

  it("is not what has comments and trailing commas", () => {
    expect(problemsOf('{\n  // a comment\n  "budgets": { "day_usd": 1, }, /* another */\n}')).toEqual([]);
  });

  it("names a key that is there twice, and no key that two objects share", () => {
    expect(problemsOf('{"budgets": {"day_usd": 1, "day_usd": 2}}').map(({ message }) => message)).toEqual([
      'is not JSON: line 1, column 28: the key "day_usd" is there twice',
    ]);
    expect(problemsOf('{"budgets": {"per_task": {"general": {"day_usd": 1}}, "day_usd": 2}}')).toEqual([]);
  });

  it("never shows the text around the error", () => {
    expect(JSON.stringify(problemsOf('{"openai": sk-secret-123}'))).not.toContain("secret");
    expect(JSON.stringify(problemsOf('{"key": "sk-secret-123" x}'))).not.toContain("secret");
  });

  it.each([
    ["", "(file) is empty"],
    ["[]", "(file) is an empty list"],
    ["3", "(file) is 3"],
    ["null", "(file) is null"],
  ])("%j is not a config", (text, expected) => {
    expect(problemsOf(text).map(({ path, message }) => `${path} ${message}`)).toEqual([expected]);
  });
});

describe("problems of a file", () => {
  it("all come at once, each with its path and what was expected", () => {
    const file = {
      modles: [],
      models: [
        { id: "gpt-6-luna", prices: { input_usd_per_mtok: -1, output_usd_per_mtok: "2", cashe: 1 } },
        { id: "new", context_tokens: 0, provider: "opnai" },
        { provider: "openai" },
        "claude",
      ],
      tasks: [{ id: "planning", min_quality: 1.5, candidates: ["gpt-6-luna", "claude-opus-5-6"] }],
      providers: { ollama: { kind: "openai_compatible" }, openai: { base_url: "not a url" } },
      budgets: { day_usd: -5, per_task: { planing: { day_usd: 1 }, general: { year_usd: 1 } } },
      defaults: { deadline_ms: 0.5 },
      privacy: { store_text: "yes" },
      baseline_model: "gpt-9",
    };
    const found = problemsOf(JSON.stringify(file), { SIGNALBOX_LOG: "loud", OPENAI_BASE_URL: "nope" });
    expect(found.map(({ path }) => path).sort()).toEqual(
      [
        "OPENAI_BASE_URL",
        "SIGNALBOX_LOG",
        "baseline_model",
        "budgets.day_usd",
        "budgets.per_task.general.year_usd",
        "budgets.per_task.planing",
        "defaults.deadline_ms",
        "models[0].prices.cashe",
        "models[0].prices.input_usd_per_mtok",
        "models[0].prices.output_usd_per_mtok",
        "models[1].context_tokens",
        "models[1].provider",
        "models[2].id",
        "models[3]",
        "modles",
        "privacy.store_text",
        "providers.ollama.base_url",
        "providers.openai.base_url",
        "tasks[0].candidates[1]",
        "tasks[0].min_quality",
      ].sort(),
    );
    for (const { message, expected } of found) {
      expect(message).not.toBe("");
      expect(expected).not.toBe("");
    }
  });

  it.each<[string, unknown, string]>([
    [
      "an unknown key",
      { baseline: "x" },
      'baseline is not a known key; did you mean "baseline_model" or "baseline_share"?',
    ],
    [
      "an unknown key of a row",
      { models: [{ id: "gpt-6-luna", timeout: 1 }] },
      'models[0].timeout is not a known key; did you mean "timeout_ms"?',
    ],
    [
      "an unknown key of a tier",
      { models: [{ id: "gpt-6-luna", prices: { ...PRICES, long_prompt: { ...PRICES, over: 1, over_tokens: 5 } } }] },
      'models[0].prices.long_prompt.over is not a known key; did you mean "over_tokens"?',
    ],
    [
      "an unknown model of a task",
      { tasks: [{ id: "general", candidates: ["gpt-6-lunar"] }] },
      'tasks[0].candidates[0] "gpt-6-lunar" is not a known model; did you mean "gpt-6-luna"?',
    ],
    [
      "a model twice in a task",
      { tasks: [{ id: "general", candidates: ["claude-opus-4.5", "claude-opus-4-5"] }] },
      'tasks[0].candidates[1] "claude-opus-4-5" names claude-opus-4.5 a second time',
    ],
    ["a task without candidates", { tasks: [{ id: "docs" }] }, 'tasks[0].candidates is missing: "docs" is a new task'],
    [
      "an empty list of candidates",
      { tasks: [{ id: "docs", candidates: [] }] },
      "tasks[0].candidates is an empty list",
    ],
    [
      "a task with a reserved name",
      { tasks: [{ id: "auto", candidates: ["gpt-6-luna"] }] },
      'tasks[0].id "auto" leaves the choice of the task to Signalbox',
    ],
    [
      "a task twice",
      { tasks: [{ id: "general" }, { id: "general" }] },
      'tasks[1].id "general" is already given by tasks[0]',
    ],
    [
      "an unknown check",
      { tasks: [{ id: "general", checks: [{ check: `${KNOWN_CHECK}x` }] }] },
      `tasks[0].checks[0].check "${KNOWN_CHECK}x" is not a known check; did you mean "${KNOWN_CHECK}"?`,
    ],
    [
      "a phrase of two tasks",
      {
        tasks: [
          { id: "planning", when: ["road map"] },
          { id: "general", when: ["x", "Road  map"] },
        ],
      },
      'tasks[1].when[1] "Road  map" is already given by tasks[0].when[0]',
    ],
    ["a blank phrase", { tasks: [{ id: "planning", when: [" "] }] }, "tasks[0].when[0] is blank"],
    ["no phrase", { tasks: [{ id: "planning", when: [] }] }, "tasks[0].when is an empty list"],
    ["a phrase that is no list", { tasks: [{ id: "planning", when: "plan" }] }, 'tasks[0].when is "plan"'],
    ["a model twice", { models: [OWN, { id: "OWN", quality: 1 }] }, 'models[1].id "OWN" is already given by models[0]'],
    [
      "an alias that is taken",
      { models: [{ ...OWN, aliases: ["gpt-6-luna"] }] },
      'models[0].aliases "gpt-6-luna" already names gpt-6-luna',
    ],
    [
      "an id that is another's alias",
      { models: [{ ...OWN, id: "gemini-pro-latest" }] },
      'models[0].id "gemini-pro-latest" is another name of gemini-3.1-pro-preview',
    ],
    [
      "a wire id that is taken",
      { models: [{ ...OWN, wire_id: "gpt-6-luna" }] },
      'models[0].wire_id "gpt-6-luna" already names gpt-6-luna',
    ],
    [
      "a new model without a provider",
      { models: [{ id: "claude-opus-5-6", context_tokens: 5 }] },
      'models[0].provider is missing: "claude-opus-5-6" is a new model; did you mean "claude-opus-5-5" or "claude-opus-4.5"?',
    ],
    [
      "an unknown successor",
      { models: [{ id: "glm-5.2", lifecycle: { state: "retired", successor: "glm-7" } }] },
      'models[0].lifecycle names an unknown successor, "glm-7"',
    ],
    [
      "a successor that is missing",
      { models: [{ id: "glm-5.2", lifecycle: { state: "retired" } }] },
      "models[0].lifecycle.successor is missing",
    ],
    [
      "a circle of successors",
      { models: [{ id: "glm-5.2", lifecycle: { state: "retired", successor: "glm-5.2" } }] },
      "models[0].lifecycle leads in a circle: glm-5.2 → glm-5.2",
    ],
    [
      "a cache read dearer than input",
      { models: [{ id: "glm-5.2", prices: { ...PRICES, cache_read_usd_per_mtok: 3 } }] },
      "models[0].prices a cache read cannot cost more than input",
    ],
    [
      "a day that is none",
      { models: [{ id: "glm-5.2", prices: { ...PRICES, changes: [{ from: "2027-02-30" }] } }] },
      'models[0].prices.changes[0].from is "2027-02-30"',
    ],
    [
      "a negative budget",
      { budgets: { per_provider: { openai: { month_usd: -0.01 } } } },
      "budgets.per_provider.openai.month_usd is -0.01",
    ],
    [
      "a budget of an unknown provider",
      { budgets: { per_provider: { opnai: {} } } },
      'budgets.per_provider.opnai is a budget of an unknown provider; did you mean "openai"?',
    ],
    [
      "a provider that is almost a vendor",
      { providers: { antropic: { base_url: "http://a" } } },
      'providers.antropic.kind is missing: "antropic" is not one of the four vendors; did you mean "anthropic"?',
    ],
    [
      "a kind for a vendor",
      { providers: { openai: { kind: "openai_compatible" } } },
      "providers.openai.kind cannot be set: openai is one of the four vendors",
    ],
    [
      "a URL of another protocol",
      { providers: { openai: { base_url: "ftp://host" } } },
      "providers.openai.base_url begins with ftp:",
    ],
    [
      "a limit of 0",
      { providers: { openai: { limits: { concurrency: 0 } } } },
      "providers.openai.limits.concurrency is 0",
    ],
    [
      "a baseline that does not exist",
      { baseline_model: "claude-opus-5" },
      'baseline_model "claude-opus-5" is not a known model; did you mean "claude-opus-5-5" or "claude-opus-4.5"?',
    ],
    [
      "a baseline without a price",
      { baseline_model: "gemini-pro" },
      "baseline_model gemini-pro has no price, so that savings cannot be measured against it",
    ],
    [
      "an infinite price",
      { models: [{ ...OWN, prices: { ...PRICES, output_usd_per_mtok: 20_000 } }] },
      "models[0].prices.output_usd_per_mtok is 20000",
    ],
  ])("tell %s", (_name, file, expected) => {
    expect(lines(file)).toEqual([expected]);
  });

  it("does not tell what only follows from another problem", () => {
    expect(
      lines({ models: [{ ...OWN, context_tokens: -1 }], tasks: [{ id: "general", candidates: ["own"] }] }),
    ).toEqual(["models[0].context_tokens is -1"]);
  });

  it("never shows what may be a key", () => {
    const secret = "sk-ant-secret0123456789";
    const file = {
      providers: {
        anthropic: { api_key_env: secret, base_url: `https://user:${secret}@host` },
        own: { api_key: secret },
      },
      privacy: { store_text: secret },
    };
    const found = JSON.stringify(problemsOf(JSON.stringify(file), { OPENAI_BASE_URL: secret, SIGNALBOX_LOG: secret }));
    expect(found).toContain("providers.anthropic.api_key_env");
    expect(found).toContain("not the key itself");
    expect(found).not.toContain(secret);
  });

  it("come back as data whatever the file holds", () => {
    const keys = [
      "models",
      "tasks",
      "providers",
      "budgets",
      "per_task",
      "id",
      "prices",
      "candidates",
      "checks",
      "lifecycle",
      "x",
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "medium", withCrossShrink: true },
        fc.oneof(
          fc.integer(),
          fc.double(),
          fc.boolean(),
          fc.constant(null),
          fc.string(),
          fc.constantFrom("general", "gpt-6-luna"),
        ),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), tie("tree"), { maxKeys: 5 }),
      ),
    }));
    const root = fc.dictionary(fc.constantFrom(...keys), tree, { minKeys: 1 });
    fc.assert(
      fc.property(root, (file) => {
        const parsed = parseConfig(JSON.stringify(file), {});
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe("problems of variables", () => {
  it("say what is no address of a database, without showing the password", () => {
    expect(problemsOf(null, { SIGNALBOX_DB: "postgres://me:hunter2@host/db?sslmode=verify-full" })).toEqual([]);
    const found = problemsOf(null, { SIGNALBOX_DB: "postgres://me:hunter2@host" });
    expect(found.map(({ path }) => path)).toEqual(["SIGNALBOX_DB"]);
    expect(found[0]?.message).toContain("no address of a database");
    expect(JSON.stringify(found)).not.toContain("hunter2");
    expect(lines({}, { SIGNALBOX_DB: "mysql://host" })[0]).toContain('begins with "mysql:"');
  });

  it.each(["${HOME}/ledger.db", "$HOME/ledger.db", "%USERPROFILE%\\ledger.db", "/data/${USER}/ledger.db"])(
    "say that no shell has replaced the variable in %s",
    (path) => {
      const [problem, ...more] = problemsOf(null, { SIGNALBOX_DB: path, HOME: "/home/ann" });
      expect(problem).toMatchObject({
        path: "SIGNALBOX_DB",
        message: expect.stringMatching(/^holds ".+", where no shell has put in the value of the variable$/),
      });
      expect(more).toEqual([]);
    },
  );

  it("say that another user's home is not known, nor one's own without HOME", () => {
    for (const env of [{ SIGNALBOX_DB: "~bob/l.db", HOME: "/home/ann" }, { SIGNALBOX_DB: "~/l.db" }]) {
      expect(problemsOf(null, env)).toMatchObject([{ path: "SIGNALBOX_DB", expected: "the whole path of a file" }]);
    }
  });

  it("say that a base URL is none, and which log levels there are", () => {
    const found = problemsOf(null, { GOOGLE_GEMINI_BASE_URL: "localhost", SIGNALBOX_LOG: "wran" });
    expect(found.map(({ path, message }) => `${path} ${message}`)).toEqual([
      "GOOGLE_GEMINI_BASE_URL is not a URL",
      'SIGNALBOX_LOG is not a log level; did you mean "warn"?',
    ]);
  });
});

describe("the JSON Schema of the file", () => {
  it("is the one that is generated (npm run docs or node scripts/config-schema.ts)", async () => {
    expect(await readFile(new URL("../../schema/config.schema.json", import.meta.url), "utf8")).toBe(configSchema());
  });

  it("accepts and refuses what the parser does", () => {
    const ajv = new Ajv.default({ strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(configSchema()) as object);
    expect(
      validate({ models: [{ ...OWN, prices: PRICES }], budgets: { day_usd: 1 } }),
      JSON.stringify(validate.errors),
    ).toBe(true);
    expect(validate({ budget: {} })).toBe(false);
    expect(validate({ budgets: { day_usd: -1 } })).toBe(false);
    expect(validate({ models: [{ provider: "openai" }] })).toBe(false);
  });
});
