import { NOT_WANTED, type Example } from "./example.ts";

/** The function that a prompt asks for, as far as it can be told. */
interface Wanted {
  readonly name: string;
  /** Names of its parameters; `null`: the prompt does not show them. */
  readonly parameters: readonly string[] | null;
}

type Value = (text: string) => string | null;

const NO_NAME =
  /^(?:if|for|while|switch|function|return|async|await|assert|expect|that|which|to|in|and|or|the|a|an|it|with|console|error|rangeerror|typeerror|math|array|object|string|number|map|set|promise|o|log)$/i;
const SIGNED =
  /\b([A-Za-z_$][\w$]*)\s?(?:<[^<>()\n]{1,40}>)?\(((?:[A-Za-z_$.][\w$.]*\??(?:\s*:[^,()]{1,60}|\s*=[^,()]{1,40})?(?:\s*,\s*)?){0,8})\)/g;
const NAMED = /\b(?:function|method|helper|utility)(?: (?:called|named))? `?([A-Za-z_$][\w$]*)`?(?=[\s.,;:(`]|$)/;
const CALLED = /\b(?:called|named) `?([A-Za-z_$][\w$]*)`?/;

/** The one function that the prompt speaks of; `null` when there are several or none. */
function wantedIn(prompt: string): Wanted | null {
  const signed = [...prompt.slice(0, 20_000).matchAll(SIGNED)].filter(
    ([, name = "", list = ""]) => !NO_NAME.test(name) && !/^(?:true|false|null|undefined|s)$/.test(list.trim()),
  );
  const names = new Set(signed.map(([, name]) => name));
  const [first] = signed;
  if (first !== undefined && names.size === 1) {
    const parameters = (first[2] ?? "").split(",").map((each) => each.replace(/[?:=].*/, "").trim());
    return { name: first[1] ?? "", parameters: parameters.filter((each) => each !== "") };
  }
  const name = names.size > 1 ? undefined : (CALLED.exec(prompt)?.[1] ?? NAMED.exec(prompt)?.[1]);
  return name === undefined || NO_NAME.test(name) ? null : { name, parameters: null };
}

/** Examples that name no call: tables of inputs and outputs, and sentences such as "returns 6 for 3". */
export function toldExamples(prompt: string, value: Value): readonly Example[] {
  const wanted = wantedIn(prompt);
  if (wanted === null) return [];
  return [...fromTables(prompt, wanted, value), ...fromSentences(prompt, wanted, value)];
}

const OUTPUT =
  /^(?:expected(?: (?:output|result|value))?|outputs?|results?|returns?(?: value)?|return value|should (?:be|return)|gives?)$/i;
const INPUT = /^(?:inputs?|arguments?|args?|params?|parameters?|given|call(?:ed)? with)$/i;

function fromTables(prompt: string, wanted: Wanted, value: Value): readonly Example[] {
  const lines = prompt.split("\n").map((line) => line.trim());
  return lines.flatMap((line, at) => {
    if (!line.startsWith("|") || !/^\|?[\s:|-]*-{2,}[\s:|-]*$/.test(lines[at + 1] ?? "")) return [];
    const heads = cellsOf(line);
    const output = heads.findLastIndex((head) => OUTPUT.test(head) || head.replace(/\(.*\)/, "") === wanted.name);
    if (output < 1) return [];
    const end = lines.findIndex((each, index) => index > at + 1 && !each.startsWith("|"));
    const rows = lines.slice(at + 2, end === -1 ? undefined : end).map(cellsOf);
    return rows.flatMap((cells): readonly Example[] => {
      const expected = wordValue(cells[output] ?? "", value);
      const given = argumentsOf(heads.slice(0, output), cells.slice(0, output), wanted, value);
      return expected === null || given === null ? [] : [{ call: `${wanted.name}(${given})`, expected }];
    });
  });
}

function cellsOf(line: string): readonly string[] {
  return line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.replace(/^[\s`*]+|[\s`*]+$/g, ""));
}

/** What stands in the cells before the result: one for each parameter, or all of them in one. */
function argumentsOf(
  heads: readonly string[],
  cells: readonly string[],
  { parameters }: Wanted,
  value: Value,
): string | null {
  const isAllInOne = heads.length === 1 && INPUT.test(heads[0] ?? "");
  if (isAllInOne && (parameters === null || parameters.length !== 1))
    return listOf(cells[0] ?? "", value, parameters?.length);
  // Columns in between that explain are no arguments.
  if (parameters !== null && parameters.length !== heads.length) return null;
  const values = cells.map((cell) => wordValue(cell, value));
  return values.every((each) => each !== null) ? values.join(", ") : null;
}

/** `"a", [1, 2]`: as many values as there are parameters, read by the parser as an array of them. */
function listOf(text: string, value: Value, count: number | undefined): string | null {
  const inner = text.replace(/^\((.*)\)$/, "$1");
  const array = value(`[${inner}]`);
  if (array === null || inner.trim() === "") return null;
  return count === undefined || count === topLevelItems(inner) ? inner : null;
}

function topLevelItems(text: string): number {
  let depth = 0;
  let items = 1;
  let quote = "";
  for (const sign of text) {
    if (quote !== "") quote = sign === quote ? "" : quote;
    else if (/["'`]/.test(sign)) quote = sign;
    else if (/[[{(]/.test(sign)) depth += 1;
    else if (/[\]})]/.test(sign)) depth -= 1;
    else if (sign === "," && depth === 0) items += 1;
  }
  return items;
}

