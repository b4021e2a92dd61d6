import type { CheckResult } from "../../../checks/kit/check-result.ts";
import type { Verdict } from "../../../core/verdict.ts";
import type { StatisticsRow } from "../../../core/learning.ts";
import { countWord, NO_COUNTS, type EvidenceCounts } from "../../../planner/evidence-record.ts";
import { observeGuarantee } from "../../../planner/guarantee.ts";
import { statisticsFromRow, statisticsToRow } from "../../../planner/statistics-rows.ts";
import {
  type AttemptObservation,
  emptyStatistics,
  type ModelStatistics,
  observe,
  observeOutcome,
  withdrawOutcome,
} from "../../../planner/statistics.ts";
import { allowedWrong, guaranteeOf, NEWS_SHARE } from "../../common/lessons.ts";
import { wholeMs } from "../../units.ts";
import type { Database, Queries } from "../db/database.ts";
import { plainText } from "../db/plain-json.ts";

/** Something that statistics learn from, not yet counted in them. */
export type LessonEvent =
  | { readonly type: "attempt"; readonly observation: AttemptObservation }
  /** What a caller said of an answer; `withdrawn`: it had said so before, and takes it back. */
  | { readonly type: "outcome" | "withdrawn"; readonly success: boolean };

interface KeyColumns {
  readonly principal: string;
  readonly task: string;
  readonly model: string;
  readonly basis: string;
}
export type EventRow = KeyColumns & { readonly event: LessonEvent };
export type StatisticsColumns = KeyColumns & { readonly version: number; readonly figures: string };

/** The statistics with the events counted in, as the planner reads them. */
export function withEvents(
  stored: readonly StatisticsColumns[],
  events: readonly EventRow[],
): readonly StatisticsRow[] {
  const rows = new Map(stored.map((row) => [keyText(row), statisticsRow(row)]));
  const changed = new Map<string, ModelStatistics>();
  for (const event of events) {
    const key = keyText(event);
    const row = rows.get(key);
    const before =
      changed.get(key) ?? (row === undefined ? null : statisticsFromRow(row)) ?? emptyStatistics(namedKey(event));
    changed.set(key, after(before, event.event));
  }
  for (const [key, statistics] of changed) rows.set(key, statisticsToRow(statistics));
  return [...rows.values()];
}

function after(before: ModelStatistics, event: LessonEvent): ModelStatistics {
  switch (event.type) {
    case "attempt":
      return observe(before, event.observation);
    case "outcome":
      return observeOutcome(before, event.success);
    case "withdrawn":
      return withdrawOutcome(before, event.success);
  }
}

function keyText({ principal, task, model, basis }: KeyColumns): string {
  return JSON.stringify([principal, task, model, basis]);
}

function namedKey({ principal, task, model, basis }: KeyColumns): ModelStatistics["key"] {
  const found = (basis === "" ? null : basis) as Verdict["basis"];
  return { principal: principal === "" ? null : principal, task, model, basis: found };
}

function statisticsRow(row: StatisticsColumns): StatisticsRow {
  return { ...namedKey(row), version: row.version, figures: row.figures };
}

/** The lock of a process that folds events in. Any number, but always the same. */
const FOLD_LOCK = 7712;
/** So many at a time. */
const MOST_FOLDED = 2000;

/** Counts the oldest events into the stored statistics, unless another process is doing that. Answers how many they were. */
export async function foldEvents(database: Database, waitMs: number): Promise<number> {
  return database.write(async ({ all }) => {
    const [lock] = await all<{ free: boolean }>(
      "SELECT pg_try_advisory_xact_lock($1, hashtext('signalbox.lesson_events')) AS free",
      [FOLD_LOCK],
    );
    if (lock?.free !== true) return 0;
    const events = await all<EventRow & { id: number }>(
      "SELECT id, principal, task, model, basis, event FROM signalbox.lesson_events ORDER BY id LIMIT $1",
      [MOST_FOLDED],
    );
    const keys = new Map(events.map((event) => [keyText(event), event]));
    const lists = [...keys.values()];
    const stored = await all<StatisticsColumns>(
      `SELECT s.* FROM signalbox.model_statistics s JOIN unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS k (p, t, m, b)
       ON s.principal = k.p AND s.task = k.t AND s.model = k.m AND s.basis = k.b`,
      [lists.map((k) => k.principal), lists.map((k) => k.task), lists.map((k) => k.model), lists.map((k) => k.basis)],
    );
    for (const row of withEvents(stored, events)) {
      await all(
        `INSERT INTO signalbox.model_statistics (principal, task, model, basis, version, figures) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (principal, task, model, basis) DO UPDATE SET version = excluded.version, figures = excluded.figures`,
        [row.principal ?? "", row.task, row.model, row.basis ?? "", row.version, row.figures],
      );
    }
    await all("DELETE FROM signalbox.lesson_events WHERE id = ANY ($1::bigint[])", [events.map(({ id }) => id)]);
    return events.length;
  }, waitMs);
}

