import { splitPrompt } from "../text/split-prompt.ts";
import { wordNumber } from "../text/word-number.ts";

/** How a prompt wants the label given. */
export interface LabelWishes {
  /** Nothing but the label. */
  readonly alone: boolean;
  /** Several labels may be given for one text. */
  readonly many: boolean;
  /** At most so many; `null`: the prompt does not say. */
  readonly most: number | null;
  /** Several texts are to be labelled. */
  readonly each: boolean;
  /** How many texts the prompt numbers; `null`: it does not number them. */
  readonly texts: number | null;
}

const ALONE =
  /\b(?:answer|reply|respond|return|output|give|provide|write|print|say|use)\b[^.\n]{0,40}\b(?:only|just|nothing (?:else|but|more))\b|\b(?:only|just) (?:answer|reply|respond|return|output|give|print|say|with|the (?:label|categor|class|name|word|tag|letter|number))|nothing else|\bno (?:other |additional |extra |further |any )?(?:text|explanations?|words|prose|comments?|commentary|reasoning|punctuation)|without (?:any |an? |further )?(?:explanation|comment|reasoning|other|additional|extra)|\b(?:single|one|exactly one)[- ]word\b|\b(?:label|category|class|word|name) (?:only|alone)\b/i;
const MANY =
  /\b(?:(?:all|any|every|those|ones?) (?:of the (?:labels|tags|categories) )?(?:that|which) (?:apply|applies|fit|match)|one or more|zero or more|at least one|multi-?label|multiple (?:labels|categories|tags|topics)|more than one|(?:several|multiple|many|two or more)(?: \w+){0,2} (?:may|can|might|could|are|apply)|(?:array|list|set) of (?:\w+ )?(?:labels|tags|categories|topics|intents)|as many as|up to \w+ (?:\w+ )?(?:labels?|tags?|categor\w+|topics?)|(?:labels?|tags?|categories|topics) (?:that|which) (?:apply|fit|match)|list of (?:labels|tags|categories|topics)|(?:two|three|2|3) (?:labels|tags|categories|topics))\b/i;
const MOST =
  /\b(?:up to|at most|no more than|maximum(?: of)?|max\.?) (\w+) (?:\w+ )?(?:labels?|tags?|categor\w+|topics?)\b/i;
const EACH =
  /\b(?:each|every|both|all(?: of)?(?: the| these)?|these|the following|(?:below|following)) (?:of (?:the|these)(?: following)? )?(?:\w+ ){0,3}\w+/i;
const PLURAL =
  /\b(?:each|every)\b|\b(?:these|following|all|both)(?: the)? (?:\w+ ){0,2}(?!classes|categories|labels|options|is\b|was\b|this\b)\w{3,}s\b(?! (?:as|is|into) (?:one|either))/i;

/** What the prompt says about the form of the label. */
export function labelWishes(prompt: string, system: string | null): LabelWishes {
  const split = splitPrompt(prompt);
  const said = `${split.instruction}\n${system ?? ""}`;
  const most = wordNumber(MOST.exec(said)?.[1] ?? "");
  const each = EACH.test(split.instruction) && PLURAL.test(split.instruction);
  return { alone: ALONE.test(said), many: MANY.test(said), most, each, texts: each ? numbered(split.body) : null };
}

/** Lines that are numbered 1, 2, 3, …, without a gap. */
function numbered(body: string): number | null {
  const numbers = [...body.matchAll(/^[ \t]*(?:#|\()?(\d{1,3})[.):][ \t]/gm)].map(([, digits]) => Number(digits));
  return numbers.length >= 2 && numbers.every((number, at) => number === at + 1) ? numbers.length : null;
}
