import type { CheckResult, Measured } from "../checks/kit/check-result.ts";
import type { Connection } from "./connection.ts";

const CHECKS = `
  SELECT name, passed, detail, evidence FROM checks WHERE request = ? AND seq = ? ORDER BY position`;

/** The checks of an attempt from before there were lists: one row each. Nothing writes them any more. */
export function readOldChecks(connection: Connection, request: number, seq: number): readonly CheckResult[] {
  const rows = connection.all<{ name: number; passed: number | null; detail: string; evidence: string | null }>(
    CHECKS,
    request,
    seq,
  );
  return rows.map((row) => ({
    name: connection.names.of(row.name),
    passed: row.passed === null ? null : row.passed === 1,
    detail: row.detail,
    findings: [],
    evidence: [],
    ...(row.evidence === null ? {} : { measured: JSON.parse(row.evidence) as Measured }),
  }));
}
