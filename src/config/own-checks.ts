import { resolve } from "node:path";
import { CRITERION_CHECKS, type OwnCriterion, type TextCriterion } from "../checks/kit/criterion.ts";
import { TEXT_KINDS } from "../checks/kit/criterion-kinds.ts";
import { readCriterion } from "../checks/kit/parse-criteria.ts";
import { didYouMean } from "../checks/kit/suggest.ts";
import { BOUGHT_EVIDENCE } from "../core/bought-evidence.ts";
import type { TaskCheck } from "../core/task.ts";
import { TASK_CHECKS } from "../catalog/tasks.ts";
import type { CheckRow } from "./task-row.ts";
import type { Problems } from "./problem.ts";

/** Keys that only say more about another one. */
const LONELY = [
  ["flags", ["matches", "not_matches"]],
  ["timeout_ms", ["command"]],
] as const satisfies readonly (readonly [string, readonly string[]])[];

type ConfigPath = readonly (string | number)[];

const KINDS = [...TEXT_KINDS, "command"] as const;
/** The check that runs what the config itself describes. */
const OWN_CHECK = "own_test";
/** Names that stand in verdicts anyway. */
const UNIVERSAL: ReadonlySet<string> = new Set([
  "text",
  "schema",
  "schema_usable",
  ...BOUGHT_EVIDENCE,
  OWN_CHECK,
  ...Object.values(CRITERION_CHECKS),
]);
const COMMAND_TIMEOUT_MS = 10_000;

/** The checks of a task's row: known ones by name, and the user's own. `undefined` when the row has none. */
export function readChecks(
  rows: readonly CheckRow[] | undefined,
  path: ConfigPath,
  problems: Problems,
  folder: string | null,
): readonly TaskCheck[] | undefined {
  if (rows === undefined) return undefined;
  const checks = rows.flatMap((row, index) => checkOf(row, [...path, index], problems, folder) ?? []);
  const names = checks.map(({ check, own }) => own?.name ?? check);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index) {
      problems.addUnlessKnown([...path, index], `"${name}" is there a second time`, "every check once");
    }
  }
  return checks;
}

function checkOf(row: CheckRow, path: ConfigPath, problems: Problems, folder: string | null): TaskCheck | null {
  const kinds = KINDS.filter((kind) => row[kind] !== undefined);
  if (row.check !== undefined) {
    if (kinds.length > 0 || row.name !== undefined) {
      problems.addUnlessKnown([...path], "names a known check and describes one of its own", "one or the other");
    }
    if (!TASK_CHECKS.includes(row.check)) {
      const message = `"${row.check}" is not a known check${didYouMean(row.check, TASK_CHECKS)}`;
      problems.addUnlessKnown([...path, "check"], message, `one of ${TASK_CHECKS.join(", ")}`);
    }
    return { check: row.check };
  }
  const [kind] = kinds;
  if (row.name === undefined || kind === undefined || kinds.length > 1) {
    const expected = `check, or name with one of ${KINDS.join(", ")}`;
    problems.addUnlessKnown([...path], "does not say which check it is", expected);
    return null;
  }
  if (TASK_CHECKS.includes(row.name) || UNIVERSAL.has(row.name)) {
    problems.addUnlessKnown([...path, "name"], `"${row.name}" is a check of Signalbox`, "another name");
  }
  for (const [key, of] of LONELY) {
    if (row[key] !== undefined && !of.some((each) => each === kind)) {
      problems.addUnlessKnown([...path, key], `means nothing beside ${kind}`, `${key} beside ${of.join(" or ")}`);
    }
  }
  const own = ownOf(row, row.name, kind, path, problems, folder);
  return own === null ? null : { check: OWN_CHECK, own, gate: row.gate ?? true };
}

/** A program that is named by a relative path is the one beside the file; a bare name is looked for in PATH. */
function withProgramIn(folder: string, [program = "", ...args]: readonly string[]): readonly string[] {
  return [/[\\/]/.test(program) ? resolve(folder, program) : program, ...args];
}

function ownOf(
  row: CheckRow,
  name: string,
  kind: (typeof KINDS)[number],
  path: ConfigPath,
  problems: Problems,
  folder: string | null,
): OwnCriterion | null {
  if (row.command !== undefined) {
    const timeoutMs = row.timeout_ms ?? COMMAND_TIMEOUT_MS;
    const argv = folder === null ? row.command : withProgramIn(folder, row.command);
    return { kind: "command", name, argv, timeoutMs, ...(folder === null ? {} : { folder }) };
  }
  if (kind === "command") return null;
  const read = readCriterion(
    kind,
    row.flags === undefined ? { [kind]: row[kind] } : { [kind]: row[kind], flags: row.flags },
    name,
  );
  if (read.ok) return read.criterion as TextCriterion;
  problems.addUnlessKnown(
    [...path, kind],
    read.issues.map(({ message }) => message).join("; "),
    "a test of the answer's text",
  );
  return null;
}
