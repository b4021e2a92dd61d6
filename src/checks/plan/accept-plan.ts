import { unmade, type Check, type CheckReport } from "../kit/check.ts";
import { checkOf, type Tested, type PlanCriterion } from "../kit/criterion.ts";
import { met, notMet } from "../kit/criterion-report.ts";
import { planOf, type PlanAnswer } from "./read/plan.ts";
import type { PlanReading, Step } from "./step.ts";

const MOST_SHOWN = 4;

/** Runs one criterion of the caller on the plan. */
export const acceptPlan: Check = {
  name: "accept_plan",
  maxChars: 400_000,
  async run({ text, criterion }) {
    return criterion !== null && isPlanCriterion(criterion) ? judge(criterion, await planOf(text)) : null;
  },
};

function isPlanCriterion(criterion: Tested): criterion is PlanCriterion {
  return checkOf(criterion) === "accept_plan";
}

function judge(criterion: PlanCriterion, plan: PlanAnswer): CheckReport {
  const { reading, links } = plan;
  if (reading === null) return unmade("no steps can be read in the answer");
  const parts = inOrder(reading.steps, reading.groups);
  switch (criterion.kind) {
    case "steps":
      return countSteps(criterion, reading);
    case "covers": {
      const missing = criterion.phrases.filter((phrase) => !parts.some((part) => holds(part, phrase)));
      const found = `no step of ${parts.length} says ${missing
        .slice(0, MOST_SHOWN)
        .map((phrase) => `"${phrase}"`)
        .join(", ")}`;
      return missing.length === 0
        ? met(criterion, `all ${criterion.phrases.length} are in some step`)
        : notMet(criterion, found);
    }
    case "before":
      return standsBefore(criterion, parts);
    case "no_dangling":
      if (links.missing.length > 0)
        return notMet(criterion, links.missing.slice(0, MOST_SHOWN).join("; "), links.missing.join("\n"));
      return met(criterion, "every dependency names a step of the plan");
  }
}

/** Steps may be counted with those of phases, or the phases themselves. */
function countSteps(criterion: Extract<PlanCriterion, { kind: "steps" }>, { steps, groups }: PlanReading): CheckReport {
  const top =
    steps.filter(({ parent }) => parent === null).length + groups.filter(({ parent }) => parent === null).length;
  const isWithin = (count: number): boolean =>
    count >= (criterion.min ?? 0) && count <= (criterion.max ?? Number.POSITIVE_INFINITY);
  const found = `${steps.length} steps${groups.length > 0 ? ` in ${groups.length} phases` : ""}`;
  if (isWithin(steps.length) || (top !== steps.length && isWithin(top))) return met(criterion, `has ${found}`);
  // A list of one item behind the plan, numbered anew, is a tip or the like.
  const isExtra = steps.length > 2 && steps.at(-1)?.id === "1" && steps.filter(({ id }) => id === "1").length === 2;
  if (isExtra && groups.length === 0 && isWithin(steps.length - 1))
    return met(criterion, `has ${steps.length - 1} steps, and one more behind them`);
  return notMet(criterion, `has ${found}`);
}

function standsBefore(criterion: Extract<PlanCriterion, { kind: "before" }>, parts: readonly Step[]): CheckReport {
  const { first, second } = criterion;
  const [one, other] = [first, second].map((phrase) => parts.findIndex((part) => holds(part, phrase)));
  if (one === undefined || other === undefined || one === -1 || other === -1) {
    return notMet(criterion, `no step says "${one === -1 ? first : second}"`);
  }
  const message = `"${first}" is in step ${parts[one]?.key}, "${second}" in step ${parts[other]?.key}`;
  return one < other ? met(criterion, message) : notMet(criterion, message);
}

/** Phases before the steps that they hold. */
function inOrder(steps: readonly Step[], groups: readonly Step[]): readonly Step[] {
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const seen = new Set<string>();
  const withParents = (step: Step): readonly Step[] => {
    const parent = step.parent === null || seen.has(step.parent) ? undefined : byKey.get(step.parent);
    if (step.parent !== null) seen.add(step.parent);
    return parent === undefined ? [step] : [...withParents(parent), step];
  };
  return steps.flatMap(withParents);
}

function holds({ title, body }: Step, phrase: string): boolean {
  return evened(`${title}\n${body}`).includes(evened(phrase));
}

function evened(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s*_`]+/g, " ")
    .trim();
}
