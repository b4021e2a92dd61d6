import { inflateSync } from "node:zlib";

/** Anthropic's limit for its models with the smaller window; the others take more. */
const MOST_PAGES = 100;
const MOST_INFLATED_BYTES = 32_000_000;
const MOST_OBJECTS = 100_000;
const UNUSUAL = "cannot have its pages counted, because of how it was written: print it to a new PDF";

/** Each with any of its characters as #xx. */
const HIDDEN_NAMES: readonly RegExp[] = [
  /\/(?:K|#4[bB])(?:i|#69)(?:d|#64)(?:s|#73)/g,
  /\/(?:O|#4[fF])(?:b|#62)(?:j|#6[aA])(?:S|#53)(?:t|#74)(?:m|#6[dD])/g,
  /\/(?:F|#46)(?:i|#69)(?:r|#72)(?:s|#73)(?:t|#74)/g,
  /\/(?:E|#45)(?:n|#6[eE])(?:c|#63)(?:r|#72)(?:y|#79)(?:p|#70)(?:t|#74)/g,
];

/** How many pages a PDF has at the most; or what is wrong with it. */
export type ReadPdf = { readonly pages: number } | string;

/** What an object of the file refers to as its children in the tree of pages. */
type Children = ReadonlyMap<string, readonly (readonly string[])[]>;

/**
 * Counts the pages of a PDF without drawing one. Its objects are read in plain text and in compressed lists; the tree of pages is followed
 * from every node, so that neither a page that is used twice nor an older version of the tree makes the count too low. What hides
 * the tree from this is refused.
 */
export function readPdf(bytes: Buffer): ReadPdf {
  const raw = bytes.toString("latin1");
  const endsAt = raw.lastIndexOf("%%EOF");
  if (endsAt === -1) return "is a broken application/pdf: it is cut off";
  if (raw.slice(endsAt + "%%EOF".length).trim() !== "")
    return "holds bytes behind the end of its PDF, which may be another file: print it to a new PDF";
  if (/\/Encrypt\b/.test(raw)) return "is an encrypted PDF: save it without a password";
  const objects = hidesNames(raw) || hidesObjects(raw) ? null : objectsIn(raw, bytes);
  const children = objects === null ? null : childrenOf(objects);
  if (children === null) return UNUSUAL;
  const pages = mostPages(children);
  if (pages === 0) return "is a broken application/pdf: it has no page that can be found";
  return pages > MOST_PAGES ? `has more than ${MOST_PAGES} pages: send a part of it` : { pages };
}

/** Names may be written with #xx for any character. Those that the count goes by are not, but to hide them. */
function hidesNames(text: string): boolean {
  for (const name of HIDDEN_NAMES) for (const [found] of text.matchAll(name)) if (found.includes("#")) return true;
  return false;
}

/** How an object begins. */
const HEAD = /(\d{1,10})\s{1,4}\d{1,5}\s{1,4}obj\b/g;
/** Of a head, at the most. */
const MOST_HEAD_CHARS = 26;
const PDF_SPACE = /[\s\0]/;

/** Whether an object begins in a way that is allowed and that `HEAD` does not find: it would be taken for a part of the one before it. */
function hidesObjects(raw: string): boolean {
  for (const { index } of raw.matchAll(/(?<![A-Za-z])obj\b/g)) {
    if (/\d\s{1,4}\d{1,5}\s{1,4}$/.test(raw.slice(Math.max(0, index - MOST_HEAD_CHARS), index))) continue;
    let at = index;
    while (at > 0 && PDF_SPACE.test(raw.charAt(at - 1))) at -= 1;
    if (/\d/.test(raw.charAt(at - 1))) return true;
    // A comment may stand between the words of a head: it ends with its line.
    if (!/[\r\n]/.test(raw.slice(at, index))) continue;
    while (at > 0 && !/[\r\n%]/.test(raw.charAt(at - 1))) at -= 1;
    if (raw.charAt(at - 1) === "%") return true;
  }
  return false;
}

interface PdfObject {
  readonly id: string;
  readonly text: string;
}

/** All objects, of all versions of the file; `null`: some cannot be read. */
function objectsIn(raw: string, bytes: Buffer): readonly PdfObject[] | null {
  const heads: RegExpExecArray[] = [];
  for (const head of raw.matchAll(HEAD)) {
    heads.push(head);
    if (heads.length > MOST_OBJECTS) return null;
  }
  const objects = heads.map((head, index): PdfObject & { readonly at: number } => {
    const at = head.index + head[0].length;
    return { id: String(Number(head[1])), at, text: raw.slice(at, heads[index + 1]?.index ?? raw.length) };
  });
  const within: PdfObject[] = [];
  let inflated = 0;
  for (const { text, at } of objects) {
    const streamAt = text.search(/stream\r?\n/);
    const dictionary = text.slice(0, streamAt);
    if (streamAt === -1 || !/\/ObjStm\b|\/First\b/.test(dictionary)) continue;
    if (!/\/Filter\s{0,4}(?:\[\s{0,4})?\/FlateDecode\b/.test(dictionary) || /\/DecodeParms\b/.test(dictionary))
      return null;
    const listed = listedIn(dictionary, bytesOf(bytes, at + streamAt), MOST_INFLATED_BYTES - inflated);
    if (listed === null || within.length + listed.objects.length > MOST_OBJECTS) return null;
    inflated += listed.inflatedBytes;
    within.push(...listed.objects);
  }
  return [...objects, ...within];
}

/** From the line after the word `stream`. zlib ends where its data does. */
function bytesOf(bytes: Buffer, streamAt: number): Buffer {
  return bytes.subarray(bytes.indexOf("\n", streamAt) + 1);
}

/** The objects of a compressed list. It begins with the id and the place of each. */
function listedIn(
  dictionary: string,
  data: Buffer,
  mostBytes: number,
): { readonly objects: readonly PdfObject[]; readonly inflatedBytes: number } | null {
  const first = Number(/\/First\s{1,4}(\d{1,9})/.exec(dictionary)?.[1] ?? Number.NaN);
  let text: string;
  try {
    text = inflateSync(data, { maxOutputLength: Math.max(1, mostBytes) }).toString("latin1");
  } catch {
    return null;
  }
  if (!(first <= text.length) || hidesNames(text)) return null;
  const numbers = text.slice(0, first).trim().split(/\s+/).map(Number);
  const objects: PdfObject[] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    const from = first + (numbers[index + 1] ?? 0);
    const to = index + 3 < numbers.length ? first + (numbers[index + 3] ?? 0) : text.length;
    objects.push({ id: String(numbers[index]), text: text.slice(from, Math.max(from, to)) });
  }
  return { objects, inflatedBytes: text.length };
}

const LIST = /\/Kids\s{0,8}\[([\d\sR]{0,1000000})\]/y;

/** The lists of children of each node of the tree of pages; `null`: one stands elsewhere, or cannot be read. */
function childrenOf(objects: readonly PdfObject[]): Children | null {
  const children = new Map<string, (readonly string[])[]>();
  let references = 0;
  for (const { id, text } of objects) {
    const lists = children.get(id) ?? [];
    for (let at = text.indexOf("/Kids"); at !== -1; at = text.indexOf("/Kids", at + 1)) {
      LIST.lastIndex = at;
      const list = LIST.exec(text);
      if (list === null) return null;
      const ids: string[] = [];
      for (const [, child] of (list[1] ?? "").matchAll(/(\d{1,10})\s{1,8}\d{1,5}\s{1,8}R/g))
        ids.push(String(Number(child)));
      references += 1 + ids.length;
      if (references > MOST_OBJECTS) return null;
      lists.push(ids);
    }
    if (lists.length > 0) children.set(id, lists);
  }
  return children;
}

/** Of any node, the most pages below it; of its versions, the one with most. More than the limit is not counted on. */
function mostPages(children: Children): number {
  const counted = new Map<string, number>();
  const count = (id: string, depth: number): number => {
    const known = counted.get(id);
    if (known !== undefined) return known;
    const lists = children.get(id);
    if (lists === undefined) return 1;
    // A circle, or a chain that no file needs.
    if (depth > 50) return MOST_PAGES + 1;
    let most = 0;
    for (const list of lists) {
      let pages = 0;
      for (const child of list) {
        pages += count(child, depth + 1);
        if (pages > MOST_PAGES) break;
      }
      most = Math.max(most, pages);
    }
    counted.set(id, most);
    return most;
  };
  return [...children.keys()].reduce((most, id) => Math.max(most, count(id, 0)), 0);
}
