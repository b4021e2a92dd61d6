/** How many parts of a kind a prompt asks for. */
export interface RequiredCount {
  readonly min: number;
  readonly max: number;
  /** "step" stands for tasks and actions as well. */
  readonly noun: string;
}

const NUMBERS =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
const NUMBER = String.raw`(?:\d{1,3}|${NUMBERS.join("|")})`;
const NOUN =
  "steps?|tasks?|actions?|phases?|milestones?|stages?|sprints?|schritten?|schritte|pasos|passi|étapes|passos|fasi|stappen|phasen|fases|kroków|шаг(?:ов|а)|этап(?:ов|а)";
const COUNT = new RegExp(
  String.raw`(?:\b(exactly|precisely|at least|no fewer than|no less than|not fewer than|(?:a )?minimum of|at most|no more than|not more than|up to|(?:a )?maximum of|max\.?|fewer than|less than|more than|between|genau|exactamente|exactement|esattamente|about|around|approximately|roughly|some|ca\.?|~)\s{0,2})?(?<![\p{L}\d.#$])(${NUMBER})(?:\s?(?:-|–|to|and|or)\s?(${NUMBER})(?![\p{L}\d]))?(?:-|\s)((?:(?!(?:${NOUN}|per|each|and|or|in)\b)[\p{L}][\p{L}-]{1,18} ){0,2})(${NOUN})(?![\p{L}\d])`,
  "giu",
);
const CHINESE =
  /(?:分|列出|给出|恰好|正好)?\s?(\d{1,2}|[一二三四五六七八九十])\s?个?(?:步骤|步驟|步|阶段|ステップ|단계)/u;
const LEAD =
  /\b(?:in|into|with|of|list|give|me|write|produce|outline|has|have|having|using|contain(?:s|ing)?|as|need|needs|want|exactly|be|are|create|make|provide|design|propose|plan|define|deliver|a|an|the|your|these|following|mit|en|em|in|avec|con|com)[ :]{1,2}(?:only )?$/i;
/** Things that have steps of their own, which are not the plan's. */
const OTHER_STEPS =
  /\b(?:wizard|form|flow|checkout|onboarding|tutorial|funnel|stepper|survey|pipeline|process|recipe|workflow|quiz|dance|game|currently|existing|today|already|we (?:have|had|are|run)|rocket)\b[^.!?\n]{0,40}$/i;
const OTHER_NOUN =
  /^\s{0,2}(?:wizard|form|flow|checkout|onboarding|tutorial|funnel|process|verification|authentication|auth|commit|pipeline|approval|workflow|rocket|game|survey|login)\b/i;
const PLAN_WORD =
  /^\s{0,2}(?:[\p{L}-]+ ){0,2}(?:plan|roadmap|outline|approach|breakdown|strategy|rollout|migration plan)\b/iu;
const VAGUE = /^(?:about|around|approximately|roughly|some|ca\.?|~)$/i;

/** The numbers of steps, phases, … that a prompt asks for; ambiguous numbers are left out. */
export function requiredCounts(prompt: string): readonly RequiredCount[] {
  const text = prompt.slice(0, 20_000).replace(/\s+/g, " ");
  const chinese = CHINESE.exec(text)?.[1];
  const own = chinese === undefined ? [] : [{ ...exact(chineseNumber(chinese)), noun: "step" }];
  return [...own, ...[...text.matchAll(COUNT)].slice(0, 20).flatMap((found) => countOf(found, text))];
}

function countOf(found: RegExpExecArray, text: string): readonly RequiredCount[] {
  const [whole, bound = "", first = "", second, , noun = ""] = found;
  const before = text.slice(Math.max(0, found.index - 80), found.index);
  const after = text.slice(found.index + whole.length, found.index + whole.length + 60);
  const isSingular = /^(?:step|task|action|phase|milestone|stage|sprint)$/i.test(noun);
  if (VAGUE.test(bound) || OTHER_STEPS.test(before) || OTHER_NOUN.test(after)) return [];
  if (isSingular ? !PLAN_WORD.test(after) : bound === "" && before.trim() !== "" && !LEAD.test(before)) return [];
  // "per" is "for" in Italian.
  const isItalian = /^(?:passi|fasi)$/i.test(noun);
  const isEach =
    (!isItalian && /^ ?(?:each|per|in each|for each|for every|under each|within each)\b/i.test(after)) ||
    /\b(?:each|every) (?:phase|stage|milestone|sprint|step|task|week|part|section)\b[^.]{0,40}$/i.test(before);
  // Of each phase, not of the plan.
  if (isEach) return [];
  const low = numberOf(first);
  const range =
    second === undefined
      ? boundOf(bound, low)
      : { min: Math.min(low, numberOf(second)), max: Math.max(low, numberOf(second)) };
  return [{ ...range, noun: nounOf(noun) }];
}

function nounOf(written: string): string {
  const noun = written.toLowerCase().replace(/s$/, "");
  return /^(?:phase|stage|milestone|sprint)$/.test(noun) ? noun : "step";
}

function boundOf(word: string, count: number): { readonly min: number; readonly max: number } {
  if (/^(?:fewer|less) than/i.test(word)) return { min: 1, max: count - 1 };
  if (/^more than/i.test(word)) return { min: count + 1, max: Number.POSITIVE_INFINITY };
  if (/least|fewer|less|minimum/i.test(word)) return { min: count, max: Number.POSITIVE_INFINITY };
  if (/most|more|up to|max/i.test(word)) return { min: 1, max: count };
  return exact(count);
}

function exact(count: number): { readonly min: number; readonly max: number } {
  return { min: count, max: count };
}

function numberOf(text: string): number {
  return /^\d/.test(text) ? Number(text) : NUMBERS.indexOf(text.toLowerCase()) + 1;
}

function chineseNumber(text: string): number {
  return /^\d/.test(text) ? Number(text) : "一二三四五六七八九十".indexOf(text) + 1;
}
