import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TASK_CHECKS } from "../../src/catalog/tasks.ts";
import { parseConfig, type ParsedConfig } from "../../src/config/parse.ts";

/** Whatever the file holds: a config, or problems that say where and what. Never a throw, never a secret. */
const SECRET = "sk-secret-0123456789abcdef";
const LONGEST_MESSAGE_CHARS = 2_000;
const RUNS = { numRuns: 400, interruptAfterTimeLimit: 8_000 };

const VALID = {
  $schema: "./schema/config.schema.json",
  budgets: {
    day_usd: 5,
    month_usd: 50,
    per_task: { planning: { day_usd: 1 } },
    per_provider: { ollama: { month_usd: 2 } },
  },
  defaults: { deadline_ms: 60_000, budget_usd: 0.5, max_output_tokens: 2000 },
  providers: {
    ollama: { kind: "openai_compatible", base_url: "http://127.0.0.1:11434/v1", limits: { concurrency: 2 } },
    openai: { api_key_env: "MY_KEY", limits: { requests_per_minute: 60 } },
  },
  models: [
    {
      id: "qwen-local",
      provider: "ollama",
      wire_id: "qwen3:8b",
      aliases: ["qwen"],
      prices: {
        input_usd_per_mtok: 0,
        output_usd_per_mtok: 0,
        cache_read_usd_per_mtok: "none",
        long_prompt: { over_tokens: 1000, input_usd_per_mtok: 1, output_usd_per_mtok: 2 },
      },
      context_tokens: 32_768,
      thinking: { mode: "optional", room_tokens: { low: 10, normal: 100 } },
      lifecycle: { state: "legacy", successor: "gpt-6-luna", shutdown_date: "2027-01-01" },
    },
  ],
  tasks: [
    {
      id: "general",
      candidates: ["qwen-local", "gpt-6-luna"],
      checks: [
        { check: TASK_CHECKS[0], weight: 0.3 },
        { name: "mine", weight: 0.3, matches: "^a+$", flags: "i" },
        { name: "shape", weight: 0.2, json_schema: { type: "object" } },
        { name: "program", weight: 0.2, command: ["true"], timeout_ms: 100 },
      ],
      on_unchecked: "judge",
      judges: ["claude-haiku-5-5"],
    },
  ],
  baseline_model: "gpt-6.2-sol",
  privacy: { store_text: true },
};

/** Keys of the file, and keys that break programs. */
const KEYS = [...new Set(JSON.stringify(VALID).match(/"[\w$]+"(?=:)/g) ?? [])].map((key) => key.slice(1, -1));
const AWKWARD = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  " ",
  "a.b[0]",
  "\n",
  "\u0000",
  "\ud800",
  "models\n",
  "k".repeat(5000),
];
const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...KEYS) },
  { weight: 2, arbitrary: fc.constantFrom(...AWKWARD) },
  fc.string(),
);
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -0,
    -1,
    0.1,
    1e308,
    -1e308,
    2 ** 53,
    5e-324,
    1e21,
    "",
    " ",
    "none",
    "unpriced",
  ),
  fc.constantFrom<unknown>(
    "gpt-6-luna",
    "general",
    "openai",
    "http://u:p@x",
    "2026-02-30",
    "(a+)+$",
    "[",
    "\ud800",
    "__proto__",
  ),
  fc.string(),
  fc.double(),
  fc.integer(),
  fc.constant("x".repeat(10_000)),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    leaf,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie("tree")), { maxLength: 6 }).map(asObject),
  ),
}));

