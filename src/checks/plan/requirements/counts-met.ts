import { isJsonEntry } from "../read/json-fields.ts";
import type { PlanAnswer } from "../read/plan.ts";
import type { PlanReading } from "../step.ts";
import type { RequiredCount } from "./counts.ts";

/** What is wrong with the number of parts; `null`: some way of counting gives the right number, or the number is unclear. */
export function countProblem(required: RequiredCount, plan: PlanAnswer): string | null {
  const { reading } = plan;
  if (reading === null) return null;
  const isWithin = (count: number): boolean => count >= required.min && count <= required.max;
  if (countsOf(required.noun, plan, reading).some(isWithin)) return null;
  const isStep = required.noun === "step";
  // Headings without numbers may be steps or not, and phases are only counted where they are called so.
  const named = labelled(required.noun, plan.readings);
  if (reading.form === "titles" || (!isStep && named === 0 && reading.groups.length === 0)) return null;
  const count = isStep ? reading.steps.length : named || reading.groups.length;
  return `${count} ${required.noun}s where the prompt asks for ${rangeName(required)}`;
}

function countsOf(noun: string, { readings, data }: PlanAnswer, chosen: PlanReading): readonly number[] {
  const trusted = readings.filter((reading) => reading === chosen || isDeliberate(reading) || chosen.form === "titles");
  const counts = trusted.flatMap((reading) => [
    reading.steps.length,
    reading.groups.length,
    // A list that restarts in a later section is another list.
    ...sizesByParent(reading).slice(0, 1),
  ]);
  const list = isJsonEntry(data) ? data[`${noun}s`] : null;
  return noun === "step" ? counts : [...counts, labelled(noun, readings), Array.isArray(list) ? list.length : 0];
}

/** Bullets and titles within phases are their steps; elsewhere they may be anything. */
function isDeliberate({ form, steps }: PlanReading): boolean {
  return form === "bullets" ? steps.every((step) => step.parent !== null) : form !== "titles";
}

/** Parts that carry their name: "Milestone 3", "M3". */
function labelled(noun: string, readings: readonly PlanReading[]): number {
  const initial = new RegExp(`^${noun.charAt(0)}-?\\d{1,2}$`, "i");
  const parts = readings.flatMap(({ steps, groups }) => [...steps, ...groups]);
  const named = parts.filter((step) => step.word === noun || initial.test(step.id));
  return new Set(named.map((step) => step.id.replace(/^[A-Z]-?/, ""))).size;
}

function sizesByParent({ steps }: PlanReading): readonly number[] {
  const sizes = new Map<string, number>();
  for (const { parent } of steps)
    if (parent !== null || steps[0]?.parent === null) sizes.set(parent ?? "", (sizes.get(parent ?? "") ?? 0) + 1);
  return [...sizes.values()];
}

function rangeName({ min, max }: RequiredCount): string {
  if (max === Number.POSITIVE_INFINITY) return `${min} or more`;
  return min === max ? `${min}` : `${min} to ${max}`;
}
