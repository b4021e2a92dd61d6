import type { AttemptRecord } from "../../../core/attempt.ts";
import type { AttemptLesson, SeenAnswer } from "../../../core/learning.ts";
import type { CheckResult } from "../../../checks/kit/check-result.ts";
import type { Verdict } from "../../../core/verdict.ts";
import { countWord, NO_COUNTS, type EvidenceCounts } from "../../../planner/evidence-record.ts";
import { observeGuarantee } from "../../../planner/guarantee.ts";
import { statisticsFromRow, statisticsToRow } from "../../../planner/statistics-rows.ts";
import {
  emptyStatistics,
  type ModelStatistics,
  observe,
  observeOutcome,
  withdrawOutcome,
} from "../../../planner/statistics.ts";
import {
  allowedWrong,
  evidenceOf,
  guaranteeOf,
  KEPT_REQUESTS,
  NEWS_SHARE,
  observationOf,
} from "../../common/lessons.ts";
import { checkedAmount, type DayNumber } from "../../units.ts";
import type { Connection } from "../db/connection.ts";
import { NO_NAME } from "../db/interned-names.ts";
import { readChecks } from "./check-results.ts";

/** The request that teaches something, by numbers of names. */
interface Teacher {
  readonly id: number;
  readonly task: number;
  /** `null`: the owner. */
  readonly principal: number | null;
  readonly propensity: number;
}

/** Who stands for the owner. */
export const OWNER = 0;
/** Adds an attempt to the statistics of its model, in the transaction that settles it. Statements: one read, one write. */
export function learnAttempt(
  connection: Connection,
  { task, principal }: Pick<Teacher, "task" | "principal">,
  attempt: AttemptRecord,
  lesson: AttemptLesson,
): void {
  const observation = observationOf(attempt, lesson);
  if (observation === null) return;
  const { verdict } = attempt;
  const basis = observation.result === "failed" ? evidenceOf(verdict) : (verdict?.basis ?? null);
  const key = { principal: principal ?? OWNER, task, model: connection.names.id(attempt.model), basis };
  changeStatistics(connection, key, (before) => observe(before, observation));
  touch(connection, principal ?? OWNER, task);
}

/** Keeps what the answers of an ended request came to: one write. The plan learns from them which models fail together. */
export function learnRequest(connection: Connection, teacher: Teacher, seen: readonly SeenAnswer[]): void {
  const [first] = seen;
  if (first === undefined) return;
  const { id, task, propensity } = teacher;
  const principal = teacher.principal ?? OWNER;
  const answers = seen.map(({ model, result, costNanoUsd, evidenceNanoUsd }) => [
    connection.names.id(model),
    result,
    costNanoUsd,
    evidenceNanoUsd,
  ]);
  connection.run(
    KEEP,
    principal,
    task,
    connection.names.id(first.model),
    principal,
    task,
    KEPT_REQUESTS,
    id,
    JSON.stringify(answers),
    propensity,
  );
}

/** Answers a request's caller has judged: statistics of the model, the running guarantee, and the kept request. The last word counts. */
export function learnOutcome(connection: Connection, { id, task, principal }: Teacher, success: boolean): void {
  const row = connection.get<{
    seq: number | null;
    model: number | null;
    basis: number | null;
    outcome: number | null;
    min_quality: number;
    success: number | null;
  }>(JUDGED, id);
  // Only of answers that were accepted: what a caller says of a rejected one is no word on the check.
  if (row === undefined || row.model === null || connection.names.ofOrNull(row.outcome) !== "accepted") return;
  const earlier = row.success === null ? null : row.success === 1;
  if (earlier === success) return;
  const whose = principal ?? OWNER;
  const basis = connection.names.ofOrNull(row.basis) as Verdict["basis"];
  changeStatistics(connection, { principal: whose, task, model: row.model, basis }, (before) =>
    observeOutcome(earlier === null ? before : withdrawOutcome(before, earlier), success),
  );
  for (const { bought } of row.seq === null ? [] : readChecks(connection, id, row.seq)) {
    if (bought !== undefined) countEvidence(connection, whose, task, bought, success, earlier);
  }
  const lessons = connection.get<{ guarantee: string | null }>(GUARANTEE, whose, task);
  const guarantee = observeGuarantee(guaranteeOf(lessons?.guarantee ?? null), !success, allowedWrong(row.min_quality));
  touch(connection, whose, task, JSON.stringify(guarantee));
  connection.run(LABEL, success ? 1 : 0, whose, task, id);
}

