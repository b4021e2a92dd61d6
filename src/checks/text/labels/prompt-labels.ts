import { evenedLabel, labelsOf, type AllowedLabels, type Label } from "./label.ts";

/** Lists of labels stand at the beginning of a prompt, or after its text. */
const HEAD_CHARS = 12_000;
const TAIL_CHARS = 4_000;
/** Of wordings that may introduce a list only so many are tried. */
const MOST_TRIED = 40;
const THINGS =
  "labels?|categor(?:y|ies)|class(?:es)?|tags?|options?|choices?|intents?|topics?|sentiments?|emotions?|values|buckets?|departments?|teams?|queues?|types?|levels?|priorit(?:y|ies)|severit(?:y|ies)|ratings?|genres?|stances?|answers?|verdicts?|status(?:es)?|languages?|tones?";
const VERBS =
  "classif(?:y|ied|ies|ying)|categori[sz](?:e|ed|es|ing)|classifi\\w+|clasifi\\w+|klassifizier\\w*|label(?:l?ed|l?ing)?|tag(?:ged)?|rate|mark|sort|assign|bucket|route|triage|grade|judge|identify|detect|determine|decide|choose|pick|select|analy[sz]e";

/** The labels that a prompt lists: under a heading, in brackets, or in the sentence that asks for them. `null`: none that are certain. */
export function labelsInPrompt(prompt: string): AllowedLabels | null {
  const text = endsOf(prompt).replace(/\r\n?/g, "\n");
  return (
    introduced(text, true) ??
    template(text) ??
    inSentence(text) ??
    quotedPair(text) ??
    inBrackets(text) ??
    introduced(text, false) ??
    question(text) ??
    afterQuestion(text) ??
    numberRange(text)
  );
}

/** "Rate the review from 1 to 5." */
function numberRange(text: string): AllowedLabels | null {
  const found =
    /\b(?:rate|rating|score|grade|rank|stars?|scale)\b[^.?!\n]{0,60}?\b(?:from|between|of)?\s?(\d{1,2})\s?(?:to|and|-|–|through)\s?(\d{1,2})\b/i.exec(
      text,
    );
  const [low, high] = [Number(found?.[1]), Number(found?.[2])];
  if (found === null || !(low < high) || high - low > 10) return null;
  const numbers = Array.from({ length: high - low + 1 }, (_, at): Label => ({ name: String(low + at), key: null }));
  return labelsOf(numbers, `"${found[0].slice(-40)}"`);
}

/** "Priority? P0/P1/P2" */
function afterQuestion(text: string): AllowedLabels | null {
  const found = new RegExp(
    `\\b(?:${THINGS})\\?\\s{0,3}([\\w-]{1,20}(?:\\s?[/|]\\s?[\\w-]{1,20}){1,9})[ \\t.]*(?:\\n|$)`,
    "i",
  ).exec(text);
  return found === null ? null : split(found[1] ?? "", "the question");
}

function matches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  return [...text.matchAll(pattern)].slice(0, MOST_TRIED);
}

function endsOf(prompt: string): string {
  if (prompt.length <= HEAD_CHARS + TAIL_CHARS) return prompt;
  return `${prompt.slice(0, HEAD_CHARS)}\n\n${prompt.slice(-TAIL_CHARS)}`;
}

/** "Labels: a, b, c", or such a line and a list below it. */
function introduced(text: string, strictly: boolean): AllowedLabels | null {
  const strict = `(?:allowed|possible|valid|available|following|these|candidate|permitted|given|one of (?:the|these)(?: following)?|exactly one of(?: the)?|into(?: one of)?(?: the)?)\\s+(?:\\w+\\s+){0,2}(?:${THINGS})|labels|categories|classes|options|choices|one of(?: the following| these)?`;
  const intro = new RegExp(`(?<![\\w])(?:${strictly ? strict : THINGS})\\b[^.:：?!\\n]{0,40}[:：][*_]{0,2}`, "gi");
  for (const found of matches(text, intro)) {
    const after = text.slice(found.index + found[0].length);
    const line = /^[^\n]*/.exec(after)?.[0] ?? "";
    const from = `"${found[0].trim().slice(0, 60)}"`;
    const list = line.trim() === "" ? listed(after.slice(line.length), from) : inline(line, from);
    if (list !== null) return list;
  }
  return null;
}

const BULLET = /^[ \t]*(?:[-*•+–]|\*\*|(\d{1,2}|[A-Za-z])[.)]|\((\d{1,2}|[A-Za-z])\))[ \t]*(\S.*)$/;

