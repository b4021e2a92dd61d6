import type { Reading, Step } from "./step.ts";
import { termsOf } from "./requirements/terms.ts";

/** What a step may wait for that is nobody's step. */
const OUTSIDE =
  /\b(?:approv\w*|sign(?:ed)?[ -]?off|consent|budget\w*|fund\w*|vendors?|suppliers?|access|credentials?|availab\w*|permits?|permissions?|licen[cs]\w*|contracts?|hardware|clients?|customers?|stakeholders?|third|partners?|management|executives?|legal|boards?|weather|hir\w+|staff\w*|teams?|nothing|none|external\w*|existing|current|kick-?off|decisions?|start|project|inputs?|keys?|accounts?|purchas\w*|deliver\w*|confirm\w*|results?|feedback|ready|readiness|successful|green|day|date|week|month|hours?|holiday|season|notice|quotes?|landlord|council|government|bank|insur\w*|all|any|each|every|previous|prior|above|everything)\b/i;
/** As much as this of a name may stand in a step that is another one. */
const MAX_SHARED = 0.34;
const MIN_TERMS = 2;

/** A name that a step says it depends on. */
export interface Stranger {
  readonly step: Step;
  readonly name: string;
}

/**
 * Whether a plan certainly has no step of that name: it begins as a step's title does, means nothing that comes from outside, and no
 * step says more than a third of it. Single words only count where the plan names most of its dependencies.
 */
export function isStranger({ step, name }: Stranger, reading: Reading, countsWords: boolean): boolean {
  const bare = name.replace(/[*_`"“”]/g, "").trim();
  if (!/^\p{Lu}/u.test(bare) || OUTSIDE.test(bare) || bare.length > 100) return false;
  const terms = [...termsOf(bare)];
  if (terms.length < (countsWords ? 1 : MIN_TERMS)) return false;
  return [...reading.steps, ...reading.groups].every((each) => {
    const text = `${each.title}\n${each === step ? "" : each.body}`.replaceAll(bare, " ");
    const known = termsOf(text.slice(0, 4000));
    return terms.filter((term) => known.has(term)).length / terms.length <= MAX_SHARED;
  });
}
