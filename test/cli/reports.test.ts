import { describe, expect, it } from "vitest";
import type { EstimateOutput } from "../../src/core/contract.ts";
import type { ListModelsOutput, SpendReportOutput } from "../../src/core/contract-reports.ts";
import { NO_REPORT, spendTotals } from "../support/spend-totals.ts";
import { fakeService, runLine } from "./support/world.ts";

const PLAN: EstimateOutput = {
  task: "ui_design",
  candidates: [
    {
      model: "gemini-3.1-pro-preview",
      provider: "google",
      input_tokens: 1200,
      output_tokens_expected: 2500,
      output_tokens_max: 24576,
      cost_usd_expected: 0.0324,
      cost_usd_low: 0.0005,
      cost_usd_high: 0.02,
      cost_usd_max: 0.2973,
      estimate_method: "prior of the task",
      within_budget: true,
      token_count_method: "estimate",
    },
    {
      model: "gpt-6.2-sol",
      provider: "openai",
      input_tokens: 1200,
      output_tokens_expected: 2500,
      output_tokens_max: 24576,
      cost_usd_expected: 0.0274,
      cost_usd_low: 0.0005,
      cost_usd_high: 0.02,
      cost_usd_max: 0.2482,
      estimate_method: "prior of the task",
      within_budget: false,
      token_count_method: "estimate",
    },
  ],
  order: ["gemini-3.1-pro-preview"],
  worst_case_usd: 0.9,
  rejected: [{ model: "gpt-6.2-sol", reason: "needs at least $0.0500" }],
  baseline: { model: "claude-opus-5-5", cost_usd: 0.0685 },
  notes: ["output limit lowered"],
};

const MODELS: ListModelsOutput = {
  models: [
    {
      id: "claude-opus-5-5",
      provider: "anthropic",
      wire_id: "claude-opus-5-5",
      available: false,
      unavailable_reason: "provider anthropic is off: set ANTHROPIC_API_KEY",
      input_usd_per_mtok: 5,
      output_usd_per_mtok: 25,
      cache_read_usd_per_mtok: 0.5,
      cache_write_usd_per_mtok: 6.25,
      context_tokens: 1000000,
      max_output_tokens: 128000,
      timeout_ms: 180000,
      quality: 0.96,
      lifecycle: "current",
      health: "ok",
    },
    {
      id: "gemini-3.1-pro-preview",
      provider: "google",
      wire_id: "gemini-3.1-pro-preview",
      available: true,
      input_usd_per_mtok: 2,
      output_usd_per_mtok: 12,
      cache_read_usd_per_mtok: null,
      cache_write_usd_per_mtok: null,
      context_tokens: 1_048_576,
      max_output_tokens: null,
      timeout_ms: 120_000,
      quality: 0.9,
      lifecycle: "legacy, successor gemini-4-pro",
      health: "ok",
    },
  ],
  notes: ["provider anthropic is off: set ANTHROPIC_API_KEY"],
};

const SUMS = spendTotals({
  requests: 3,
  accepted: 2,
  verified: 2,
  unchecked: 0,
  cost_usd: 0.02,
  baseline_usd: 0.05,
  saved_usd: 0.03,
  saved_share: 0.6,
  measured: { runs: 40, saved_share: 0.55, low: 0.48, high: 0.61, cost_usd: 0.4 },
  usd_per_verified: 0.01,
  unchecked_share: 0.25,
  caller_tokens: 12_000,
  caller_usd: 0.24,
  target: { saved_share: 0.3, mark: "met", by: "measured" },
});
const SPEND: SpendReportOutput = { report: NO_REPORT, totals: SUMS, rows: [{ key: "2026-11-23", ...SUMS }] };