/** Lines of a list, or bare short lines, up to the first blank line or other text. */
function listed(after: string, from: string): AllowedLabels | null {
  const items: Label[] = [];
  const lines = after.split("\n", 400);
  const begin = lines.findIndex((line) => line.trim() !== "");
  const bulleted = BULLET.test(lines[begin] ?? "");
  for (const line of lines.slice(Math.max(0, begin))) {
    const bullet = BULLET.exec(line);
    if (line.trim() === "" && items.length > 0 && !bulleted) break;
    if (line.trim() === "") continue;
    if ((bullet === null) === bulleted) break;
    const name = defined(bullet === null ? line : (bullet[3] ?? ""));
    items.push({ name, key: bullet?.[1] ?? bullet?.[2] ?? null });
  }
  return labelsOf(items, from);
}

/** The label of "label: what it means", "**label** – …" or "label (…)". */
function defined(line: string): string {
  const emphasised = /^\s*(?:\*\*|__|`|["“])([^*_`"”\n]{1,60}?):?(?:\*\*|__|`|["”])/.exec(line);
  if (emphasised !== null) return bare(emphasised[1] ?? "");
  return bare(line.split(/\s*(?::|：|\s[-–—=]+>?\s|\(|,|;|→|—)\s*/u, 1)[0] ?? "");
}

/** `{"label": "positive|negative"}` */
function template(text: string): AllowedLabels | null {
  for (const [, quoted = ""] of text.matchAll(/["'<]([^"'\n|<>]{1,40}(?:[|][^"'\n|<>]{1,40}){1,40})["'>]/g)) {
    const list = labelsOf(quoted.split("|").map(item), "the template of the answer");
    if (list !== null) return list;
  }
  return null;
}

const FILL = "(?: being)?(?: exactly| either| one of| only| both)*(?: the)?(?: following| these)?:?\\s+(?=\\S)";
/** From the wording that hardly means anything else to the loosest. */
const LEADS = [
  // "Label each tweet positive, negative or neutral."
  new RegExp(
    `\\b(?:${VERBS})\\s+(?:each|every|this|the|these|all|the following)\\s+(?:(?!as\\b|into\\b|with\\b|by\\b|in\\b|to\\b|of\\b)\\w+\\s+){1,2}(?=[\\w"'-]{2,30}(?:, [\\w"'-]{2,30}){1,8},? or [\\w"'-]{2,30}[.:,;\\n])`,
    "gi",
  ),
  new RegExp(
    `\\b(?:${VERBS})\\b[^.?!\\n]{0,160}?\\b(?:as|into|between|among|als|como|comme|come|entre|en)${FILL}`,
    "gi",
  ),
  /\b(?:one of|either|choose (?:from|between|among))(?: the)?(?: following| these)?:?\s+(?=\S)/gi,
  /\b(?:(?:answer|reply|respond|return|output|say|write|print)(?: only| just| strictly| exactly| simply)*(?: with)?(?: only| just| exactly)*(?: one(?: word| label)?)?(?: of)?(?: the words?)?):?\s+(?=\S)/gi,
  new RegExp(`\\b(?:${VERBS})\\b[^.?!\\n]{0,160}?\\b(?:in|to|with|of|from|is|are)${FILL}`, "gi"),
] as const;

/** "Classify the review as positive, negative or neutral." */
function inSentence(text: string): AllowedLabels | null {
  for (const lead of LEADS) {
    for (const found of matches(text, lead)) {
      const rest = text.slice(found.index + found[0].length, found.index + found[0].length + 600);
      const list = alternatives(rest, `"${found[0].trim().slice(-40)} …"`);
      if (list !== null) return list;
    }
  }
  return null;
}

