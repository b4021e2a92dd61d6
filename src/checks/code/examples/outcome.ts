import { literalAt } from "../values/literal.ts";
import type { PromptValue } from "../values/value.ts";
import { THROWS } from "./example.ts";

/** What a text says that the call before it comes to. */
export interface ExampleOutcome {
  readonly expected: PromptValue | typeof THROWS;
  readonly anyOrder: boolean;
  /** Behind a bare equals sign. */
  readonly isFormula: boolean;
  /** Where what was read ends. */
  readonly end: number;
}

/** Between a call and what it comes to. */
const LINK =
  /^\s*(?:;\s*)?(?:(?:\/\/|#|--(?!>))\s*(?:(?:expected|output|result|ans(?:wer)?)\b\s*(?:is\b\s*)?(?::\s*)?)?(?:={1,3}>|-{1,2}>|→|⇒|➞|➜|={2,3}|=)?|={1,3}>|-{1,2}>|→|⇒|➞|➜|⟶|===?|=|(?=\b(?:should|must|will|would|to|returns?|return|evaluates|equals?|is|are|gives?|yields?|outputs?|prints?|produces|results|throws?|raises?)\b))\s*(?::\s*)?/;
const TELLS =
  /^(?:(?:should|must|will|would|to)\s+)?(?:returns?|be|equals?|evaluates?\s+to|is|are|gives?|yields?|outputs?|prints?|produces?|results?\s+in|become|logs?)\b\s*:?\s*(?:an?\s+(?:array|list|string|value|number)\s+(?=["'[\d]))?/i;
const THROWS_WORDS = /^(?:(?:should|must|will|would)\s+)?(?:throws?|raises?)\b/i;
/** The literal is all there is: a remark, the end of the sentence, or the next example may follow. */
const REMARK =
  /^[`"'”*)]{0,3}\s*(?:$|[.,;:!)]\s*$|[.;]\s|(?:#|\/\/|--|—|–|\()|-\s+[A-Za-z]|(?:\.\s*)?(?:because|since|as|and|but|while|where|explanation|i\.e\.|in any order|\|)(?![\w])|,\s+(?:because|since|as|and|but|while|where|since|not|i\.e\.|[A-Za-z_]\w*\())/i;
const MORE_VALUES = /^\s*,\s*["'\d[{(-]/;
const ANY_ORDER = /^[^.]{0,40}\b(?:in )?any order\b/i;
const SUM = /^\s*[-+*/%]\s*[-\d.+*/%\s()^]{1,200}=\s*/;

/** Reads the outcome behind a call: `== 2`, `➞ true`, `// => [1]`, "should return "a"", `-> 19 - 5 - 6 = 8`. `null`: it is not certain. */
export function outcomeAfter(text: string): ExampleOutcome | null {
  const link = LINK.exec(text);
  if (link === null) return null;
  const at = link[0].length;
  if (THROWS_WORDS.test(text.slice(at)))
    return { expected: THROWS, anyOrder: false, isFormula: false, end: text.length };
  const told = TELLS.exec(text.slice(at));
  if (told === null && link[0].trim() === "") return null;
  const outcome = literalOutcome(text, at + (told?.[0].length ?? 0));
  return outcome === null ? null : { ...outcome, isFormula: link[0].trim() === "=" };
}

/** A literal at a place of a text that nothing but a remark follows. */
export function literalOutcome(text: string, at: number): ExampleOutcome | null {
  const literal = literalAt(text, at);
  if (literal === null) return null;
  const rest = text.slice(literal.end);
  if (typeof literal.value === "number") {
    const sum = SUM.exec(rest);
    const total = sum === null ? null : literalAt(text, literal.end + sum[0].length);
    if (total !== null && isRemark(text.slice(total.end)))
      return { expected: total.value, anyOrder: false, isFormula: false, end: total.end };
  }
  return isRemark(rest)
    ? { expected: literal.value, anyOrder: ANY_ORDER.test(rest), isFormula: false, end: literal.end }
    : null;
}

function isRemark(rest: string): boolean {
  return REMARK.test(rest) && !MORE_VALUES.test(rest);
}
