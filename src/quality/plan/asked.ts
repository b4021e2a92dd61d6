/** How many steps a prompt asks for. */
export interface AskedSteps {
  readonly min: number;
  readonly max: number;
}

const NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(" ");
const NUMBER = String.raw`(?:\d{1,2}|${NUMBERS.join("|")}|twenty)`;
const PARTS = String.raw`(?:[a-z]{3,14} ){0,2}(?:steps|tasks|phases|milestones|stages|actions)\b`;
const BOUNDED = new RegExp(
  String.raw`\b(exactly|precisely|at least|no fewer than|no less than|minimum of|at most|no more than|up to|maximum of) (${NUMBER}) ${PARTS}`,
  "i",
);
const RANGE = new RegExp(
  String.raw`\b(?:in|into|with|of|list|between|give|write|has|have|me) (${NUMBER}) ?(?:-|–|to|and) ?(${NUMBER}) ${PARTS}`,
  "i",
);
const PLAIN = new RegExp(
  String.raw`\b(?:in|into|with|of|list|give|give me|write|write me|produce|outline|has|have|using) (${NUMBER}) ${PARTS}`,
  "i",
);
const COMPOUND = new RegExp(
  String.raw`\b(${NUMBER})[- ](?:step|phase|stage|task) (?:\w+ )?(?:plan|roadmap|outline|approach|breakdown)\b`,
  "i",
);
/** Things that have steps of their own, which are not the plan's. */
const OTHER_STEPS =
  /\b(?:wizard|form|flow|checkout|onboarding|tutorial|funnel|stepper|survey|pipeline|process|recipe|workflow|quiz|dance|game)\b[^.!?\n]{0,40}$/i;

/** The number of steps that a prompt asks for; `null` when it names none, or when it may mean something else. */
export function askedSteps(prompt: string): AskedSteps | null {
  const text = prompt.slice(0, 20_000).replace(/\s+/g, " ");
  const bounded = BOUNDED.exec(text);
  if (bounded !== null && isAboutPlan(text, bounded.index)) return boundOf(bounded[1] ?? "", numberOf(bounded[2]));
  const range = RANGE.exec(text);
  if (range !== null && isAboutPlan(text, range.index)) return { min: numberOf(range[1]), max: numberOf(range[2]) };
  const exact = COMPOUND.exec(text) ?? PLAIN.exec(text);
  if (exact === null || !isAboutPlan(text, exact.index)) return null;
  return { min: numberOf(exact[1]), max: numberOf(exact[1]) };
}

function isAboutPlan(text: string, at: number): boolean {
  return !OTHER_STEPS.test(text.slice(Math.max(0, at - 80), at));
}

function boundOf(word: string, count: number): AskedSteps {
  if (/least|fewer|less|minimum/i.test(word)) return { min: count, max: Number.POSITIVE_INFINITY };
  if (/most|more|up to|maximum/i.test(word)) return { min: 1, max: count };
  return { min: count, max: count };
}

function numberOf(text: string | undefined): number {
  const word = (text ?? "").toLowerCase();
  if (word === "twenty") return 20;
  return /^\d/.test(word) ? Number(word) : NUMBERS.indexOf(word) + 1;
}
