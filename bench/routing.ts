import { parseArgs } from "node:util";
import { DEFAULT_CAUTION } from "../src/planner/choose-plan.ts";
import { printTable } from "./print.ts";
import {
  judgeOrders,
  judgeSet,
  judgeSingles,
  randomMixSaving,
  type JudgeOptions,
  type RoutingResult,
} from "./routing/judge.ts";
import { loadOutcomes, type OutcomeSet } from "./routing/load.ts";
import { planningTime } from "./routing/speed.ts";

/**
 * `npm run bench:routing -- --data DIR [--set S] [--splits N] [--json]`: what the planner saves on recorded outcomes, fitted on one half of
 * a set and judged on the other, over many splits. DIR holds an index.json `{set: {models}}` and a SET.jsonl per set, a line a request:
 * `{id, type, s: scores 0..1, c: costs in micro-USD, g?: what a check said}`, each by model, null where unknown.
 */
const { values } = parseArgs({
  options: {
    data: { type: "string" },
    set: { type: "string" },
    splits: { type: "string", default: "200" },
    "min-quality": { type: "string", default: "0.99" },
    confidence: { type: "string", default: String(DEFAULT_CAUTION.confidence) },
    "risk-price": { type: "string", default: String(DEFAULT_CAUTION.riskPrice) },
    "train-rows": { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const options: JudgeOptions = {
  splits: Number(values.splits),
  minQuality: Number(values["min-quality"]),
  caution: { confidence: Number(values.confidence), riskPrice: Number(values["risk-price"]) },
  trainRows: values["train-rows"] === undefined ? null : Number(values["train-rows"]),
};
if (values.data === undefined || !(options.splits >= 1)) {
  console.error(
    "Usage: npm run bench:routing -- --data DIR [--set S] [--splits N] [--min-quality Q] [--confidence P] [--risk-price X] [--train-rows N] [--json]",
  );
  process.exit(2);
}
/** Fewer rows than this cannot be halved. */
const LEAST_ROWS = 2;

const results: RoutingResult[] = [];
for (const set of loadOutcomes(values.data, values.set)) {
  for (const note of set.notes) console.error(`${set.name}: ${note}`);
  if (set.models.length === 0 || set.rows.length < LEAST_ROWS) {
    console.error(`${set.name}: left out, ${set.models.length} models and ${set.rows.length} rows without gaps`);
    continue;
  }
  const judged = judgeSet(set, options);
  results.push(...judged);
  if (!values.json) show(set, judged);
}
if (values.json) console.log(JSON.stringify(results, null, 1));

function show(set: OutcomeSet, judged: readonly RoutingResult[]): void {
  const head = ["plan", "quality", "of best", "$ a request", "saved", "below bound"];
  const best = judged.find(({ plan }) => plan === "best_single");
  const singles = judgeSingles(set, options).filter(({ quality, cost_usd }) =>
    judged.every((each) => each.quality !== quality || each.cost_usd !== cost_usd),
  );
  printTable(`${set.name}: ${set.rows.length} requests, ${set.models.length} models`, [
    head,
    ...judged.map(cells),
    ...singles
      .sort((a, b) => b.quality - a.quality)
      .slice(0, 6)
      .map(cells),
    ...judgeOrders(set, options).map(cells),
  ]);
  if (!set.hasCosts) return;
  const mix = randomMixSaving(set, options.minQuality);
  console.log(
    `  random mix at ${options.minQuality}: saves ${percent(mix.saved)}, ${percent(mix.share)} to the weaker model`,
  );
  const cascade = judged.find(({ plan }) => plan === "best_fixed_cascade");
  const ours = judged.find(({ plan }) => plan === (set.isGated ? "ours_recorded_gate" : "ours_gate_0.85"));
  if (cascade !== undefined && ours !== undefined && best !== undefined) {
    const points = (a: number | null, b: number | null): string => `${(100 * ((a ?? 0) - (b ?? 0))).toFixed(1)} points`;
    console.log(
      `  against the best fixed cascade: quality ${points(ours.quality_of_best, cascade.quality_of_best)}, saved ${points(ours.saved, cascade.saved)}`,
    );
  }
  console.log(`  ${planningTime(set)}`);
}

function cells(result: RoutingResult): string[] {
  return [
    result.plan,
    result.quality.toFixed(4),
    result.quality_of_best.toFixed(3),
    result.cost_usd === null ? "-" : result.cost_usd.toPrecision(3),
    result.saved === null ? "-" : percent(result.saved),
    percent(result.below_bound_share),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