/** "…'urgent' or 'not urgent'…", in any language. */
function quotedPair(text: string): AllowedLabels | null {
  const found =
    /(?:["“'‘`][^"“”'‘’`\n]{1,40}["”'’`],?\s+){1,20}(?:or|ou|oder|o|of|eller|lub|или|veya)\s+["“'‘`][^"“”'‘’`\n]{1,40}["”'’`]/iu.exec(
      text,
    );
  if (found === null) return null;
  const quoted = [...found[0].matchAll(/["“'‘`]([^"“”'‘’`\n]{1,40})["”'’`]/gu)].map(([, name = ""]) => item(name));
  return labelsOf(quoted, "the quoted alternatives");
}

/** "Is this spam or ham?" */
function question(text: string): AllowedLabels | null {
  const found =
    /\b(?:is|are|does|was|express\w*|sound\w*)\b[^?.\n]{0,100}?\b((?:[\w-]{2,30}, ){0,6}[\w-]{2,30},? or (?:not )?[\w-]{2,30})\?/i.exec(
      text,
    );
  return found === null ? null : alternatives(`${found[1]}?`, "the question");
}

/** "(positive / negative / neutral)", near a word that speaks of labels. */
function inBrackets(text: string): AllowedLabels | null {
  const near = new RegExp(`\\b(?:${VERBS}|${THINGS})\\b[^\\n()[\\]{}]{0,80}[([{]([^()[\\]{}\\n]{3,400})[)\\]}]`, "gi");
  for (const [, inside = ""] of matches(text, near)) {
    // An example of the answer names its fields, not what may stand in them.
    if (/^(?:e\.?g|i\.?e|such as|for example)\b/i.test(inside) || /["']\s*:/.test(inside)) continue;
    const list = split(inside, "the brackets");
    if (list !== null) return list;
  }
  return null;
}

function inline(line: string, from: string): AllowedLabels | null {
  const bracketed = /^\s*[[({]([^\])}]{3,2000})[\])}]/.exec(line);
  if (bracketed !== null) return split(bracketed[1] ?? "", from);
  return alternatives(line, from);
}

/** A list that runs to the end of its sentence. */
function alternatives(rest: string, from: string): AllowedLabels | null {
  const bracketed = /^\s*[[({]([^\])}\n]{3,2000})[\])}]/.exec(rest);
  if (bracketed !== null) return split(bracketed[1] ?? "", from);
  const sentence = /^[^\n?!]*?(?=[.:]?(?:\n|$)|[.:]\s|[?!])/.exec(rest)?.[0] ?? "";
  return split(
    sentence.replace(
      /\s(?:based on|depending on|according to|by (?:its|their)|and (?:return|give|explain|answer|reply|output|respond|then|nothing)|with (?:an?|no)|(?:(?:together |along )?with|plus|and) (?:an?|no|your|the|its|how)(?= (?:confidence|score|reason|explanation|probability|certainty|justification|rationale|other|sure|short|brief|one|sentence))|for (?:each|the|this|every)|in json|as json)\b.*$/i,
      "",
    ),
    from,
  );
}

/** The items of an enumeration; `null` when it is none: one item, or one that is too long to be a label. */
function split(list: string, from: string): AllowedLabels | null {
  const quoted = [...list.matchAll(/["“`']([^"“”`'\n]{1,60})["”`'](?![\p{L}])/gu)].map(([, name = ""]) => item(name));
  if (quoted.length >= 2) return labelsOf(quoted, from);
  const plain = list.replace(/\([^()]{0,200}\)/g, "").replace(/^(?:either|both|being|exactly|one of)\s+/i, "");
  const byMark = [";", "|", ",", "/"].find((mark) => plain.includes(mark));
  const parts = byMark === undefined ? plain.split(/\s+(?:or|vs\.?|versus|oder|ou|o)\s+/i) : plain.split(byMark);
  const more =
    byMark === undefined
      ? parts
      : parts.flatMap((part, at) => (at === parts.length - 1 ? lastOf(part, at > 0) : [part]));
  if (byMark === undefined && parts.length < 2) return labelsOf(andPair(plain), from);
  return labelsOf(
    more.map((part) => item(withoutCondition(defined(part)))),
    from,
  );
}

/** "1 for spam", "yes if it is", "0 otherwise" */
function withoutCondition(part: string): string {
  return part.replace(/\s+(?:for|if|when|means|meaning|denotes)\s.*$|\s+(?:otherwise|else)$/i, "");
}

/** "…, b or c" and "…, or c": the end of an enumeration. */
function lastOf(part: string, isTail: boolean): readonly string[] {
  const tail = isTail ? part.replace(/^\s*(?:or|and|oder|und|ou|et|y|o)\s+/i, "") : part;
  return tail.split(/\s+(?:or|and|oder|und|ou|et)\s+/i);
}

function andPair(plain: string): readonly Label[] {
  const pair = /^\s*(\S{2,30}) and (\S{2,30})\s*$/.exec(plain);
  return pair === null ? [] : [item(pair[1] ?? ""), item(pair[2] ?? "")];
}

function item(raw: string): Label {
  const keyed = /^\s*\(?([A-Z]|\d{1,2})[.)]\s+(\S.*)$/.exec(raw);
  return { name: bare(keyed?.[2] ?? raw), key: keyed?.[1] ?? null };
}

function bare(raw: string): string {
  return raw
    .trim()
    .replace(/^["'`“”‘’*_<[({]+|["'`“”‘’*_>\])}.,;:]+$/g, "")
    .replace(/^(?:an?|the|either|or)\s+(?=\S)/i, "")
    .trim();
}

const OTHERWISE =
  /\b(?:otherwise|else|(?:if|when|in case) [^.\n;]{1,80}?)[, ]{1,3}(?:just |simply |then |please )?(?:answer|use|say|return|output|reply|respond|label|choose|write|put|classify|pick|mark|assign)(?: (?:it|them|this|that|with|as))*\s+["'`“]?([\w /-]{1,30}?)["'`”]?(?=[.,;\n)]|$)/gi;

/** What a prompt allows besides its list: "If none fits, answer other." */
export function fallbackLabels(prompt: string): readonly string[] {
  return matches(endsOf(prompt), OTHERWISE).map(([, name = ""]) => evenedLabel(name));
}
