import { argumentsAt, literalAt } from "../values/literal.ts";
import type { RunLanguage, PromptValue } from "../values/value.ts";
import { callOf } from "./calls.ts";
import { NOT_WANTED, PLAIN, type PromptExample } from "./example.ts";
import { literalOutcome } from "./outcome.ts";
import { tableExamples } from "./tables.ts";
import type { Pair, Wanted } from "./pair.ts";
import { onlyFunctionIn } from "./wanted.ts";

/** What an example is called with, and where that ends in its text. */
interface GivenValues {
  readonly values: readonly PromptValue[];
  readonly end: number;
}

const MOST_SCANNED_CHARS = 20_000;
const MOST_SENTENCE_CHARS = 600;
const MOST_PAIRS = 6;

/** Examples that name no call: "Input: … Output: …", "For x = 1 the output is 2", "returns 6 for 3", tables. */
export function toldExamples(prompt: string, language: RunLanguage): readonly PromptExample[] {
  const wanted = onlyFunctionIn(prompt);
  if (wanted === null) return [];
  const text = prompt.slice(0, MOST_SCANNED_CHARS);
  const pairs = [...inputsAndOutputs(text, wanted), ...tableExamples(text, wanted), ...sentences(text, wanted)];
  return pairs.flatMap(({ values, expected }): readonly PromptExample[] => {
    const call = callOf(wanted.name, values, language);
    if (call === null) return [];
    return [{ ...PLAIN, call, name: wanted.name, expected }];
  });
}

