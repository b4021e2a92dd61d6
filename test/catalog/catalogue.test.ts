import { describe, expect, it } from "vitest";
import { catalogueProblems, createCatalogue } from "../../src/catalog/catalogue.ts";
import { MODELS } from "../../src/catalog/models.ts";
import { TASKS } from "../../src/catalog/tasks.ts";
import { lifecycleAt, type Model } from "../../src/core/model.ts";
import { pricesAt } from "../../src/core/price.ts";

const catalogue = createCatalogue(MODELS);
const NOW_MS = Date.parse("2026-11-23");

function known(name: string): Model {
  const model = catalogue.find(name);
  if (model === undefined) throw new Error(`no model goes by "${name}"`);
  return model;
}

/** USD per million tokens: input, output, cache read, cache write. An assumed price is followed by "?". */
function printed(name: string, day: string, promptTokens: number): string {
  const { prices } = known(name);
  if (prices === "unpriced") return "unpriced";
  const { input, output, cacheRead, cacheWrite } = pricesAt(prices, Date.parse(day), promptTokens);
  const cache = [cacheRead, cacheWrite].map((price) => `${price.pico / 1e6}${price.assumed ? "?" : ""}`);
  return [input / 1e6, output / 1e6, ...cache].join(" ");
}

describe("the catalogue's rows", () => {
  it("know every model of the four vendors, and the four names of the first router", () => {
    expect(MODELS.map(({ id }) => id)).toEqual([
      "claude-fable-5-1",
      "claude-opus-5-5",
      "claude-sonnet-5-5",
      "claude-haiku-5-5",
      "claude-opus-4.5",
      "gpt-6.2-astra",
      "gpt-6.2-sol",
      "gpt-6.1-sol",
      "gpt-6-luna",
      "gpt-4-turbo",
      "gemini-3.8-flash",
      "gemini-3.1-pro-preview",
      "gemini-3.5-flash-lite",
      "gemini-pro",
      "deepseek-v4-pro",
      "deepseek-v4-flash",
      "glm-5.2",
      "gpt-oss-120b",
      "llama-3.3-70b",
      "llama-3.1-405b",
    ]);
  });

  it.each([
    ["claude-fable-5-1", "10 50 0.25 12.5"],
    ["claude-opus-5-5", "4 20 0.2 5"],
    ["claude-sonnet-5-5", "2 10 0.1 2.5"],
    ["claude-haiku-5-5", "0.1 0.5 0.01 0.125"],
    ["claude-opus-4.5", "5 25 0.5 6.25"],
    ["gpt-6.2-astra", "8 40 0.4 10?"],
    ["gpt-6.2-sol", "2 10 2? 2.5?"],
    ["gpt-6.1-sol", "2 10 0.1 2.5"],
    ["gpt-6-luna", "0.1 0.5 0.01 0.125"],
    ["gpt-4-turbo", "10 30 10? 12.5?"],
    ["gemini-3.8-flash", "0.75 3.75 0.075 0.75"],
    ["gemini-3.1-pro-preview", "2 12 0.2 2"],
    ["gemini-3.5-flash-lite", "0.3 2.5 0.03 0.3"],
    ["gemini-pro", "unpriced"],
    ["deepseek-v4-pro", "1.74 3.48 0.2 1.74"],
    ["deepseek-v4-flash", "0.14 0.28 0.14? 0.14"],
    ["glm-5.2", "1.4 4.4 0.26 1.4"],
    ["gpt-oss-120b", "0.15 0.6 0.15 0.15"],
    ["llama-3.3-70b", "0.88 0.88 0.88 0.88"],
    ["llama-3.1-405b", "3.5 3.5 3.5 3.5"],
  ])("price a short prompt of %s at %s", (name, prices) => {
    expect(printed(name, "2026-11-23", 1000)).toBe(prices);
  });

  it.each([
    ["claude-haiku-5-5", 100_000, "0.1 0.5 0.01 0.125"],
    ["claude-haiku-5-5", 100_001, "0.5 2.5 0.5? 0.625"],
    ["gpt-6.2-astra", 272_001, "16 60 16? 20?"],
    ["gpt-6.2-sol", 272_001, "4 15 4? 5?"],
    ["gpt-6.1-sol", 272_001, "4 15 4? 5?"],
    ["gpt-6-luna", 272_000, "0.1 0.5 0.01 0.125"],
    ["gpt-6-luna", 272_001, "0.2 0.75 0.2? 0.25?"],
    ["gemini-3.1-pro-preview", 200_001, "4 18 0.4 4"],
  ])("price %s with a prompt of %i tokens at %s", (name, promptTokens, prices) => {
    expect(printed(name, "2026-11-23", promptTokens)).toBe(prices);
  });

  it.each([
    ["claude-sonnet-5-5", "2026-10-06", "2 10 0.2 2.5"],
    ["claude-sonnet-5-5", "2026-10-07", "2 10 0.1 2.5"],
    ["gemini-3.8-flash", "2026-12-31", "0.75 3.75 0.075 0.75"],
    ["gemini-3.8-flash", "2027-01-01", "1.5 7.5 0.075 1.5"],
  ])("price %s on %s at %s", (name, day, prices) => {
    expect(printed(name, day, 1000)).toBe(prices);
  });

  it.each([
    ["claude-opus-4.5", true, "claude-opus-5-5"],
    ["gpt-4-turbo", false, "gpt-6.2-sol"],
    ["gemini-pro", false, "gemini-3.1-pro-preview"],
    ["llama-3.1-405b", false, "deepseek-v4-pro"],
  ])("%s of the first router: alive today is %s, its successor is %s", (name, alive, successor) => {
    const model = known(name);
    expect(lifecycleAt(model, NOW_MS).alive).toBe(alive);
    expect(model.lifecycle).toMatchObject({ successor });
  });

  it("let gpt-4-turbo answer until the day of its shutdown", () => {
    expect(lifecycleAt(known("gpt-4-turbo"), Date.parse("2026-10-22T23:59:59Z")).alive).toBe(true);
    expect(lifecycleAt(known("gpt-4-turbo"), Date.parse("2026-10-23")).alive).toBe(false);
  });

  it.each([
    ["claude-opus-4-5", "claude-opus-4.5"],
    ["claude-opus-4-5-20251101", "claude-opus-4.5"],
    ["gemini-pro-latest", "gemini-3.1-pro-preview"],
    ["GPT-6-Luna", "gpt-6-luna"],
    ["deepseek-ai/deepseek-v4-pro", "deepseek-v4-pro"],
    ["openai/gpt-oss-120b", "gpt-oss-120b"],
  ])("are found as %s: %s", (name, id) => {
    expect(catalogue.find(name)?.id).toBe(id);
  });

  it("are not found by an unknown name", () => {
    expect(catalogue.find("gpt-5000")).toBeUndefined();
    expect(catalogue.find("")).toBeUndefined();
  });

  it("leave every thinking model room for an answer of 4,096 tokens at normal effort", () => {
    for (const { id, thinking, maxOutputTokens } of MODELS) {
      if (thinking.mode === "none") continue;
      expect(thinking.roomTokens.normal, id).toBeGreaterThanOrEqual(32_768);
      if (maxOutputTokens !== "unknown")
        expect(maxOutputTokens - thinking.roomTokens.normal, id).toBeGreaterThanOrEqual(4096);
    }
  });

  it("say where they come from, and when that was true", () => {
    for (const { id, source, asOf } of MODELS) {
      expect(source, id).not.toBe("");
      expect(asOf, id).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
    }
  });
});

