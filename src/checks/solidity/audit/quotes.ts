import { LANGUAGE_NAMES } from "./solidity-builtins.ts";
import type { AuditCode } from "./codes.ts";
import type { AuditedSource } from "./source-model.ts";

const QUOTES =
  /\b(?:vulnerable|affected|problematic|current(?:ly)?|existing|following|this|offending|relevant|original|before|snippet|where|location|buggy|insecure|here|code|lines? \d+|source)\b/i;
/** What is before code that the auditor wrote. */
const OWN =
  /\b(?:fix\w*|recommend\w*|should|instead|secure|mitigat\w*|patch\w*|correct\w*|safe\w*|better|replac\w*|change|e\.g|for example|example|consider|add|use|implement|apply|attack\w*|exploit\w*|poc|proof|test|malicious|scenario|suggest\w*|improve\w*|refactor\w*|could|would|remediation|solution|rewrite|update (?:it|the)|behebung|lösung|recomend\w*|solución|corrig\w*)\b|^\W{0,4}after\b/i;
const OWN_CODE =
  /✅|\/\/ ?(?:fix|added|good|safe|secure|recommend|after|new|correct|mitigat|effects?|interactions?|checks?)\b|^\+|\b(?:contract|is) \w*(?:attack|exploit|poc|evil|malicious|test|drain|hack)|\bvm\.|\battack\b|\bassert(?:Eq)?\(/im;
const FOREIGN_TAG = /^(?:js|javascript|ts|typescript|bash|sh|shell|python|py|json|ya?ml|diff|mermaid|console)\b/;
const MIN_CHARS = 10;

/** What is wrong with a block of code that the auditor gives as the source's; `null`: nothing that could be said. */
export function quoteProblem(
  code: AuditCode,
  source: AuditedSource,
  isLocation = false,
): { readonly text: string; readonly isCertain: boolean } | null {
  const { tag, content, before } = code;
  if (FOREIGN_TAG.test(tag) || OWN_CODE.test(content)) return null;
  const lead = leadOf(before);
  if (OWN.test(lead) && !isLocation) return null;
  const lines = statementsOf(content);
  if (lines.length === 0) return null;
  const given = source.texts.map((text) => squeezed(text.code)).join("\n");
  const absent = lines.filter((line) => !occurs(squeezed(line), given));
  if (absent.length === 0) return null;
  const isQuote = isLocation || QUOTES.test(lead);
  const changed =
    isQuote && source.isSolidity ? absent.slice(0, MAX_LINES).find((line) => isStrange(line, source)) : undefined;
  if (changed !== undefined) return { text: told(changed), isCertain: true };
  if (absent.length * 2 <= lines.length) return null;
  const strange = absent.some((line) => {
    const names: readonly string[] = line.replace(/"[^"]*"/g, "").match(/[A-Za-z_$][\w$]*/g) ?? [];
    return names.some((name) => !source.names.has(name.toLowerCase()) && !LANGUAGE_NAMES.has(name.toLowerCase()));
  });
  return { text: told(absent[0] ?? ""), isCertain: (isQuote || strange) && absent.length === lines.length };
}

/** Whether a block is given as the source's own code. */
export function isQuote({ tag, content, before }: AuditCode): boolean {
  const lead = leadOf(before);
  return !FOREIGN_TAG.test(tag) && !OWN_CODE.test(content) && !OWN.test(lead) && QUOTES.test(lead);
}

function told(line: string): string {
  return `quoted code is not in the source: ${line.trim().slice(0, 100)}`;
}

/** The sentence that leads to a block. */
function leadOf(before: string): string {
  return before.split(/(?<=[.!?])\s+|\n/).at(-1) ?? before;
}

const WORD = /[A-Za-z_$][\w$]*|\d[\w.]*|[-+*/%|&^!=<>]=?/g;
/** A line that shares less with every line of the source is no copy of any. */
const MIN_SHARED = 0.5;
const MIN_WHOLE_WORDS = 3;
/** A longer quotation is as wrong as its beginning. */
const MAX_LINES = 40;

/** Whether a line is a whole statement that the source does not have, or one of its own that was changed. */
function isStrange(line: string, source: AuditedSource): boolean {
  const isWhole = /[;{]\s*$/.test(line) && !/\.{3}|…/.test(line) && wordsOf(line).length >= MIN_WHOLE_WORDS;
  return isWhole ? !isShortened(line, source) : isChanged(line, source);
}

function isShortened(line: string, source: AuditedSource): boolean {
  const words = wordsOf(line);
  return statementsIn(source).some((theirs) => without(words, theirs).length === 0);
}

/** Whether a line is one of the source's with words in it that stand not there. Words left out shorten a quotation, no more. */
function isChanged(line: string, source: AuditedSource): boolean {
  const words = wordsOf(line);
  if (words.length < 3) return false;
  let [most, rest] = [0, words];
  for (const theirs of statementsIn(source)) {
    const left = without(words, theirs);
    const shared = words.length - left.length;
    if (shared > most || (shared === most && left.length < rest.length)) [most, rest] = [shared, left];
  }
  return rest.length > 0 && most / words.length >= MIN_SHARED;
}

/** The words of each statement. */
function statementsIn(source: AuditedSource): readonly (readonly string[])[] {
  const known =
    statementsOfSource.get(source) ??
    source.texts.flatMap(({ code }) => code.split(/(?<=[;{}])|\n\s*\n/).map((statement) => wordsOf(statement)));
  statementsOfSource.set(source, known);
  return known;
}
const statementsOfSource = new WeakMap<AuditedSource, readonly (readonly string[])[]>();

function wordsOf(code: string): readonly string[] {
  return (
    code
      .replace(/"[^"\n]*"|'[^'\n]*'/g, " ")
      .replace(/(?<=\d)_(?=\d)/g, "")
      .match(WORD) ?? []
  );
}

/** What is left of a list when each word of another is taken away once. */
function without(words: readonly string[], others: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const word of others) counts.set(word, (counts.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const count = counts.get(word) ?? 0;
    if (count > 0) counts.set(word, count - 1);
    return count === 0;
  });
}

/** The lines of code that say something: no comments, brackets, dots or line numbers. */
function statementsOf(content: string): readonly string[] {
  return content
    .replace(/\/\*[^]{0,4000}?\*\//g, " ")
    .split("\n")
    .map((line) => line.replace(/\/\/.*$/, "").replace(/^\s*(?:L?\d{1,5}\s*[:|.)]?\s+|[>-]\s+)/, ""))
    .filter((line) => squeezed(line).length >= MIN_CHARS && /\w/.test(line));
}

/** Whether the parts around dots stand one after the other. */
function occurs(line: string, given: string): boolean {
  let from = 0;
  for (const part of line.split(/\.{3}|…/)) {
    const bare = part.replace(/^\{|[{}]+$/g, "");
    const at = given.indexOf(bare, from);
    if (at === -1) return false;
    from = at + bare.length;
  }
  return true;
}

function squeezed(code: string): string {
  return code.replace(/"[^"\n]*"|'[^'\n]*'/g, '""').replace(/\s+/g, "");
}
