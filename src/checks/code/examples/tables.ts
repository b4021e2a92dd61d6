import { argumentsAt, literalOf } from "../values/literal.ts";
import type { PromptValue } from "../values/value.ts";
import type { Pair, Wanted } from "./pair.ts";

const OUTPUT =
  /^(?:expected(?: (?:output|result|value))?|outputs?|results?|returns?(?: value)?|return value|should (?:be|return)|gives?)$/i;
const INPUT = /^(?:inputs?|arguments?|args?|params?|parameters?|given|call(?:ed)?(?: with)?)$/i;
const RULE_LINE = /^[\s:|-]*$/;

/** Rows of tables whose columns are the parameters, or a call, and the result. */
export function tableExamples(text: string, wanted: Wanted): readonly Pair[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.flatMap((line, at) => {
    if (!line.startsWith("|") || !isRule(lines[at + 1] ?? "")) return [];
    const heads = cellsOf(line);
    const output = heads.findLastIndex((head) => OUTPUT.test(head) || withoutBrackets(head) === wanted.name);
    if (output < 1) return [];
    const end = lines.findIndex((each, index) => index > at + 1 && !each.startsWith("|"));
    const rows = lines.slice(at + 2, end === -1 ? undefined : end).map(cellsOf);
    return rows.flatMap((cells): readonly Pair[] => {
      const expected = literalOf(cells[output] ?? "");
      const values = argumentsOf(heads.slice(0, output), cells.slice(0, output), wanted);
      return expected === undefined || values === null ? [] : [{ values, expected }];
    });
  });
}

function isRule(line: string): boolean {
  return line.includes("--") && RULE_LINE.test(line);
}

function withoutBrackets(head: string): string {
  const [open, close] = [head.indexOf("("), head.lastIndexOf(")")];
  return open === -1 || close < open ? head : head.slice(0, open) + head.slice(close + 1);
}

function cellsOf(line: string): readonly string[] {
  return line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.replace(/^[\s`*]+|(?<![\s`*])[\s`*]+$/g, ""));
}

/** What stands in the cells before the result: one for each parameter, or all of them in one. */
function argumentsOf(
  heads: readonly string[],
  cells: readonly string[],
  { name, parameters }: Wanted,
): readonly PromptValue[] | null {
  const [only = ""] = cells;
  const count = parameters?.length ?? heads.length;
  if (heads.length === 1 && only.startsWith(`${name}(`)) return argumentsIn(only.slice(name.length + 1, -1), null);
  if (heads.length === 1 && INPUT.test(heads[0] ?? "") && count !== 1)
    return argumentsIn(only.replace(/^\((.*)\)$/, "$1"), count);
  if (count !== heads.length) return null;
  const values = cells.map((cell) => literalOf(cell));
  return values.every((value) => value !== undefined) ? values : null;
}

function argumentsIn(text: string, count: number | null): readonly PromptValue[] | null {
  const given = argumentsAt(`${text})`, 0);
  if (given === null || given.end !== text.length + 1) return null;
  return count === null || given.values.length === count ? given.values : null;
}
