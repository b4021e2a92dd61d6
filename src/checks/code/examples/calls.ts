import { argumentsAt } from "../values/literal.ts";
import { sourceOf } from "../values/source.ts";
import type { RunLanguage, PromptValue } from "../values/value.ts";
import { PLAIN, type PromptExample } from "./example.ts";
import { outcomeAfter } from "./outcome.ts";

const CALL = /(?<![\w$.@])([A-Za-z_$][\w$]*)\s?\(/g;
/** What may stand before a call on its line: nothing that makes another expression of it. */
export const BEFORE_OF_ANOTHER =
  /(?:[-=+*/%<>!&|^~[{@"']|\b(?:not|if|unless|or|def|function|func|fn|new|class|lambda|else|in|const|let|var|when|typeof)|\bassert\s+not)\s*$/i;
const PRINTS = /(?:^|[\s`(])(?:print|console\.log|puts|println|assert|console\.assert)\s?\(\s*$/;
const OPEN_CALL = /[\w$]\(\s*$/;
const MOST_CALLS = 20;

/** Every `name(literals) → literal` of a line. */
export function callsIn(line: string, language: RunLanguage): readonly PromptExample[] {
  const text = line.replaceAll("`", " ");
  const found: PromptExample[] = [];
  for (const match of [...text.matchAll(CALL)].slice(0, MOST_CALLS)) {
    const before = text.slice(0, match.index).replace(/^\s*(?:>{1,3}|[-*•+]|\d{1,2}[.)])\s/, " ");
    const isPrinted = PRINTS.test(before);
    if (BEFORE_OF_ANOTHER.test(before.trimEnd()) || (OPEN_CALL.test(before) && !isPrinted)) continue;
    const given = argumentsAt(text, match.index + match[0].length);
    if (given === null) continue;
    const outcome = outcomeAfter(text.slice(given.end).replace(isPrinted ? /^\s*\)/ : /^$/, ""));
    const name = match[1] ?? "";
    const call = outcome === null ? null : callOf(name, given.values, language);
    if (call === null || outcome === null) continue;
    const { expected, anyOrder, isFormula } = outcome;
    const shown = isPrinted && !/assert\s?\(\s*$/.test(before);
    found.push({ ...PLAIN, call, name, expected, isPrinted: shown, anyOrder, isFormula });
  }
  return found;
}

/** A call as source; `null` when an argument has none in the language. */
export function callOf(name: string, values: readonly PromptValue[], language: RunLanguage): string | null {
  const sources = values.map((value) => sourceOf(value, language));
  return sources.every((source) => source !== null) ? `${name}(${sources.join(", ")})` : null;
}

const PLAIN_CALL = /^([A-Za-z_$][\w$]*)\(/;

/** A call of literals in the one form that it always has here, so that the same example is not counted twice. */
export function canonicalCall(call: string, language: RunLanguage): string {
  const name = PLAIN_CALL.exec(call)?.[1];
  const given = name === undefined ? null : argumentsAt(call, name.length + 1);
  if (name === undefined || given?.end !== call.length) return call;
  return callOf(name, given.values, language) ?? call;
}

/** `name(1, [2])`, with nothing in it that has to be worked out. */
export function isCallOfLiterals(call: string, name: string): boolean {
  return call.startsWith(`${name}(`) && argumentsAt(call, name.length + 1)?.end === call.length;
}
