import { chmod, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createService } from "../../src/app.ts";
import { parseConfig } from "../../src/config/parse.ts";
import type { RouteInput } from "../../src/core/contract.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";

let sandbox: Sandbox;
let app: SandboxService;

beforeAll(async () => {
  sandbox = await startSandbox();
  app = await sandboxService(sandbox);
});
afterAll(async () => {
  expect(sandbox.calls).toEqual([]);
  expect(sandbox.billedNanoUsd()).toBe(0);
  await app.close();
  await sandbox.close();
});

const signal = new AbortController().signal;
const asRouteInput = (change: Partial<RouteInput>): RouteInput => ({
  task: "general",
  prompt: "Say hello.",
  ...change,
});

async function refusalOf(change: Partial<RouteInput>): Promise<{ code: string; message: string }> {
  const outcome = await app.service.route(asRouteInput(change), { signal });
  if (outcome.ok) throw new Error("should be refused");
  expect(outcome.error.cost_usd).toBe(0);
  expect(outcome.error.attempts).toEqual([]);
  return outcome.error;
}

const HUGE = "x".repeat(16_000_001);

function nested(levels: number): unknown {
  let value: unknown = "core";
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

describe("bad input is refused with a typed error, before any model is called", () => {
  it.each([
    ["an unknown task, with the nearest name", { task: "planing" }, "unknown_task", 'did you mean "planning"'],
    [
      "an unknown model, with the nearest name",
      { models: ["claude-opus-5.6"] },
      "invalid_request",
      'did you mean "claude-opus-5-5"',
    ],
    ["a model that is like none", { models: ["zzz"] }, "invalid_request", 'unknown model "zzz"; list_models shows'],
    ["an empty prompt", { prompt: " \n" }, "invalid_request", "prompt is empty"],
    ["a negative budget", { budget_usd: -1 }, "invalid_request", "budget_usd must be"],
    ["a budget that is not a number", { budget_usd: Number.NaN }, "invalid_request", "budget_usd must be"],
    ["a budget beyond reason", { budget_usd: 1e300 }, "invalid_request", "budget_usd must be"],
    ["a deadline beyond reason", { deadline_ms: 1e308 }, "invalid_request", "deadline_ms must be"],
    [
      "a context that is nested without end",
      { context: { x: nested(20_000) } },
      "invalid_request",
      "nested too deeply",
    ],
    ["a context that is a list", { context: ["a"] as unknown as string }, "invalid_request", "context must be"],
    [
      "a hundred models too many",
      { models: Array.from({ length: 200 }, () => "unknown") },
      "invalid_request",
      "at most 100",
    ],
    ["a deadline of nothing", { deadline_ms: 0 }, "invalid_request", "deadline_ms must be"],
    ["a deadline under what any candidate needs", { deadline_ms: 5 }, "deadline_exceeded", "needs at least"],
    ["a threshold out of range", { min_quality: 1.5 }, "invalid_request", "min_quality must be"],
    ["half a token", { max_output_tokens: 0.5 }, "invalid_request", "max_output_tokens must be"],
    ["an empty allow-list", { models: [] }, "invalid_request", "models is empty"],
    [
      "an allow-list that repeats itself",
      { models: ["gpt-6-luna", "GPT-6-Luna"] },
      "invalid_request",
      "more than once",
    ],
    [
      "an allow-list that the budget contradicts",
      { models: ["claude-fable-5-1"], budget_usd: 0 },
      "budget_exceeded",
      "claude-fable-5-1",
    ],
    ["a prompt beyond every window", { prompt: "word ".repeat(2_500_000) }, "no_candidate", "context window"],
    ["a huge context", { context: { notes: HUGE } }, "invalid_request", "at most 16000000"],
    ["a context that is not Unicode", { context: { notes: "\ud800" } }, "invalid_request", "not valid Unicode"],
    ["files of the wrong shape", { context: { files: [{ path: "a" }] } }, "invalid_request", "context.files[0]"],
    ["system text that is no text", { context: { system: 7 } }, "invalid_request", "context.system"],
    ["a schema that is none", { response_schema: { type: "objekt" } }, "invalid_request", "response_schema"],
  ])("%s", async (_, change, code, message) => {
    const error = await refusalOf(change);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it("reports all problems of a request at once", async () => {
    const { message } = await refusalOf({ prompt: "", budget_usd: -1, models: ["unknown"] });
    expect(message).toContain("prompt is empty");
    expect(message).toContain("budget_usd");
    expect(message).toContain("unknown");
  });

  it("an unknown route id", async () => {
    await expect(app.service.reportOutcome({ route_id: "r0", success: true })).resolves.toMatchObject({
      ok: false,
      error: { code: "invalid_request" },
    });
    await expect(app.service.receipt("r0")).resolves.toMatchObject({ ok: false, error: { code: "not_found" } });
  });

  it("days that are none, or in the wrong order", async () => {
    for (const query of [
      { since: "yesterday" },
      { until: "2026-02-30" },
      { since: "2026-02-02", until: "2026-02-01" },
    ]) {
      await expect(app.service.spendReport(query)).resolves.toMatchObject({
        ok: false,
        error: { code: "invalid_request" },
      });
    }
  });
});

describe("unusual input is taken", () => {
  const accepted = (change: Partial<RouteInput>) =>
    expect(app.service.estimate(asRouteInput(change))).resolves.toMatchObject({ ok: true });

  it("a file full of backticks", () =>
    accepted({ context: { files: [{ path: "a.md", content: "` ".repeat(300_000) }] } }));

  it("a schema that refers to itself", () =>
    accepted({
      response_schema: { type: "object", properties: { children: { type: "array", items: { $ref: "#" } } } },
    }));
});

describe("without any key", () => {
  it("every method answers and says which variable turns which provider on", async () => {
    const bare = await sandboxService({ env: {} });
    const routed = await bare.service.route(asRouteInput({}), { signal });
    if (routed.ok) throw new Error("should be refused");
    expect(routed.error.code).toBe("no_candidate");
    for (const variable of ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "TOGETHER_API_KEY", "GEMINI_API_KEY"])
      expect(routed.error.message).toContain(variable);
    const models = await bare.service.listModels({});
    expect(models.ok && models.value.models.length).toBeGreaterThan(15);
    expect(models.ok && models.value.models.every((model) => !model.available)).toBe(true);
    await expect(bare.service.spendReport({})).resolves.toMatchObject({
      ok: true,
      value: { totals: { cost_usd: 0, saved_share: null } },
    });
    await bare.close();
  });
});

describe("a ledger that cannot be used", () => {
  async function serviceOn(dbPath: string) {
    const parsed = parseConfig(null, sandbox.env);
    if (!parsed.ok) throw new Error("config");
    return createService(parsed.config, dbPath);
  }

  it.each([
    [
      "a corrupt file",
      async (folder: string) => {
        const path = join(folder, "ledger.sqlite");
        await writeFile(path, "this is not a database, and its owner may still want it".repeat(100));
        return path;
      },
    ],
    [
      "a folder in its place",
      async (folder: string) => {
        const path = join(folder, "ledger.sqlite");
        await mkdir(path);
        return path;
      },
    ],
    [
      "a path through a file",
      async (folder: string) => {
        await writeFile(join(folder, "file"), "");
        return join(folder, "file", "ledger.sqlite");
      },
    ],
  ])("%s: nothing is spent, the message names it, reading tools still answer", async (_, prepare) => {
    const folder = await mkdtemp(join(tmpdir(), "signalbox-bad-"));
    const path = await prepare(folder);
    const before = await readFile(path).catch(() => null);
    const service = await serviceOn(path);
    const routed = await service.route(asRouteInput({}), { signal });
    expect(routed).toMatchObject({ ok: false, error: { code: "ledger_unavailable", cost_usd: 0 } });
    expect(!routed.ok && routed.error.message).toContain(path);
    await expect(service.listModels({})).resolves.toMatchObject({ ok: true });
    await expect(service.estimate(asRouteInput({}))).resolves.toMatchObject({ ok: true });
    await expect(service.spendReport({})).resolves.toMatchObject({ ok: false });
    await service.close();
    expect(await readFile(path).catch(() => null)).toEqual(before);
    await chmod(folder, 0o700);
  });
});
