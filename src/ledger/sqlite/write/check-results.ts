import { keptOf } from "../../common/check-record.ts";
import type { CheckResult, Evidence, Finding, Measured } from "../../../checks/kit/check-result.ts";
import type { Connection } from "../db/connection.ts";
import type { DayNumber } from "../../units.ts";
import type { TextReference } from "../db/interned-texts.ts";

/** What the checks of a task have in common from answer to answer; the whole list is one name. */
type Shape = readonly (string | typeof CRITERION | OldCheckName)[];
/** A criterion of the caller. Its name stands beside its result: names are kept for ever, and callers never run out of new ones. */
const CRITERION = true;
/** From before verdicts stood on facts and evidence: with a kind, a weight and a cap, which nothing reads any more. */
type OldCheckName = readonly [name: string, kind: string, weight: number, cap: number | null];

type Results = [passed: 0 | 1 | null, score: null | number, detail: TextReference, more?: More | Measured][];

interface More {
  /** Of a criterion. */
  readonly name?: TextReference;
  readonly looked?: string;
  readonly findings?: readonly Finding[];
  readonly evidence?: readonly Evidence[];
  readonly measured?: Measured;
  readonly bought?: CheckResult["bought"];
}

const INSERT = "INSERT INTO check_lists (request, seq, shape, results) VALUES (?, ?, ?, ?)";

/** Stores the checks of an attempt as one row. */
export function insertChecks(
  connection: Connection,
  at: { readonly request: number; readonly seq: number; readonly day: DayNumber },
  checks: readonly CheckResult[],
): void {
  if (checks.length === 0) return;
  const shape: Shape = checks.map(({ name, criterion }) => (criterion === true ? CRITERION : name));
  const results: Results = checks.map((check) => {
    const passed = check.passed === null ? null : check.passed ? 1 : 0;
    const detail = connection.phrases.pack(check.detail, at.day);
    const name = check.criterion === true ? { name: connection.phrases.pack(check.name, at.day) } : {};
    const more = { ...name, ...keptOf(check) };
    return Object.keys(more).length === 0 ? [passed, null, detail] : [passed, null, detail, more];
  });
  const shapeId = connection.names.id(JSON.stringify(shape));
  // Most answers pass most checks, so that whole lists repeat.
  const column = connection.phrases.pack(JSON.stringify(results), at.day);
  connection.run(INSERT, at.request, at.seq, shapeId, String(column));
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
  return results.flatMap((result, index) => {
    const name = shape[index];
    return name === undefined ? [] : [checkOf(connection, name, result)];
  });
}

function checkOf({ phrases }: Connection, name: Shape[number], [passed, , detail, more]: Results[number]): CheckResult {
  const said = { passed: passed === null ? null : passed === 1, detail: phrases.unpack(detail) };
  if (typeof name === "object") {
    // The fourth place of an old row is what its check measured.
    const measured = more === undefined ? {} : { measured: more as Measured };
    return { name: name[0], ...said, findings: [], evidence: [], ...measured };
  }
  const { name: ofCriterion = "", looked, findings = [], evidence = [], measured, bought } = (more ?? {}) as More;
  return {
    ...(name === CRITERION ? { name: phrases.unpack(ofCriterion), criterion: true as const } : { name }),
    ...said,
    ...(looked === undefined ? {} : { looked }),
    findings,
    evidence,
    ...(measured === undefined ? {} : { measured }),
    ...(bought === undefined ? {} : { bought }),
  };
}

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
