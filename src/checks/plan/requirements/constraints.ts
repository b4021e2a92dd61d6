import { GENERIC, termsOf } from "./terms.ts";

/** Something that the prompt wants the plan to deal with. */
export interface Constraint {
  readonly text: string;
  readonly terms: readonly string[];
}

const MAX_PROMPT_CHARS = 20_000;
const MAX_CONSTRAINTS = 40;
const WANTED =
  /\b(?:must|needs? to|ha(?:s|ve) to|includ(?:e|es|ing)|cover(?:s|ing)?|ensur(?:e|es|ing)|mak(?:e|ing) sure(?: that)?|account(?:s|ing)? for|address(?:es|ing)?|without|with (?:no|zero|minimal)|at most|no more than|deliverables?|use|using|zero|required?)\b:?/i;
/** A list below such a line is a list of wishes; others tell what is there. */
const LIST_HEAD =
  /\b(?:must|should|need|needs|requirements?|constraints?|includ\w*|cover\w*|deliver\w*|goals?|address\w*|ensure|features?|want|plan for)\b[^\n]{0,80}:?\s*$/i;
const ITEM = /^\s{0,8}(?:[-*+•]|\d{1,2}[.)])\s+(.+)$/;
/** About the plan as a text, or about how it is to be written. */
const FORM =
  /\b(?:each|every|all) (?:of the )?(?:steps?|tasks?|phases?|items?|milestones?|stages?|actions?|entry|entries)\b|\b(?:steps?|tasks?|phases?) (?:must|should|needs?) (?:be|have|include|name|state|list)\b|\b(?:valid|only|as|in|return|output|respond|reply|answer)\b[^.]{0,30}\b(?:json|yaml|mermaid|markdown|table|prose|format)\b|\bformat\b|\b\d+ words\b/i;
const NEGATED =
  /\b(?:do not|don't|avoid|never|no need|not need|skip|exclude|excluding|except|instead of|rather than|out of scope|already)\b/i;
/** What a plan deals with even where the prompt says it with a "not". */
const HARM =
  /\b(?:downtime|outages?|data loss|los(?:e|ing|t)|break(?:ing)?|interrupt\w*|regressions?|leak\w*|disrupt\w*)\b/i;

/** What the prompt wants dealt with, as far as its words tell for certain. */
export function constraintsIn(prompt: string): readonly Constraint[] {
  const found: Constraint[] = [];
  let isWishList = false;
  for (const line of prompt.slice(0, MAX_PROMPT_CHARS).split(/\r\n|[\r\n]/)) {
    const item = ITEM.exec(line)?.[1];
    if (item === undefined) {
      if (line.trim() !== "") isWishList = LIST_HEAD.test(line);
      for (const sentence of line.split(/(?<=[.!?;])\s+/)) found.push(...ofSentence(sentence));
    } else if (isWishList) {
      found.push(...constraintOf(item));
    } else {
      found.push(...ofSentence(item));
    }
  }
  return distinct(found).slice(0, MAX_CONSTRAINTS);
}

function ofSentence(sentence: string): readonly Constraint[] {
  const wanted = WANTED.exec(sentence);
  if (wanted === null) return [];
  if (FORM.test(sentence)) return [];
  const rest = sentence.slice(wanted.index + wanted[0].length);
  const parts = rest
    .split(/,\s*(?:and |or )?|;\s*|\s+and\s+(?=(?:must|use|include|cover|ensure)\b)/)
    .filter((part) => part.trim() !== "");
  const isList = parts.length >= 3 || (parts.length === 2 && / and /.test(parts[1] ?? "") && !/^\s*and\b/.test(rest));
  const whole = isList ? parts : parts.length === 2 && wanted[0].toLowerCase().startsWith("includ") ? parts : [rest];
  return whole
    .flatMap((part) => (isList ? part.split(/\s+and\s+/) : [part]))
    .flatMap((part) => constraintOf(part, sentence));
}

function constraintOf(text: string, sentence = text): readonly Constraint[] {
  if (FORM.test(text) || ((NEGATED.test(text) || NEGATED.test(sentence)) && !HARM.test(text))) return [];
  const all = [...termsOf(text.slice(0, 400))];
  const telling = all.filter((term) => !GENERIC.has(term));
  return telling.length === 0 ? [] : [{ text: text.trim().slice(0, 120), terms: telling }];
}

/** How many of its terms an answer must have for a constraint to count as dealt with. */
export function termsNeeded({ terms }: Constraint): number {
  return terms.length <= 2 ? 1 : Math.ceil(0.4 * terms.length);
}

function distinct(constraints: readonly Constraint[]): readonly Constraint[] {
  const byTerms = new Map(constraints.map((each) => [each.terms.toSorted().join(" "), each]));
  return [...byTerms.values()];
}

const META =
  /^(?:JSON|YAML|Mermaid|Markdown|English|German|French|Spanish|British|American|US|UK|IDs?|Steps?|Tasks?|Phases?|SMART|MoSCoW|RACI|OKRs?|KPIs?|Gantt|H[1-6]|ISO|UTC|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|I|We|The|A|An|This|Q[1-4]|T\d*|S\d*|CAPS)$/;
const USE =
  /\b(?:[Uu]s(?:e|ing)|[Rr]un(?:s|ning)? on|[Bb]uilt (?:with|on)|[Ww]ritten in|[Bb]ased on|[Dd]eploy(?:ed)? (?:to|on|with)) (?:the |only |a )?((?:[A-Z][A-Za-z0-9+#]*(?:[.-][A-Za-z0-9]+)*)(?: (?:and |or )?[A-Z][A-Za-z0-9+#]*){0,3})/g;

/** Names of technologies that the prompt says to use: "use PostgreSQL and Docker". */
export function namedTechnologies(prompt: string): readonly string[] {
  const names = [...prompt.slice(0, MAX_PROMPT_CHARS).matchAll(USE)].flatMap((found) => {
    const before = prompt.slice(Math.max(0, found.index - 40), found.index);
    const isAlternative = / or /.test(found[1] ?? "");
    const isNegated =
      /\b(?:not|n't|never|avoid|currently|today|we|they|already|no longer|stop|that|which)\s+(?:\w+ ){0,1}$/i.test(
        before,
      );
    return isAlternative || isNegated ? [] : (found[1] ?? "").split(/ and | (?=[A-Z])/);
  });
  return [...new Set(names)].filter((name) => !META.test(name) && name.length > 1);
}
