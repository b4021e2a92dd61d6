import type { Plan } from "../read/plan.ts";
import { stemOf } from "./terms.ts";

const EXCLUDED =
  /\b(?:no|without(?: (?:any|using))?|avoid(?:ing)?|do(?:n't| not) (?:use|include|buy|add|hire|touch|change|involve|rely on)|not us(?:e|ing)|must not (?:use|include|involve)|never use|nothing (?:with|from)) (?:any |the |a |an )?((?:[\p{L}\p{N}+#-]+(?:\.[\p{L}\p{N}]+)? ){0,3}[\p{L}\p{N}+#-]+)/giu;
/** Nouns for what a plan must go without in its course, not in what it buys, builds or does; they are spoken of to be avoided. */
const COURSE =
  /\b(?:downtime|outages?|loss|losing|los[et]|break\w*|interrupt\w*|regressions?|leaks?|disrupt\w*|risks?|delays?|errors?|bugs?|more|later|less|longer|need|one|step|steps|explanations?|prose|code|text|intro\w*|fluff|jargon|markdown|table|json|dependenc\w*|cycles?|placeholders?|experience|matter|problem|impact|duplicates?|changes?|idea|time|access|doubt|fewer|further|other|exceed\w*|than)\b/i;
const DENIED =
  /\b(?:no|not|n't|without|avoid\w*|never|instead of|rather than|exclud\w*|except|zero|free of|skip\w*|remov\w*|replac\w*|drop\w*|eliminat\w*|ban(?:s|ned|ning)?|forbid\w*|prohibit\w*|stop\w*|against|nor|neither|non|unpaid|migrat\w* (?:off|from|away)|from)\b|n't\b/i;
/** Words for any way of doing it, which a step need not repeat. */
const ANY_WAY =
  / (?:approach(?:es)?|methods?|styles?|solutions?|strateg(?:y|ies)|tools?|ways?|techniques?|products?|options?|activit(?:y|ies)|work)$/i;
const MAX_WORDS = 3;
const MAX_PHRASES = 20;
const MAX_STEPS = 1000;

/** Things that the prompt rules out and a step of the plan does or uses by the same words. */
export function excludedProblems(prompt: string, { reading }: Plan): readonly string[] {
  if (reading === null) return [];
  const words = prompt.slice(0, 20_000).replace(/```[^]*?```/g, " ");
  const phrases = [...words.matchAll(EXCLUDED)].flatMap((found) => {
    const phrase =
      (found[1] ?? "").split(
        / (?:in|on|for|to|of|at|by|and|or|but|as|that|which|please|during|from|with|is|are|will|we|i|it|until|before|after|while|since|because|so) ?/i,
        1,
      )[0] ?? "";
    const list = stemsOf(phrase.trim().replace(ANY_WAY, ""));
    return COURSE.test(phrase) || list.length < 2 || list.length > MAX_WORDS ? [] : [{ phrase: phrase.trim(), list }];
  });
  if (phrases.length === 0) return [];
  const steps = reading.steps.slice(0, MAX_STEPS).map(({ key, title, body }) => ({
    key,
    clauses: `${title}\n${body}`
      .slice(0, 4000)
      .split(/[.;\n]|, (?=but\b)/)
      .flatMap((clause) => (DENIED.test(clause) ? [] : [stemsOf(clause)])),
  }));
  return phrases.slice(0, MAX_PHRASES).flatMap(({ phrase, list }) => {
    const culprit = steps.find(({ clauses }) => clauses.some((stems) => holds(stems, list)));
    return culprit === undefined ? [] : [`the prompt rules out "${phrase}", which ${culprit.key} has`];
  });
}

/** Whether the words stand one after the other. */
function holds(stems: readonly string[], wanted: readonly string[]): boolean {
  return stems.some((_stem, at) => wanted.every((word, offset) => stems[at + offset] === word));
}

function stemsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}+#]{2,}/gu) ?? []).map(stemOf);
}