interface JudgedRequest {
  readonly id: number;
  readonly principal: string | null;
  readonly task: string;
  readonly min_quality: number;
  readonly success: boolean | null;
  readonly outcome: string | null;
  readonly model: string | null;
  readonly basis: string | null;
  readonly checks: readonly CheckResult[] | null;
}

/** Stores what the caller says about an answer later; the last word counts. False when the route is unknown. */
export async function recordOutcome(
  database: Database,
  routeId: string,
  success: boolean,
  note: string | null,
  nowMs: number,
  waitMs: number,
): Promise<boolean> {
  return database.write(async (queries) => {
    const { all } = queries;
    await all("SELECT signalbox.lock_route($1)", [routeId]);
    const [judged] = await all<JudgedRequest>(
      `SELECT r.id, r.principal, r.task, r.min_quality, r.success, a.outcome, a.model, a.basis,
         a.record->'verdict'->'checks' AS checks FROM signalbox.requests r
       LEFT JOIN signalbox.attempts a ON a.request = r.id AND a.attempt_id = r.answer_attempt WHERE r.route_id = $1`,
      [routeId],
    );
    if (judged === undefined) return false;
    await learnOutcome(queries, judged, routeId, success);
    const said = note === null ? null : plainText(note);
    await all("SELECT signalbox.store_outcome($1, $2, $3, $4)", [judged.id, success, said, wholeMs(nowMs)]);
    return true;
  }, waitMs);
}

/** Only of answers that were accepted: what a caller says of a rejected one is no word on the check. */
async function learnOutcome(queries: Queries, judged: JudgedRequest, routeId: string, success: boolean): Promise<void> {
  const { all } = queries;
  const { task, model, success: earlier } = judged;
  if (model === null || judged.outcome !== "accepted" || earlier === success) return;
  const principal = judged.principal ?? "";
  const events: readonly LessonEvent[] = [
    ...(earlier === null ? [] : [{ type: "withdrawn", success: earlier } as const]),
    { type: "outcome", success },
  ];
  for (const event of events) {
    await all(
      "INSERT INTO signalbox.lesson_events (principal, task, model, basis, event) VALUES ($1, $2, $3, $4, $5)",
      [principal, task, model, judged.basis ?? "", JSON.stringify(event)],
    );
  }
  for (const { bought } of judged.checks ?? []) {
    if (bought !== undefined) await countEvidence(queries, principal, task, bought, success, earlier);
  }
  await all("INSERT INTO signalbox.guarantees VALUES ($1, $2, '{}') ON CONFLICT DO NOTHING", [principal, task]);
  const [row] = await all<{ guarantee: string }>(
    "SELECT guarantee FROM signalbox.guarantees WHERE principal = $1 AND task = $2 FOR UPDATE",
    [principal, task],
  );
  const guarantee = observeGuarantee(guaranteeOf(row?.guarantee ?? null), !success, allowedWrong(judged.min_quality));
  await all("UPDATE signalbox.guarantees SET guarantee = $3 WHERE principal = $1 AND task = $2", [
    principal,
    task,
    JSON.stringify(guarantee),
  ]);
  await all(
    `SELECT signalbox.count_lesson($1, $2, (1 + coalesce(sum(revision), 0)::bigint / ${NEWS_SHARE})::bigint)
     FROM signalbox.task_revisions WHERE principal = $1 AND task = $2`,
    [principal, task],
  );
  await all("UPDATE signalbox.seen_requests SET outcome = $2 WHERE route_id = $1", [routeId, success]);
}

/** Counts a caller's word on an answer that bought evidence has spoken for. */
async function countEvidence(
  { all }: Queries,
  principal: string,
  task: string,
  { basis, models }: NonNullable<CheckResult["bought"]>,
  isRight: boolean,
  earlier: boolean | null,
): Promise<void> {
  const place = [principal, task, basis, JSON.stringify(models)];
  await all("SELECT pg_advisory_xact_lock(hashtextextended('signalbox.' || $1, 7713))", [JSON.stringify(place)]);
  const [before] = await all<EvidenceCounts>(
    `SELECT times, right_times AS "right", recent_times AS "recentTimes", recent_right AS "recentRight"
     FROM signalbox.evidence_records WHERE principal = $1 AND task = $2 AND basis = $3 AND models = $4`,
    place,
  );
  // The word that is taken back was counted for other evidence.
  const counts = countWord(before ?? NO_COUNTS, isRight, before === undefined ? null : earlier);
  await all(
    `INSERT INTO signalbox.evidence_records VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (principal, task, basis, models) DO UPDATE SET times = excluded.times, right_times = excluded.right_times,
       recent_times = excluded.recent_times, recent_right = excluded.recent_right`,
    [...place, counts.times, counts.right, counts.recentTimes, counts.recentRight],
  );
}
