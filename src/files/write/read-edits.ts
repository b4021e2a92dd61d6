import { pathInInfo } from "../../checks/kit/answer/file-name.ts";

/** Lines that stand together in a file, and what takes their place. */
export interface LineEdit {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Line from 1 at which the answer says that it begins; `null`: it does not say. */
  readonly statedLine: number | null;
  /** The last line of the file is to have no line break. */
  readonly endsBare: boolean;
}

/** What an answer changes in one file. `path`: `null` where it names none. */
export interface FileEdits {
  readonly path: string | null;
  readonly isNew: boolean;
  /** Blocks are looked for in the whole file, hunks after the one before. */
  readonly inOrder: boolean;
  readonly edits: readonly LineEdit[];
}

export type ReadEdits = { readonly files: readonly FileEdits[] } | { readonly unclear: string };

const MOST_EDITS = 500;
const HUNK = /^@@+(?: -(\d{1,9})(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@)?/;
const OPENS = /^(?:`{3,}|~{3,})/;
const NOT_DONE = /^(?:deleted file|rename (?:from|to) |copy (?:from|to) |GIT binary patch|Binary files )/;

/** Reads the unified diffs or SEARCH/REPLACE blocks of an answer. The counts of lines in a diff are ignored: models count badly. */
export function readEdits(answer: string): ReadEdits {
  const lines = answer.split(/\r?\n/);
  const read = lines.some((line) => /^<{5,9} ?SEARCH\s*$/.test(line)) ? readBlocks(lines) : readDiff(lines);
  if ("unclear" in read) return read;
  const count = read.files.reduce((sum, { edits }) => sum + edits.length, 0);
  if (count === 0) return { unclear: "the answer holds no unified diff and no SEARCH/REPLACE block" };
  return count > MOST_EDITS ? { unclear: `the answer has more than ${MOST_EDITS} changes` } : read;
}

function readBlocks(lines: readonly string[]): ReadEdits {
  const files: FileEdits[] = [];
  let named: string | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (!/^<{5,9} ?SEARCH\s*$/.test(line)) {
      const name = OPENS.test(line) ? nameInFence(line) : line.trim() === "" ? null : nameIn(line);
      if (name !== null) named = name;
      continue;
    }
    const middle = indexFrom(lines, at, /^={5,9}\s*$/);
    const end = indexFrom(lines, middle, /^>{5,9} ?REPLACE\s*$/);
    if (middle === -1 || end === -1) return { unclear: "a SEARCH/REPLACE block of the answer does not end" };
    const before = lines.slice(at + 1, middle);
    const edit = { before, after: lines.slice(middle + 1, end), statedLine: null, endsBare: false };
    files.push({ path: named, isNew: before.every((each) => each.trim() === ""), inOrder: false, edits: [edit] });
    at = end;
  }
  return { files };
}

function indexFrom(lines: readonly string[], from: number, wanted: RegExp): number {
  return from === -1 ? -1 : lines.findIndex((line, index) => index > from && wanted.test(line));
}

function nameInFence(line: string): string | null {
  return pathInInfo(line.replace(/^[`~]+/, ""));
}

/** A line that holds a path and nothing else. */
function nameIn(line: string): string | null {
  const bare = line
    .slice(0, 300)
    .replace(/[`*"']/g, "")
    .trim()
    .replace(/^(?:#{1,6} |File: |[-*] )/i, "")
    .replace(/:$/, "");
  return /^[\w@.][\w@./+-]{0,200}$/.test(bare) && /[./]/.test(bare) ? bare : null;
}

/** The reader of one diff: where it is, and what it has. */
class DiffReader {
  readonly files: { path: string | null; isNew: boolean; inOrder: true; edits: LineEdit[] }[] = [];
  #hunk: {
    before: string[];
    after: string[];
    statedLine: number | null;
    endsBare: boolean;
    isNewSide: boolean;
  } | null = null;
  #isFenced = false;
  #blanks = 0;

  /** Takes one line, with the next one to tell a file's header from a removed line; a text says what is wrong. */
  take(line: string, next: string): string | null {
    if (NOT_DONE.test(line)) return "the answer deletes, renames or copies a file, which is not done: move it yourself";
    if (line.startsWith("--- ") && next.startsWith("+++ ")) return this.#file(line, next);
    if (line.startsWith("+++ ") && this.#hunk === null) return null;
    if (line.startsWith("@@")) return this.#begin(line);
    if (OPENS.test(line)) {
      this.#end();
      this.#isFenced = !this.#isFenced;
      return null;
    }
    if (/^(?:diff --git |index [0-9a-f]|new file mode|old mode|new mode)/.test(line)) this.#end();
    else if (this.#hunk !== null) return this.#line(line);
    return null;
  }

  end(): string | null {
    this.#end();
    return this.#isFenced ? "a block of code of the answer does not end" : null;
  }

  #file(line: string, next: string): string | null {
    this.#end();
    const [from, to] = [line, next].map((each) => each.slice(4).split("\t", 1)[0]?.trim() ?? "");
    if (to === "/dev/null") return "the answer deletes a file, which is not done: delete it yourself";
    const isNew = from === "/dev/null";
    const bare = (path: string, prefix: string): string => (path.startsWith(prefix) ? path.slice(2) : path);
    const path = bare(to ?? "", "b/");
    if (!isNew && bare(from ?? "", "a/") !== path && from !== to)
      return "the answer renames a file, which is not done: move it yourself";
    this.files.push({ path, isNew, inOrder: true, edits: [] });
    return null;
  }

  #begin(line: string): string | null {
    this.#end();
    const [, stated] = HUNK.exec(line) ?? [];
    if (this.files.length === 0) this.files.push({ path: null, isNew: false, inOrder: true, edits: [] });
    this.#hunk = {
      before: [],
      after: [],
      statedLine: stated === undefined ? null : Number(stated),
      endsBare: false,
      isNewSide: false,
    };
    return null;
  }

  #line(line: string): string | null {
    const hunk = this.#hunk;
    if (hunk === null) return null;
    if (line === "") {
      this.#blanks += 1;
      return null;
    }
    const [sign, text] = [line[0], line.slice(1)];
    if (sign !== " " && sign !== "+" && sign !== "-" && sign !== "\\") {
      if (!this.#isFenced && this.#blanks > 0) this.#end();
      else return `a line of the answer's diff begins with none of " ", + and -: ${JSON.stringify(line.slice(0, 60))}`;
      return null;
    }
    // An empty line within a hunk is one that is kept; at its end it may be none.
    for (; this.#blanks > 0; this.#blanks -= 1) {
      hunk.before.push("");
      hunk.after.push("");
    }
    if (sign === "\\") hunk.endsBare = hunk.isNewSide;
    else {
      if (sign !== "+") hunk.before.push(text);
      if (sign !== "-") hunk.after.push(text);
      hunk.isNewSide = sign !== "-";
    }
    return null;
  }

  #end(): void {
    const hunk = this.#hunk;
    this.#blanks = 0;
    this.#hunk = null;
    if (hunk !== null) this.files.at(-1)?.edits.push(hunk);
  }
}

function readDiff(lines: readonly string[]): ReadEdits {
  const reader = new DiffReader();
  for (const [index, line] of lines.entries()) {
    const unclear = reader.take(line, lines[index + 1] ?? "");
    if (unclear !== null) return { unclear };
  }
  const unclear = reader.end();
  return unclear === null ? { files: reader.files } : { unclear };
}
