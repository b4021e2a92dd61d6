import type { RouteOutput, RouteResult } from "../core/contract.ts";
import { formatUsd } from "../core/money.ts";
import type { TruncatedAnswer } from "./long-answers/truncate.ts";

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
    output.answered_from === undefined ? `${attempts} attempt${attempts === 1 ? "" : "s"}` : "given again",
    `${(output.latency_ms / 1000).toFixed(1)} s`,
    ...savingOf(output),
    ...sparedOf(output),
    receiptUri(output.route_id),
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

function callerSavedOf(output: RouteOutput): Partial<RouteResult> {
  const { caller_unwritten_tokens, caller_unread_tokens, caller_saved_usd } = output;
  return caller_saved_usd === undefined ? {} : { caller_unwritten_tokens, caller_unread_tokens, caller_saved_usd };
}

/** "spared 10,012 of your tokens ($0.2000)". */
function sparedOf({
  caller_unwritten_tokens: unwritten = 0,
  caller_unread_tokens: unread = 0,
  caller_saved_usd: saved,
}: RouteOutput): string[] {
  if (saved === undefined) return [];
  const tokens = (unwritten + unread).toLocaleString("en-US");
  return [`spared ${tokens} of your tokens${saved === null ? "" : ` (${usd(saved)})`}`];
}

/** USD for people. */
export function usd(amountUsd: number): string {
  return formatUsd(Math.round(amountUsd * 1e9));
}

/** So many failed checks and notes are shown, each so long: the receipt has all of them, in full. */
const MOST_SHOWN = 2;
const SHOWN_CHARS = 120;

/** A routed answer as an agent needs it: the answer once, its verdict, its cost, and what is wrong with it. */
export function shortResult(output: RouteOutput, cut: TruncatedAnswer): RouteResult {
  const { verdict, baseline } = output;
  const failed = verdict.checks.flatMap(({ name, passed, detail }) =>
    // A criterion says its name itself.
    passed === false ? [detail.startsWith(`${name}: `) ? detail : `${name}: ${detail}`] : [],
  );
  return {
    route_id: output.route_id,
    status: output.status,
    text: cut.text,
    ...cut.mark,
    ...(output.output === undefined ? {} : { output: output.output }),
    model: output.model,
    verdict: { status: verdict.status, basis: verdict.basis, summary: clipped(verdict.summary) },
    ...listOf("failed_checks", failed),
    ...listOf("notes", output.notes),
    cost_usd: output.cost_usd,
    cost_is_estimated: output.cost_is_estimated,
    saved_usd: baseline?.saved_usd ?? null,
    ...callerSavedOf(output),
    ...(output.answered_from === undefined ? {} : { answered_from: output.answered_from }),
    receipt: receiptUri(output.route_id),
  };
}

/** The lines under their name, where there are any; at most {@link MOST_SHOWN}. */
function listOf<Name extends string>(name: Name, lines: readonly string[]): { [Key in Name]?: string[] } {
  if (lines.length === 0) return {};
  const shown = lines.slice(0, MOST_SHOWN).map(clipped);
  const more = lines.length > MOST_SHOWN ? [`${lines.length - MOST_SHOWN} more on the receipt`] : [];
  return { [name]: [...shown, ...more] } as { [Key in Name]?: string[] };
}

function clipped(text: string): string {
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS - 1).toWellFormed()}…` : text;
}

function receiptUri(routeId: string): string {
  return `signalbox://routes/${encodeURIComponent(routeId)}`;
}
