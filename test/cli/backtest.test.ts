import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { seeded } from "../../bench/random.ts";
import type { BacktestOutput } from "../../src/core/backtest.ts";
import type { AttemptRecord } from "../../src/core/attempt.ts";
import { verdictOf } from "../../src/core/verdict.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import { attemptRecord, NOON, requestEnd, requestRecord, reserveInput, type TestLedger } from "../ledger/records.ts";

const folder = mkdtempSync(join(tmpdir(), "signalbox-backtest-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BIN = new URL("../../src/bin.ts", import.meta.url).pathname;
/** Models of the task `planning`'s row, and one that is in no row of it. */
const [CHEAP, STRONG] = ["claude-haiku-5-5", "claude-opus-5-5"] as const;

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let count = 0;
function write(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
}

function policy(...tasks: readonly object[]): string {
  count += 1;
  return write(`policy-${count}.json`, { tasks });
}

/** The real program, on a real ledger and config. */
function run(args: readonly string[], dbPath = join(folder, "none.db"), config: object = {}): Promise<Ran> {
  count += 1;
  const env = {
    PATH: process.env["PATH"],
    SIGNALBOX_DB: dbPath,
    SIGNALBOX_CONFIG: write(`config-${count}.json`, config),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [BIN, "backtest", ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

async function json(args: readonly string[], dbPath?: string, config?: object): Promise<BacktestOutput> {
  const ran = await run([...args, "--json"], dbPath, config);
  return JSON.parse(ran.stdout) as BacktestOutput;
}

write("index.json", { jobs: { models: ["small", "big"], rows: 100 } });
write(
  "jobs.jsonl",
  Array.from({ length: 100 }, (_, index) => {
    // The small one is right on 80, and the check says so; the big one on 95.
    const [small, big] = [index < 80 ? 1 : 0, index >= 5 ? 1 : 0];
    return JSON.stringify({ id: `j${index}`, type: "job", s: [small, big], c: [1000, 10_000], g: [small, big] });
  }).join("\n"),
);

describe("signalbox backtest on recorded outcomes", () => {
  it("replays a cascade exactly, with intervals, against the single model", async () => {
    const { tasks } = await json([
      "--policy",
      policy({ id: "jobs", candidates: ["small", "big"] }),
      "--history",
      folder,
    ]);
    expect(tasks).toMatchObject([{ task: "jobs", requests: 100, today: null, new: { method: "replay" } }]);
    const [task] = tasks;
    if (task?.new.estimated !== true || !task.single.estimated) throw new Error("refused");
    expect(task.new.quality.value).toBeCloseTo(1, 9);
    expect(task.new.cost_usd.value).toBeCloseTo(0.001 + 0.2 * 0.01, 9);
    expect(task.new.cost_usd.low).toBeLessThan(task.new.cost_usd.value);
    expect(task.single).toMatchObject({ order: ["big"], cost_usd: { value: expect.closeTo(0.01, 9) as number } });
    expect(task.against_single?.saved_share).toBeCloseTo(0.7, 9);
    expect(task.against_single?.saved_usd.low).toBeLessThan(0.007);
  });

  it("is a table of at most 80 columns", async () => {
    const path = join(folder, "jobs.jsonl");
    const ran = await run(["--policy", policy({ id: "jobs", candidates: ["small", "big"] }), "--history", path]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/new +1\.000 +1\.000 to 1\.000 +\$0\.003000/);
    expect(ran.stdout.replaceAll("\n  ", " ")).toContain(
      "would save $0.007000 ± $0.000788 a request (70.0%) against big alone",
    );
    expect(ran.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("names what cannot be replayed", async () => {
    const jobs = { id: "jobs", candidates: ["small", "bigg"] };
    const unknown = await run(["--policy", policy(jobs), "--history", folder]);
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.stderr).toContain('"bigg" was not recorded in "jobs"; did you mean "big"?');
    const checks = await run(["--policy", policy({ id: "jobs", checks: [] }), "--history", folder]);
    expect(checks.stderr).toContain('Unrecognized key: "checks"');
    const broken = await run(["--policy", write("broken.json", '{"tasks": [')]);
    expect(broken).toMatchObject({ code: 2 });
    expect(broken.stderr).toContain("line 1");
    write("jobs-bad.jsonl", '{"s": [1], "c": [1, 2]}');
    write("index.json", { jobs: { models: ["small", "big"] }, "jobs-bad": { models: ["small", "big"] } });
    const line = await run(["--policy", policy({ id: "jobs-bad", candidates: ["big"] }), "--history", folder]);
    expect(line.stderr).toContain('jobs-bad.jsonl:1 has 1 entries in "s", and its set 2 models');
  });
});

const FAILED = verdictOf(
  [
    {
      name: "form",
      passed: false,
      detail: "no list",
      findings: [],
      evidence: [{ basis: "tests", score: 0, summary: "none holds" }],
    },
  ],
  0.5,
);

/** What came of one model on a request. */
interface Made {
  readonly model: string;
  readonly role?: "answer" | "shadow";
  readonly good: boolean;
  readonly usd: number;
}

async function record(ledger: TestLedger, index: number, made: readonly Made[]): Promise<void> {
  const routeId = `r${index}`;
  const request = requestRecord(routeId, { task: "planning" });
  const answers = made.filter(({ role }) => role !== "shadow");
  const end = requestEnd(routeId, answers.at(-1)?.good === true ? `${routeId}-${answers.length}` : null, {
    status: "accepted",
  });
  for (const [at, { model, role = "answer", good, usd }] of made.entries()) {
    const attemptId = `${routeId}-${at + 1}`;
    await ledger.reserve(reserveInput(routeId, attemptId, { request, model, role, nowMs: NOON }));
    const bad: Partial<AttemptRecord> = { outcome: "rejected", verdict: FAILED };
    const cost = { nanoUsd: Math.round(usd * 1e9), exact: true };
    const over = { ordinal: at + 1, model, role, cost, ...(good ? {} : bad) };
    await ledger.settle(attemptRecord(routeId, attemptId, over), at >= answers.length - 1 ? end : null);
  }
}

const TODAY = { tasks: [{ id: "planning", candidates: [CHEAP, STRONG], min_quality: 0.5 }] };

describe("signalbox backtest on the ledger", () => {
  it("replays what was recorded, and refuses what was not", async () => {
    const path = join(folder, "plain.db");
    const ledger = openLedger({ path, storeText: false });
    for (let index = 0; index < 60; index += 1) {
      const first = { model: CHEAP, good: index % 3 !== 0, usd: 0.001 };
      await record(ledger, index, first.good ? [first] : [first, { model: STRONG, good: true, usd: 0.02 }]);
    }
    ledger.close();
    const shorter = await json(["--policy", policy({ id: "planning", candidates: [CHEAP] })], path, TODAY);
    const [task] = shorter.tasks;
    if (task?.new.estimated !== true || task.today?.estimated !== true) throw new Error("refused");
    expect(task.new).toMatchObject({ method: "replay", cost_usd: { value: expect.closeTo(0.001, 9) as number } });
    expect(task.new.quality.value).toBeCloseTo(2 / 3, 9);
    expect(task.today.cost_usd.value).toBeCloseTo(0.001 + 0.02 / 3, 9);
    expect(task.against_today?.saved_usd.value).toBeCloseTo(0.02 / 3, 9);

    const other = await run(["--policy", policy({ id: "planning", candidates: [STRONG] })], path, TODAY);
    expect(other.code).toBe(1);
    expect(other.stdout.replaceAll("\n  ", " ")).toContain(
      "refused: the new policy does what was never recorded on 67% of requests",
    );
  });

  it("weighs shadow runs where another order was never tried", async () => {
    const path = join(folder, "shadows.db");
    const ledger = openLedger({ path, storeText: false });
    const random = seeded(5);
    for (let index = 0; index < 400; index += 1) {
      const first = { model: CHEAP, good: random() < 0.7, usd: 0.001 };
      const strong = { model: STRONG, good: random() < 0.95, usd: 0.01 + 0.02 * random() };
      const shadow = random() < 0.4;
      if (!first.good) await record(ledger, index, [first, strong]);
      else await record(ledger, index, shadow ? [first, { ...strong, role: "shadow" }] : [first]);
    }
    ledger.close();
    const alone = policy({ id: "planning", candidates: [STRONG] });
    const { tasks } = await json(["--policy", alone], path, TODAY);
    const [task] = tasks;
    if (task?.new.estimated !== true) throw new Error("refused");
    expect(task.new.method).toBe("doubly_robust");
    expect(task.new.effective_requests).toBeGreaterThan(100);
    expect(task.new.effective_requests).toBeLessThan(400);
    for (const [{ low, high }, truth] of [
      [task.new.cost_usd, 0.02],
      [task.new.quality, 0.95],
      [task.new.snips.cost_usd, 0.02],
    ] as const) {
      expect(low).toBeLessThan(truth);
      expect(high).toBeGreaterThan(truth);
    }
    expect(task.against_today?.saved_usd.high).toBeLessThan(0);
  }, 60_000);

  it("says what adding a model comes to, once it was asked", async () => {
    const config = { tasks: [{ id: "planning", candidates: [CHEAP], min_quality: 0.5 }] };
    const { tasks } = await json(
      ["--policy", policy({ id: "planning", candidates: [CHEAP, STRONG] })],
      join(folder, "plain.db"),
      config,
    );
    expect(tasks[0]?.says[0]).toMatch(/^adding claude-opus-5-5 would save .* ± .* a request .* against today's policy/);
  });

  it("names an unknown task or model", async () => {
    const task = await run(["--policy", policy({ id: "plannin" })]);
    expect(task).toMatchObject({ code: 2 });
    expect(task.stderr).toContain('Unknown task "plannin"; did you mean "planning"?');
    const model = await run(["--policy", policy({ id: "planning", candidates: ["claude-opus-9"] })]);
    expect(model.stderr).toContain('Unknown model "claude-opus-9" of the task "planning"');
    const none = await run(["--policy", policy({ id: "planning" })]);
    expect(none.stdout).toContain("refused: nothing was recorded");
  });
});
