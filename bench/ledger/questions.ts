import Database from "better-sqlite3";
import { openLedger } from "../../src/ledger/ledger.ts";
import { quantile, timeEach } from "../stats.ts";
import { LIMITS, routeOnce } from "./route-once.ts";

/** How long something took, milliseconds. */
export interface Timed {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const OPEN_ALL = { since: null, until: null } as const;
const READS = 300;
const OPENINGS = 40;
const ROUTES = 2000;

/** All queries on a ledger in use, in the order of the table. */
export async function timeQuestions(path: string): Promise<ReadonlyMap<string, Timed>> {
  const ledger = openLedger({ path, storeText: false });
  const someIds = routeIds(path);
  let turn = 0;
  const questions: readonly (readonly [string, number, () => Promise<unknown>])[] = [
    ["open, and the first question", OPENINGS, () => openAndAsk(path)],
    ["`spend_report` by day", READS, () => ledger.spend({ ...OPEN_ALL, groupBy: "day" })],
    ["`spend_report` by model", READS, () => ledger.spend({ ...OPEN_ALL, groupBy: "model" })],
    ["`spend_report` by provider", READS, () => ledger.spend({ ...OPEN_ALL, groupBy: "provider" })],
    ["`spend_report` by task", READS, () => ledger.spend({ ...OPEN_ALL, groupBy: "task" })],
    ["`metrics`, all models", READS, () => ledger.metrics(null)],
    ["`metrics`, one model", READS, () => ledger.metrics("gpt-6-luna")],
    [
      "before a plan: health, and budgets of day, month, task, provider",
      READS,
      () => ledger.recent(LIMITS, Date.now()),
    ],
    ["reserve against five limits, and settle", ROUTES, () => routeOnce(ledger, `s${(turn += 1)}-${process.pid}`)],
    ["a receipt", READS, () => ledger.route(someIds[(turn += 1) % someIds.length] ?? "")],
    ["`report_outcome`", READS, () => ledger.recordOutcome(someIds[(turn += 1) % someIds.length] ?? "", true, null, 0)],
    ["completion of route ids", READS, () => ledger.recentRouteIds("r", 50)],
    ["completion of days", READS, () => ledger.recentDays("", 50)],
    ["`doctor`'s look at the ledger", OPENINGS, () => ledger.health(false)],
  ];
  const timed = new Map<string, Timed>();
  for (const [name, count, ask] of questions) {
    await timeEach(Math.ceil(count / 20), ask);
    const samplesMs = await timeEach(count, ask);
    timed.set(name, { p50Ms: quantile(samplesMs, 0.5), p99Ms: quantile(samplesMs, 0.99) });
  }
  ledger.close();
  return timed;
}

async function openAndAsk(path: string): Promise<void> {
  const ledger = openLedger({ path, storeText: false });
  await ledger.recent(LIMITS, Date.now());
  ledger.close();
}

/** Ids of receipts all over the file. */
function routeIds(path: string): readonly string[] {
  const db = new Database(path, { readonly: true });
  const last = Number(db.prepare("SELECT max(id) FROM requests").pluck().get());
  const read = db.prepare("SELECT route_id FROM requests WHERE id >= ? LIMIT 1").pluck();
  const ids = Array.from({ length: READS }, (_, index) => String(read.get(Math.floor((last * index) / READS))));
  db.close();
  return ids;
}

/** The same results computed from every row, without stored sums. */
const SCANS: readonly (readonly [question: string, sql: string])[] = [
  ["`spend_report` by day", "SELECT day, count(DISTINCT request), sum(cost_nano_usd) FROM attempts GROUP BY day"],
  ["`spend_report` by model", "SELECT model, count(DISTINCT request), sum(cost_nano_usd) FROM attempts GROUP BY model"],
  [
    "`metrics`, all models",
    "SELECT model, count(*), sum(outcome), sum(cost_nano_usd), sum(input_tokens), sum(output_tokens) FROM attempts GROUP BY model",
  ],
  [
    "before a plan: health, and budgets of day, month, task, provider",
    "SELECT sum(cost_nano_usd) FILTER (WHERE day = 1), sum(cost_nano_usd) FILTER (WHERE provider = 1) FROM attempts WHERE day > 1",
  ],
  ["`doctor`'s look at the ledger", "PRAGMA quick_check"],
];

export async function timeScans(path: string): Promise<ReadonlyMap<string, Timed>> {
  const db = new Database(path, { readonly: true });
  const timed = new Map<string, Timed>();
  for (const [question, sql] of SCANS) {
    const statement = db.prepare(sql);
    const samplesMs = await timeEach(3, async () => statement.all());
    timed.set(question, { p50Ms: quantile(samplesMs, 0.5), p99Ms: quantile(samplesMs, 0.99) });
  }
  db.close();
  return timed;
}
