import { fencesOf } from "../../kit/answer/fences.ts";
import { unmade, type CheckReport } from "../../kit/check.ts";
import type { TextCriterion } from "../../kit/criterion.ts";
import { met, notMet } from "../../kit/criterion-report.ts";
import { TimeLimitError, withinMs } from "../../kit/time-limit.ts";
import { againstSchema } from "../json-schema/check-answer.ts";
import { loadDetector } from "../language/detect.ts";
import { languageCode, nameOfLanguage } from "../language/names.ts";

/** An expression that takes longer than this is run again on an engine that takes linear time. */
const FAST_PATTERN_LIMIT_MS = 20;
/** For one that the other engine does not know. */
const BACKTRACKING_LIMIT_MS = 250;
const LINEAR_LIMIT_MS = 1_000;
const MOST_SHOWN_CHARS = 100;
const MOST_PROSE = 20_000;
const MIN_PART_CHARS = 130;
const OTHER_SHARE = 1 / 3;

type OfKind<K extends TextCriterion["kind"]> = Extract<TextCriterion, { readonly kind: K }>;

/** Checks an answer's text against a criterion of the caller or of the config. */
export async function runTextCriterion(criterion: TextCriterion, text: string): Promise<CheckReport> {
  switch (criterion.kind) {
    case "json_schema": {
      const { unusable, problems, matched } = await againstSchema(criterion.schema, text);
      if (unusable !== undefined) return unmade(unusable);
      return problems === undefined
        ? met(criterion, matched)
        : notMet(criterion, problems.join("; "), problems.join("\n"));
    }
    case "matches":
    case "not_matches":
      return await matchesPattern(criterion, text);
    case "contains":
    case "not_contains":
      return holdsPhrases(criterion, text);
    case "max_words":
    case "min_words":
      return hasWords(criterion, text);
    case "language":
      return isInLanguage(criterion, text);
  }
}

async function matchesPattern(criterion: OfKind<"matches" | "not_matches">, text: string): Promise<CheckReport> {
  const { kind, pattern, flags } = criterion;
  const named = `/${pattern}/${flags}`;
  let found: readonly string[] | null;
  try {
    found = await firstMatch(pattern, flags, text);
  } catch (error) {
    if (error instanceof TimeLimitError) return unmade(`${named} ${error.message}`);
    return unmade(`${named} is no regular expression: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (kind === "matches")
    return found === null ? notMet(criterion, `nothing in it matches ${named}`) : met(criterion, `matches ${named}`);
  if (found === null) return met(criterion, `does not match ${named}`);
  return notMet(
    criterion,
    `"${(found[0] ?? "").slice(0, MOST_SHOWN_CHARS).toWellFormed()}" matches ${named}, which must not be`,
  );
}

/** Throws `TimeLimitError` for an expression that backtracks endlessly and that no other engine takes. */
async function firstMatch(pattern: string, flags: string, text: string): Promise<readonly string[] | null> {
  try {
    return withinMs(FAST_PATTERN_LIMIT_MS, () => new RegExp(pattern, flags).exec(text));
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
  }
  const { linearExpression } = await import("./linear-expression.ts");
  const linear = linearExpression(pattern, flags);
  if (linear === null) return withinMs(BACKTRACKING_LIMIT_MS, () => new RegExp(pattern, flags).exec(text));
  return withinMs(LINEAR_LIMIT_MS, () => (linear.test(text) ? linear.exec(text) : null));
}

function holdsPhrases(criterion: OfKind<"contains" | "not_contains">, text: string): CheckReport {
  const plain = evened(text);
  const even = evenedMarks(plain);
  const bare = withoutEmphasis(even);
  const present = criterion.phrases.filter((phrase) => {
    const own = evened(phrase);
    // A phrase of marks alone ("—", "**") is about the marks.
    if (!/[\p{L}\p{N}]/u.test(own)) return plain.includes(own);
    const required = evenedMarks(own);
    return even.includes(required) || (!/[*_`]/.test(own) && bare.includes(required));
  });
  if (criterion.kind === "not_contains") {
    return present.length === 0
      ? met(criterion, "holds none of the phrases")
      : notMet(criterion, `holds ${quoted(present)}`);
  }
  const missing = criterion.phrases.filter((phrase) => !present.includes(phrase));
  return missing.length === 0 ? met(criterion, "holds every phrase") : notMet(criterion, `lacks ${quoted(missing)}`);
}

/** Words as a reader counts them. In scripts without spaces, the segmenter of the language finds them. */
function hasWords(criterion: OfKind<"max_words" | "min_words">, text: string): CheckReport {
  const count = countWords(text);
  const isWithin = criterion.kind === "max_words" ? count <= criterion.words : count >= criterion.words;
  return isWithin ? met(criterion, `${count} words`) : notMet(criterion, `has ${count} words`);
}

function countWords(text: string): number {
  if (!/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text)) {
    return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  }
  const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  let count = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike === true) count += 1;
  return count;
}

async function isInLanguage(criterion: OfKind<"language">, text: string): Promise<CheckReport> {
  const code = languageCode(criterion.language) ?? criterion.language;
  const detect = await loadDetector();
  const prose = proseOf(text);
  const { fit, found } = detect(prose, code);
  if (fit === "is") {
    const parts = partsOf(prose).map((part) => ({ chars: part.length, isOther: detect(part, code).fit === "is not" }));
    const all = parts.reduce((sum, { chars }) => sum + chars, 0);
    const other = parts.reduce((sum, { chars, isOther }) => sum + (isOther ? chars : 0), 0);
    if (parts.length > 1 && other >= all * OTHER_SHARE)
      return unmade("a third of it or more reads as another language");
  }
  if (fit === "unsure") return unmade(found);
  return fit === "is" ? met(criterion, `is in ${nameOfLanguage(code)}`) : notMet(criterion, found);
}

/** Sentences and lines, together with the next ones until they are long enough to tell their language. */
function partsOf(prose: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (const sentence of prose.slice(0, MOST_PROSE).split(/(?<=[.!?。！？])\s+|\n+/u)) {
    part += `${sentence} `;
    if (part.length < MIN_PART_CHARS) continue;
    parts.push(part);
    part = "";
  }
  if (part.trim() !== "") parts.push(part);
  return parts;
}

/** JSON and code have no natural language. */
function proseOf(text: string): string {
  const fences = fencesOf(text);
  return fences.length === 0
    ? text
    : fences.reduce((rest, { content }) => (content === "" ? rest : rest.replace(content, "")), text);
}

function evened(text: string): string {
  return text.normalize("NFC").toLowerCase().replace(/\s+/g, " ");
}

/** Typographic quotes, apostrophes and dashes as a keyboard has them. */
function evenedMarks(text: string): string {
  return text
    .replace(/[\u00AD\u200B\u2060\uFEFF]/g, "")
    .replace(/[‘’‚‛′ʼ]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐‑‒–—―−]/g, "-")
    .replaceAll("…", "...");
}

/** Without the marks of Markdown around words. */
function withoutEmphasis(text: string): string {
  return text.replace(/\*{2,3}|`|(?<![\p{L}\p{N}*_])[*_]{1,3}(?=\S)|(?<=[^\s*_])[*_]{1,3}(?![\p{L}\p{N}*_])/gu, "");
}

function quoted(phrases: readonly string[]): string {
  return phrases.map((phrase) => `"${phrase}"`).join(", ");
}
