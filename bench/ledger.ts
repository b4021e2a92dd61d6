import { mkdtempSync, rmSync, statfsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeBase } from "./ledger/base.ts";
import { checkSums, growthTable } from "./ledger/growth.ts";
import { multiply } from "./ledger/multiply.ts";
import { prunePart } from "./ledger/pruning.ts";
import { timeQuestions, timeScans, type Timed } from "./ledger/questions.ts";
import { printMarkdown } from "./print.ts";
import { ms } from "./stats.ts";

/** `npm run bench:ledger [attempts]`: a ledger of 10 million attempts, made of real requests, over 1,000 days. */
const ATTEMPTS = Number(process.argv[2] ?? 10_000_000);
const SMALL_ATTEMPTS = Math.min(ATTEMPTS, 1_000_000);
const BASE_REQUESTS = 240;
const DAYS = 1000;
const DAYS_PRUNED = 50;
/** With room for what is written while it is measured. */
const BYTES_PER_ATTEMPT = 450;

if (!Number.isSafeInteger(ATTEMPTS) || ATTEMPTS < 1000)
  throw new Error("usage: npm run bench:ledger [attempts, 1000 or more]");
const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
try {
  const { bavail, bsize } = statfsSync(folder);
  const neededBytes = (ATTEMPTS + SMALL_ATTEMPTS) * BYTES_PER_ATTEMPT;
  if (bavail * bsize < neededBytes)
    throw new Error(`${folder} has ${bavail * bsize} bytes left, this needs about ${neededBytes}`);
  const say = (text: string): void => console.error(`${(performance.now() / 1000).toFixed(0)} s: ${text}`);

  say(`routing ${BASE_REQUESTS} requests`);
  const basePath = join(folder, "base.sqlite");
  await makeBase(basePath, BASE_REQUESTS);
  say(`making ledgers of ${SMALL_ATTEMPTS} and ${ATTEMPTS} attempts`);
  const small = multiply(basePath, join(folder, "small.sqlite"), SMALL_ATTEMPTS, DAYS);
  checkSums(small.path);
  const large = multiply(basePath, join(folder, "large.sqlite"), ATTEMPTS, DAYS);
  say("asking");
  const growth = growthTable(small.path, basePath);
  const scans = await timeScans(small.path);
  const atSmall = await timeQuestions(small.path);
  const atLarge = await timeQuestions(large.path);
  say(`pruning ${DAYS_PRUNED} days`);
  const pruned = await prunePart(large.path, DAYS, DAYS_PRUNED);

  const cell = (timed: Timed | undefined, which: keyof Timed): string => (timed === undefined ? "" : ms(timed[which]));
  const millions = (count: number): string => `${(count / 1e6).toFixed(count < 1e6 ? 2 : 0)} M`;
  printMarkdown(
    `${large.attempts} attempts of ${large.requests} requests over ${DAYS} days, ${(statSync(large.path).size / 1e9).toFixed(2)} GB`,
    [
      [
        "",
        `${millions(large.attempts)} p50`,
        "p99",
        `${millions(small.attempts)} p50`,
        "p99",
        `${millions(small.attempts)} by a full scan`,
      ],
      ...[...atLarge].map(([question, timed]) => [
        question,
        cell(timed, "p50Ms"),
        cell(timed, "p99Ms"),
        cell(atSmall.get(question), "p50Ms"),
        cell(atSmall.get(question), "p99Ms"),
        cell(scans.get(question), "p50Ms"),
      ]),
    ],
  );
  printMarkdown("Growth", growth);
  printMarkdown("Pruning", pruned);
} finally {
  rmSync(folder, { recursive: true });
}
