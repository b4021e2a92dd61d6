import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { VerdictStatus } from "../src/core/verdict.ts";
import { createVerifier } from "../src/verify/verifier.ts";
import { workerPool } from "../src/verify/worker-pool/pool.ts";
import { casesOf, expectedFile, tasksWithCases, type AnswerCase } from "../test/cases/load.ts";
import { requestOf } from "../test/cases/request.ts";
import { printTable } from "./print.ts";

/**
 * `npm run bench:checks [task] [-- --update] [--built]`: the verdicts on every case of test/cases, through the pool of workers as in
 * production, with time and memory per task. Exits 1 when a verdict is not the expected one. `--update` writes the new verdicts
 * down, but for those that no label allows. `--built` takes the checks of the build (`dist`), as users have them.
 */
interface Measured {
  readonly each: AnswerCase;
  readonly got: VerdictStatus;
  readonly summary: string;
  readonly ms: number;
}

const HEAD = [
  "task",
  "cases",
  "good: verified / unchecked / failed",
  "bad: failed / unchecked / verified",
  "open: unchecked / others",
  "not as expected",
  "first ms",
  "p50 ms",
  "p95 ms",
  "peak MB",
];
const { values, positionals } = parseArgs({
  options: { update: { type: "boolean", default: false }, built: { type: "boolean", default: false } },
  allowPositionals: true,
});
const rows = [HEAD];
const changed: Measured[] = [];
for (const task of positionals.length > 0 ? positionals : tasksWithCases()) {
  const { measured, firstMs, peakMb } = await measure(casesOf(task));
  rows.push(rowOf(task, measured, firstMs, peakMb));
  changed.push(...measured.filter(({ each, got }) => got !== each.expected.verdict));
}
printTable("Verdicts on the cases of test/cases", rows);
let open = 0;
for (const { each, got, summary } of changed) {
  const { label, verdict } = each.expected;
  const allowed = !(label === "good" && got === "failed") && !(label === "bad" && got === "verified");
  if (values.update && allowed) {
    writeFileSync(expectedFile(each), `${JSON.stringify({ ...each.expected, verdict: got }, null, 2)}\n`);
    continue;
  }
  open += 1;
  console.log(`  ${each.id} (${label}): expected ${verdict}, got ${got}: ${summary}`);
}
process.exitCode = open > 0 ? 1 : 0;

/** Each case twice, on one verifier of its own: the first round warms up, the second is timed. */
async function measure(
  cases: readonly AnswerCase[],
): Promise<{ readonly measured: readonly Measured[]; readonly firstMs: number; readonly peakMb: number }> {
  const verifier = createVerifier(
    values.built ? { workers: workerPool({ table: new URL("../dist/verify-registry.js", import.meta.url).href }) } : {},
  );
  const beforeBytes = process.memoryUsage().rss;
  let peakBytes = beforeBytes;
  const verify = async (each: AnswerCase): Promise<Measured> => {
    const startedMs = performance.now();
    const { status, summary } = await verifier.verify(each.answer, requestOf(each), new AbortController().signal);
    const ms = performance.now() - startedMs;
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
    return { each, got: status, summary, ms };
  };
  const first = cases[0] === undefined ? 0 : (await verify(cases[0])).ms;
  for (const each of cases) await verify(each);
  const measured: Measured[] = [];
  for (const each of cases) measured.push(await verify(each));
  await verifier.close();
  return { measured, firstMs: first, peakMb: (peakBytes - beforeBytes) / 2 ** 20 };
}

function rowOf(task: string, measured: readonly Measured[], firstMs: number, peakMb: number): string[] {
  const count = (label: string, got: VerdictStatus): number =>
    measured.filter((one) => one.each.expected.label === label && one.got === got).length;
  const times = measured.map(({ ms }) => ms).sort((a, b) => a - b);
  return [
    task,
    String(measured.length),
    `${count("good", "verified")} / ${count("good", "unchecked")} / ${count("good", "failed")}`,
    `${count("bad", "failed")} / ${count("bad", "unchecked")} / ${count("bad", "verified")}`,
    `${count("open", "unchecked")} / ${count("open", "verified") + count("open", "failed")}`,
    String(measured.filter(({ each, got }) => got !== each.expected.verdict).length),
    firstMs.toFixed(0),
    quantile(times, 0.5).toFixed(1),
    quantile(times, 0.95).toFixed(1),
    peakMb.toFixed(0),
  ];
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? 0;
}