const TELLS = /\b(?:returns?|gives?|yields?|(?:result|answer|output) (?:is|should be))\s+(?=\S)/gi;
const FOR =
  /^(?:,?\s*(?:and\s+|but\s+)?)?\s*(?:for|when (?:given|called with|passed)|given|on|if (?:given|called with|passed))\s+(?:the (?:input|arguments?|string|number|array|list|value|pair)s?\s+)?/i;

/** "returns true for ("a", "b") and false for ("c", "d")", "for 5 it returns 120". */
function fromSentences(prompt: string, wanted: Wanted, value: Value): readonly Example[] {
  const found: Example[] = [];
  for (const sentence of prompt.replace(/```[^]*?(?:```|$)/g, " ").split(/\n|(?<=[.;])\s+(?=[A-Z`])/)) {
    if (found.length > 30) break;
    if (NOT_WANTED.test(sentence)) continue;
    const before = fromGiven(sentence.slice(0, 600), wanted, value);
    if (before.length > 0) {
      found.push(...before);
      continue;
    }
    for (const match of sentence.slice(0, 600).matchAll(TELLS)) {
      let rest = sentence.slice(match.index + match[0].length, 600);
      for (let turns = 0; turns < 6; turns += 1) {
        const pair = pairAt(rest, wanted, value);
        if (pair === null) break;
        found.push(pair.example);
        const next = /^\s*(?:,\s*(?:and\s+|but\s+)?|;\s*(?:and\s+)?|\s(?:and|but)\s+)(?:returns?\s+)?/.exec(pair.rest);
        if (next === null) break;
        rest = pair.rest.slice(next[0].length);
      }
    }
  }
  return found;
}

const GIVEN = /\b(?:given|for|when (?:given|called with)|called with|on)\s+(?=\S)/gi;
const THEN =
  /^,?\s*(?:it|the (?:function|result|output|answer)|this|that)?\s*(?:should |must |will )?(?:returns?|gives?|yields?|is|be)\s+/i;

/** "given (5, 0, 3) it returns 3", "for 5 it returns 120" */
function fromGiven(sentence: string, wanted: Wanted, value: Value): readonly Example[] {
  return [...sentence.matchAll(GIVEN)].flatMap((match): readonly Example[] => {
    const given = givenAt(sentence.slice(match.index + match[0].length), wanted, value);
    const then = given === null ? null : THEN.exec(given.rest);
    const expected = then === null ? null : literalAt(given?.rest.slice(then[0].length) ?? "", value);
    if (given === null || expected === null || FOR.test(expected.rest)) return [];
    return [{ call: `${wanted.name}(${given.list})`, expected: expected.value }];
  });
}

interface Pair {
  readonly example: Example;
  readonly rest: string;
}

/** `VALUE for ARGUMENTS` at the beginning of a text. */
function pairAt(text: string, wanted: Wanted, value: Value): Pair | null {
  const expected = literalAt(text, value);
  if (expected === null) return null;
  const link = FOR.exec(expected.rest);
  if (link === null) return null;
  const after = expected.rest.slice(link[0].length);
  const given = givenAt(after, wanted, value);
  if (given === null) return null;
  return { example: { call: `${wanted.name}(${given.list})`, expected: expected.value }, rest: given.rest };
}

/** Arguments at the beginning of a text: in brackets, or one value for the one parameter. What else a function takes is not told. */
function givenAt(text: string, wanted: Wanted, value: Value): { readonly list: string; readonly rest: string } | null {
  const listed = /^`?(\([^()\n]{1,200}\))`?/.exec(text);
  if (listed !== null) {
    const list = listOf(listed[1] ?? "", value, wanted.parameters?.length);
    return list === null ? null : { list, rest: text.slice(listed[0].length) };
  }
  const only = literalAt(text, value);
  if (only === null || wanted.parameters?.length !== 1) return null;
  const ends = /^\s*(?:[.,;)]|and\b|but\b|it\b|the\b|should\b|\(|$)/.test(only.rest);
  return ends ? { list: only.value, rest: only.rest } : null;
}

const LITERAL =
  /^\s*(?:`([^`\n]{1,200})`|("(?:[^"\\\n]|\\.){0,200}"|'(?:[^'\\\n]|\\.){0,200}'|\[[^\n]{0,200}?\](?=\s|[.,;)]|$)|\{[^\n]{0,200}?\}(?=\s|[.,;)]|$)|-?\d[\d_]{0,30}(?:\.\d{1,20})?(?![\w%.]\w|[%°])|true\b|false\b|null\b|undefined\b|NaN\b)|(an? empty (?:array|list|string|object)))/i;

function literalAt(text: string, value: Value): { readonly value: string; readonly rest: string } | null {
  const match = LITERAL.exec(text);
  if (match === null) return null;
  const literal = wordValue(match[1] ?? match[2] ?? match[3] ?? "", value);
  return literal === null ? null : { value: literal, rest: text.slice(match[0].length) };
}

/** A literal, or words for one. */
function wordValue(text: string, value: Value): string | null {
  const empty = /^an? empty (array|list|string|object)$/i.exec(text.trim())?.[1]?.toLowerCase();
  if (empty !== undefined) return empty === "string" ? '""' : empty === "object" ? "{}" : "[]";
  // All of it, without a remark.
  const read = value(text);
  return read !== null && read === text.trim() ? read : null;
}