describe("estimate", () => {
  it("shows the order, the figures, who is left out and why", async () => {
    const ran = await runLine(["estimate", "-t", "ui_design", "-p", "a page", "--budget", "0.04"], {
      estimate: { ok: true, value: PLAN },
    });
    expect(ran.exitCode).toBe(0);
    expect(ran.calls).toEqual([
      { method: "estimate", input: { task: "ui_design", prompt: "a page", budget_usd: 0.04 } },
    ]);
    expect(ran.stdout).toMatch(/1 gemini-3\.1-pro-preview +1,200 +2,500 +24,576 +\$0\.0324 +\$0\.2973$/m);
    expect(ran.stdout).toMatch(/- gpt-6\.2-sol .* over budget$/m);
    expect(ran.stdout).toContain("needs at least $0.0500");
    expect(ran.stdout).toContain("when everything goes wrong: at most $0.9000");
    expect(ran.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(ran.stdout).toContain("baseline claude-opus-5-5 alone: $0.0685");
    expect(ran.stdout).toContain("note: output limit lowered");
  });

  it("prints the contract's JSON with --json", async () => {
    const ran = await runLine(["estimate", "-t", "ui_design", "-p", "x", "--json"], {
      estimate: { ok: true, value: PLAN },
    });
    expect(JSON.parse(ran.stdout)).toEqual(PLAN);
  });
});

describe("models", () => {
  it("shows prices, limits and why a model cannot be asked", async () => {
    const ran = await runLine(["models"], { models: { ok: true, value: MODELS } });
    expect(ran.stdout).toMatch(/gemini-3\.1-pro-preview +google +2, 12 +1M +0\.90 +legacy,/);
    expect(ran.stdout).toContain("\noff anthropic: claude-opus-5-5\n");
    expect(ran.stdout).toContain("note: provider anthropic is off: set ANTHROPIC_API_KEY");
    expect(ran.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect((await runLine(["models", "--wide"], { models: { ok: true, value: MODELS } })).stdout).toMatch(
      /0\.90 +legacy, successor gemini-4-pro$/m,
    );
  });

  it("hands its filters to the service", async () => {
    const ran = await runLine(["models", "--task", "planning", "--provider", "openai", "--available", "--json"], {
      models: { ok: true, value: MODELS },
    });
    expect(ran.calls).toEqual([
      { method: "listModels", input: { task: "planning", provider: "openai", available_only: true } },
    ]);
    expect(JSON.parse(ran.stdout)).toEqual(MODELS);
  });
});

describe("spend", () => {
  it("shows a row each and the totals", async () => {
    const ran = await runLine(["spend", "--since", "2026-11-01", "--until", "2026-11-30", "--by", "day"], {
      spend: { ok: true, value: SPEND },
    });
    expect(ran.calls[0]?.input).toEqual({ since: "2026-11-01", until: "2026-11-30", group_by: "day" });
    expect(ran.stdout).toMatch(/2026-11-23 +3 +2 +2 +\$0\.0200 +\$0\.0500 +60\.0%/);
    expect(ran.stdout).toMatch(/total +3/);
    expect(ran.stdout).toContain("saved, modelled: $0.0300 (60.0%), on");
    expect(ran.stdout).toContain("saved, measured: 55.0% (48.0% to 61.0%; 40 runs that cost $0.4000)");
    expect(ran.stdout).toContain("target: 30.0% less than one model: met, as measured");
    expect(ran.stdout).toContain("a verified answer cost $0.0100; 25.0% of requests are unchecked");
    expect(ran.stdout).toContain("callers wrote about 12,000 tokens of prompts themselves: $0.2400");
    expect(ran.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("says that nothing was measured, and how to", async () => {
    const totals = spendTotals({ measured: { runs: 4, saved_share: null, low: null, high: null, cost_usd: 0.01 } });
    const few = await runLine(["spend"], { spend: { ok: true, value: { report: NO_REPORT, totals, rows: [] } } });
    expect(few.stdout).toContain("saved, measured: too few to tell (4 runs that cost $0.0100)");
    const none = await runLine(["spend"], {
      spend: { ok: true, value: { report: NO_REPORT, totals: spendTotals(), rows: [] } },
    });
    expect(none.stdout).toContain("saved, measured: nothing yet (baseline_share in the config)");
    expect(none.stdout).toContain("target: 30.0% less than one model: open, as modelled");
  });
});

describe("doctor", () => {
  it("calls a variable that is set to nothing by that name", async () => {
    const { exitCode, stdout } = await runLine(["doctor"], { env: { OPENAI_API_KEY: " ", TOGETHER_API_KEY: "key" } });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/warning +OPENAI_API_KEY +is set but empty, which counts as not set/);
    expect(stdout).not.toMatch(/TOGETHER_API_KEY|ANTHROPIC_API_KEY/);
  });

  it("exits with 0 when there is no problem; a warning is none", async () => {
    const ran = await runLine(["doctor"], {
      findings: [{ level: "warning", about: "provider openai", detail: "off: OPENAI_API_KEY is not set" }],
    });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain("v24.0.0");
    expect(ran.stdout).toMatch(/warning +provider openai +off: OPENAI_API_KEY is not set/);
    expect(ran.stdout).toContain("No problems, 1 warning.");
  });

  it("exits with 1 when there is a problem", async () => {
    const ran = await runLine(["doctor"], {
      findings: [{ level: "problem", about: "ledger", detail: "cannot be written" }],
    });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain("1 problem.");
  });

  it("lists the problems of a broken config and still looks at everything else", async () => {
    const service = fakeService({ findings: [{ level: "ok", about: "ledger", detail: "sound" }] });
    const ran = await runLine(["doctor", "--json"], {
      configProblems: ["budgets.day_usd is a text; expected a number"],
      sound: { ok: true, service },
    });
    expect(ran.exitCode).toBe(1);
    expect(JSON.parse(ran.stdout)).toEqual({
      healthy: false,
      findings: [
        { level: "ok", about: "node", detail: "v24.0.0" },
        { level: "problem", about: "config", detail: "budgets.day_usd is a text; expected a number" },
        { level: "ok", about: "ledger", detail: "sound" },
      ],
    });
  });
});

describe("help", () => {
  it("lists the commands and the exit codes", async () => {
    const ran = await runLine(["--help"]);
    expect(ran.exitCode).toBe(0);
    for (const name of ["route", "estimate", "models", "spend", "doctor", "demo"])
      expect(ran.stdout).toContain(`  ${name} `);
    expect(ran.stdout).toContain(
      "Exit codes: 0 done, 1 the task failed, 2 wrong usage, 3 the answer is not good enough",
    );
  });

  it.each([[["route", "--help"]], [["help", "route"]]])("shows a command's options: %s", async (argv) => {
    const ran = await runLine(argv);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain("--min-quality <score>");
    expect(ran.stdout).toContain('$ signalbox route "Move the shop');
  });

  it("prints the version", async () => {
    expect(await runLine(["--version"])).toMatchObject({ exitCode: 0, stdout: "0.0.0-test\n" });
  });
});
