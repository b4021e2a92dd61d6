import { jsonOf } from "../../kit/answer/json.ts";
import type { Choice } from "./choice.ts";
import { evenedLabel, type AllowedLabels } from "./label.ts";
import { choiceInJson } from "./json-choice.ts";
import { Matcher } from "./matcher.ts";
import { several } from "./several.ts";
import type { LabelWishes } from "./requested-form.ts";

/** Words that stand before a label: "The label is", "Category:", "**Sentiment** –". */
const LEAD =
  /^(?:(?:the |my |its |final |correct |best |most likely |predicted |overall |appropriate |chosen |assigned )*(?:label|category|class|classification|sentiment|intent|topic|tag|priority|type|answer|result|prediction|verdict|department|team|severity|language|emotion|tone|status|stance|rating|choice|genre|decision|urgency|output|labels|tags|categories|topics)(?: (?:of|for) (?:the|this) \w+)?\s*(?:is|would be|should be|are|[:：=]|->|→|–|—|-)+\s*|(?:this|the|it)(?: (?:\w+)){0,2} (?:is|would be|should be)(?: best)?(?: (?:classified|categori[sz]ed|labell?ed|tagged|rated))? (?:as )?(?:an? )?|i(?:'d| would)? (?:classify|categori[sz]e|label|tag|rate)(?: (?:this|the|it))?(?: \w+)? (?:as|with) (?:an? )?)/i;
const MOST_LISTED = 50;
const CHOSEN_LINE =
  /\b(?:label|category|class|classification|sentiment|intent|topic|priority|answer|verdict|type|rating|classified as|categori[sz]ed as|labell?ed(?: as)?|result|department|stance|emotion)\b[^\p{L}\p{N}\n]{0,12}(?:is\b|would be\b|as\b)?[^\p{L}\p{N}\n]{0,6}/giu;

/** Reads the choice of an answer, in any of the forms in which models give one. */
export function choiceOf(
  text: string,
  allowed: AllowedLabels,
  fallbacks: readonly string[],
  wishes: LabelWishes,
): Choice {
  const matcher = new Matcher(allowed, fallbacks);
  const json = jsonOf(text);
  if (json.ok && typeof json.value !== "number" && typeof json.value !== "boolean")
    return choiceInJson(json.value, matcher, wishes);
  const plain = withoutFence(text);
  const whole = matcher.exact(withoutLead(plain));
  if (whole !== null) return { kind: "chosen", labels: [whole] };
  const only = listOnly(plain, matcher);
  const lines = linesOf(plain);
  if (wishes.each && lines.length >= 2) return choicePerLine(lines, matcher, wishes);
  if (only !== null) return several(only, wishes);
  if (wishes.many) return manyInProse(plain, lines, matcher, wishes);
  return inProse(plain, lines, matcher, wishes);
}

/** "a, b" and nothing else. */
function listOnly(plain: string, matcher: Matcher): readonly string[] | null {
  const parts = withoutLead(plain)
    .split(/\s*(?:[,;\n|]|\band\b|&)\s*/)
    .map((part) => part.replace(/^(?:[-*•]|\d{1,2}[.)])\s+/, ""))
    .filter((part) => part.trim() !== "");
  if (parts.length < 2 || parts.length > MOST_LISTED) return null;
  const labels = parts.map((part) => matcher.exact(withoutLead(part)));
  const found = labels.filter((label) => label !== null);
  return found.length === parts.length ? [...new Set(found)] : null;
}

function choicePerLine(lines: readonly string[], matcher: Matcher, wishes: LabelWishes): Choice {
  const labelled = lines.map((line) => labelOfLine(line, matcher));
  const found = labelled.filter((label) => label !== null);
  // Between lines that end in a label one that ends in another short word is a label of the model's own.
  const isMarked = (line: string): boolean =>
    /^(?:[-*•|]|\W{0,3}\d{1,3}[.):])/.test(line) || found.length * 2 >= lines.length;
  const wrong = lines.find((line, at) => labelled[at] === null && isMarked(line) && endsInShortWord(line));
  if (wrong !== undefined && found.length > 0) {
    return { kind: "wrong", problem: `"${wrong.slice(0, 80)}" ends in none of the labels` };
  }
  if (found.length === 0) return { kind: "wrong", problem: "no line of it gives one of the labels" };
  if (wishes.texts !== null && found.length < wishes.texts) {
    return { kind: "wrong", problem: `${wishes.texts} texts were to be labelled; ${found.length} are` };
  }
  return { kind: "chosen", labels: found };
}

