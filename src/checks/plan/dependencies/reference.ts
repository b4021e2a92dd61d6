import { FOREIGN_WORDS, GROUP_WORDS, ID, idOf, STEP_WORDS } from "../step.ts";

/** A reference as written: to one step or phase, maybe within a phase. */
export interface StepReference {
  readonly word: string;
  readonly id: string;
  /** The phase named with it: "step 1 of phase 2". */
  readonly group: string | null;
}

export const WORDS = `${GROUP_WORDS}|${STEP_WORDS}`;
const REFERENCE = new RegExp(
  String.raw`^(?:the |la |el |den |der |dem |l['’])?(?:(${WORDS}|${FOREIGN_WORDS}|步骤|步驟|阶段|任务)(?:s|en|e)?[ -]?#?)? ?#?(${ID}|[A-Z])(?![\p{L}\p{N}_-]|\.\d|%|/\d)`,
  "iu",
);
const GROUP_FIRST = new RegExp(
  String.raw`^(?:${GROUP_WORDS}) ?(\d{1,3}|[A-Z])[ ,:/.–—-]{1,3}(?=(?:${STEP_WORDS})s? ?#?\d)`,
  "i",
);
const GROUP_LAST = new RegExp(String.raw`^,? (?:of|in|from) (?:the )?(?:${GROUP_WORDS}) (\d{1,3}|[A-Z])\b`, "i");
/** "Step 1 of the runbook" is a step of another plan. */
const ELSEWHERE = /^,? (?:of|in|from|on) (?!(?:this|the) (?:plan|list)\b)\w/i;
/** What may follow a number or a letter alone; more words would make it "2 reviewers" or "a window". */
const END = /^ ?[.!]?$|^ ?[:–—-] |^ (?:being|is|are|must|has|have|completes?|completed|done|because|since|first)\b/;
const MAX_RANGE = 200;
const DATES = /\b\d{1,4}[/-]\d{1,2}[/-]\d{1,4}\b/g;

/**
 * "Steps 1, 2 and 4-6", "T1–T3": one reference each. Other words are skipped, since a step may need things that are not steps; after
 * such words, a bare number is no reference either.
 */
export function referencesIn(tail: string): readonly StepReference[] {
  const references: StepReference[] = [];
  let word = "";
  let group: string | null = null;
  let isList = true;
  const flat = tail
    .slice(0, 1000)
    .replace(/[*_`[\]"“”]/g, "")
    .replace(DATES, " a date ")
    .replace(/\s+/g, " ")
    .replace(
      /\b(?:the )?(?:successful )?(?:completion of|completing|finishing|output of|outputs of|results? of) /gi,
      "",
    )
    .trim();
  for (const part of flat.split(/ ?(?:,|&|\+|\/|;|\band\b|\bor\b|\bplus\b) ?/i)) {
    if (part === "") continue;
    const [from, to] = rangeIn(part) ?? [part, null];
    const first = referenceIn(from, word, group, isList);
    if (first === null) {
      isList = false;
      continue;
    }
    word = first.word;
    group = isGroupWord(first.word) ? first.id : first.group;
    const last = to === null ? null : referenceIn(to, word, group, isList);
    references.push(...(last === null ? [first] : range(first, last)));
  }
  return references;
}

/** The one reference that ends a text: "…, so T5" or "Step 5 (Deploy)". */
export function referenceAtEnd(text: string): StepReference | null {
  const bare = text
    .slice(-120)
    .replace(/[*_`]/g, "")
    .replace(/\([^()]*\)\s*$/, "")
    .trimEnd();
  const found = new RegExp(String.raw`(?:^|[\s(|>])((?:(?:${WORDS})s? ?#?)?(?:${ID}))\s*$`, "i").exec(bare);
  const [reference] = found === null ? [] : referencesIn(found[1] ?? "");
  return reference === undefined || (reference.word === "" && /^\d+$/.test(reference.id)) ? null : reference;
}

export function nameOf({ word, id }: StepReference): string {
  return word === "" ? id : `${word} ${id}`;
}

export function isGroupWord(word: string): boolean {
  return GROUP_WORD.test(word);
}
const GROUP_WORD = new RegExp(`^(?:${GROUP_WORDS})$`);

function referenceIn(text: string, word: string, group: string | null, isList: boolean): StepReference | null {
  const whole = text.trim().slice(0, 120);
  const first = GROUP_FIRST.exec(whole);
  const bare = first === null ? whole : whole.slice(first[0].length);
  const found = REFERENCE.exec(bare);
  if (found === null) return null;
  const [matched, ownWord, id = ""] = found;
  const rest = bare.slice(matched.length);
  const last = GROUP_LAST.exec(rest);
  if (last === null && ELSEWHERE.test(rest)) return null;
  const isNamed = ownWord !== undefined || /^[A-Z]+-?\d/i.test(id);
  if (!isNamed && (!isList || !END.test(rest))) return null;
  // "task a colleague with it" names no task A.
  if (/^[a-z]/.test(id) && (ownWord === undefined || (id.length === 1 && !END.test(rest)))) return null;
  const own = (ownWord ?? word).toLowerCase();
  return { word: own, id: idOf(id), group: first?.[1] ?? last?.[1] ?? (isGroupWord(own) ? null : group) };
}

function rangeIn(part: string): readonly [string, string] | null {
  const found =
    /^([^–—]{0,20}?[\dA-Z]) ?(?:-|–|—|\.\.\.?|…|through|thru|to) ?((?:steps?|tasks?|phases?)? ?[A-Z]{0,3}-?\d{1,5}(?:\.\d{1,3})?)$/i.exec(
      part.trim().slice(0, 60),
    );
  // "TASK-1" is an id, not a range from TASK to 1.
  if (found === null || !/\d$/.test(found[1] ?? "")) return null;
  return [found[1] ?? "", found[2] ?? ""];
}

function range(first: StepReference, last: StepReference): readonly StepReference[] {
  const [, prefix = "", from = ""] = /^(.*\D|)(\d+)$/.exec(first.id) ?? [];
  const end = Number(/(?<!\d)\d+$/.exec(last.id)?.[0] ?? from);
  const count = end - Number(from) + 1;
  if (from === "" || count < 1 || count > MAX_RANGE) return [first, last];
  return Array.from({ length: count }, (_, at) => ({ ...first, id: `${prefix}${Number(from) + at}` }));
}
