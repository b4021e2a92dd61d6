import { SLOW_CASES } from "./deadline/cases.ts";
import { fallbackInRealTime, fallbackInVirtualTime } from "./deadline/fallback.ts";
import { latenessOf, type Returned } from "./deadline/lateness.ts";
import { conclude, printMarkdown } from "./markdown.ts";
import { quantile } from "./stats.ts";

/**
 * `npm run bench:deadline`: how late requests return when no model answers in time, and whether a fallback still gets its chance; ends
 * with 1 when one is later than it may be or goes without the answer that it could have had.
 */
const MOST_LATE_MS = 250;
const DEADLINE_MS = 2_000;
const SIZES = [
  { inFlight: 1, rounds: 10 },
  { inFlight: 64, rounds: 3 },
];
const broken: string[] = [];

const late = [["case", "in flight", "requests", "late, p99", "late, most", "ended as"]];
for (const slow of SLOW_CASES) {
  for (const size of SIZES) {
    const returned = await latenessOf(slow, { ...size, deadlineMs: DEADLINE_MS });
    late.push([slow.name, String(size.inFlight), String(returned.length), ...figures(returned), endings(returned)]);
    judge(`${slow.name}, ${size.inFlight} in flight`, returned);
  }
}
printMarkdown(`After a deadline of ${DEADLINE_MS} ms (negative: before it)`, late);

const shares = [["deadline", "time", "in flight", "answered", "late, p99", "late, most"]];
for (const deadlineMs of [2_000, 5_000, 30_000]) {
  const virtual = deadlineMs > 10_000;
  for (const { inFlight } of SIZES) {
    const returned = virtual
      ? await fallbackInVirtualTime(deadlineMs, inFlight, deadlineMs / 10)
      : await fallbackInRealTime(deadlineMs, inFlight);
    const answered = returned.filter(({ ended }) => ended === "accepted").length;
    const share = `${answered} of ${returned.length}`;
    shares.push([`${deadlineMs} ms`, virtual ? "virtual" : "real", String(inFlight), share, ...figures(returned)]);
    const about = `hanging primary, ${deadlineMs} ms, ${inFlight} in flight`;
    judge(about, returned);
    if (answered < returned.length) broken.push(`${about}: ${share} answered (${endings(returned)})`);
  }
}
printMarkdown("A primary that hangs, a fallback that is well", shares);
conclude(broken);

function lateness(returned: readonly Returned[]): readonly number[] {
  return returned.map(({ p95Ms }) => p95Ms);
}

function figures(returned: readonly Returned[]): readonly string[] {
  const all = lateness(returned);
  return [quantile(all, 0.99), Math.max(...all)].map((p95Ms) => `${p95Ms.toFixed(0)} ms`);
}

function endings(returned: readonly Returned[]): string {
  const counts = Map.groupBy(returned, ({ ended }) => ended);
  return [...counts].map(([ended, each]) => `${each.length} ${ended}`).join(", ");
}

function judge(about: string, returned: readonly Returned[]): void {
  const most = Math.max(...lateness(returned));
  if (most >= MOST_LATE_MS) broken.push(`${about}: ${most.toFixed(0)} ms late`);
}
