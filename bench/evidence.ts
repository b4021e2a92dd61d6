import { parseArgs } from "node:util";
import { wilsonLower } from "../src/planner/wilson.ts";
import type { RunLanguage } from "../src/checks/code/values/value.ts";
import { answersByPrompt } from "./evidence/answers.ts";
import { generatedCalls } from "../src/checks/code/agreement/generated-calls.ts";
import { agree, languageOf, plainExamples, runCalls, type CallResult } from "../src/checks/code/agreement/run-calls.ts";
import { holds } from "./evidence/holds.ts";
import { printTable } from "./print.ts";

/**
 * `npm run bench:evidence -- --data DIR [--set S] [--every N] [--json]`: what agreement by execution is worth. The answers of several models
 * to one prompt are run on the same inputs, which are made by changing the prompt's examples. By pair: how often they agree, and how often the
 * first one is then right, as hidden tests say. (bench/answers/load.ts has the form of the answers.)
 */
const { values } = parseArgs({
  options: {
    data: { type: "string" },
    set: { type: "string" },
    every: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
if (values.data === undefined || !(Number(values.every) >= 1)) {
  console.error("Usage: npm run bench:evidence -- --data DIR [--set S] [--every N] [--json]");
  process.exit(2);
}

const MOST_INPUTS = 60;

interface Ran {
  readonly model: string;
  readonly right: boolean;
  readonly results: readonly CallResult[] | null;
  readonly passesExamples: boolean;
}

interface PairTally {
  readonly set: string;
  readonly pair: string;
  prompts: number;
  agreed: number;
  rightAgreed: number;
  rightFirst: number;
  rightSecond: number;
  exampled: number;
  rightExampled: number;
  both: number;
  rightBoth: number;
}

const tallies = new Map<string, PairTally>();
let left = 0;
const prompts = answersByPrompt(values.data, values.set).filter((_, index) => index % Number(values.every) === 0);
for (const [index, { set, prompt, answers }] of prompts.entries()) {
  if (process.stderr.isTTY) process.stderr.write(`\r${index} of ${prompts.length} `);
  const language = languageOf(answers.map(({ text }) => text));
  const examples = await plainExamples(prompt, language);
  if (examples.length === 0) {
    left += 1;
    continue;
  }
  const calls = generatedCalls(
    examples.map(({ call }) => call),
    index + 1,
    MOST_INPUTS,
  );
  const ran: Ran[] = [];
  for (const { model, text, right } of answers) {
    const results = await runCalls(prompt, text, calls, language);
    ran.push({ model, right, results, passesExamples: results !== null && holds(results, examples, language) });
  }
  for (const [a, first] of ran.entries()) for (const second of ran.slice(a + 1)) count(set, first, second, language);
}

function count(set: string, one: Ran, other: Ran, language: RunLanguage): void {
  const [first, second] = one.model < other.model ? [one, other] : [other, one];
  const pair = `${first.model} + ${second.model}`;
  const none = { prompts: 0, agreed: 0, rightAgreed: 0, rightFirst: 0, rightSecond: 0 };
  const tally = tallies.get(`${set} ${pair}`) ?? {
    set,
    pair,
    ...none,
    exampled: 0,
    rightExampled: 0,
    both: 0,
    rightBoth: 0,
  };
  tallies.set(`${set} ${pair}`, tally);
  const isAgreed = first.results !== null && second.results !== null && agree(first.results, second.results, language);
  const right = first.right ? 1 : 0;
  tally.prompts += 1;
  tally.rightFirst += right;
  tally.rightSecond += second.right ? 1 : 0;
  if (isAgreed) {
    tally.agreed += 1;
    tally.rightAgreed += right;
  }
  if (first.passesExamples) {
    tally.exampled += 1;
    tally.rightExampled += right;
    if (isAgreed) {
      tally.both += 1;
      tally.rightBoth += right;
    }
  }
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : Number((part / whole).toFixed(4)));
const rows = [...tallies.values()]
  .sort((a, b) => b.prompts - a.prompts)
  .map((tally) => ({
    set: tally.set,
    pair: tally.pair,
    prompts: tally.prompts,
    right_first: share(tally.rightFirst, tally.prompts),
    right_second: share(tally.rightSecond, tally.prompts),
    coverage: share(tally.agreed, tally.prompts),
    precision: share(tally.rightAgreed, tally.agreed),
    precision_low: Number(wilsonLower(tally.rightAgreed, tally.agreed).toFixed(4)),
    precision_examples: share(tally.rightExampled, tally.exampled),
    precision_examples_and_agreement: share(tally.rightBoth, tally.both),
  }));
if (values.json) console.log(JSON.stringify(rows, null, 1));
else {
  const figure = (value: number | null): string => (value === null ? "-" : value.toFixed(2));
  const head = [
    "pair",
    "prompts",
    "first right",
    "second",
    "agree",
    "then right",
    "at least",
    "examples",
    "with agreement",
  ];
  for (const [set, ofSet] of Map.groupBy(rows, (row) => row.set)) {
    printTable(set, [
      head,
      ...ofSet.map((row) => [
        row.pair,
        String(row.prompts),
        figure(row.right_first),
        figure(row.right_second),
        figure(row.coverage),
        figure(row.precision),
        figure(row.precision_low),
        figure(row.precision_examples),
        figure(row.precision_examples_and_agreement),
      ]),
    ]);
  }
  console.log(`${left} of ${prompts.length} prompts show no example that can be called`);
}
