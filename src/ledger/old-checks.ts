import type { CheckKind, CheckResult, Evidence } from "../core/verdict.ts";
import type { Connection } from "./connection.ts";

const CHECKS = `
  SELECT name, kind, passed, score, weight, cap, detail, evidence FROM checks WHERE request = ? AND seq = ? ORDER BY position`;

/** The checks of an attempt from before there were lists: one row each. Nothing writes them any more. */
export function readOldChecks(connection: Connection, request: number, seq: number): readonly CheckResult[] {
  const { names } = connection;
  const rows = connection.all<{
    name: number;
    kind: number;
    passed: number | null;
    score: number | null;
    weight: number;
    cap: number | null;
    detail: string;
    evidence: string | null;
  }>(CHECKS, request, seq);
  return rows.map((row) => ({
    name: names.of(row.name),
    kind: names.of(row.kind) as CheckKind,
    passed: row.passed === null ? null : row.passed === 1,
    score: row.score,
    weight: row.weight,
    ...(row.cap === null ? {} : { cap: row.cap }),
    detail: row.detail,
    ...(row.evidence === null ? {} : { evidence: JSON.parse(row.evidence) as Evidence }),
  }));
}
