import { isGroupWord, type StepReference } from "./reference.ts";
import { idOf, type PlanReading, type Step } from "../step.ts";

const NOTHING = /^(?:NONE|NULL|NIL|N\/A|NA|NO|START|-+|–|—|∅|\[\]|)[.]?$/;
const MIN_TITLE_CHARS = 6;
const MIN_HEAD_CHARS = 4;

/** Finds steps and phases by their ids and titles. */
export class StepIndex {
  readonly #byId = new Map<string, Step[]>();
  readonly #byTitle = new Map<string, string[]>();
  /** By the part of the title before its description or bracket. */
  readonly #byHead = new Map<string, string[]>();
  readonly #groupsById = new Map<string, Step[]>();
  readonly #groupsByKey: ReadonlyMap<string, Step>;
  readonly #byKey = new Map<string, Step>();
  readonly #prefixes = new Set<string>();
  readonly #words = new Set<string>();
  /** The shapes of the ids of a JSON plan: "STEP-9". */
  readonly #shapes = new Set<string>();
  readonly #reading: PlanReading;
  readonly #idsAreWords: boolean;
  /** Numbers of phases whose steps are numbers: "2.1" is the first step of phase 2. */
  readonly #pointed = new Set<string>();
  /** Whether all steps are called "1.2". */
  readonly #areDotted: boolean;
  readonly #isCounted: boolean;
  /** Whether no step is called by a bare number, so that "step 2" means the second one. */
  readonly #hasNoNumbers: boolean;
  /** JSON without ids may count from 0 or from 1; a 0 anywhere says which. */
  readonly #countsFrom: number;

