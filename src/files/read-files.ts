import { createHash } from "node:crypto";
import { isUtf8 } from "node:buffer";
import { opendir, realpath } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { FileFact } from "../core/file-output.ts";
import type { MediaFile } from "../core/media.ts";
import type { FileReading } from "../core/ports.ts";
import { estimateTokens } from "../core/tokens.ts";
import { givenMedia } from "./given-data.ts";
import { mediaTypeOf, MOST_PDF_BYTES, readMedia } from "./media/read-media.ts";
import { below, MOST_FILE_BYTES, openFile, type OpenedFile } from "./open-file.ts";
import { matchesGlob, pathProblem } from "./paths.ts";
import { secretName, secretText } from "./secrets.ts";

const MOST_FILES = 100;
const MOST_BYTES = 4_000_000;
/** Above it Anthropic takes smaller images alone. */
const MOST_MEDIA = 20;
/** 16 MB as base64: below what every vendor takes in one request. */
const MOST_MEDIA_BYTES = 12_000_000;
const MOST_PAGES = 100;
/** Files and folders that one glob looks at. */
const MOST_VISITED = 20_000;
/** What is called so and is no image or PDF by its bytes is not sent as text. */
const NOT_TEXT =
  /\.(?:png|jpe?g|gif|webp|bmp|tiff?|heic|heif|avif|ico|pdf|zip|gz|tar|7z|exe|dll|so|dylib|wasm|class|mp[34]|mov|woff2?)$/i;

type NamedFile = Readonly<Record<string, unknown>>;

/**
 * Reads what `context.files` names by path: files below the roots, each checked before it is sent; and images and PDF, by path or as
 * base64. Never throws for what a caller wrote.
 */
export async function readFiles(entries: readonly unknown[], roots: readonly string[]): Promise<FileReading> {
  const files: unknown[] = [];
  const sent: FileFact[] = [];
  const problems: string[] = [];
  const media: MediaFile[] = [];
  let bytes = 0;
  let count = 0;
  let tokens = 0;
  const attach = (index: number, read: MediaFile | string, shown: string): void => {
    if (typeof read === "string") {
      problems.push(`context.files[${index}]${shown} ${read}`);
      return;
    }
    media.push(read);
    sent.push(factOf(read));
  };
  for (const [index, entry] of entries.entries()) {
    if (isData(entry)) {
      attach(index, givenMedia(entry, index), "");
      continue;
    }
    if (!isReference(entry)) {
      files.push(entry);
      continue;
    }
    const named = await namedFiles(entry, roots);
    if (typeof named === "string") {
      problems.push(`context.files[${index}] ${named}`);
      continue;
    }
    for (const opened of named) {
      if (!opened.ok) {
        problems.push(`context.files[${index}] ${opened.problem}`);
        continue;
      }
      const type = mediaTypeOf(opened.bytes);
      if (type !== null) {
        const read =
          entry.lines === undefined ? readMedia(opened.bytes, type, opened.path) : "is no text: leave out lines";
        attach(index, read, ` ${JSON.stringify(opened.path)}`);
        continue;
      }
      count++;
      bytes += opened.bytes.length;
      if (count > MOST_FILES || bytes > MOST_BYTES) {
        problems.push(`context.files names more than ${MOST_FILES} files or ${MOST_BYTES} bytes: name fewer`);
        return { files: [], media: [], sent: [], tokens: 0, problems };
      }
      const text = textOf(opened.bytes, opened.path, entry.lines);
      if (typeof text === "string") {
        problems.push(`context.files[${index}] "${opened.path}" ${text}`);
        continue;
      }
      const { content } = text;
      tokens += estimateTokens(content);
      files.push({ path: opened.path, content, ...(entry.lines === undefined ? {} : { lines: entry.lines }) });
      const sha256 = createHash("sha256").update(content).digest("hex");
      const lines = typeof entry["lines"] === "string" ? { lines: entry["lines"] } : {};
      sent.push({ path: opened.path, bytes: Buffer.byteLength(content), sha256, ...lines });
    }
  }
  const tooMany = mediaLimits(media);
  if (tooMany !== null) problems.push(tooMany);
  return { files, media, sent, tokens, problems };
}

/** What is wrong with all images and PDF of a request together, or `null`. */
function mediaLimits(media: readonly MediaFile[]): string | null {
  const bytes = media.reduce((sum, file) => sum + file.bytes, 0);
  const pages = media.reduce((sum, file) => sum + (file.kind === "pdf" ? file.pages : 0), 0);
  if (media.length > MOST_MEDIA) return `context.files has ${media.length} images and PDF; at most ${MOST_MEDIA}`;
  if (bytes > MOST_MEDIA_BYTES)
    return `context.files has ${bytes} bytes of images and PDF; at most ${MOST_MEDIA_BYTES}: send fewer or smaller ones`;
  return pages > MOST_PAGES ? `context.files has ${pages} pages of PDF; at most ${MOST_PAGES}` : null;
}

function factOf(file: MediaFile): FileFact {
  const { name: path, type, bytes, sha256 } = file;
  const size =
    file.kind === "image"
      ? `${file.widthPx}x${file.heightPx} pixels`
      : `${file.pages} ${file.pages === 1 ? "page" : "pages"}`;
  return { path, bytes, sha256, type, size };
}

