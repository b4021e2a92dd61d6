import type { EvidenceRecordRow, Lessons } from "../../../core/learning.ts";
import { guaranteeOf, KEPT_REQUESTS, type StoredAnswer } from "../../common/lessons.ts";
import { foldEvents, withEvents, type EventRow, type StatisticsColumns } from "../write/lessons.ts";
import type { Database } from "../db/database.ts";

/** So many events are added up at each reading; more are counted into the statistics first. */
const MOST_EVENTS = 200;

interface LessonRows {
  readonly revision: number;
  readonly guarantee: string | null;
  readonly statistics: readonly StatisticsColumns[] | null;
  readonly events: readonly EventRow[] | null;
  readonly seen: readonly SeenRow[] | null;
  readonly evidence: readonly EvidenceRecordRow[] | null;
}

interface SeenRow {
  readonly answers: readonly StoredAnswer<string>[];
  readonly propensity: number;
  readonly outcome: boolean | null;
}

/** One statement, so that all of it is of one moment. */
const LESSONS = `
  SELECT r.revision, (SELECT guarantee FROM signalbox.guarantees WHERE principal = $1 AND task = $2) AS guarantee,
    (SELECT jsonb_agg(to_jsonb(s)) FROM signalbox.model_statistics s WHERE s.principal = $1 AND r.revision >= $3) AS statistics,
    (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.id) FROM signalbox.lesson_events e WHERE e.principal = $1 AND r.revision >= $3) AS events,
    (SELECT jsonb_agg(to_jsonb(x)) FROM (
      SELECT answers, propensity, outcome, row_number() OVER (PARTITION BY first_model ORDER BY id DESC) AS place
      FROM signalbox.seen_requests WHERE principal = $1 AND task = $2 AND r.revision >= $3
    ) AS x WHERE x.place <= $4) AS seen,
    (SELECT jsonb_agg(jsonb_build_object('basis', v.basis, 'models', v.models, 'times', v.times, 'right', v.right_times,
      'recentTimes', v.recent_times, 'recentRight', v.recent_right)) FROM signalbox.evidence_records v
      WHERE v.principal = $1 AND v.task = $2 AND r.revision >= $3) AS evidence
  FROM (SELECT coalesce(sum(revision), 0) AS revision FROM signalbox.task_revisions WHERE principal = $1 AND task = $2) AS r`;

/** What a principal's requests have taught about a task; `null` while the revision is below `from`. */
export async function readLessons(
  database: Database,
  principal: string | null,
  task: string,
  from: number,
  waitMs: number,
): Promise<Lessons | null> {
  const rows = await database.read(
    null,
    async ({ all }) => (await all<LessonRows>(LESSONS, [principal ?? "", task, from, KEPT_REQUESTS]))[0] ?? null,
    waitMs,
  );
  if (rows === null) return from > 0 ? null : NO_LESSONS;
  if (rows.revision < from) return null;
  const events = rows.events ?? [];
  if (events.length > MOST_EVENTS) await foldEvents(database, waitMs);
  return {
    revision: rows.revision,
    statistics: withEvents(rows.statistics ?? [], events),
    requests: (rows.seen ?? []).map(({ answers, propensity, outcome }) => ({
      answers: answers.map(([model, result, costNanoUsd, evidenceNanoUsd = 0]) => ({
        model,
        result,
        costNanoUsd,
        evidenceNanoUsd,
      })),
      propensity,
      outcome,
    })),
    evidence: rows.evidence ?? [],
    guaranteeHolds: guaranteeOf(rows.guarantee).holds,
  };
}

const NO_LESSONS: Lessons = { revision: 0, statistics: [], requests: [], evidence: [], guaranteeHolds: true };
