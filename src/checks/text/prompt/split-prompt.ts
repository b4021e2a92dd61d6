/** A prompt's instruction, and the text that the instruction is about. */
export interface SplitPrompt {
  readonly instruction: string;
  /** Empty when the prompt brings no text of its own. */
  readonly body: string;
}

/** Verbs of the tasks that work on a given text; a few in other languages. */
const ASKS =
  /\b(?:summar|tl;?dr|condens|shorten|abridg|recap|translat|locali[sz]|render|convert|classif|categori|label|tag\b|sentiment|extract|parse|pull out|fasse|zusammenfass|übersetz|ueberset|tradui|resum|résum|traduc|traduz|riassum|vertaal)/i;
const ASKS_IN_HAN = /翻译|翻譯|翻訳|訳し|総括|总结|總結|要約|摘要|번역|요약|переве|резюм|сократ/;
/** At the end of a prompt, after the text. */
const CLOSING =
  /^(?:please |now |finally,? )?(?:summar|translat|classif|extract|answer|keep|use|write|return|respond|reply|output|give|make|do not|don't|only|no |limit|label|in (?:at most|no more|under|one|two|three|\d))/i;
const MAX_INSTRUCTION_CHARS = 600;
const MOST_QUOTED_CHARS = 2_000;
const MAX_LAST_LINE_CHARS = 200;
const READ_CHARS = 400_000;

/**
 * Separates a prompt's instruction from the text that it is about: by delimiters (fences, triple quotes, tags), by paragraphs, by
 * the first colon, or by quotation marks. A heuristic: no check may fail an answer because of it alone.
 */
export function splitPrompt(prompt: string): SplitPrompt {
  const text = prompt.slice(0, READ_CHARS).replace(/\r\n?/g, "\n").trim();
  const split = byDelimiter(text) ?? byParagraph(text) ?? byColon(text) ?? byQuotes(text);
  return split === null ? { instruction: text, body: "" } : withLastLine(split);
}

/** A last line that asks for something belongs to the instruction, also without a blank line before it. */
function withLastLine({ instruction, body }: SplitPrompt): SplitPrompt {
  const at = body.lastIndexOf("\n");
  const last = body.slice(at + 1).trim();
  if (at === -1 || last.length > MAX_LAST_LINE_CHARS || !CLOSING.test(last)) return { instruction, body };
  return { instruction: `${instruction}\n${last}`, body: body.slice(0, at).trim() };
}

function byDelimiter(text: string): SplitPrompt | null {
  for (const [open, close] of [
    ["```", "```"],
    ['"""', '"""'],
    ["'''", "'''"],
    ["<<<", ">>>"],
    ["~~~", "~~~"],
  ] as const) {
    const start = text.indexOf(open);
    const end = start === -1 ? -1 : text.lastIndexOf(close);
    if (start === -1 || end <= start + open.length) continue;
    const inside = text.slice(start + open.length, end).replace(/^[\w-]{0,20}\n/, "");
    const outside = `${text.slice(0, start)}\n${text.slice(end + close.length)}`;
    if (inside.trim() !== "" && outside.trim() !== "") return { instruction: outside.trim(), body: inside.trim() };
  }
  const tag = /<([a-z_]{3,20})>\n?/i.exec(text.slice(0, 3_000));
  const end = tag === null ? -1 : text.lastIndexOf(`</${tag[1]}>`);
  if (tag === null || end <= tag.index || !asks(text.slice(0, tag.index) + text.slice(end))) return null;
  const body = text.slice(tag.index + tag[0].length, end).trim();
  const instruction = `${text.slice(0, tag.index)}\n${text.slice(end + `</${tag[1]}>`.length)}`.trim();
  // An instruction without words means that the tags are the text's own.
  return /\p{L}{3}/u.test(instruction) &&
    /^(?:text|article|document|source|input|content|email|message|review|ticket|transcript|report|data|passage)/i.test(
      tag[1] ?? "",
    )
    ? { instruction, body }
    : null;
}

function byParagraph(text: string): SplitPrompt | null {
  const parts = text.split(/\n[ \t]*\n/).map((part) => part.trim());
  if (parts.length < 2) return null;
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  const startsSo = first.length <= MAX_INSTRUCTION_CHARS && asks(first);
  const endsSo =
    last.length <= MAX_INSTRUCTION_CHARS && (startsSo ? CLOSING.test(last) && last.length <= 200 : asks(last));
  if (!startsSo && !endsSo) return null;
  // "Translate into German: Dear all, …" and further paragraphs: the text begins behind the colon. "Extract: name, date" lists fields.
  const colon = startsSo && !/\bextract|\bclassif|\bcategor|\blabel/i.test(first) ? colonOf(first) : null;
  const head = startsSo ? (colon === null ? first : first.slice(0, colon)) : "";
  const begun = colon === null ? [] : [first.slice(colon).trim()];
  const middle = parts.slice(startsSo ? 1 : 0, endsSo && parts.length > (startsSo ? 2 : 1) ? -1 : undefined);
  const tail = endsSo && parts.length > (startsSo ? 2 : 1) ? last : "";
  const body = [...begun, ...middle].filter((part) => part !== "").join("\n\n");
  return body === "" ? null : { instruction: `${head}\n${tail}`.trim(), body };
}

function byColon(text: string): SplitPrompt | null {
  const at = colonOf(text);
  return at === null ? null : { instruction: text.slice(0, at).trim(), body: text.slice(at).trim() };
}

/** Where the text begins behind the first colon of an instruction. */
function colonOf(text: string): number | null {
  const colon = /[:：](?=\s|[「“"']|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana})/u.exec(
    text.slice(0, MAX_INSTRUCTION_CHARS),
  );
  if (colon === null || !asks(text.slice(0, colon.index))) return null;
  const at = colon.index + 1;
  return text.slice(at).trim() === "" ? null : at;
}

function byQuotes(text: string): SplitPrompt | null {
  const marked = /["“„«「]([^"“”„«»「」\n]{1,2000})["”“»」]/.exec(text);
  const quoted = marked === null ? inSingleQuotes(text) : { whole: marked[0], body: marked[1] ?? "" };
  if (quoted === null || !asks(text)) return null;
  return { instruction: text.replace(quoted.whole, " "), body: quoted.body };
}

/** From the first quote of a line to its last one, since an apostrophe may stand between them. */
function inSingleQuotes(text: string): { readonly whole: string; readonly body: string } | null {
  for (const line of text.split("\n")) {
    const start = line.search(/(?<![\p{L}\p{N}])['‘]/u);
    const end = start === -1 ? -1 : ([...line.matchAll(/['’](?![\p{L}\p{N}])/gu)].at(-1)?.index ?? -1);
    const body = line.slice(start + 1, Math.max(end, start + 1));
    if (body.length >= 2 && body.length <= MOST_QUOTED_CHARS) return { whole: line.slice(start, end + 1), body };
  }
  return null;
}

function asks(text: string): boolean {
  return ASKS.test(text) || ASKS_IN_HAN.test(text);
}