  constructor(reading: PlanReading) {
    const { steps, groups } = reading;
    this.#reading = reading;
    this.#idsAreWords = steps.length > 0 && steps.every((step) => step.idWritten && !/\d/.test(step.id));
    this.#areDotted = steps.length > 2 && steps.every((step) => step.idWritten && /^\d+\.\d+$/.test(step.id));
    this.#isCounted = reading.form === "json" && !steps.some((step) => step.idWritten);
    this.#hasNoNumbers = steps.every((step) => !/^\d/.test(step.id));
    this.#countsFrom = steps.some((step) => step.dependsOn.some((field) => field.trim() === "0")) ? 0 : 1;
    this.#groupsByKey = new Map(groups.map((group) => [group.key, group]));
    for (const group of groups) push(this.#groupsById, group.id, group);
    for (const step of [...steps, ...groups]) {
      this.#byKey.set(step.key, step);
      push(this.#byTitle, normal(step.title), step.key);
      push(this.#byHead, normal(headOf(step.title)), step.key);
      this.#prefixes.add(prefixOf(step.id));
      this.#words.add(step.word);
    }
    for (const step of steps) {
      if (reading.form === "json" && step.idWritten && /\d/.test(step.id)) this.#shapes.add(shapeOf(step.id));
      push(this.#byId, step.id, step);
      // "2.1" is the first step of phase 2 where phases number their steps anew; "4.2" a point of step 4.
      const group = step.parent === null ? undefined : this.#groupsByKey.get(step.parent);
      if (group !== undefined && !step.id.includes(".")) {
        push(this.#byId, `${group.id}.${step.id}`, step);
        if (/^\d+$/.test(group.id) && /^\d+$/.test(step.id)) this.#pointed.add(group.id);
      }
    }
  }

  /** A field that holds one id or title as a whole: JSON plans name their steps by words. */
  named(field: string): readonly StepReference[] | null {
    const whole = idOf(field.trim());
    if (NOTHING.test(whole)) return [];
    if (this.#byId.has(whole) || this.#groupsById.has(whole)) return [{ word: "", id: whole, group: null }];
    const titled = this.#byTitle.get(normal(field));
    const step = titled?.length === 1 ? this.#byKey.get(titled[0] ?? "") : undefined;
    if (step !== undefined) return [{ word: step.word, id: step.id, group: this.groupOf(step.key) }];
    if (!/^[\w.-]+$/.test(whole)) return null;
    if (this.#shapes.has(shapeOf(whole))) return [{ word: "", id: whole, group: null }];
    if (!this.#idsAreWords) return null;
    // Letters that stand alone name steps; a word in running text need not.
    const isJson = this.#reading.form === "json";
    return isJson || /^[A-Z]$/.test(whole) ? [{ word: "", id: whole, group: null }] : null;
  }

  /** Keys of the steps whose titles make up a text: "Set up CI, Write the tests". A part of a title is never the step's own. */
  titled(text: string, from: string): readonly string[] {
    const whole = this.#byTitle.get(normal(text));
    if (whole?.length === 1 && normal(text).length >= MIN_TITLE_CHARS) return whole;
    const headed = this.#headed(normal(text), from);
    if (headed.length > 0) return headed;
    const parts = text.split(/ ?(?:,|;|\band\b|&) ?/);
    const keys = parts.flatMap((part) => {
      const titled = normal(part).length < MIN_TITLE_CHARS ? undefined : this.#byTitle.get(normal(part));
      return titled ?? this.#headed(normal(part), from);
    });
    return keys.length === parts.length ? keys : [];
  }

  /** The one step whose title, up to its description, is a text or begins with it. */
  #headed(text: string, from: string): readonly string[] {
    if (text.length < MIN_HEAD_CHARS) return [];
    const exact = this.#byHead.get(text);
    if (exact !== undefined) return exact.length === 1 && exact[0] !== from ? exact : [];
    if (text.length < MIN_TITLE_CHARS) return [];
    const found = [...this.#byHead].flatMap(([head, keys]) => (head.startsWith(`${text} `) ? keys : []));
    return found.length === 1 && found[0] !== from ? found : [];
  }

  /** The step or phase that a sentence is about, when that is certain. */
  subject(reference: StepReference): Step | null {
    const groups = isGroupWord(reference.word) ? (this.#groupsById.get(reference.id) ?? []) : [];
    const candidates = groups.length > 0 ? groups : this.#steps(reference);
    return candidates.length === 1 ? (candidates[0] ?? null) : null;
  }

  /** Key of the step that a reference means: in the named phase, in the step's own phase, or in the whole plan. */
  find(reference: StepReference, from: Step, lastGroup: string | null): string | null {
    if (this.#isCounted && !isGroupWord(reference.word)) return this.#counted(reference);
    const named = (this.#groupsById.get(reference.id) ?? []).find((group) => group.word === reference.word);
    if (isGroupWord(reference.word) && named !== undefined) return named.key;
    const steps = this.#steps(reference);
    if (steps.length === 1) return steps[0]?.key ?? null;
    if (steps.length === 0 && this.#isOrdinal(reference)) {
      return this.#reading.steps[Number(reference.id) - 1]?.key ?? null;
    }
    const hinted = reference.group ?? null;
    const inGroup = (id: string | null): Step | undefined =>
      id === null
        ? undefined
        : steps.find((step) => step.parent !== null && this.#groupsByKey.get(step.parent)?.id === id);
    const found =
      inGroup(hinted) ?? steps.find((step) => step.parent === from.parent) ?? inGroup(lastGroup) ?? steps[0];
    if (found !== undefined) return found.key;
    const anyGroups = this.#groupsById.get(reference.id) ?? [];
    return reference.word === "" && anyGroups.length === 1 ? (anyGroups[0]?.key ?? null) : null;
  }

  groupOf(key: string): string | null {
    const step = this.#byKey.get(key);
    const group = step?.parent === undefined || step.parent === null ? undefined : this.#groupsByKey.get(step.parent);
    return group?.id ?? null;
  }

  /** Whether a reference that leads nowhere was meant for this plan: "T9" beside T1 to T8, but not "S3" or "Node 20". */
  isOurs({ word, id, group }: StepReference, isStrict: boolean): boolean {
    if (this.#shapes.has(shapeOf(id))) return true;
    if (this.#isOrdinal({ word, id, group })) return true;
    if (
      /^\d+\.\d+$/.test(id) &&
      (this.#areDotted || (this.#pointed.size > 1 && this.#pointed.has(id.split(".")[0] ?? "")))
    )
      return true;
    if (/\d\.\d/.test(id) && this.#isPointOf(id)) return false;
    if (this.#idsAreWords && !(isStrict && word !== "" && this.#words.has(word)))
      return this.#reading.form === "json" || (isStrict && /^[A-Z]$/.test(id));
    if (this.#isCounted) return /^\d+$/.test(id) && Number(id) > this.#reading.steps.length;
    if (group !== null) return false;
    const isNamedAlike = isStrict && word !== "" && this.#words.has(word) && !isGroupWord(word);
    if (isNamedAlike && !this.#isLettered(id)) return true;
    const prefix = prefixOf(id);
    if (isGroupWord(word)) return this.#words.has(word) && (isStrict || Number(id) > 0);
    if (/^\d/.test(id)) return (isStrict || word !== "") && this.#prefixes.has("") && !this.#isLettered(id);
    return this.#prefixes.has(prefix) && /\d/.test(id);
  }

  #steps(reference: StepReference): readonly Step[] {
    const found = this.#byId.get(reference.id) ?? [];
    const sameWord = found.filter((step) => step.word === reference.word);
    return sameWord.length > 0 ? sameWord : isGroupWord(reference.word) ? [] : found;
  }

  /** "step 2" in a plan whose steps are called otherwise. */
  #isOrdinal({ word, id }: StepReference): boolean {
    return this.#hasNoNumbers && word !== "" && !isGroupWord(word) && /^\d{1,3}$/.test(id);
  }

  #counted({ id }: StepReference): string | null {
    return this.#reading.steps[Number(id) - this.#countsFrom]?.key ?? null;
  }

  /** "3.2" or "3b" where step 3 has points that are no steps of their own. */
  #isPointOf(id: string): boolean {
    const dotted = this.#reading.steps.some((step) => step.id.includes("."));
    return !dotted && this.#byId.has(id.split(".")[0] ?? "");
  }

  #isLettered(id: string): boolean {
    return /[A-Z]$/.test(id) && this.#byId.has(id.slice(0, -1));
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function normal(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** "Content" of "Content – write the texts. Depends on: Launch", "Write it" of "Write it (depends on: 2)". */
function headOf(title: string): string {
  return title.split(/\s[–—-]{1,2}\s|[:：]\s|\s?\(|[.;]\s/u, 1)[0] ?? "";
}

function shapeOf(id: string): string {
  return id.replace(/\d+/g, "9");
}

function prefixOf(id: string): string {
  return /^[A-Z]*-?/.exec(id)?.[0] ?? "";
}
