import type { Reading, Step } from "./step.ts";

/** Where several readings fit, the more deliberate form is the plan and the others are its body or its summary. */
const ORDER = ["json", "headings", "table", "list", "bold"] as const satisfies readonly Reading["form"][];

/**
 * The reading to judge. Phases that hold lists, tables or bold lines of steps are the groups, not the steps. What a table adds
 * about steps of the same name is taken along.
 */
export function choose(readings: readonly Reading[]): Reading | null {
  const byForm = new Map(readings.map((reading) => [reading.form, reading]));
  const headings = byForm.get("headings");
  const inner = ORDER.flatMap((form) => byForm.get(form) ?? []).filter(
    (reading) => reading !== headings && reading.steps.some((step) => step.parent !== null),
  );
  const onlyPhases = headings?.groups.length === 0 && headings.steps.every((step) => isHolding(step, inner));
  const chosen =
    headings !== undefined && onlyPhases && inner[0] !== undefined
      ? inner[0]
      : (ORDER.flatMap((form) => byForm.get(form) ?? []).find((reading) => reading.steps.length >= 2) ?? readings[0]);
  const table = byForm.get("table");
  return chosen === undefined ? null : table === undefined || table === chosen ? chosen : withLinks(chosen, table);
}

/** Whether a phase holds steps in another reading. Every phase need not: the last one is often prose. */
function isHolding(heading: Step, inner: readonly Reading[]): boolean {
  return inner.some((reading) => reading.groups.some((group) => group.key === heading.key));
}

function withLinks(chosen: Reading, table: Reading): Reading {
  const rows = new Map(table.steps.map((row) => [row.id, row]));
  const steps = chosen.steps.map((step) => {
    const row = rows.get(step.id);
    const isSame = row !== undefined && (row.word === step.word || row.word === "" || step.word === "");
    return isSame ? { ...step, dependsOn: [...step.dependsOn, ...row.dependsOn] } : step;
  });
  return { ...chosen, steps };
}