/** "3. The food was cold: negative", "1) negative – because …", "| 3 | negative |" */
function labelOfLine(line: string, matcher: Matcher): string | null {
  const plain = line.replace(/^\|?\s*(?:[-*•]|\(?#?\d{1,3}[.):|]?)\s*/, "");
  const parts = plain.split(/\s*(?:\||:|→|->|=>|\s[–—-]\s|\t|=)\s*/).filter((part) => part !== "");
  for (const part of [...parts].reverse()) {
    const label = matcher.exact(part) ?? matcher.exact(part.split(/[,;(.]/, 1)[0] ?? "");
    if (label !== null) return label;
  }
  const named = matcher.named(plain);
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** "1. Great phone: mostly good": what stands where a label should. */
function endsInShortWord(line: string): boolean {
  const last = line.split(/:|→|->|\||\s[–—-]\s/).findLast((part) => part.trim() !== "") ?? "";
  return line.length > last.length && last.trim().split(/\s+/).length <= 3;
}

function manyInProse(plain: string, lines: readonly string[], matcher: Matcher, wishes: LabelWishes): Choice {
  const bullets = lines.filter((line) => /^(?:[-*•]|\d{1,2}[.)])\s/.test(line));
  const labelled = bullets.map((line) => labelOfLine(line, matcher));
  const strange = bullets.findIndex((_, at) => labelled[at] === null);
  if (bullets.length > 0 && labelled.some((label) => label !== null)) {
    if (strange !== -1 && (bullets[strange] ?? "").split(/\s+/).length <= 5) {
      return { kind: "wrong", problem: `"${(bullets[strange] ?? "").slice(0, 80)}" is none of the labels` };
    }
    return several([...new Set(labelled.filter((label) => label !== null))], wishes);
  }
  const first = withoutLead(lines[0] ?? "");
  const items = first.split(/\s*(?:[,;|]|\band\b)\s*/).filter((part) => part !== "");
  const known = items.map((part) => matcher.exact(part));
  if (known.length > 0 && items.length <= MOST_LISTED && items.every((part) => part.split(/\s+/).length <= 5)) {
    const at = known.indexOf(null);
    if (at !== -1) return { kind: "wrong", problem: `"${(items[at] ?? "").slice(0, 60)}" is none of the labels` };
    return several([...new Set(known.filter((label) => label !== null))], wishes);
  }
  if (/^none\b|\bno (?:label|tag|categor\w+|topic)s? appl/i.test(plain)) return { kind: "chosen", labels: [] };
  return matcher.named(plain).length === 0
    ? { kind: "wrong", problem: "it names none of the labels" }
    : { kind: "unclear", reason: "labels are named within prose" };
}

function inProse(plain: string, lines: readonly string[], matcher: Matcher, wishes: LabelWishes): Choice {
  const named = matcher.named(plain);
  if (named.length === 0) {
    return { kind: "wrong", problem: `"${plain.trim().slice(0, 60)}" is none of the labels` };
  }
  if (wishes.alone && words(plain) > words(named[0] ?? "") + 4) {
    return { kind: "wrong", problem: "the label alone was asked for; the answer says more" };
  }
  const told = explicit(plain, lines, matcher);
  if (told.length === 1) return { kind: "chosen", labels: told };
  if (told.length > 1)
    return { kind: "wrong", problem: `it does not settle on one label: ${told.slice(0, 4).join(", ")}` };
  if (named.length > 1) return { kind: "wrong", problem: `it names several labels: ${named.slice(0, 6).join(", ")}` };
  return matcher.isDenied(plain)
    ? { kind: "unclear", reason: `it names "${named[0]}", but only to deny it` }
    : { kind: "chosen", labels: named };
}

/** Labels that the answer marks as its choice: the first or the last line, emphasis, or "Label: …" anywhere. */
function explicit(plain: string, lines: readonly string[], matcher: Matcher): readonly string[] {
  const first = withoutLead(lines[0] ?? "");
  const last = withoutLead(lines.at(-1) ?? "");
  const lead = matcher.exact(first) ?? matcher.leading(first);
  if (lead !== null) return [lead];
  const final = matcher.exact(last);
  if (final !== null) return [final];
  const marked = [...plain.matchAll(CHOSEN_LINE)].flatMap(
    (found) =>
      matcher.leading(plain.slice(found.index + found[0].length, found.index + found[0].length + 80), true) ?? [],
  );
  if (marked.length > 0) return [...new Set(marked)];
  const bold = [...plain.matchAll(/\*\*([^*\n]{1,80})\*\*|`([^`\n]{1,80})`/g)].flatMap(
    ([, strong, code]) => matcher.exact(strong ?? code ?? "") ?? [],
  );
  return [...new Set(bold)];
}

function withoutLead(text: string): string {
  const plain = text
    .trim()
    .replace(/^[>#\s]+/, "")
    .replace(/\*\*|__/g, "");
  return plain.replace(LEAD, "").trim();
}

function withoutFence(text: string): string {
  const trimmed = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .trim();
  const fenced = /^```[\w-]{0,20}\n([^`]*)\n```$/.exec(trimmed);
  return (fenced?.[1] ?? trimmed).trim();
}

/** Lines with something to say: no blank ones, and of a table neither its head nor its rule. */
function linesOf(plain: string): readonly string[] {
  const isRule = (line: string | undefined): boolean => line !== undefined && /^\|?[\s:|-]*-{2,}[\s:|-]*$/.test(line);
  const lines = plain.split("\n").map((line) => line.trim());
  return lines.filter((line, at) => line !== "" && !isRule(line) && !(line.includes("|") && isRule(lines[at + 1])));
}

function words(text: string): number {
  return evenedLabel(text).split(" ").length;
}
