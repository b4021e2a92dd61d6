import { cycleIn } from "./dependencies/graph.ts";
import { linksOf } from "./dependencies/graph-edges.ts";
import type { PlanAnswer } from "./read/plan.ts";
import type { PlanReading, Step } from "./step.ts";

/** Ids that identify, rather than count within a section: those of data, and T1 or AUTH-2. */
const IDENTIFIES = /^[A-Z]{1,8}-?\d/;

/** Ids that the plan uses twice. Phases may restart the numbers of their steps; then they begin at 1. */
export function repeatedIds(reading: PlanReading): readonly string[] {
  const places = new Map<string, Step>();
  const restarting = new Set(
    reading.steps.filter((step) => /^(?:.*[^\d])?[01]$/.test(step.id)).map((step) => step.parent),
  );
  return reading.steps.flatMap((step) => {
    if (!step.idWritten || !(reading.form === "json" || IDENTIFIES.test(step.id))) return [];
    const name = `${step.word} ${step.id}`;
    const earlier = places.get(name);
    if (earlier === undefined) places.set(name, step);
    else if (earlier.parent === step.parent || !restarting.has(step.parent)) {
      return [`two steps are called ${step.key}: "${short(earlier.title)}" and "${short(step.title)}"`];
    }
    return [];
  });
}

/** A circle of dependencies, in the judged reading or in another reading that states dependencies. */
export function circleIn({ reading, readings, links }: PlanAnswer): readonly string[] | null {
  if (reading === null) return null;
  const found = cycleIn(reading, links.needs);
  if (found !== null) return found;
  const others = readings.filter((other) => other !== reading && other.steps.some((step) => step.dependsOn.length > 0));
  return others.map((other) => cycleIn(other, linksOf(other, "").needs)).find((circle) => circle !== null) ?? null;
}

function short(title: string): string {
  return title.length > 60 ? `${title.slice(0, 60).toWellFormed()}…` : title;
}
