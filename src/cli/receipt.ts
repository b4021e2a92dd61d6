import type { AttemptOut, RouteOutput } from "../core/contract.ts";
import { legibleLine } from "../core/legible.ts";
import type { Output } from "./command.ts";
import { paint, printMs, printScore, printUsd, type Column } from "./print.ts";

export const ATTEMPT_COLUMNS: readonly Column[] = [
  { head: "attempt" },
  { head: "provider" },
  { head: "outcome" },
  { head: "score", align: "right" },
  { head: "cost", align: "right" },
  { head: "time", align: "right" },
];

/** The attempts of a receipt as rows of {@link ATTEMPT_COLUMNS}. */
export function attemptRows(attempts: readonly AttemptOut[]): readonly (readonly string[])[] {
  return attempts.map((attempt, index) => [
    `${index + 1} ${attempt.model}${attempt.role === "answer" ? "" : ` (${attempt.role})`}`,
    attempt.provider,
    attempt.error_kind === undefined ? attempt.outcome : `${attempt.outcome}: ${attempt.error_kind}`,
    printScore(attempt.verdict_score),
    printUsd(attempt.cost_usd),
    printMs(attempt.latency_ms),
  ]);
}

/** What a receipt says in words: verdict, failed checks, cost, saving, notes, id. A line each: what quotes an answer has no line end. */
export function receiptLines(routed: RouteOutput, stream: Output): readonly string[] {
  const { verdict, baseline } = routed;
  const look = routed.status === "below_quality" ? "red" : verdict.status === "verified" ? "green" : "yellow";
  const failed = verdict.checks.filter((check) => check.passed === false);
  const saved =
    baseline === null
      ? ""
      : `; ${baseline.model} alone ${printUsd(baseline.cost_usd)}, ${savingOf(baseline.saved_usd)}`;
  return [
    `${paint(stream, look, verdictWord(routed))} by ${routed.model}${basisOf(verdict)}: ${legibleLine(verdict.summary)}`,
    ...failed.map(({ name, detail }) => `check ${name} failed: ${legibleLine(withoutName(detail, name))}`),
    `cost ${printUsd(routed.cost_usd)}${routed.cost_is_estimated ? " (in part estimated)" : ""}${saved}; ${printMs(routed.latency_ms)}`,
    ...(routed.output?.error === undefined ? [] : [`nothing was written: ${legibleLine(routed.output.error)}`]),
    ...routed.notes.map((note) => `note: ${legibleLine(note)}`),
    paint(stream, "dim", `receipt signalbox://routes/${routed.route_id}`),
  ];
}

/** A detail that begins with the name of its check, without it. */
export function withoutName(detail: string, name: string): string {
  return detail.startsWith(`${name}: `) ? detail.slice(name.length + 2) : detail;
}

/** "saved $0.01" or "$0.01 more". */
export function savingOf(savedUsd: number): string {
  return savedUsd < 0 ? `${printUsd(-savedUsd)} more` : `saved ${printUsd(savedUsd)}`;
}

function basisOf({ basis, score }: RouteOutput["verdict"]): string {
  return basis === null ? "" : ` (${basis}, score ${printScore(score)})`;
}

function verdictWord({ status, verdict }: RouteOutput): string {
  return status === "below_quality" ? "below the quality asked for" : verdict.status;
}