function isData(entry: unknown): entry is NamedFile {
  return typeof entry === "object" && entry !== null && "data" in entry && !("content" in entry);
}

function isReference(entry: unknown): entry is NamedFile {
  return typeof entry === "object" && entry !== null && !("content" in entry) && ("path" in entry || "glob" in entry);
}

async function namedFiles(entry: NamedFile, roots: readonly string[]): Promise<readonly OpenedFile[] | string> {
  const { path = ".", lines, glob, ...others } = entry;
  if (typeof path !== "string" || (glob !== undefined && typeof glob !== "string"))
    return "must be {path: string, content: string} or {path, lines?, glob?}";
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    return `has an unknown key "${unknown.slice(0, 80)}": give path, lines or glob, or the content`;
  if (roots.length === 0)
    return "names a file by its path, which the config does not allow: set files.roots, or give its content";
  for (const each of glob === undefined ? [path] : [path, glob]) {
    const problem = pathProblem(each);
    if (problem !== null) return `${JSON.stringify(each.slice(0, 80))} ${problem}`;
  }
  if (lines !== undefined && linesOf(lines) === null) return 'lines must be "from-to", such as "10-40"';
  return glob === undefined ? [await openBelow(roots, path)] : await openGlob(roots, path, glob);
}

/** From the first root that has it. */
async function openBelow(roots: readonly string[], path: string): Promise<OpenedFile> {
  const shown = JSON.stringify(path.slice(0, 80));
  const secret = secretName(path);
  if (secret !== null) return { ok: false, problem: `${shown} looks like a secret (${secret}) and is never sent` };
  let last: OpenedFile = { ok: false, problem: "does not exist" };
  for (const root of roots) {
    const realRoot = await realpath(root).catch(() => null);
    if (realRoot === null) continue;
    last = await openFile(
      realRoot,
      path,
      (real) => {
        const rule = secretName(real);
        return rule === null ? null : `looks like a secret (${rule}) and is never sent`;
      },
      mostBytesOf,
    );
    if (last.ok) return last;
    if (last.problem !== "does not exist" && !(isAbsolute(path) && last.problem.startsWith("is outside"))) break;
  }
  return last.ok ? last : { ok: false, problem: `${shown} ${last.problem}` };
}

/** Walks through folders and never through links. What is called like a secret is left out. */
async function openGlob(roots: readonly string[], path: string, glob: string): Promise<readonly OpenedFile[] | string> {
  const found: string[] = [];
  let visited = 0;
  for (const root of roots) {
    const realRoot = await realpath(root).catch(() => null);
    if (realRoot === null) continue;
    const start = await realpath(isAbsolute(path) ? path : join(realRoot, path)).catch(() => null);
    if (start === null || below(realRoot, start) === null) continue;
    const folders = [start];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      const listing = await opendir(folder).catch(() => null);
      if (listing === null) continue;
      for await (const each of listing) {
        if (++visited > MOST_VISITED) return `glob looks at more than ${MOST_VISITED} files: name a folder in path`;
        const full = join(folder, each.name);
        if (secretName(each.name) !== null || each.name === "node_modules") continue;
        if (each.isDirectory()) folders.push(full);
        else if (each.isFile() && matchesGlob(below(start, full) ?? "", glob)) found.push(full);
        if (found.length > MOST_FILES) return `glob matches more than ${MOST_FILES} files: narrow it`;
      }
    }
    if (found.length > 0) break;
  }
  if (found.length === 0) return `glob ${JSON.stringify(glob.slice(0, 80))} matches no file`;
  const opened: OpenedFile[] = [];
  for (const full of found.toSorted()) opened.push(await openBelow(roots, full));
  return opened;
}

function mostBytesOf(head: Buffer): number {
  return mediaTypeOf(head) === null ? MOST_FILE_BYTES : MOST_PDF_BYTES;
}

/** What is wrong with a file's content, or its text. */
function textOf(bytes: Buffer, path: string, lines: unknown): { readonly content: string } | string {
  if (NOT_TEXT.test(path))
    return "is of a type that cannot be sent: by its bytes it is no PNG, JPEG, WebP, GIF or PDF, by its name no text";
  if (bytes.includes(0) || !isUtf8(bytes))
    return "is not UTF-8 text, and no PNG, JPEG, WebP, GIF or PDF: nothing else can be sent";
  const whole = bytes.toString("utf8");
  const secret = secretText(whole);
  if (secret !== null)
    return `holds ${secret} and is not sent: remove it from the file, or give the content without it`;
  const range = linesOf(lines);
  if (range === null) return { content: whole };
  const rows = whole.split("\n");
  if (range.from > rows.length) return `has ${rows.length} lines, and lines begin at ${range.from}`;
  return { content: rows.slice(range.from - 1, range.to).join("\n") };
}

function linesOf(lines: unknown): { readonly from: number; readonly to: number } | null {
  const [, from, to] = typeof lines === "string" ? (/^(\d{1,7})-(\d{1,7})$/.exec(lines) ?? []) : [];
  if (from === undefined || to === undefined || Number(from) < 1 || Number(to) < Number(from)) return null;
  return { from: Number(from), to: Number(to) };
}
