const MARK = "[key]";
/** Shorter values would blot out ordinary words. */
const SECRET_MIN_CHARS = 6;
/** A half of a secret is hidden only where it is so long, and of characters that no path or sentence has. */
const HALF_MIN_CHARS = 10;
const KEY_CHARS = /^[\w.+=~-]+$/u;
const KEY_CHAR = /[\w+=~-]/u;

/** A key of fewer characters may be an ordinary word of an answer, as the "ollama" that local servers are sent. */
const KEY_MIN_CHARS = 16;

/** An answer without this key; everything else stays as it is, also what only looks like a key. */
export function hideKey(answer: string, key: string | null): string {
  return key === null || key.length < KEY_MIN_CHARS ? answer : answer.replaceAll(key, MARK);
}

/** What looks like a key of one of the vendors, or a bearer token, of any account. */
const KEY_LIKE = /\b(?:sk|tgp)[-_][A-Za-z0-9_-]{12,}|\bAIza[A-Za-z0-9_-]{20,}|\bBearer\s+\S+/gu;

/** A secret as it may be written, and how much of what stands around it belongs to it. */
interface SecretForm {
  readonly text: string;
  readonly anyCase: boolean;
  /** Characters at both sides that are of the same word: base64 of "user:key" begins with the user. */
  readonly word: RegExp | null;
}

/**
 * Hides secrets wherever they stand in a text: as they are, with blanks or line ends inside, URL-encoded, escaped as in JSON, in hex,
 * in base64 (also of a longer text that holds them, such as "user:key"), and halves of them, which a cut or the border between
 * two chunks leaves. Also what looks like a vendor's key or a bearer token.
 */
export function redactorOf(secrets: readonly string[]): (text: string) => string {
  const known = secrets.map((secret) => secret.trim()).filter((secret) => secret.length >= SECRET_MIN_CHARS);
  const forms = [...new Set(known)].flatMap(formsOf);
  return (text) => hide(text, forms).replaceAll(KEY_LIKE, MARK);
}

function formsOf(secret: string): readonly SecretForm[] {
  const bytes = [...new TextEncoder().encode(secret)];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const plain = [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])];
  return [
    ...plain.map((text) => ({ text, anyCase: false, word: null })),
    ...halvesOf(secret).map((text) => ({ text, anyCase: false, word: KEY_CHAR })),
    { text: hex, anyCase: true, word: /[\da-f]/iu },
    { text: hex.replaceAll(/../gu, "%$&"), anyCase: true, word: null },
    { text: hex.replaceAll(/../gu, String.raw`\u00$&`), anyCase: true, word: null },
    ...base64Of(bytes).map((text) => ({ text, anyCase: false, word: /[\w+/=-]/u })),
  ].map((form) => ({ ...form, text: squeezed(form.text) }));
}

function halvesOf(secret: string): readonly string[] {
  const half = Math.ceil(secret.length / 2);
  return half >= HALF_MIN_CHARS && KEY_CHARS.test(secret) ? [secret.slice(0, half), secret.slice(-half)] : [];
}

/** What base64 makes of the bytes wherever they stand in a text: three ways, without the ends, which depend on their neighbours. */
function base64Of(bytes: readonly number[]): readonly string[] {
  return [0, 1, 2].flatMap((shift) => {
    const wholeBytes = Math.floor((bytes.length + shift) / 3) * 3;
    const shifted = [...Array.from({ length: shift }, () => 0), ...bytes].slice(0, wholeBytes);
    const sure = btoa(String.fromCharCode(...shifted)).slice(shift === 0 ? 0 : 4);
    return sure.length < SECRET_MIN_CHARS ? [] : [sure, sure.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** White space, as it is and as it is escaped in JSON. */
const SPACE = /\s|\\[nrt]/gu;

function squeezed(text: string): string {
  return text.replaceAll(SPACE, "");
}

function hide(text: string, forms: readonly SecretForm[]): string {
  if (forms.length === 0) return text;
  const bare = squeezed(text);
  const places = placesIn(text);
  const lower = lowerAscii(bare);
  const found = forms.flatMap((form) => rangesOf(form, form.anyCase ? lower : bare, bare, places));
  if (found.length === 0) return text;
  let shown = "";
  let shownTo = 0;
  for (const [start, end] of merged(found)) {
    shown += text.slice(shownTo, places[start]) + MARK;
    shownTo = (places[end - 1] ?? 0) + 1;
  }
  return shown + text.slice(shownTo);
}

/** Where each character of the squeezed text stands in the text. */
function placesIn(text: string): readonly number[] {
  const places: number[] = [];
  let from = 0;
  const add = (to: number): void => {
    for (let at = from; at < to; at += 1) places.push(at);
  };
  for (const { 0: space, index } of text.matchAll(SPACE)) {
    add(index);
    from = index + space.length;
  }
  add(text.length);
  return places;
}

/** Case changed where it keeps the length. */
function lowerAscii(text: string): string {
  return text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
}

type Range = readonly [start: number, end: number];

function rangesOf(
  { text, word }: SecretForm,
  searched: string,
  bare: string,
  places: readonly number[],
): readonly Range[] {
  const ranges: Range[] = [];
  const isOfWord = (at: number, next: number): boolean =>
    word !== null && word.test(bare[at] ?? " ") && Math.abs((places[at] ?? 0) - (places[next] ?? 0)) === 1;
  let at = searched.indexOf(text);
  while (at >= 0) {
    let [start, end] = [at, at + text.length];
    while (isOfWord(start - 1, start)) start -= 1;
    while (isOfWord(end, end - 1)) end += 1;
    ranges.push([start, end]);
    at = searched.indexOf(text, end);
  }
  return ranges;
}

/** In order, and those that overlap as one. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const done: Range[] = [];
  for (const [start, end] of [...ranges].sort(([one], [other]) => one - other)) {
    const last = done.at(-1);
    if (last === undefined || start > last[1]) done.push([start, end]);
    else done[done.length - 1] = [last[0], Math.max(last[1], end)];
  }
  return done;
}
