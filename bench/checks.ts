import { readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import type { VerdictStatus } from "../src/core/verdict.ts";
import { createVerifier } from "../src/quality/verifier.ts";
import type { AnswerCase } from "../test/quality/cases/case.ts";
import { requestOf } from "../test/quality/cases/request.ts";
import { printTable } from "./print.ts";

/**
 * `npm run bench:checks [task]`: the verdicts on every case of test/quality/cases, through the pool of workers as in production,
 * against what the case's author says of the answer; false accepts and false rejects apart, time and memory per task.
 */
interface Measured {
  readonly each: AnswerCase;
  readonly got: VerdictStatus;
  readonly ms: number;
}

const HEAD = [
  "task",
  "cases",
  "right",
  "bad verified",
  "bad unchecked",
  "good failed",
  "good unchecked",
  "other",
  "first ms",
  "p50 ms",
  "p99 ms",
  "peak MB",
];
const CASES = join(import.meta.dirname, "../test/quality/cases");
const only = process.argv[2];
const byTask = Map.groupBy(await allCases(), (each) => each.task);
const rows = [HEAD];
const wrong: string[] = [];
for (const [task, cases] of byTask) {
  if (only !== undefined && only !== task) continue;
  const { measured, firstMs, peakMb } = await measure(cases);
  rows.push(rowOf(task, measured, firstMs, peakMb));
  wrong.push(
    ...measured
      .filter(({ each, got }) => got !== each.expect)
      .map(({ each, got }) => `${task}: ${each.name}: expected ${each.expect}, got ${got}`),
  );
}
printTable("Verdicts against what the author of each case says", rows);
for (const line of wrong) console.log(`  ${line}`);
process.exitCode = wrong.length > 0 ? 1 : 0;

async function allCases(): Promise<readonly AnswerCase[]> {
  const files = readdirSync(CASES, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !/(?:\.test|^case|^request)\.ts$/.test(path),
  );
  const modules = await Promise.all(
    files.sort().map((path) => import(pathToFileURL(join(CASES, path)).href) as Promise<Record<string, unknown>>),
  );
  const cases = modules
    .flatMap((module) => Object.values(module))
    .filter((value) => Array.isArray(value))
    .flat();
  return [...new Set(cases.filter(isCase))];
}

function isCase(value: unknown): value is AnswerCase {
  return typeof value === "object" && value !== null && "expect" in value && "answer" in value && "task" in value;
}

/** Each case twice, on one verifier of its own: the first round warms up, the second is timed. */
async function measure(
  cases: readonly AnswerCase[],
): Promise<{ readonly measured: readonly Measured[]; readonly firstMs: number; readonly peakMb: number }> {
  const verifier = createVerifier();
  const beforeBytes = process.memoryUsage().rss;
  let peakBytes = beforeBytes;
  const verify = async (each: AnswerCase): Promise<Measured> => {
    const startedMs = performance.now();
    const { status } = await verifier.verify(each.answer, requestOf(each), new AbortController().signal);
    const ms = performance.now() - startedMs;
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
    return { each, got: status, ms };
  };
  const first = cases[0] === undefined ? 0 : (await verify(cases[0])).ms;
  for (const each of cases) await verify(each);
  const measured: Measured[] = [];
  for (const each of cases) measured.push(await verify(each));
  await verifier.close();
  return { measured, firstMs: first, peakMb: (peakBytes - beforeBytes) / 2 ** 20 };
}

function rowOf(task: string, measured: readonly Measured[], firstMs: number, peakMb: number): string[] {
  const count = (expected: VerdictStatus, got: VerdictStatus): number =>
    measured.filter((one) => one.each.expect === expected && one.got === got).length;
  const right = measured.filter((one) => one.each.expect === one.got).length;
  const times = measured.map(({ ms }) => ms).sort((a, b) => a - b);
  const named = count("failed", "verified") + count("failed", "unchecked") + count("verified", "failed");
  const others = measured.length - right - named - count("verified", "unchecked");
  return [
    task,
    String(measured.length),
    `${right} (${((100 * right) / measured.length).toFixed(1)}%)`,
    String(count("failed", "verified")),
    String(count("failed", "unchecked")),
    String(count("verified", "failed")),
    String(count("verified", "unchecked")),
    String(others),
    firstMs.toFixed(0),
    quantile(times, 0.5).toFixed(1),
    quantile(times, 0.99).toFixed(1),
    peakMb.toFixed(0),
  ];
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? 0;
}
