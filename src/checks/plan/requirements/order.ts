import type { Plan } from "../read/plan.ts";
import type { Step } from "../step.ts";
import { stemOf, termsOf, vocabularyOf } from "./terms.ts";

const IN_ORDER =
  /\b(?:execution order|executable order|order of execution|topological(?:ly)?|dependency order|in (?:the )?(?:exact|right|correct|proper) (?:order|sequence)|execut(?:e|ed|able) (?:in order|sequentially|top to bottom|one after)|strict(?:ly)? sequential|in the order (?:in which )?(?:they|it|of execution))\b/i;

/** Whether the prompt wants to work through the plan from top to bottom. */
export function asksForOrder(prompt: string): boolean {
  return IN_ORDER.test(prompt.slice(0, 20_000));
}

interface Before {
  readonly first: string;
  readonly second: string;
}

const CLAUSE = String.raw`([^.,;:!?\n]{4,70}?)`;
const END = String.raw`(?=[.,;:!?\n]|$)`;
const MODAL = String.raw`(?: (?:must|should|needs? to|has to|have to)(?: (?:always|be|come|happen|run|occur|done|completed?|finish(?:ed)?|executed|take place)){0,3})?`;
const FIRST_THEN = new RegExp(String.raw`(?:^|[.,;:!?\n]\s*|\band )${CLAUSE}${MODAL} before ${CLAUSE}${END}`, "gim");
const NOT_UNTIL = new RegExp(
  String.raw`\b(?:do not|don't|never|must not|cannot|can't|should not) (?:start |begin |run |do |perform |proceed with |be )?${CLAUSE} (?:until|before|unless) ${CLAUSE}${END}`,
  "gi",
);
const BEFORE_THEN = new RegExp(String.raw`(?:^|[.;!?\n]\s*)before ${CLAUSE},\s*${CLAUSE}${END}`, "gim");
const ONLY_AFTER = new RegExp(
  String.raw`(?:^|[.,;:!?\n]\s*|\band )${CLAUSE}${MODAL} only (?:after|once) ${CLAUSE}${END}`,
  "gim",
);
const MODAL_AFTER = new RegExp(
  String.raw`(?:^|[.,;:!?\n]\s*|\band )${CLAUSE} (?:must|should|needs? to|has to|have to|may)(?: \w+){1,3} after ${CLAUSE}${END}`,
  "gim",
);
const FIRST_AND_THEN = new RegExp(
  String.raw`(?:^|[.,;:!?\n]\s*)(?:first,? |start with )?${CLAUSE}(?: first)?,? (?:and )?(?:only )?then ${CLAUSE}${END}`,
  "gim",
);

/** What the prompt wants first and the plan does later, where both are certain to be found. */
export function orderProblems(prompt: string, plan: Plan): readonly string[] {
  const { reading } = plan;
  if (reading === null) return [];
  return ordersIn(prompt).flatMap(({ first, second }) => {
    const one = stepAbout(first, reading.steps);
    const other = stepAbout(second, reading.steps);
    if (one === null || other === null || one.key === other.key) return [];
    const isReversed = isAfter(one.key, other.key, plan);
    const isLate = isNumbered(reading.form) && reading.steps.indexOf(one) > reading.steps.indexOf(other);
    if (!isReversed && (!isLate || isAfter(other.key, one.key, plan))) return [];
    return [
      `the prompt wants "${first.trim()}" before "${second.trim()}", but the plan has ${one.key} after ${other.key}`,
    ];
  });
}

function isNumbered(form: string): boolean {
  return form === "list" || form === "headings" || form === "bold";
}

function ordersIn(prompt: string): readonly Before[] {
  const text = prompt.slice(0, 20_000).replaceAll("’", "'");
  const found = (pattern: RegExp): readonly RegExpExecArray[] => [...text.matchAll(pattern)].slice(0, 20);
  const negated = found(NOT_UNTIL).map(([, second = "", first = ""]) => ({ first, second }));
  const isNegation = /\b(?:do not|don't|never|not|cannot|can't|no)\b/i;
  return [
    ...negated,
    ...found(FIRST_THEN).map(([, first = "", second = ""]) => ({ first, second })),
    ...found(BEFORE_THEN).map(([, second = "", first = ""]) => ({ first, second })),
    ...found(MODAL_AFTER).map(([, second = "", first = ""]) => ({ first, second })),
    ...found(FIRST_AND_THEN)
      .filter(([whole]) => /\bfirst\b|\bstart with\b/i.test(whole))
      .map(([, first = "", second = ""]) => ({ first: first.replace(/^(?:first|start with) /i, ""), second })),
    ...found(ONLY_AFTER).map(([, second = "", first = ""]) => ({ first, second })),
  ].filter((order) => negated.includes(order) || !isNegation.test(`${order.first} ${order.second}`));
}

/** The only step whose title has all the telling words of a clause. */
function stepAbout(clause: string, steps: readonly Step[]): Step | null {
  const terms = [...termsOf(clause)].filter((term) => !FILLER.has(term));
  if (terms.length === 0) return null;
  const found = steps.filter((step) => {
    const vocabulary = vocabularyOf(step.title);
    return terms.every((term) => vocabulary.has(term));
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}
const FILLER = new Set(
  "come comes go goes follow follows anything doing done running happen execute perform ready place approved successful successfully passes passed"
    .split(" ")
    .map(stemOf),
);

/** Whether a step waits, maybe through others, for another. */
function isAfter(key: string, other: string, { links }: Plan): boolean {
  const seen = new Set([key]);
  const stack = [key];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const next of links.needs.get(at) ?? []) {
      if (next === other) return true;
      if (!seen.has(next)) stack.push(next);
      seen.add(next);
    }
  }
  return false;
}
