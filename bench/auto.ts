import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { pickTask } from "../src/catalog/auto.ts";
import { GENERAL_TASK, TASKS } from "../src/catalog/tasks.ts";
import { printTable } from "./print.ts";

/**
 * `npm run bench:auto -- --data FILE [--list]`: what `task: "auto"` picks for real prompts. FILE holds a JSON object a line:
 * `{id, prompt}` with either `want` (the tasks that are right, with `|` between them), or `picked` and `right`: one pick and
 * whether a reader found it right.
 */
const { values } = parseArgs({
  options: { data: { type: "string" }, list: { type: "boolean", default: false } },
});
if (values.data === undefined) {
  console.error("Usage: npm run bench:auto -- --data FILE [--list]");
  process.exit(2);
}

interface Row {
  readonly id: string;
  readonly task?: string;
  readonly prompt: string;
  readonly want?: string;
  readonly picked?: string;
  readonly right?: boolean | null;
}
type Judgement = "right" | "wrong" | "not labelled" | "given up" | "general";

const bytes = readFileSync(values.data);
const rows = (values.data.endsWith(".gz") ? gunzipSync(bytes) : bytes)
  .toString()
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => JSON.parse(line) as Row)
  .filter(({ picked, want }) => picked !== undefined || want !== undefined);
const tasks = new Map(TASKS.map((task) => [task.id, task]));
const judged = rows.map((row) => {
  const { task, why } = pickTask(row.prompt, tasks);
  return { row, pick: task.id, why, judgement: judge(row, task.id) };
});

function judge({ want, picked, right }: Row, pick: string): Judgement {
  if (want !== undefined) return want.split("|").includes(pick) ? "right" : "wrong";
  if (pick === picked && right != null) return right ? "right" : "wrong";
  if (pick !== GENERAL_TASK) return "not labelled";
  return right === true ? "given up" : "general";
}

const count = (judgement: Judgement, pick?: string): number =>
  judged.filter((each) => each.judgement === judgement && (pick ?? each.pick) === each.pick).length;
const columns: readonly Judgement[] = ["right", "wrong", "not labelled"];
const picks = [...new Set(judged.map(({ pick }) => pick))].sort();
printTable("Picks of auto", [
  ["pick", ...columns],
  ...picks.map((pick) => [pick, ...columns.map((judgement) => String(count(judgement, pick)))]),
]);
const rights = count("right");
console.log(`right              ${rights} of ${rights + count("wrong")} labelled picks`);
console.log(`given up           ${count("given up")} right picks that are general now`);
console.log(`not labelled       ${count("not labelled")} picks that no reader has judged`);
if (values.list) {
  for (const { row, pick, why, judgement } of judged) {
    if (judgement === "right" || judgement === "general") continue;
    console.log(
      `\n${judgement}: ${row.id}: ${pick}, not ${row.want ?? row.picked}; ${why}\n  ${row.prompt.slice(0, 300).replace(/\s+/g, " ")}`,
    );
  }
}
