import { listed, PARSE_MAX_CHARS, REPAIR_CHARS } from "../../kit/check.ts";
import { fail, graded, notChecked, type LegacyOutcome, legacy } from "../../kit/legacy.ts";
import { missingFormats } from "../requirements/format.ts";
import { orderProblems } from "../requirements/order.ts";
import { constraintsIn, namedTechnologies, termsNeeded, type Constraint } from "../requirements/constraints.ts";
import { budgetProblems } from "../requirements/budget.ts";
import { askedCounts } from "../requirements/counts.ts";
import { countProblem, weeksProblem } from "../requirements/counts-met.ts";
import { durationProblems } from "../requirements/durations.ts";
import { excludedProblems } from "../requirements/excluded.ts";
import { planOf, type Plan } from "../read/plan.ts";
import { isEnglish, termsOf, vocabularyOf } from "../requirements/terms.ts";
import { askFor, PLAN_FEATURES } from "../requirements/features.ts";

/** From this share of covered constraints on the rest is a matter of words. */
const ENOUGH = 0.8;
/** A plan that shares less than this with a prompt of several telling words is about something else. */
const ON_TOPIC = 0.1;
const MIN_TOPIC_TERMS = 5;
const MAX_SCORE_BELOW = 0.6;

/** The plan has what the prompt asks for: numbers of steps, form, order, time, technologies, constraints. */
export const planCoversRequest = legacy({
  name: "plan_covers_request",
  kind: "gate",
  cap: 0.5,
  maxChars: PARSE_MAX_CHARS,
  async run({ text, prompt }) {
    return judge(await planOf(text), prompt);
  },
});

function judge(plan: Plan, prompt: string): LegacyOutcome {
  if (plan.reading === null) return notChecked("there is no plan in the answer");
  const certain = [
    ...askedCounts(prompt).flatMap((asked) => countProblem(asked, plan) ?? []),
    ...[weeksProblem(prompt, plan.text) ?? []].flat(),
    ...missingFormats(prompt, plan),
    ...durationProblems(prompt, plan),
    ...budgetProblems(prompt, plan),
  ];
  const isLexical = isEnglish(prompt) && isEnglish(plan.text);
  if (!isLexical) {
    if (certain.length > 0) return fail(listed(certain), { repair: repairOf(certain) });
    return notChecked("the words of the prompt can only be looked for in English");
  }
  const vocabulary = vocabularyOf(plan.text);
  certain.push(
    ...orderProblems(prompt, plan),
    ...excludedProblems(prompt, plan),
    ...missingFeatures(prompt, plan),
    ...missingTechnologies(prompt, plan.text, vocabulary),
    ...offTopic(prompt, vocabulary),
  );
  const constraints = constraintsIn(prompt);
  const missing = constraints.filter((constraint) => !isCovered(constraint, vocabulary));
  const evidence = { constraints: constraints.length, missing: missing.slice(0, 20).map(({ text }) => text) };
  const problems = [...certain, ...missing.map(({ text }) => `not covered: "${text}"`)];
  const extras = problems.length > 0 ? { evidence, repair: repairOf(problems) } : { evidence };
  if (certain.length > 0) return fail(listed(certain), extras);
  const share = constraints.length === 0 ? 1 : (constraints.length - missing.length) / constraints.length;
  const detail =
    constraints.length === 0
      ? "what the prompt asks for is there"
      : `${constraints.length - missing.length} of ${constraints.length} constraints covered`;
  if (share >= ENOUGH) return graded(1, detail, extras);
  return graded(share * MAX_SCORE_BELOW, `${detail}; ${listed(problems)}`, extras);
}

function repairOf(problems: readonly string[]): string {
  return problems.join("\n").slice(0, REPAIR_CHARS);
}

function isCovered(constraint: Constraint, vocabulary: ReadonlySet<string>): boolean {
  return constraint.terms.filter((term) => vocabulary.has(term)).length >= termsNeeded(constraint);
}

function missingFeatures(prompt: string, plan: Plan): readonly string[] {
  return PLAN_FEATURES.flatMap((feature) => {
    const isGiven = feature.given.test(plan.text) || (feature.name === "dependencies" && plan.links.areStated);
    return askFor(feature, prompt) === "no" || isGiven
      ? []
      : [`${feature.name}, which the prompt asks for, is not there`];
  });
}

function missingTechnologies(prompt: string, text: string, vocabulary: ReadonlySet<string>): readonly string[] {
  const flat = text.toLowerCase();
  return namedTechnologies(prompt).flatMap((name) => {
    const isThere = flat.includes(name.toLowerCase()) || [...termsOf(name)].some((term) => vocabulary.has(term));
    return isThere ? [] : [`the prompt says to use ${name}, and the plan does not`];
  });
}

function offTopic(prompt: string, vocabulary: ReadonlySet<string>): readonly string[] {
  const terms = [...termsOf(prompt.slice(0, 20_000))];
  const shared = terms.filter((term) => vocabulary.has(term)).length;
  if (terms.length < MIN_TOPIC_TERMS || shared / terms.length >= ON_TOPIC || shared > 1) return [];
  return ["the plan is about something else than the prompt"];
}
