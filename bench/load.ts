import { lostOrPiledUp, runLoad } from "./load/run.ts";
import { conclude, printMarkdown } from "./markdown.ts";

/**
 * `npm run bench:load [seconds] [--flag-of-node …]`: 256 requests in flight in one process against vendors that take 50 ms; ends
 * with 1 when a request is lost, memory leaks, or the event loop stands still for too long.
 */
const IN_FLIGHT = 256;
const HEAP_GROWTH = 0.1;
const LOOP_P99_MS = 50;

const [seconds = "60", ...flags] = process.argv.slice(2);
const plan = {
  inFlight: IN_FLIGHT,
  warmUpRequests: 8 * IN_FLIGHT,
  requests: Number.POSITIVE_INFINITY,
  durationMs: Number(seconds) * 1000,
};
// JSON knows no infinity.
const report = await runLoad({ ...plan, requests: Number.MAX_SAFE_INTEGER }, { latencyMs: 50 }, flags);
const before = report.heapBeforeBytes ?? Number.NaN;
const after = report.heapAfterBytes ?? Number.NaN;
const countsOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(", ") || "0";
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const mb = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;
printMarkdown(`${IN_FLIGHT} requests in flight in one process for ${seconds} s, vendors that take 50 ms`, [
  ["what", "figure"],
  ["requests", String(report.requests)],
  ["answered", String(report.answered)],
  ["failed, typed", countsOf(report.failedByCode)],
  ["lost", String(report.requests - report.answered - Object.values(report.failedByCode).reduce((a, b) => a + b, 0))],
  ["attempts that failed", countsOf(report.failedAttempts)],
  ["attempts reported; calls that reached the vendors", `${report.attempts}; ${report.sandboxCalls}`],
  ["ledger minus bill", `${report.ledgerNanoUsd - report.billedNanoUsd} nano-USD`],
  ["requests/s", (report.requests / (report.tookMs / 1000)).toFixed(0)],
  ["latency p50, p99", `${ms(report.latencyP50Ms)}, ${ms(report.latencyP99Ms)}`],
  ["event loop p50, p99, longest", `${ms(report.loopP50Ms)}, ${ms(report.loopP99Ms)}, ${ms(report.loopMaxMs)}`],
  ["heap before, after", `${mb(before)}, ${mb(after)} (${(100 * (after / before - 1)).toFixed(1)}%)`],
]);
conclude([
  ...lostOrPiledUp(report),
  ...(after <= before * (1 + HEAP_GROWTH) ? [] : ["the heap has grown by more than 10%"]),
  ...(report.loopP99Ms < LOOP_P99_MS ? [] : [`the event loop's p99 is not under ${LOOP_P99_MS} ms`]),
]);