/** Counts a caller's word on an answer that bought evidence has spoken for. */
function countEvidence(
  connection: Connection,
  principal: number,
  task: number,
  { basis, models }: NonNullable<CheckResult["bought"]>,
  isRight: boolean,
  earlier: boolean | null,
): void {
  const { names } = connection;
  const place = [principal, task, names.id(basis), names.id(JSON.stringify(models))] as const;
  const before = connection.get<EvidenceCounts>(EVIDENCE, ...place);
  // The word that is taken back was counted for other evidence, or before there was this table.
  const { times, right, recentTimes, recentRight } = countWord(
    before ?? NO_COUNTS,
    isRight,
    before === undefined ? null : earlier,
  );
  connection.run(STORE_EVIDENCE, ...place, times, right, recentTimes, recentRight);
}

/** Counts what a plan that is tried out may cost beyond the one that was thought best. */
export function countExploration(connection: Connection, day: DayNumber, extraNanoUsd: number): void {
  if (extraNanoUsd > 0) connection.run(EXPLORED, day, checkedAmount(extraNanoUsd, "The cost of an exploration"));
}

interface NumberedKey {
  readonly principal: number;
  readonly task: number;
  readonly model: number;
  readonly basis: Verdict["basis"];
}

function changeStatistics(
  connection: Connection,
  { principal, task, model, basis }: NumberedKey,
  change: (before: ModelStatistics) => ModelStatistics,
): void {
  const { names } = connection;
  const key = { principal: names.ofOrNull(principal === OWNER ? null : principal), task: names.of(task), basis };
  const named = { ...key, model: names.of(model) };
  const place = [principal, task, model, basis === null ? NO_NAME : names.id(basis)] as const;
  const stored = connection.get<{ version: number; figures: string }>(STATISTICS, ...place);
  const before = stored === undefined ? null : statisticsFromRow({ ...named, ...stored });
  const { version, figures } = statisticsToRow(change(before ?? emptyStatistics(named)));
  connection.run(STORE, ...place, version, figures);
}

function touch(connection: Connection, principal: number, task: number, guarantee: string | null = null): void {
  connection.run(TOUCH, principal, task, guarantee);
}

const STATISTICS =
  "SELECT version, figures FROM model_statistics WHERE principal = ? AND task = ? AND model = ? AND basis = ?";

const STORE = `
  INSERT INTO model_statistics (principal, task, model, basis, version, figures) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (principal, task, model, basis) DO UPDATE SET version = excluded.version, figures = excluded.figures`;

const EVIDENCE = `
  SELECT times, right, recent_times AS recentTimes, recent_right AS recentRight FROM evidence_records
  WHERE principal = ? AND task = ? AND basis = ? AND models = ?`;

const STORE_EVIDENCE = `
  INSERT OR REPLACE INTO evidence_records (principal, task, basis, models, times, right, recent_times, recent_right)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

const TOUCH = `
  INSERT INTO task_lessons (principal, task, revision, guarantee) VALUES (?, ?, 1, ?)
  ON CONFLICT (principal, task) DO UPDATE SET
    revision = revision + 1 + (excluded.guarantee IS NOT NULL) * (revision / ${NEWS_SHARE}),
    guarantee = coalesce(excluded.guarantee, guarantee)`;

const KEEP = `
  INSERT OR REPLACE INTO seen_requests (principal, task, first_model, slot, request, answers, propensity)
  VALUES (?, ?, ?, coalesce((SELECT revision FROM task_lessons WHERE principal = ? AND task = ?), 0) % ?, ?, ?, ?)`;

const JUDGED = `
  SELECT a.seq, a.model, a.basis, a.outcome, r.min_quality, o.success
  FROM requests r LEFT JOIN attempts a ON a.request = r.id AND a.seq = r.answer_seq LEFT JOIN outcomes o ON o.request = r.id
  WHERE r.id = (SELECT ?)`;

const GUARANTEE = "SELECT guarantee FROM task_lessons WHERE principal = ? AND task = ?";

const LABEL = "UPDATE seen_requests SET outcome = ? WHERE principal = ? AND task = ? AND request = ?";

const EXPLORED = `
  INSERT INTO explorations (day, extra_nano_usd) VALUES (?, ?)
  ON CONFLICT (day) DO UPDATE SET extra_nano_usd = extra_nano_usd + excluded.extra_nano_usd`;
