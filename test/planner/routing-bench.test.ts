import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { seeded } from "../../bench/random.ts";
import type { RoutingResult } from "../../bench/routing/judge.ts";

const BENCH = fileURLToPath(new URL("../../bench/routing.ts", import.meta.url));
const dir = mkdtempSync(join(tmpdir(), "signalbox-routing-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const PLANS = [
  "best_single",
  "cheapest_single",
  "fixed_row",
  "best_fixed_cascade",
  "ours_no_gate",
  "ours_gate_0.7",
  "ours_gate_0.8",
  "ours_gate_0.85",
  "ours_gate_0.9",
];

function bench(sets: Readonly<Record<string, { models: readonly string[]; lines: readonly object[] }>>): {
  readonly results: readonly RoutingResult[];
  readonly stderr: string;
  readonly stdout: string;
  readonly status: number | null;
} {
  for (const [name, { lines }] of Object.entries(sets)) {
    writeFileSync(join(dir, `${name}.jsonl`), lines.map((line) => JSON.stringify(line)).join("\n"));
  }
  const index = Object.entries(sets).map(([name, { models }]) => [name, { models }]);
  writeFileSync(join(dir, "index.json"), JSON.stringify(Object.fromEntries(index)));
  const args = [BENCH, "--data", dir, "--splits", "20", "--json"];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { results: status === 0 ? (JSON.parse(stdout) as RoutingResult[]) : [], stderr, stdout, status };
}

/** A cheap model that a check corrects, and a strong one that costs ten times as much. */
function gated(): object[] {
  const random = seeded(3);
  return Array.from({ length: 600 }, (_, index) => {
    const [cheap, strong] = [random() < 0.8 ? 1 : 0, random() < 0.95 ? 1 : 0];
    return { id: String(index), type: "t", s: [cheap, strong], c: [1, 10], g: [cheap, strong] };
  });
}

describe("the routing bench", () => {
  it("names every plan of a set with a recorded gate, and prints the same figures each time", () => {
    const sets = { gated: { models: ["cheap", "strong"], lines: gated() } };
    const { results, stdout } = bench(sets);
    expect(results.map(({ plan }) => plan)).toEqual([...PLANS, "ours_recorded_gate"]);
    expect(Object.keys(results[0] ?? {})).toEqual([
      "set",
      "plan",
      "n",
      "quality",
      "quality_of_best",
      "cost_usd",
      "saved",
      "below_bound_share",
    ]);
    const ours = results.find(({ plan }) => plan === "ours_recorded_gate");
    // Asked first, the cheap one costs 1 + 0.2 x 10 instead of 10.
    expect(ours?.saved).toBeCloseTo(0.7, 1);
    expect(ours?.quality_of_best).toBeGreaterThan(1);
    expect(results.find(({ plan }) => plan === "best_single")).toMatchObject({ quality_of_best: 1, saved: 0 });
    expect(bench(sets).stdout).toBe(stdout);
  });

  it("takes sets without a gate, with gaps, without costs, of one model and of many", () => {
    const random = seeded(4);
    const many = Array.from({ length: 30 }, (_, index) => `m${index}`);
    const { results, stderr, status } = bench({
      many: {
        models: many,
        lines: Array.from({ length: 80 }, (_, index) => ({
          id: String(index),
          type: "t",
          chars: 5,
          s: many.map((_, model) => (model === 3 ? null : random() < 0.5 + model / 80 ? 1 : 0)),
          c: many.map((_, model) => (model === 4 || (model === 5 && index === 0) ? null : 1 + model)),
        })),
      },
      priceless: {
        models: ["a", "b"],
        lines: [0, 1, 0.5, 1].map((s, id) => ({ id: String(id), type: "t", s: [s, 1], c: null })),
      },
      lone: { models: ["a"], lines: [1, 0, 1, 1].map((s, id) => ({ id: String(id), type: "t", s: [s], c: [2] })) },
    });
    expect(status).toBe(0);
    const plansOf = (set: string): readonly string[] =>
      results.filter((each) => each.set === set).map(({ plan }) => plan);
    expect(plansOf("many")).toEqual(PLANS);
    expect(results[0]?.n).toBe(79);
    expect(stderr).toMatch(/many: 2 models without scores or costs .* left out: m3, m4/);
    expect(plansOf("priceless")).toEqual(["best_single"]);
    expect(results.find(({ set }) => set === "priceless")).toMatchObject({ cost_usd: null, saved: null, quality: 1 });
    expect(plansOf("lone")).toEqual(PLANS);
  });

  it("says which line is wrong", () => {
    const { stderr, status } = bench({
      bad: { models: ["a", "b"], lines: [{ id: "x", type: "t", s: [1], c: [1, 2] }] },
    });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/bad\.jsonl:1: "s" has 1 entries, but the set has 2 models/);
  });
});
