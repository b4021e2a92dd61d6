import { GROUP_WORDS, STEP_WORDS, type Reading, type Step } from "./step.ts";

/** A reference as written: to one step or phase, maybe within a phase. */
interface Reference {
  readonly word: string;
  readonly id: string;
}

/** What a step needs first, and references that lead nowhere. */
export interface Links {
  /** Keys of the steps and phases that each key needs first. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly missing: readonly string[];
}

const WORDS = `${GROUP_WORDS}|${STEP_WORDS}`;
/** "Depends on: …", "Dependencies: …", "after step 2": the latter two kinds only before a word for steps. */
const PHRASE = new RegExp(
  String.raw`\b(?:depends (?:up)?on|depend on|dependenc(?:y|ies)|prerequisites?|pre-requisites?|predecessors?|blocked by)\b(?: ?\(s\))? ?[:=–—-]{0,2} ?|\b(?:after|requires|needs) (?=(?:completion of |completing )?(?:${WORDS})s? ?#?[\dA-Z])`,
  "i",
);
const REFERENCE = new RegExp(
  String.raw`^(?:(${WORDS})s? ?#?)? ?#?([A-Z]{1,2}\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z]{1,8}-\d{1,3}|\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?|[A-H])(?![\w.-]*\w)`,
  "i",
);
/** What may follow a number or a letter alone; more words would make it "2 reviewers" or "a window". */
const END = /^ ?$|^ ?[:–—-] |^ (?:being|is|are|must|has|completes?|because|since)\b/;
const MAX_RANGE = 50;

/** Resolves every dependency of a reading; `text` is the whole answer, for sentences such as "T3 depends on T1". */
export function linksOf(reading: Reading, text: string): Links {
  const index = new Index(reading);
  const needs = new Map<string, string[]>();
  const missing: string[] = [];
  const link = (step: Step, reference: Reference): void => {
    const target = index.find(reference, step);
    if (target !== null) needs.set(step.key, [...(needs.get(step.key) ?? []), target]);
    else if (index.isOurs(reference))
      missing.push(`${step.key} depends on ${nameOf(reference)}, which is not in the plan`);
  };
  for (const step of [...reading.groups, ...reading.steps]) {
    const phrases = [step.title, ...step.body.split("\n")].flatMap(tailOf);
    for (const field of step.dependsOn) for (const each of index.named(field) ?? referencesIn(field)) link(step, each);
    for (const tail of phrases) for (const each of referencesIn(tail)) link(step, each);
  }
  for (const line of text.split("\n")) {
    const [tail] = tailOf(line);
    if (tail === undefined) continue;
    const [subject] = referencesIn(
      line
        .slice(0, line.search(PHRASE))
        .replace(/^[\s>*+-]+/, "")
        .replace(/[*_`(]/g, "")
        .trim(),
    );
    const steps =
      subject === undefined || (subject.word === "" && /^\d+$/.test(subject.id)) ? [] : index.steps(subject);
    const [step] = steps;
    if (step !== undefined && steps.length === 1) for (const each of referencesIn(tail)) link(step, each);
  }
  return { needs, missing: [...new Set(missing)] };
}

function nameOf({ word, id }: Reference): string {
  return word === "" ? id : `${word} ${id}`;
}

/** What stands behind "depends on" in a line, up to the end of the sentence or of the bracket. */
function tailOf(line: string): readonly string[] {
  const flat = line.slice(0, 2000).replace(/[*_`]/g, "").replace(/\s+/g, " ");
  const found = PHRASE.exec(flat);
  if (found === null) return [];
  const tail = flat.slice(found.index + found[0].length, found.index + found[0].length + 300);
  // "Step 1 (repository), Step 2" keeps its second half; "(depends on 1, 2) Deploy" ends with its bracket.
  const unbracketed = tail.replace(/\([^()]*\)/g, "");
  return [unbracketed.split(/\)|\. |;|\.$| \| | to (?!\d)/, 1)[0] ?? ""];
}

/** "Steps 1, 2 and 4-6", "T1–T3": one reference each. Words that are no reference are left out: not all dependencies are steps. */
function referencesIn(tail: string): readonly Reference[] {
  const references: Reference[] = [];
  let word = "";
  const flat = tail
    .replace(/[*_`[\]]/g, "")
    .replace(/\s+/g, " ")
    .replace(/\b(?:completion of|completing) /gi, "")
    .trim();
  for (const part of flat.split(/ ?(?:,|&|\+|\/|;|\band\b|\bor\b) ?/i)) {
    const [from, to] = rangeIn(part) ?? [part, null];
    const first = referenceIn(from, word);
    if (first === null) continue;
    word = first.word;
    const last = to === null ? null : referenceIn(to, word);
    references.push(...(last === null ? [first] : range(first, last)));
  }
  return references;
}

function referenceIn(text: string, word: string): Reference | null {
  const bare = text.trim().slice(0, 100);
  const found = REFERENCE.exec(bare);
  if (found === null) return null;
  const [whole, ownWord, id = ""] = found;
  const isNamed = ownWord !== undefined || /^[A-Z]+-?\d/i.test(id);
  if (!isNamed && !END.test(bare.slice(whole.length))) return null;
  return { word: (ownWord ?? word).toLowerCase(), id: id.toUpperCase() };
}

function rangeIn(part: string): readonly [string, string] | null {
  const found = /^(.{0,20}?[\dA-Z]) ?(?:-|–|—|\.\.|through|thru|to) ?([A-Z]{0,3}-?\d{1,3})$/i.exec(
    part.trim().slice(0, 60),
  );
  // "TASK-1" is an id, not a range from TASK to 1.
  if (found === null || !/\d$/.test(found[1] ?? "")) return null;
  return [found[1] ?? "", found[2] ?? ""];
}

function range(first: Reference, last: Reference): readonly Reference[] {
  const [, prefix = "", from = ""] = /^(.*?)(\d+)$/.exec(first.id) ?? [];
  const end = Number(/\d+$/.exec(last.id)?.[0] ?? from);
  const count = end - Number(from) + 1;
  if (from === "" || count < 1 || count > MAX_RANGE) return [first, last];
  return Array.from({ length: count }, (_, at) => ({ word: first.word, id: `${prefix}${Number(from) + at}` }));
}

/** Finds steps and phases by what they are called. */
class Index {
  readonly #byId = new Map<string, Step[]>();
  readonly #prefixes = new Set<string>();
  readonly #words = new Set<string>();
  readonly #isGroupId = new Map<string, Step>();
  readonly #idOfTitle: ReadonlyMap<string, string>;
  readonly #idsAreWords: boolean;
  readonly #isCounted: boolean;

  constructor(reading: Reading) {
    this.#idOfTitle = new Map(reading.steps.map((step) => [step.title.trim().toUpperCase(), step.id]));
    this.#idsAreWords = reading.steps.every((step) => step.idWritten && !/\d/.test(step.id));
    this.#isCounted = reading.form === "json" && !reading.steps.some((step) => step.idWritten);
    for (const step of reading.steps) this.#add(step.id, step);
    for (const group of reading.groups) this.#isGroupId.set(`${group.word} ${group.id}`, group);
    for (const step of [...reading.steps, ...reading.groups]) {
      this.#prefixes.add(prefixOf(step.id));
      this.#words.add(step.word);
    }
    // "2.1" is the first step of phase 2 where phases number their steps anew.
    for (const step of reading.steps) {
      const group = reading.groups.find((each) => each.key === step.parent);
      if (group !== undefined && !step.id.includes(".") && /^\d+$/.test(step.id))
        this.#add(`${group.id}.${step.id}`, step);
    }
  }

  #add(id: string, step: Step): void {
    this.#byId.set(id, [...(this.#byId.get(id) ?? []), step]);
  }

  /** A field that holds one id or title as a whole: JSON plans name their steps by words. */
  named(field: string): readonly Reference[] | null {
    const whole = field.trim().toUpperCase();
    if (/^(?:NONE|NULL|N\/A|-|–|—|)$/.test(whole)) return [];
    const id = this.#byId.has(whole) ? whole : this.#idOfTitle.get(whole);
    if (id !== undefined) return [{ word: "", id }];
    return this.#idsAreWords && /^[\w.-]+$/.test(whole) ? [{ word: "", id: whole }] : null;
  }

  steps(reference: Reference): readonly Step[] {
    const found = this.#byId.get(reference.id) ?? [];
    const sameWord = found.filter((step) => step.word === reference.word);
    return sameWord.length > 0 ? sameWord : found;
  }

  /** Key of what a step refers to: its own phase first, then the whole plan. */
  find(reference: Reference, from: Step): string | null {
    const group = this.#isGroupId.get(`${reference.word} ${reference.id}`);
    if (group !== undefined) return group.key;
    const steps = this.steps(reference);
    const near = steps.find((step) => step.parent === from.parent) ?? (steps.length === 1 ? steps[0] : undefined);
    if (near !== undefined) return near.key;
    const groups = [...this.#isGroupId.values()].filter((each) => each.id === reference.id);
    return steps.length === 0 && groups.length === 1 ? (groups[0]?.key ?? null) : (steps[0]?.key ?? null);
  }

  /** Whether a reference that leads nowhere was meant for this plan: "T9" beside T1 to T8, but not "S3" or "Node 20". */
  isOurs({ word, id }: Reference): boolean {
    if (this.#idsAreWords) return true;
    // Without ids of their own, numbers in JSON may count from 0 or from 1.
    if (this.#isCounted) return false;
    const prefix = prefixOf(id);
    if (word !== "" && !this.#words.has(word) && new RegExp(`^(?:${GROUP_WORDS})$`).test(word)) return false;
    if (prefix === "" || word !== "") return /^\d/.test(id) ? this.#prefixes.has("") : this.#prefixes.has(prefix);
    return this.#prefixes.has(prefix) && /\d/.test(id);
  }
}

function prefixOf(id: string): string {
  return /^[A-Z]*-?/.exec(id)?.[0] ?? "";
}
