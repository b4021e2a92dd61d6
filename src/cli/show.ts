import type { Receipt, ReceiptAttempt } from "../core/contract-resources.ts";
import { legibleLine } from "../core/legible.ts";
import { quoteOwnLines } from "../core/own-line.ts";
import { JSON_FLAG } from "./ask.ts";
import type { Command, Output, World } from "./command.ts";
import { present, routeIdOf, withService } from "./opened.ts";
import { paint, printCount, printLine, printMs, printUsd, screenWidth, wrapped } from "./print.ts";
import { repairLines } from "./repair-diff.ts";
import { savingOf, withoutName } from "./receipt.ts";

export interface ShowFlags {
  readonly why?: boolean;
  readonly json?: boolean;
}

/** `signalbox show <id|last>`: one request in full. */
export const show: Command<ShowFlags> = {
  argument: { name: "<id>", about: 'a request, as `signalbox receipts` lists it; "last": the latest one' },
  flags: [{ flags: "--why", about: "also why each model was not asked, and what each check found" }, JSON_FLAG],
  examples: ["show last", "show last --why"],
  async run(flags, world, word = "last") {
    return withService(world, async (service) => {
      const receipt = await service.receipt(await routeIdOf(word, service));
      return present(receipt, flags.json, world, async (found) => printReceipt(found, flags.why === true, world));
    });
  },
};

function printReceipt(receipt: Receipt, why: boolean, { out }: World): void {
  const lines = [
    `${receipt.task} · ${paint(out, lookOf(receipt), receipt.status)} · ${printUsd(receipt.cost_usd)}${inTime(receipt)}`,
    paint(out, "dim", `${receipt.started_at}  ${receipt.route_id}`),
    ...(receipt.prompt.text === undefined ? [] : ["", quoteOwnLines(receipt.prompt.text)]),
    "",
    ...attemptsOf(receipt).flatMap(([attempt, repaired], index) => attemptLines(attempt, repaired, index, why, out)),
    ...(receipt.attempts.length === 0 ? ["no model was asked"] : []),
    "",
    ...figures(receipt),
    ...receipt.notes.map((note) => `note: ${legibleLine(note)}`),
    ...(why ? planLines(receipt, screenWidth(out)) : [`why? signalbox show --why ${receipt.route_id}`]),
  ];
  for (const line of lines) printLine(out, line);
}

function lookOf({ status }: Receipt): "green" | "red" | "yellow" {
  return status === "accepted" ? "green" : status === "running" ? "yellow" : "red";
}

function inTime({ latency_ms: latencyMs, deadline_ms: deadlineMs }: Receipt): string {
  return latencyMs === null ? "" : ` · ${printMs(latencyMs)} of ${printMs(deadlineMs)}`;
}

/** Each attempt with the answer that it repaired, where texts are stored; `null`: it repaired none. */
function attemptsOf({ attempts }: Receipt): readonly (readonly [attempt: ReceiptAttempt, repaired: string | null])[] {
  return attempts.map((attempt, index) => {
    const before = attempts
      .slice(0, index)
      .findLast(({ outcome, text }) => outcome === "rejected" && text !== undefined);
    return [attempt, attempt.role === "repair" ? (before?.text ?? null) : null];
  });
}

function attemptLines(
  attempt: ReceiptAttempt,
  repaired: string | null,
  index: number,
  why: boolean,
  out: Output,
): readonly string[] {
  const { model, role, outcome, error_kind: kind, verdict } = attempt;
  const mark = outcome === "accepted" ? paint(out, "green", "✓") : paint(out, "red", "✗");
  const what = kind === undefined ? outcome : `${outcome}: ${kind}`;
  const asRole = role === "answer" ? "" : ` (${role})`;
  const tokens = attempt.usage.output_tokens === null ? "" : ` · ${attempt.usage.output_tokens} tokens out`;
  return [
    `${mark} ${index + 1} ${model}${asRole}  ${what} · ${printUsd(attempt.cost_usd)} · ${printMs(attempt.latency_ms)}${tokens}${attempt.returned ? " · returned" : ""}`,
    ...(verdict === null ? [] : [`    ${verdict.status}: ${legibleLine(verdict.summary)}`]),
    ...(verdict === null
      ? []
      : verdict.checks
          .filter(({ passed }) => why || passed !== true)
          .map(
            ({ name, passed, detail }) =>
              `    ${passedWord(passed)} ${name}: ${legibleLine(withoutName(detail, name))}`,
          )),
    ...(repaired === null || attempt.text === undefined
      ? []
      : repairLines(repaired, attempt.text, out).map((line) => `    ${line}`)),
    ...(why && attempt.text !== undefined ? [quoteOwnLines(attempt.text).replaceAll(/^/gmu, "    | ")] : []),
  ];
}

function passedWord(passed: boolean | null): string {
  return passed === null ? "not made" : passed ? "passed" : "failed";
}

function figures({
  baseline,
  budget_usd: budgetUsd,
  cost_usd: costUsd,
  reported_outcome: outcome,
  answered_from: answeredFrom,
  files = [],
  written = [],
}: Receipt): readonly string[] {
  return [
    ...(answeredFrom === undefined ? [] : [`the answer of ${answeredFrom}, given again`]),
    ...files.map((file) => `sent ${fileLine(file)}`),
    ...written.map((file) => `wrote ${fileLine(file)}`),
    ...(budgetUsd === null
      ? []
      : [`budget ${printUsd(budgetUsd)}, ${printUsd(Math.max(0, budgetUsd - costUsd))} left`]),
    ...(baseline === null
      ? []
      : [`${baseline.model} alone ${printUsd(baseline.cost_usd)}, ${savingOf(baseline.saved_usd)}`]),
    ...(outcome === null
      ? []
      : [
          `reported ${outcome.success ? "right" : "wrong"}${outcome.note === null ? "" : `: ${legibleLine(outcome.note)}`}`,
        ]),
  ];
}

function fileLine({ path, lines, bytes }: NonNullable<Receipt["files"]>[number]): string {
  return `${legibleLine(path)}${lines === undefined ? "" : ` lines ${lines}`}: ${printCount(bytes)} bytes`;
}

function planLines({ plan, plan_probability: probability }: Receipt, width: number): readonly string[] {
  return [
    "",
    `order: ${plan.order.join(" → ") || "none"}${probability === undefined ? "" : ` (taken with probability ${probability})`}`,
    ...[...Map.groupBy(plan.rejected, ({ reason }) => reason)].flatMap(([reason, rejected]) =>
      wrapped(`not asked, ${legibleLine(reason)}: ${rejected.map(({ model }) => model).join(", ")}`, width),
    ),
  ];
}