/** With `__proto__` as a key of its own, as JSON.parse makes it. */
function asObject(entries: readonly (readonly [string, unknown])[]): object {
  const made = {};
  for (const [name, value] of entries) {
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return made;
}

/** A valid file in which some values, wherever they are, are others, gone, or doubled. */
function mutated(value: unknown, changes: readonly Change[]): unknown {
  const copy = structuredClone(value);
  for (const { where, how, other } of changes) {
    const places = placesIn(copy);
    const place = places[Math.floor(where * places.length)];
    if (place === undefined) continue;
    const { holder, name } = place;
    if (how === "drop") Reflect.deleteProperty(holder, name);
    else if (how === "wrap") put(holder, name, [Reflect.get(holder, name)]);
    else if (how === "rename") put(holder, `${name}x`, Reflect.get(holder, name));
    else put(holder, name, other);
  }
  return copy;
}

interface Change {
  readonly where: number;
  readonly how: "replace" | "drop" | "wrap" | "rename";
  readonly other: unknown;
}

function put(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

function placesIn(value: unknown): { readonly holder: object; readonly name: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((name) => [{ holder: value, name }, ...placesIn(Reflect.get(value, name))]);
}

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    how: fc.constantFrom("replace" as const, "replace" as const, "drop" as const, "wrap" as const, "rename" as const),
    other: tree,
  }),
  { minLength: 1, maxLength: 5 },
);

function expectGoodEnd(text: string | null, env: Readonly<Record<string, string | undefined>> = {}): ParsedConfig {
  const parsed = parseConfig(text, env);
  if (parsed.ok) {
    expect(parsed.config.catalogue.models.length).toBeGreaterThan(0);
    expect(parsed.config.tasks.size).toBeGreaterThan(0);
    return parsed;
  }
  expect(parsed.problems.length).toBeGreaterThan(0);
  for (const { path, message, expected } of parsed.problems) {
    for (const text of [path, message, expected]) {
      expect(text).not.toBe("");
      expect(text.length).toBeLessThan(LONGEST_MESSAGE_CHARS);
      expect(text).not.toContain(SECRET);
      expect(text).not.toMatch(/\bat .+:\d+:\d+|node_modules/);
    }
  }
  return parsed;
}

describe("the config file", () => {
  it("is a valid one before it is mutated", () => {
    const parsed = expectGoodEnd(JSON.stringify(VALID));
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
  });

  it("may be any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => void expectGoodEnd(text)),
      RUNS,
    );
  });

  it("may be any JSON", () => {
    fc.assert(
      fc.property(tree, (value) => void expectGoodEnd(JSON.stringify(value))),
      RUNS,
    );
  });

  it("may be a valid one with other values in it", () => {
    fc.assert(
      fc.property(changes, (each) => void expectGoodEnd(JSON.stringify(mutated(VALID, each)))),
      RUNS,
    );
  });

  it("may be a valid one with other characters in it", () => {
    const text = JSON.stringify(VALID);
    const place = fc.nat(text.length);
    const edit = fc.tuple(
      place,
      fc.nat(5),
      fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('"', "{", "}", ",", "\\", "\uFEFF", "\r")),
    );
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        expectGoodEnd(
          edits.reduce((whole, [at, length, by]) => whole.slice(0, at) + by + whole.slice(at + length), text),
        );
      }),
      RUNS,
    );
  });

  it("never changes what every object has", () => {
    const poison =
      '{"__proto__": {"polluted": 1}, "providers": {"__proto__": {"polluted": 1}}, "constructor": {"prototype": {"polluted": 1}}}';
    expectGoodEnd(poison);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    ["lists", "[", "]"],
    ["objects", '{"a":', "}"],
    ["models", '{"models":[', "]}"],
    ["schemas", '{"tasks":[{"id":"general","checks":[{"name":"a","weight":1,"json_schema":', "}]}]}"],
  ])("may be nested without end: %s", (_, open, close) => {
    for (const levels of [50, 2_000, 100_000]) expectGoodEnd(`${open.repeat(levels)}0${close.repeat(levels)}`);
  });
});

describe("the environment", () => {
  const NAMES = [
    "SIGNALBOX_DB",
    "SIGNALBOX_LOG",
    "OPENAI_BASE_URL",
    "ANTHROPIC_BASE_URL",
    "GOOGLE_GEMINI_BASE_URL",
    "OPENAI_API_KEY",
    "GEMINI_API_KEY",
  ];

  it("may hold anything, and keys are not shown whatever else is wrong", () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(SECRET, ` ${SECRET}\n`, "", " ", "http://x", `http://${SECRET}@x/`, "\u0000"),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...NAMES), value), changes, (env, each) => {
        expectGoodEnd(JSON.stringify(mutated(VALID, each)), env);
      }),
      RUNS,
    );
  });
});