describe("the policy's rows", () => {
  const providersOf = (id: string): string[] => [
    ...new Set(TASKS.find((task) => task.id === id)?.candidates.map((name) => known(name).provider)),
  ];

  it.each([
    ["solidity_codegen", 0.9, ["anthropic", "openai", "together"]],
    ["gas_optimization", 0.8, ["together", "anthropic"]],
    ["ui_design", 0.85, ["google", "openai"]],
    ["semantic_audit", 0.95, ["anthropic", "openai"]],
    ["planning", 0.9, ["openai", "anthropic"]],
  ])("%s asks for %s and prefers %j", (id, minQuality, providers) => {
    expect(TASKS.find((task) => task.id === id)?.minQuality).toBe(minQuality);
    expect(providersOf(id)).toEqual(providers);
  });

  it("general asks for 0.6 and has a candidate of every vendor, the cheapest first", () => {
    const general = TASKS.find((task) => task.id === "general");
    expect(general?.minQuality).toBe(0.6);
    expect(providersOf("general").sort()).toEqual(["anthropic", "google", "openai", "together"]);
    const costs = (general?.candidates ?? []).map((name) => {
      const { prices } = known(name);
      return prices === "unpriced" ? Number.NaN : prices.inputUsd + prices.outputUsd;
    });
    expect(Math.max(...costs.slice(0, 4))).toBeLessThan(Math.min(...costs.slice(4)));
    expect(costs.at(-1)).toBe(Math.max(...costs));
  });

  it("names only live, priced models, each by its id and once", () => {
    for (const { id, candidates } of TASKS) {
      expect(new Set(candidates).size, id).toBe(candidates.length);
      for (const name of candidates) {
        expect(known(name).id).toBe(name);
        expect(known(name).prices, name).not.toBe("unpriced");
        expect(lifecycleAt(known(name), NOW_MS).alive, name).toBe(true);
      }
    }
  });

  it("has a cheap candidate for every task, so that five cents are enough for an answer", () => {
    for (const { id, candidates } of TASKS) {
      const outputs = candidates.map((name) => {
        const { prices } = known(name);
        return prices === "unpriced" ? Number.POSITIVE_INFINITY : prices.outputUsd;
      });
      expect(Math.min(...outputs), id).toBeLessThanOrEqual(0.5);
    }
  });
});

