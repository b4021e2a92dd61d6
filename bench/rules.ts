import { parseArgs } from "node:util";
import { isGood, judgeAll } from "./answers/judge.ts";
import { loadAnswers } from "./answers/load.ts";
import { printTable } from "./print.ts";

/**
 * `npm run bench:rules -- --data DIR [--task T] [--set S] [--list RULE]`: whether each rule is worth keeping. Per rule: on how many good
 * and bad answers it fired, and which of them it decided alone (no other fact was found). A rule of facts has to be right at least
 * 99 of 100 times.
 */
const { values } = parseArgs({
  options: {
    data: { type: "string" },
    task: { type: "string" },
    set: { type: "string" },
    list: { type: "string" },
  },
});
if (values.data === undefined) {
  console.error("Usage: npm run bench:rules -- --data DIR [--task T] [--set S] [--list RULE]");
  process.exit(2);
}
const only = {
  ...(values.task === undefined ? {} : { task: values.task }),
  ...(values.set === undefined ? {} : { set: values.set }),
};
const judged = await judgeAll(loadAnswers(values.data, only).filter(({ task }) => task !== "auto"));

interface Tally {
  readonly certainty: string;
  readonly fired: { good: number; bad: number };
  readonly alone: { good: number; bad: number };
}

const tallies = new Map<string, Tally>();
for (const { answer, verdict } of judged) {
  const good = isGood(answer);
  if (good === null) continue;
  const side = good ? "good" : "bad";
  const findings = verdict.checks.flatMap((check) => check.findings);
  const facts = new Set(findings.filter(({ certainty }) => certainty === "fact").map(({ rule }) => rule));
  const seen = new Map(findings.map(({ rule, certainty }) => [`${rule} ${certainty}`, { rule, certainty }]));
  for (const [key, { rule, certainty }] of seen) {
    const tally = tallies.get(key) ?? { certainty, fired: { good: 0, bad: 0 }, alone: { good: 0, bad: 0 } };
    tallies.set(key, tally);
    tally.fired[side] += 1;
    if (certainty === "fact" && facts.size === 1 && facts.has(rule)) tally.alone[side] += 1;
    if (values.list === rule) {
      const message = findings.find((finding) => finding.rule === rule)?.message;
      console.log(`${answer.id} (${answer.expected}) ${certainty}: ${message}`);
    }
  }
}
const head = ["rule", "certainty", "fired on bad", "on good", "decided bad alone", "good alone", "right"];
const rows = [...tallies]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([key, { certainty, fired, alone }]) => [
    key.slice(0, key.lastIndexOf(" ")),
    certainty,
    String(fired.bad),
    String(fired.good),
    certainty === "fact" ? String(alone.bad) : "-",
    certainty === "fact" ? String(alone.good) : "-",
    `${((100 * fired.bad) / (fired.bad + fired.good)).toFixed(0)}%`,
  ]);
printTable(`What each rule found in ${judged.length} labelled answers`, [head, ...rows]);
