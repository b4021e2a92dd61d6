import type { Subject } from "../../kit/check.ts";
import { noteNamed } from "../prompt/source-text.ts";

const NOTES = [
  "labels",
  "allowed labels",
  "possible labels",
  "categories",
  "allowed categories",
  "classes",
  "options",
  "choices",
  "intents",
  "topics",
];
const NOUN =
  "labels?|categor(?:y|ies)|class(?:es)?|tags|options|choices|intents?|topics?|sentiments?|departments?|allowed values";
const MOST_LABELS = 300;
const MAX_LABEL_CHARS = 60;
const MAX_LABEL_WORDS = 6;
const MAX_PROMPT_CHARS = 20_000;

/** "Labels:", "Possible categories (choose one):" at the beginning of a line. */
const HEADING = new RegExp(
  `^[ \\t*#_]{0,8}(?:(?:the|allowed|possible|valid|available|following|candidate|permitted|given|here are the) )*(?:\\w+ )?(?:${NOUN})(?: (?:are|is|to choose from))?(?: ?\\([^()\\n]{1,60}\\))?[*_]{0,2}[ \\t]*[:：][*_]{0,2}`,
  "gim",
);
/** "categorize it as Positive, Negative, or Neutral." */
const ASKED = /\b(?:classif\w+|categori[sz]\w+|label|tag)\b[^.?!\n]{0,100}/giu;
const AS = /\b(?:as|into)(?: (?:either|one of|one of the following|exactly one of))?:? /giu;
const CHOICES =
  /^(?:["“'`*]{0,2}[\p{L}\d][\p{L}\d _/&-]{0,40}["”'`*]{0,2}, ){0,12}["“'`*]{0,2}[\p{L}\d][\p{L}\d _/&-]{0,40}?["”'`*]{0,2},? or ["“'`*]{0,2}[\p{L}\d][\p{L}\d _/&-]{0,40}?["”'`*]{0,2}(?=[.:;\n]|$)/iu;
const MOST_CHOICES_CHARS = 700;

/** The labels that a request lists in an unambiguous form: in its context, its prompt or its system text. */
export function listedLabels(subject: Subject): readonly string[] | null {
  const note = noteNamed(subject, NOTES);
  return (
    checked(
      Array.isArray(note)
        ? note.filter((each) => typeof each === "string")
        : typeof note === "string"
          ? parts(note)
          : [],
    ) ??
    inText(subject.prompt) ??
    inText(subject.context.system ?? "")
  );
}

function inText(whole: string): readonly string[] | null {
  const text = whole.length > MAX_PROMPT_CHARS ? "" : whole.replace(/\r\n?/g, "\n");
  for (const found of [...text.matchAll(HEADING)].slice(0, 20)) {
    const after = text.slice(found.index + found[0].length);
    const line = /^[^\n]*/.exec(after)?.[0] ?? "";
    const list = checked(line.trim() === "" ? below(after.slice(line.length + 1)) : parts(line));
    if (list !== null) return list;
  }
  const [only, ...others] = [...text.matchAll(ASKED)].slice(0, 20).flatMap((asked) => choicesOf(text, asked) ?? []);
  return only !== undefined && others.length === 0 ? checked(parts(only)) : null;
}

function choicesOf(text: string, asked: RegExpMatchArray & { readonly index: number }): string | null {
  for (const as of asked[0].matchAll(AS)) {
    const start = asked.index + as.index + as[0].length;
    const choices = CHOICES.exec(text.slice(start, start + MOST_CHOICES_CHARS));
    if (choices !== null) return choices[0];
  }
  return null;
}

const BULLET = /^[ \t]*(?:[-*•+–]|\(?(?:\d{1,3}|[A-Za-z])[.)])[ \t]+(\S.*)$/;

/** A list of bullets, numbers or short lines, or one line or bracket that holds them all. */
function below(after: string): readonly string[] {
  const text = after.replace(/^\n+/, "");
  const bracket = /^\s*\[([^\][]{1,6000})\]/.exec(text);
  if (bracket !== null) return parts(bracket[1] ?? "");
  const block = text.split(/\n[ \t]*\n/, 1)[0] ?? "";
  const lines = block.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 1) return parts(lines[0] ?? "");
  if (lines.every((line) => BULLET.test(line))) return lines.map((line) => named(BULLET.exec(line)?.[1] ?? ""));
  // A long list of words over several lines.
  return lines.slice(0, -1).every((line) => line.trimEnd().endsWith(",")) ? parts(lines.join(" ")) : lines;
}

/** The label of "label: what it means" and "**label** – …". */
function named(line: string): string {
  const marked = /^(?:\*\*|`|["“])([^*`"”\n]{1,60}?):?(?:\*\*|`|["”])/.exec(line);
  return marked?.[1] ?? line.split(/:|：|\s[-–—]\s|\(|→/u, 1)[0]?.trimEnd() ?? "";
}

function parts(line: string): readonly string[] {
  const inside = /^\s*[[({]([^\])}]{3,6000})[\])}][ \t.]*$/.exec(line)?.[1] ?? line;
  const mark = ["|", ",", ";"].find((each) => inside.includes(each)) ?? /\s\/\s|(?<=\w)\/(?=\w)/;
  const split = inside.split(mark).map((part) => part.trim());
  return split.flatMap((part, at) =>
    at === split.length - 1 ? part.replace(/^(?:or|and|oder|und) /i, "").split(/ (?:or|oder) /i) : [part],
  );
}

function checked(items: readonly string[]): readonly string[] | null {
  const labels = [...new Set(items.map(bare).filter((name) => name !== ""))];
  const fit = labels.every(
    (name) =>
      name.length <= MAX_LABEL_CHARS && name.split(/\s+/).length <= MAX_LABEL_WORDS && /[\p{L}\p{N}]/u.test(name),
  );
  return labels.length >= 2 && labels.length <= MOST_LABELS && fit ? labels : null;
}

function bare(raw: string): string {
  return raw
    .trim()
    .replace(/^["'`“”‘’*_]+|(?<!["'`“”‘’*_.])["'`“”‘’*_.]+$/g, "")
    .trim();
}
