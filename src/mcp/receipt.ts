import type { RouteOutput } from "../core/contract.ts";
import { formatUsd } from "../core/money.ts";

/**
 * One line about an answer: who gave it, what it is worth, what it cost:
 * "claude-opus-5-5 · verified by tests · $0.0123 · 2 attempts · 3.1 s · saved $0.0400 · signalbox://routes/…".
 */
export function receiptLine(output: RouteOutput): string {
  const attempts = output.attempts.length;
  const parts = [
    output.model,
    output.status === "below_quality" ? `below quality, ${verdictOf(output)}` : verdictOf(output),
    `${output.cost_is_estimated ? "about " : ""}${usd(output.cost_usd)}`,
    `${attempts} attempt${attempts === 1 ? "" : "s"}`,
    `${(output.latency_ms / 1000).toFixed(1)} s`,
    ...savingOf(output),
    `signalbox://routes/${encodeURIComponent(output.route_id)}`,
  ];
  return parts.join(" · ");
}

function verdictOf({ verdict }: RouteOutput): string {
  return verdict.basis === null ? verdict.status : `${verdict.status} by ${verdict.basis}`;
}

function savingOf({ baseline }: RouteOutput): string[] {
  if (baseline === null || baseline.saved_usd === 0) return [];
  return baseline.saved_usd > 0
    ? [`saved ${usd(baseline.saved_usd)}`]
    : [`${usd(-baseline.saved_usd)} more than ${baseline.model}`];
}

/** USD for people. */
export function usd(amountUsd: number): string {
  return formatUsd(Math.round(amountUsd * 1e9));
}

/** So much of what a passed check says is shown; the receipt has all of it. */
const PASSED_DETAIL_CHARS = 100;

/** A routed answer as an agent needs it: what is wrong in full, what is well in short. The receipt's resource keeps everything. */
export function trimmed(output: RouteOutput): RouteOutput {
  const checks = output.verdict.checks.map((check) =>
    check.passed === true && check.detail.length > PASSED_DETAIL_CHARS
      ? { ...check, detail: `${check.detail.slice(0, PASSED_DETAIL_CHARS - 1).toWellFormed()}…` }
      : check,
  );
  return { ...output, verdict: { ...output.verdict, checks } };
}
