import { parseArgs } from "node:util";
import type { VerdictStatus } from "../src/core/verdict.ts";
import { isGood, judgeAll, type Judged } from "./answers/judge.ts";
import { loadAnswers } from "./answers/load.ts";
import { printTable } from "./print.ts";

/**
 * `npm run bench:truth -- --data DIR [--task T] [--set S] [--every N] [--list] [--json]`: verdicts on real, labelled answers
 * written by other people (see bench/answers/load.ts for the form). Per task: good answers failed, bad ones verified, what was caught.
 */
const { values } = parseArgs({
  options: {
    data: { type: "string" },
    task: { type: "string" },
    set: { type: "string" },
    /** Every Nth answer alone. */
    every: { type: "string", default: "1" },
    list: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    by: { type: "string", default: "task" },
  },
});
if (values.data === undefined) {
  console.error(
    "Usage: npm run bench:truth -- --data DIR [--task T] [--set S] [--every N] [--by set] [--list] [--json]",
  );
  process.exit(2);
}
const only = {
  ...(values.task === undefined ? {} : { task: values.task }),
  ...(values.set === undefined ? {} : { set: values.set }),
};
const answers = loadAnswers(values.data, only).filter(
  ({ task }, index) => task !== "auto" && index % Number(values.every) === 0,
);
const judged = await judgeAll(answers);
const groups = [...Map.groupBy(judged, ({ answer }) => (values.by === "set" ? answer.set : answer.task))];
if (values.json) {
  const rows = groups.map(([key, members]) => ({ key, ...figuresOf(members) }));
  console.log(JSON.stringify([...rows, { key: "all", ...figuresOf(judged) }], null, 1));
} else {
  const head = [
    "task",
    "good: verified / unchecked / failed",
    "bad: failed / unchecked / verified",
    "p50 ms",
    "p95 ms",
  ];
  printTable("Verdicts on labelled answers", [head, ...groups.map(([key, each]) => [key, ...rowOf(figuresOf(each))])]);
  const all = figuresOf(judged);
  const { good, bad } = all;
  const goods = good.verified + good.unchecked + good.failed;
  const bads = bad.verified + bad.unchecked + bad.failed;
  console.log(`falsely failed     ${percent(good.failed, goods)} of ${goods} good ones`);
  console.log(`falsely verified   ${percent(bad.verified, bads)} of ${bads} bad ones`);
  console.log(`good ones verified ${percent(good.verified, goods)}`);
  console.log(`bad ones failed    ${percent(bad.failed, bads)}`);
  const [hits, misses] = [good.verified / goods, bad.verified / bads];
  console.log(`"verified" right   ${percent(hits, hits + misses)}, good and bad evenly mixed`);
  console.log(`"verified" right   ${percent(good.verified, good.verified + bad.verified)}, as they come`);
  const unchecked = judged.filter(({ answer }) => answer.expected === "unverifiable");
  if (unchecked.length > 0) {
    const verified = unchecked.filter(({ verdict }) => verdict.status === "verified").length;
    console.log(`unverifiable       ${unchecked.length}, of which ${verified} verified`);
  }
}
if (values.list) {
  for (const { answer, verdict } of judged) {
    const wrong = isGood(answer) === true ? verdict.status === "failed" : verdict.status === "verified";
    if (wrong) console.log(`${answer.id} (${answer.expected}): ${verdict.status}: ${verdict.summary}`);
  }
}

interface Figures {
  readonly good: Record<VerdictStatus, number>;
  readonly bad: Record<VerdictStatus, number>;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

function figuresOf(members: readonly Judged[]): Figures {
  const count = (good: boolean): Record<VerdictStatus, number> => {
    const of = (status: VerdictStatus): number =>
      members.filter(({ answer, verdict }) => isGood(answer) === good && verdict.status === status).length;
    return { verified: of("verified"), unchecked: of("unchecked"), failed: of("failed") };
  };
  const times = members.map(({ ms }) => ms).sort((a, b) => a - b);
  const quantile = (q: number): number => times[Math.min(times.length - 1, Math.ceil(q * times.length) - 1)] ?? 0;
  return { good: count(true), bad: count(false), p50Ms: quantile(0.5), p95Ms: quantile(0.95) };
}

function rowOf({ good, bad, p50Ms, p95Ms }: Figures): string[] {
  return [
    `${good.verified} / ${good.unchecked} / ${good.failed}`,
    `${bad.failed} / ${bad.unchecked} / ${bad.verified}`,
    p50Ms.toFixed(1),
    p95Ms.toFixed(0),
  ];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)}%`;
}
