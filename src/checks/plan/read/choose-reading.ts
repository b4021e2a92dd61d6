import { wordsOf } from "../../kit/answer/prose.ts";
import type { Form, PlanReading, Step } from "../step.ts";

/** Where several readings fit, the more deliberate form is the plan and the others are its body or its summary. */
const ORDER = ["json", "headings", "table", "list", "bold", "bullets", "titles"] as const satisfies readonly Form[];
/** Bullets with fewer words are advice: "Be careful". */
const MIN_BULLET_WORDS = 3;
/** A table with so much fewer rows than the list has items is a summary of it. */
const SUMMARY_SHARE = 0.6;
const QUESTIONS_SHARE = 0.6;

/**
 * The reading to judge. Phases that hold lists, tables or bold lines of steps are the groups, not the steps. What a table adds
 * about steps of the same name is taken along.
 */
export function choose(readings: readonly PlanReading[]): PlanReading | null {
  const candidates = ORDER.flatMap((form) => readings.filter((reading) => reading.form === form && isPlan(reading)));
  const headings = candidates.find((reading) => reading.form === "headings");
  const inner = candidates.filter(
    (reading) => reading !== headings && reading.steps.some((step) => step.parent !== null),
  );
  const onlyPhases = headings?.groups.length === 0 && headings.steps.every((step) => isHolding(step, inner));
  const chosen =
    headings !== undefined && onlyPhases && inner[0] !== undefined ? inner[0] : (largest(candidates) ?? candidates[0]);
  const table = candidates.find((reading) => reading.form === "table");
  return chosen === undefined ? null : table === undefined || table === chosen ? chosen : withLinks(chosen, table);
}

function largest(candidates: readonly PlanReading[]): PlanReading | undefined {
  const first = candidates.find((reading) => reading.steps.length >= 2);
  const bold = candidates.find((reading) => reading.form === "bold");
  // Below tasks labelled "Task 1", a shorter list is a list of risks or the like.
  if (first?.form === "list" && bold !== undefined && bold.steps.length > first.steps.length && isWorded(bold))
    return bold;
  if (first?.form !== "table") return first?.form === "titles" ? mostSteps(candidates, first) : first;
  const list = candidates.find((reading) => reading.form === "list" && reading.steps.length >= 2);
  return list !== undefined && first.steps.length < SUMMARY_SHARE * list.steps.length ? list : first;
}

function isWorded({ steps }: PlanReading): boolean {
  return steps.every((step) => step.word !== "");
}

function mostSteps(candidates: readonly PlanReading[], first: PlanReading): PlanReading {
  const titled = candidates.filter((reading) => reading.form === "titles");
  return titled.reduce((most, each) => (each.steps.length > most.steps.length ? each : most), first);
}

function isPlan(reading: PlanReading): boolean {
  if (reading.form !== "json" && areQuestions(reading)) return false;
  if (reading.form !== "bullets") return true;
  const words = reading.steps.reduce((sum, step) => sum + wordsOf(`${step.title} ${step.body}`).length, 0);
  return words >= MIN_BULLET_WORDS * reading.steps.length;
}

/** An answer that only asks questions holds no plan. */
function areQuestions({ steps }: PlanReading): boolean {
  const asking = steps.filter((step) => /[?？]\W{0,3}$/.test(step.title));
  return asking.length > QUESTIONS_SHARE * steps.length;
}

/** Whether a phase holds steps in another reading. Not every phase must: the last one is often prose. */
function isHolding(heading: Step, inner: readonly PlanReading[]): boolean {
  return inner.some((reading) => reading.groups.some((group) => group.key === heading.key));
}

function withLinks(chosen: PlanReading, table: PlanReading): PlanReading {
  const rows = new Map(table.steps.map((row) => [row.id, row]));
  const steps = chosen.steps.map((step) => {
    const row = rows.get(step.id);
    const isSame = row !== undefined && (row.word === step.word || row.word === "" || step.word === "");
    return isSame
      ? { ...step, dependsOn: [...step.dependsOn, ...row.dependsOn], body: `${step.body}\n${row.body}` }
      : step;
  });
  return { ...chosen, steps };
}
