import type { CheckKind, CheckResult, Evidence } from "../core/verdict.ts";
import type { Connection } from "./connection.ts";
import type { DayNumber } from "./days.ts";
import { readOldChecks } from "./old-checks.ts";
import type { Piece } from "./phrases.ts";

/** What the checks of a task have in common from answer to answer; the whole list is one name. */
type Shape = [name: string, kind: CheckKind, weight: number, cap: number | null][];

type Results = [passed: 0 | 1 | null, score: number | null, detail: Piece, evidence?: Evidence][];

const INSERT = "INSERT INTO check_lists (request, seq, shape, results) VALUES (?, ?, ?, ?)";

/** Stores the checks of an attempt as one row. */
export function insertChecks(
  connection: Connection,
  at: { readonly request: number; readonly seq: number; readonly day: DayNumber },
  checks: readonly CheckResult[],
): void {
  if (checks.length === 0) return;
  const shape: Shape = checks.map(({ name, kind, weight, cap }) => [name, kind, weight, cap ?? null]);
  const results: Results = checks.map((check) => {
    const passed = check.passed === null ? null : check.passed ? 1 : 0;
    const detail = connection.phrases.pack(check.detail, at.day);
    const evidence = kept(check.evidence);
    return evidence === undefined ? [passed, check.score, detail] : [passed, check.score, detail, evidence];
  });
  const shapeId = connection.names.id(JSON.stringify(shape));
  // Most answers pass most checks, so that whole lists repeat.
  const column = connection.phrases.pack(JSON.stringify(results), at.day);
  connection.run(INSERT, at.request, at.seq, shapeId, String(column));
}

/** A table of measurements is a few thousand characters; what is far beyond that is not kept. */
const MAX_EVIDENCE_CHARS = 20_000;

function kept(evidence: Evidence | undefined): Evidence | undefined {
  return JSON.stringify(evidence ?? null).length > MAX_EVIDENCE_CHARS ? undefined : evidence;
}

/** The checks of one attempt, in the order in which they were made. */
export function readChecks(connection: Connection, request: number, seq: number): readonly CheckResult[] {
  const row = connection.get<{ shape: number; results: string }>(
    "SELECT shape, results FROM check_lists WHERE request = ? AND seq = ?",
    request,
    seq,
  );
  if (row === undefined) return readOldChecks(connection, request, seq);
  const shape = JSON.parse(connection.names.of(row.shape)) as Shape;
  const column = JSON.parse(row.results) as Results | number;
  const results = typeof column === "number" ? (JSON.parse(connection.phrases.unpack(column)) as Results) : column;
  return results.flatMap(([passed, score, detail, evidence], index) => {
    const common = shape[index];
    if (common === undefined) return [];
    const [name, kind, weight, cap] = common;
    return {
      name,
      kind,
      passed: passed === null ? null : passed === 1,
      score,
      weight,
      ...(cap === null ? {} : { cap }),
      detail: connection.phrases.unpack(detail),
      ...(evidence === undefined ? {} : { evidence }),
    };
  });
}
