import { StepIndex } from "./step-index.ts";
import { phrasesIn } from "./phrases.ts";
import { nameOf, referencesIn, type StepReference } from "./reference.ts";
import type { PlanReading, Step } from "../step.ts";

/** The dependencies of all steps, and references to steps that do not exist. */
export interface Links {
  /** Keys of the steps and phases that each key needs first. */
  readonly needs: ReadonlyMap<string, ReadonlySet<string>>;
  readonly missing: readonly string[];
}

const MAX_LINKS = 200_000;
const MAX_EARLIER = 300;
const EARLIER =
  /^(?:on )?(?:the )?(?:all |every |each )?(?:of )?(?:the )?(?:previous|prior|preceding|earlier|above|everything above)\b/i;
const ALL = /\b(?:all|every|everything|each|steps|tasks)\b/i;
const MAX_OPEN_LINES = 12;

/** Resolves every dependency of a reading; `text` is the whole answer, for sentences such as "T3 depends on T1". */
export function linksOf(reading: PlanReading, text: string): Links {
  return new Linker(reading).links(text);
}

class Linker {
  readonly #reading: PlanReading;
  readonly #index: StepIndex;
  readonly #needs = new Map<string, Set<string>>();
  readonly #missing = new Set<string>();
  readonly #position: ReadonlyMap<string, number>;
  #count = 0;

  constructor(reading: PlanReading) {
    this.#reading = reading;
    this.#index = new StepIndex(reading);
    this.#position = new Map(reading.steps.map((step, at) => [step.key, at]));
  }

  links(text: string): Links {
    for (const step of [...this.#reading.groups, ...this.#reading.steps]) {
      for (const field of step.dependsOn) this.#addField(step, field);
      this.#addLines(step, [step.title, ...step.body.split("\n")]);
    }
    this.#addLines(null, text.split(/\r\n|[\r\n]/));
    return { needs: this.#needs, missing: [...this.#missing] };
  }

  #addField(step: Step, field: string): void {
    const whole = this.#index.named(field);
    if (whole !== null) return this.#linkAll(step, whole, true);
    this.#addTail(step, field, true, "needs");
  }

  /** `owner` is the step that holds the lines; without one only sentences that name their subject count. */
  #addLines(owner: Step | null, lines: readonly string[]): void {
    for (const [at, line] of lines.entries()) {
      for (const { subject, tail, direction, isStrict, isOpen } of phrasesIn(line)) {
        const step = subject === null ? owner : this.#index.subject(subject);
        if (step === null) continue;
        this.#addTail(step, tail, isStrict, direction);
        if (isOpen) this.#addList(step, lines.slice(at + 1, at + 1 + MAX_OPEN_LINES), direction);
      }
    }
  }

  /** "Dependencies:" followed by one name per line. */
  #addList(step: Step, lines: readonly string[], direction: "needs" | "feeds"): void {
    for (const line of lines) {
      const bare = line.replace(/^[\s>*+-]+/, "");
      if (/^[^.]{2,30}:/.test(bare) || (referencesIn(bare).length === 0 && this.#index.named(bare) === null)) return;
      this.#addTail(step, bare, true, direction);
    }
  }

  #addTail(step: Step, tail: string, isStrict: boolean, direction: "needs" | "feeds"): void {
    if (EARLIER.test(tail)) return this.#addEarlier(step, ALL.test(tail));
    const titled = this.#index.titled(tail, step.key);
    if (titled.length > 0) return this.#linkKeys(step, titled, direction);
    this.#linkAll(step, referencesIn(tail), isStrict, direction);
  }

  #addEarlier(step: Step, all: boolean): void {
    const at = this.#position.get(step.key);
    if (at === undefined) return;
    const earlier = this.#reading.steps.slice(Math.max(0, at - (all ? MAX_EARLIER : 1)), at);
    this.#linkKeys(
      step,
      earlier.map(({ key }) => key),
      "needs",
    );
  }

  #linkAll(
    step: Step,
    references: readonly StepReference[],
    isStrict: boolean,
    direction: "needs" | "feeds" = "needs",
  ): void {
    let group: string | null = null;
    for (const reference of references) {
      const target = this.#index.find(reference, step, group);
      if (target !== null) {
        group = this.#index.groupOf(target);
        this.#linkKeys(step, [target], direction);
      } else if (this.#index.isOurs(reference, isStrict)) {
        this.#missing.add(`${step.key} depends on ${nameOf(reference)}, which is not in the plan`);
      }
    }
  }

  #linkKeys(step: Step, targets: readonly string[], direction: "needs" | "feeds"): void {
    for (const target of targets) {
      // A step that depends on its own phase means the other steps of that phase, and vice versa.
      const isInside = step.key.startsWith(`${target} / `) || target.startsWith(`${step.key} / `);
      if (this.#count >= MAX_LINKS || isInside) continue;
      const [from, to] = direction === "needs" ? [step.key, target] : [target, step.key];
      const known = this.#needs.get(from) ?? new Set();
      known.add(to);
      this.#needs.set(from, known);
      this.#count += 1;
    }
  }
}
