import type { RouteResult } from "../../core/contract.ts";
import type { SpendReportOutput } from "../../core/contract-reports.ts";
import type { Output } from "../command.ts";
import { paint, printLine, printMs, printUsd, renderTable } from "../print.ts";
import { ATTEMPT_COLUMNS, attemptRows, savingOf, withoutName } from "../receipt.ts";
import { printReport } from "../report.ts";
import { printSpend } from "../spend.ts";
import { gasTable } from "./gas-table.ts";
import { failedChecks, type Played } from "./judge.ts";

/** One scene: what was asked, each attempt, the verdict, cost and saving; or the refusal. */
export async function printScene({ scene, outcome, receipt }: Played, out: Output): Promise<void> {
  const attempts = receipt?.attempts ?? [];
  printLine(out);
  printLine(out, `${paint(out, "bold", scene.task)}: ${scene.about}`);
  if (scene.accept !== undefined) for (const wanted of scene.accept) printLine(out, indent(`accept ${shown(wanted)}`));
  if (attempts.length > 0) printLine(out, indent(await renderTable(out, ATTEMPT_COLUMNS, attemptRows(attempts))));
  for (const attempt of attempts) {
    for (const { name, detail } of failedChecks(attempt)) {
      const found = withoutName(detail, name);
      printLine(out, indent(`${attempt.model} was caught by ${paint(out, "yellow", name)}: ${found}`));
    }
  }
  for (const check of attempts.at(-1)?.verdict?.checks ?? []) {
    const table = await gasTable(check.measured, out);
    if (table !== null) printLine(out, indent(table));
  }
  if (!outcome.ok) {
    printLine(out, indent(`${paint(out, "yellow", outcome.error.code)}: ${outcome.error.message}`));
    return;
  }
  const { verdict, cost_usd, cost_is_estimated, model } = outcome.value;
  const baseline = receipt?.baseline ?? null;
  const facts = [
    `${verdictOf(verdict, out)}, answered by ${model} in ${printMs(receipt?.latency_ms ?? 0)}`,
    `cost ${printUsd(cost_usd)}${cost_is_estimated ? " (in part estimated)" : ""}`,
  ];
  if (baseline !== null) {
    facts.push(`${baseline.model} alone ${printUsd(baseline.cost_usd)}, ${savingOf(baseline.saved_usd)}`);
  }
  printLine(out, indent(facts.join("; ")));
}

/** "verified by tests (parses; 3 of 3 of your criteria met)", "unchecked (parses; nothing here could tell whether it is right)". */
function verdictOf({ status, basis, summary }: RouteResult["verdict"], out: Output): string {
  const looks = { verified: "green", unchecked: "yellow", failed: "red" } as const;
  return `${paint(out, looks[status], status)}${basis === null ? "" : ` by ${basis}`} (${summary})`;
}

/** `signalbox://spend` as a client reads it, with the report that stands in it. */
export async function printSpendResource(spend: SpendReportOutput, out: Output): Promise<void> {
  printLine(out);
  printLine(out, paint(out, "bold", "signalbox://spend"));
  await printSpend(spend, "day", out);
  printLine(out);
  printLine(out, paint(out, "bold", "signalbox://report"));
  await printReport(spend.report, out);
}

const MOST_SHOWN_CHARS = 110;

function shown(wanted: object): string {
  const text = JSON.stringify(wanted);
  return text.length > MOST_SHOWN_CHARS ? `${text.slice(0, MOST_SHOWN_CHARS)}…` : text;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
