import type { ReportOut } from "../core/contract-reports.ts";
import { given, JSON_FLAG } from "./ask.ts";
import type { Command, Output } from "./command.ts";
import { present, withService } from "./opened.ts";
import { paint, printCount, printLine, printMs, printShare, renderTable, WIDE_FLAG, type Column } from "./print.ts";
import { dayOfWord } from "./quantities.ts";

export interface ReportFlags {
  readonly since?: string;
  readonly until?: string;
  readonly wide?: boolean;
  readonly json?: boolean;
}

const USUAL_SINCE = "7d";
const MARKS = {
  met: { sign: "✓", look: "green" },
  missed: { sign: "✗", look: "red" },
  open: { sign: "·", look: "yellow" },
} as const;

/** `signalbox report`: what Signalbox promises, and what was kept of it. */
export const report: Command<ReportFlags> = {
  flags: [
    { flags: "--since <day>", about: `first day, UTC: 2026-11-30, yesterday, 30d (default ${USUAL_SINCE})` },
    { flags: "--until <day>", about: "last day, likewise" },
    WIDE_FLAG,
    JSON_FLAG,
  ],
  examples: ["report", "report --since 30d"],
  async run(flags, world) {
    const day = (word: string): string => dayOfWord(word, world.nowMs());
    const since = day(flags.since ?? USUAL_SINCE);
    const until = flags.until === undefined ? undefined : day(flags.until);
    return withService(world, async (service) => {
      const spend = await service.spendReport({ since, ...given("until", until), group_by: "task" });
      const found = spend.ok
        ? { ok: true as const, value: { since, ...given("until", until), ...spend.value.report } }
        : spend;
      return present(found, flags.json, world, async (value) => {
        const complete = value.complete ? "" : " (the latest 20,000 requests)";
        printLine(world.out, `${printCount(value.requests)} requests since ${since}${complete}`);
        await printReport(value, world.out, flags.wide);
      });
    });
  },
};

/** The promises as a table, and the models that were asked first for each task. */
export async function printReport(found: ReportOut, out: Output, wide = false): Promise<void> {
  const { right_model: right, saved_requests: saved, cost, latency, success } = found;
  const rows = [
    row(out, "right model", right, `the model asked first gave the answer`),
    row(
      out,
      "saved requests",
      saved,
      `${printCount(saved.in_need)} in need: ${printCount(saved.by_fallback)} saved by a fallback, ${printCount(saved.by_repair)} by a repair`,
    ),
    row(out, "cost", cost, `less than the baseline model alone, ${cost.by}`),
    row(out, "latency", latency, `within ${printMs(latency.target_ms)}; ${quantiles(latency)}`),
    row(
      out,
      "success",
      success,
      `${printCount(success.failed)} failed; apart: ${printCount(success.refused)} refused, ${printCount(success.cancelled)} cancelled`,
    ),
  ];
  printLine(out, await renderTable(out, FIGURES, rows, wide));
  if (right.by_task.length === 0) return;
  printLine(out);
  const cells = right.by_task.map((each) => [
    each.task,
    each.model,
    printCount(each.asked_first),
    printCount(each.answered),
    printCount(each.verified),
    printShare(each.share),
  ]);
  printLine(out, await renderTable(out, BY_TASK, cells, wide));
}

const FIGURES: readonly Column[] = [
  { head: "promise" },
  { head: "kept", align: "right" },
  { head: "target", align: "right" },
  { head: "mark" },
  { head: "how" },
];

const BY_TASK: readonly Column[] = [
  { head: "task" },
  { head: "asked first" },
  { head: "requests", align: "right" },
  { head: "answered", align: "right" },
  { head: "verified", align: "right" },
  { head: "share", align: "right" },
];

function row(
  out: Output,
  name: string,
  { mark, share, target_share: target }: Pick<ReportOut["success"], "mark" | "share" | "target_share">,
  how: string,
): readonly string[] {
  const { sign, look } = MARKS[mark];
  return [name, printShare(share), printShare(target), paint(out, look, `${sign} ${mark}`), how];
}

function quantiles({ p50_ms: p50, p95_ms: p95, p99_ms: p99 }: ReportOut["latency"]): string {
  if (p50 === null || p95 === null || p99 === null) return "no request";
  return `half ${printMs(p50)}, 95% ${printMs(p95)}, 99% ${printMs(p99)}`;
}
