import type { AskedCount } from "./counts.ts";
import { isEntry } from "../read/json-fields.ts";
import type { Plan } from "../read/plan.ts";
import type { Reading } from "../step.ts";

/** What is wrong with the number of parts; `null` when it is right or cannot be told. */
export function countProblem(asked: AskedCount, plan: Plan): string | null {
  const { reading } = plan;
  if (reading === null) return null;
  if (asked.isEach) return eachProblem(asked, plan);
  const counts = countsOf(asked, plan, reading);
  if (counts.some((count) => isWithin(count, asked))) return null;
  const isStep = asked.noun === "step";
  // Headings without numbers may be steps or not, and phases are only counted where they are called so.
  if (reading.form === "titles" || (!isStep && labelled(asked.noun, plan) === 0 && reading.groups.length === 0))
    return null;
  const shown = isStep ? reading.steps.length : labelled(asked.noun, plan) || reading.groups.length;
  return `${shown} ${asked.noun}s where the prompt asks for ${rangeName(asked)}`;
}

function isWithin(count: number, { min, max }: AskedCount): boolean {
  return count >= min && count <= max;
}

function countsOf(asked: AskedCount, plan: Plan, chosen: Reading): readonly number[] {
  const trusted = plan.readings.filter(
    (reading) => reading === chosen || isDeliberate(reading) || chosen.form === "titles",
  );
  const counts = [chosen, ...trusted].flatMap((reading) => [
    reading.steps.length,
    reading.groups.length,
    // A list that a later section begins anew is another list.
    ...sizesByParent(reading).slice(0, 1),
  ]);
  return asked.noun === "step" ? counts : [...counts, labelled(asked.noun, plan), listSize(plan.data, asked.noun)];
}

/** Bullets and titles within phases are their steps; elsewhere they may be anything. */
function isDeliberate({ form, steps }: Reading): boolean {
  if (form === "bullets") return steps.every((step) => step.parent !== null);
  return form !== "titles" && form !== "diagram";
}

/** Parts that carry their name: "Milestone 3", "M3". */
function labelled(noun: string, plan: Plan): number {
  const found = new Set<string>();
  const initial = new RegExp(`^${noun.charAt(0)}-?\\d{1,2}$`, "i");
  for (const reading of plan.readings) {
    for (const step of [...reading.steps, ...reading.groups])
      if (step.word === noun || initial.test(step.id)) found.add(step.id.replace(/^[A-Z]-?/, ""));
  }
  return found.size;
}

function listSize(data: unknown, noun: string): number {
  if (!isEntry(data)) return 0;
  const list = data[`${noun}s`];
  return Array.isArray(list) ? list.length : 0;
}

function eachProblem(asked: AskedCount, plan: Plan): string | null {
  const grouped = plan.readings.map(sizesByParent).filter((sizes) => sizes.length >= 2);
  if (grouped.length === 0 || grouped.some((sizes) => sizes.every((size) => isWithin(size, asked)))) return null;
  const [first = []] = grouped;
  return `phases of ${first.slice(0, 8).join(", ")} steps where the prompt asks for ${rangeName(asked)} in each`;
}

const WEEK = "weeks?|wochen?|settiman[ae]|semanas?|semaines?";
const WEEKS_ASKED = new RegExp(
  String.raw`\b(?:in|over|within|into|für|en|para|sur|auf) (\d{1,2}) (?:${WEEK})(?![\p{L}])|\b(\d{1,2})[ -]week (?:plan|roadmap|schedule)\b`,
  "iu",
);
const EACH_WEEK = new RegExp(
  String.raw`\b(?:for each|each|every|per|jede|ogni|cada|chaque|week by) (?:${WEEK})(?![\p{L}])|\d-week (?:plan|roadmap|schedule)\b`,
  "iu",
);
const WEEK_HEAD = new RegExp(String.raw`^[\s#>*_|\d.-]{0,12}(?:${WEEK}) ?(\d{1,2})(?: ?[–-] ?(\d{1,2}))?`, "gimu");

/** Weeks of a plan by weeks that stops short of the last one; `null` where the plan has no sections for weeks. */
export function weeksProblem(prompt: string, text: string): string | null {
  const asked = WEEKS_ASKED.exec(prompt.slice(0, 20_000));
  if (asked === null || !EACH_WEEK.test(prompt.slice(0, 20_000))) return null;
  const count = Number(asked[1] ?? asked[2]);
  const weeks = [...text.matchAll(WEEK_HEAD)].map((match) => Number(match[2] ?? match[1]));
  const last = Math.max(0, ...weeks);
  const isLastNamed = new RegExp(String.raw`(?:${WEEK})[^\n]{0,12}\b${count}\b`, "iu").test(text);
  if (new Set(weeks).size < 2 || last >= count || isLastNamed) return null;
  return `the plan ends with week ${last} where the prompt asks for ${count} weeks`;
}

function sizesByParent({ steps }: Reading): readonly number[] {
  const sizes = new Map<string, number>();
  for (const { parent } of steps)
    if (parent !== null || steps[0]?.parent === null) sizes.set(parent ?? "", (sizes.get(parent ?? "") ?? 0) + 1);
  return [...sizes.values()];
}

function rangeName({ min, max }: AskedCount): string {
  if (max === Number.POSITIVE_INFINITY) return `${min} or more`;
  return min === max ? `${min}` : `${min} to ${max}`;
}