describe("createCatalogue", () => {
  const base = known("llama-3.3-70b");
  const row = (changes: Partial<Model>): Model => ({ ...base, id: "a", wireId: "wire-a", ...changes });
  const retired = (successor: string): Model["lifecycle"] => ({ state: "retired", successor, since: "unknown" });
  const messages = (rows: readonly Model[]): string[] =>
    catalogueProblems(rows).map(({ row, field, message }) => `${row}.${field} ${message}`);

  it("finds nothing wrong with its own rows", () => {
    expect(catalogueProblems(MODELS)).toEqual([]);
  });

  it("refuses a name that two models share, whatever its case", () => {
    const rows = [row({ aliases: ["Fast"] }), row({ id: "b", wireId: "wire-b", aliases: ["fast"] })];
    expect(messages(rows)).toEqual(['1.aliases "fast" already names a']);
    expect(() => createCatalogue(rows)).toThrow(/already names a/);
  });

  it("lets two providers serve the same weights, and finds the first by the wire id", () => {
    const rows = [row({}), row({ id: "b", provider: "local" })];
    expect(createCatalogue(rows).find("wire-a")?.id).toBe("a");
    expect(messages([row({}), row({ id: "b" })])).toEqual(['1.wireId "wire-a" already names a']);
  });

  it("refuses successors that are unknown or lead in a circle", () => {
    expect(messages([row({ lifecycle: retired("ghost") })])).toEqual([
      '0.lifecycle names an unknown successor, "ghost"',
    ]);
    const circle = [row({ lifecycle: retired("b") }), row({ id: "b", wireId: "wire-b", lifecycle: retired("a") })];
    expect(messages(circle)).toEqual([
      "0.lifecycle leads in a circle: a → b → a",
      "1.lifecycle leads in a circle: b → a → b",
    ]);
    expect(messages([row({ lifecycle: retired("a") })])).toEqual(["0.lifecycle leads in a circle: a → a"]);
  });

  it("refuses prices that cannot be", () => {
    const prices = { inputUsd: 1, outputUsd: 2, cacheReadUsd: "none", cacheWriteUsd: "none" } as const;
    const broken = (changes: object): string[] => messages([row({ prices: { ...prices, ...changes } })]);
    expect(broken({ inputUsd: -1 })[0]).toContain("must lie between 0 and 10000");
    expect(broken({ outputUsd: Number.NaN })[0]).toContain("must lie between 0 and 10000");
    expect(broken({ cacheReadUsd: 3 })).toEqual(["0.prices a cache read cannot cost more than input"]);
    expect(broken({ longPrompt: { overTokens: 10, ...prices, inputUsd: 0.5 } })[0]).toContain("not be cheaper");
    // What is written to a cache counts as well: the worst case of a call is that of its longest prompt.
    expect(broken({ cacheWriteUsd: 9, longPrompt: { overTokens: 10, ...prices, cacheWriteUsd: 8 } })[0]).toContain(
      "not be cheaper",
    );
    expect(broken({ longPrompt: { overTokens: 131_072, ...prices } })[0]).toContain("within the context window");
    expect(broken({ changes: [{ from: "2027-02-30" }] })).toEqual(['0.prices "2027-02-30" is not a day (YYYY-MM-DD)']);
    expect(broken({ changes: [{ from: "2027-02-01" }, { from: "2027-01-01" }] })[0]).toContain("in order");
    expect(broken({ inputUsd: 0, outputUsd: 0 })).toEqual([]);
  });

  it("refuses limits that cannot be, and says all at once", () => {
    const fields = catalogueProblems([
      row({ contextTokens: 0, maxOutputTokens: 1.5, timeoutMs: 0, quality: 2, tokenFactor: 0, source: " " }),
    ]).map(({ field }) => field);
    expect(fields).toEqual([
      "contextTokens",
      "maxOutputTokens",
      "timeoutMs",
      "floorMs",
      "quality",
      "tokenFactor",
      "source",
    ]);
  });
});