const INPUT = /(?:^|[\s*_>])inputs?\s?(?:\d{1,2})?\s?:?\**\s?:?[ \t]*`?/gi;
const OUTPUT = /^`?[ \t.,;]*\n?[\s>*#-]{0,12}(?:expected )?outputs?\s?(?:\d{1,2})?\s?:?\**\s?:?[ \t]*`?/i;

function inputsAndOutputs(text: string, wanted: Wanted): readonly Pair[] {
  return [...text.matchAll(INPUT)].flatMap((match): readonly Pair[] => {
    const from = match.index + match[0].length;
    const given = assigned(text, from, wanted) ?? listed(text, from, wanted);
    const output = given === null ? null : OUTPUT.exec(text.slice(given.end, given.end + 80));
    if (given === null || output === null) return [];
    const line = lineFrom(text, given.end + output[0].length);
    const outcome = literalOutcome(line, 0);
    return outcome === null || typeof outcome.expected === "symbol"
      ? []
      : [{ values: given.values, expected: outcome.expected }];
  });
}

function lineFrom(text: string, at: number): string {
  const end = text.indexOf("\n", at);
  return text.slice(at, Math.min(end === -1 ? text.length : end, at + MOST_SENTENCE_CHARS));
}

const ASSIGNMENT = /\s*(?:and\s+)?`?([A-Za-z_$][\w$]*)`?\s*(?:=|:)\s*/y;

/** `nums = [2, 7], target = 9`: a value for each parameter. */
function assigned(text: string, from: number, { parameters }: Wanted): GivenValues | null {
  const values = new Map<string, PromptValue>();
  let at = from;
  for (;;) {
    ASSIGNMENT.lastIndex = at;
    const name = ASSIGNMENT.exec(text)?.[1];
    const literal = name === undefined ? null : literalAt(text, ASSIGNMENT.lastIndex);
    if (name === undefined || literal === null) break;
    values.set(name, literal.value);
    at = literal.end;
    const next = /^`?\s*[,;]/.exec(text.slice(at, at + 20));
    if (next === null) break;
    ASSIGNMENT.lastIndex = at + next[0].length;
    if (!ASSIGNMENT.test(text)) break;
    at += next[0].length;
  }
  if (parameters === null || values.size !== parameters.length || values.size === 0) return null;
  const inOrder = parameters.map((parameter) => values.get(parameter));
  return inOrder.every((value) => value !== undefined) ? { values: inOrder, end: at } : null;
}

/** `[1, 2], "v"` or `(1, 2)`: as many values as there are parameters. */
function listed(text: string, from: number, wanted: Wanted): GivenValues | null {
  if (text[from] === "(") return bracketed(text, from, wanted);
  if (wanted.parameters === null) return null;
  const values: PromptValue[] = [];
  let at = from;
  while (values.length < wanted.parameters.length) {
    const literal = literalAt(text, at);
    if (literal === null) return null;
    values.push(literal.value);
    at = literal.end;
    if (values.length === wanted.parameters.length) break;
    const comma = /^`?\s{0,4}(?:,|and\b)\s{0,4}`?/.exec(text.slice(at, at + 20));
    if (comma === null) return null;
    at += comma[0].length;
  }
  return values.length === 0 || /^\s{0,4},/.test(text.slice(at, at + 6)) ? null : { values, end: at };
}

function bracketed(text: string, from: number, { parameters }: Wanted): GivenValues | null {
  const given = argumentsAt(text, from + 1);
  if (given === null || given.values.length === 0) return null;
  return parameters !== null && given.values.length !== parameters.length ? null : given;
}

const FOR =
  /\b(?:for|given|when (?:given|called with|passed)|called with)\s+(?:the (?:input|arguments?|string|number|array|list|value|pair)s?\s+)?`?/gi;
const THEN =
  /^`?,?\s*(?:(?:it|the (?:function|result|output|answer)|this|that)\s*)?(?:should (?:be|return|give)|must (?:be|return)|will (?:be|return)|returns?|gives?|yields?|is|be)\s+(?!(?:the|an?)\b)`?/i;
const RESULT = /\b(?:output|result|answer|return value)\s+(?:should be|is|will be|must be)\s*:?\s*`?/gi;
const RETURNS = /\b(?:returns?|gives?|yields?|(?:result|answer|output) (?:is|should be))\s+`?(?=\S)/gi;
const NEXT = /^`?\s*(?:,\s*(?:and\s+|but\s+)?|;\s*(?:and\s+)?|\s(?:and|but)\s+)(?:(?:it\s+)?returns?\s+)?`?/;
const BEHIND =
  /^`?,?\s*(?:for|when (?:given|called with|passed)|given|if (?:given|called with|passed))\s+(?:the (?:input|arguments?|string|number|array|list|value|pair)s?\s+)?`?/i;

/** "given (5, 0, 3) it returns 3", "For x = 1, the output should be 2", "returns true for ("a", "b") and false for ("c", "d")". */
function sentences(text: string, wanted: Wanted): readonly Pair[] {
  const found: Pair[] = [];
  for (const whole of text
    .replace(/```[^]*?(?:```|$)/g, (code) => (/^[ \t]*(?:\/\*|"""|#|\*|For\b)/m.test(code) ? code : " "))
    .split(/\n|(?<=[.;])\s+(?=[A-Z`])/)) {
    const sentence = whole.slice(0, MOST_SENTENCE_CHARS);
    if (NOT_WANTED.test(sentence)) continue;
    const before = [...sentence.matchAll(FOR)].flatMap((match) =>
      forThen(sentence, match.index + match[0].length, wanted),
    );
    found.push(...(before.length > 0 ? before : returnsFor(sentence, wanted)));
  }
  return found;
}

function forThen(sentence: string, from: number, wanted: Wanted): readonly Pair[] {
  const given = assigned(sentence, from, wanted) ?? single(sentence, from, wanted);
  if (given === null) return [];
  const rest = sentence.slice(given.end);
  const then = THEN.exec(rest);
  const results = [...rest.matchAll(RESULT)];
  const [result] = results;
  const at = result !== undefined && results.length === 1 ? result.index + result[0].length : then?.[0].length;
  const outcome = at === undefined ? null : literalOutcome(rest, at);
  if (outcome === null || typeof outcome.expected === "symbol" || BEHIND.test(rest.slice(outcome.end))) return [];
  return [{ values: given.values, expected: outcome.expected }];
}

/** Arguments in brackets, or one value for the one parameter. */
function single(text: string, from: number, wanted: Wanted): GivenValues | null {
  if (text[from] === "(") return bracketed(text, from, wanted);
  if (wanted.parameters?.length !== 1) return null;
  const literal = literalAt(text, from);
  if (literal === null || !/^`?\s*(?:$|[.,;)]|and\b|but\b|it\b|the\b|should\b|\()/.test(text.slice(literal.end)))
    return null;
  return { values: [literal.value], end: literal.end };
}

function returnsFor(sentence: string, wanted: Wanted): readonly Pair[] {
  const found: Pair[] = [];
  for (const match of sentence.matchAll(RETURNS)) {
    let at = match.index + match[0].length;
    for (let turn = 0; turn < MOST_PAIRS; turn += 1) {
      const expected = literalAt(sentence, at);
      const link = expected === null ? null : BEHIND.exec(sentence.slice(expected.end));
      const given = link === null || expected === null ? null : single(sentence, expected.end + link[0].length, wanted);
      if (given === null || expected === null) break;
      found.push({ values: given.values, expected: expected.value });
      const next = NEXT.exec(sentence.slice(given.end));
      if (next === null) break;
      at = given.end + next[0].length;
    }
  }
  return found;
}
