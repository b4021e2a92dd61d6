import type { Basis } from "../../../checks/kit/check-result.ts";
import type { ModelId } from "../../../core/model.ts";
import type { EvidenceCounts } from "../../../planner/evidence-record.ts";
import type { EvidenceRecordRow, Lessons, SeenRequest, StatisticsRow } from "../../../core/learning.ts";
import type { Connection } from "../db/connection.ts";
import { NO_NAME } from "../db/interned-names.ts";
import { guaranteeOf, type StoredAnswer } from "../../common/lessons.ts";
import { OWNER } from "../write/lessons.ts";
import { dayNumberOf } from "../../units.ts";

/** What a principal's requests have taught about a task; `null` while the revision is below `from`. */
export function readLessons(connection: Connection, by: string | null, task: string, from: number): Lessons | null {
  const { names } = connection;
  const [principal, id] = [by === null ? OWNER : names.find(by), names.find(task)];
  if (principal === null) return from > 0 ? null : NO_LESSONS;
  // Where no request had this task, other tasks still tell about the models.
  const row =
    id === null ? undefined : connection.get<{ revision: number; guarantee: string | null }>(REVISION, principal, id);
  const revision = row?.revision ?? 0;
  if (revision < from) return null;
  const statistics = connection.all<StoredStatistics>(STATISTICS, principal).map((each): StatisticsRow => ({
    principal: by,
    task: names.of(each.task),
    model: names.of(each.model),
    basis: each.basis === NO_NAME ? null : names.of(each.basis),
    version: each.version,
    figures: each.figures,
  }));
  const requests = connection.all<StoredSeen>(SEEN, principal, id ?? NO_NAME).map((each) => seenOf(connection, each));
  const evidence = connection
    .all<StoredEvidence>(EVIDENCE, principal, id ?? NO_NAME)
    .map(({ basis, models, ...counts }): EvidenceRecordRow => ({
      basis: names.of(basis) as Basis,
      models: JSON.parse(names.of(models)) as readonly ModelId[],
      ...counts,
    }));
  return { revision, statistics, requests, evidence, guaranteeHolds: guaranteeOf(row?.guarantee ?? null).holds };
}

/** The same of a ledger that was never written. */
export const NO_LESSONS: Lessons = { revision: 0, statistics: [], requests: [], evidence: [], guaranteeHolds: true };

/** What trying out other plans has cost on a day, nano-USD. */
export function readExplored(connection: Connection, day: string): number {
  const row = connection.get<{ extra: number }>(EXPLORED, dayNumberOf(day));
  return row?.extra ?? 0;
}

interface StoredStatistics {
  readonly task: number;
  readonly model: number;
  readonly basis: number;
  readonly version: number;
  readonly figures: string;
}

type StoredEvidence = EvidenceCounts & { readonly basis: number; readonly models: number };

interface StoredSeen {
  readonly answers: string;
  readonly propensity: number;
  readonly outcome: number | null;
}

function seenOf({ names }: Connection, { answers, propensity, outcome }: StoredSeen): SeenRequest {
  const stored = JSON.parse(answers) as readonly StoredAnswer<number>[];
  return {
    answers: stored.map(([model, result, costNanoUsd, evidenceNanoUsd = 0]) => ({
      model: names.of(model),
      result,
      costNanoUsd,
      evidenceNanoUsd,
    })),
    propensity,
    outcome: outcome === null ? null : outcome === 1,
  };
}

const REVISION = "SELECT revision, guarantee FROM task_lessons WHERE principal = ? AND task = ?";
const STATISTICS = "SELECT task, model, basis, version, figures FROM model_statistics WHERE principal = ?";
const SEEN = "SELECT answers, propensity, outcome FROM seen_requests WHERE principal = ? AND task = ?";
const EVIDENCE = `
  SELECT basis, models, times, right, recent_times AS recentTimes, recent_right AS recentRight FROM evidence_records
  WHERE principal = ? AND task = ?`;
const EXPLORED = "SELECT extra_nano_usd AS extra FROM explorations WHERE day = ?";
