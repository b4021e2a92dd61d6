/** A fenced block of a Markdown answer. */
export interface Fence {
  /** What stands behind the opening marks. */
  readonly info: string;
  readonly content: string;
  /** Line of the answer, from 1, on which the content begins. */
  readonly firstLine: number;
  readonly closed: boolean;
  /** The last line with text before the fence; often the file's name. */
  readonly lineBefore: string;
}

interface Mark {
  readonly char: string;
  readonly length: number;
  readonly info: string;
  readonly indent: number;
}

interface OpenFence {
  readonly mark: Mark;
  readonly start: number;
  readonly lineBefore: string;
  /** How many fences within this one are open. */
  depth: number;
}

/** A fence of one of these may show other fences as its text. */
const MARKDOWN_TAG = /^(?:md|mdx|markdown|text|txt|plaintext)?(?![\w-])/i;

/**
 * The outermost fenced blocks, in order, of backticks or tildes. An opening mark with a tag inside of a block is text, as
 * CommonMark has it; only where that reading leaves a block open is it tried as a fence within a Markdown block, which is
 * what models mean when they write one README into another.
 */
export function fencesOf(text: string): readonly Fence[] {
  const lines = text.split(/\r\n|[\r\n]/);
  const flat = scan(lines, false);
  if (flat.every((fence) => fence.closed)) return flat;
  const nested = scan(lines, true);
  return nested.every((fence) => fence.closed) ? nested : flat;
}

function scan(lines: readonly string[], nesting: boolean): readonly Fence[] {
  const fences: Fence[] = [];
  let open: OpenFence | null = null;
  let lineBefore = "";
  for (const [index, line] of lines.entries()) {
    const mark = markOf(line);
    if (open === null) {
      if (mark !== null) open = { mark, start: index + 1, lineBefore, depth: 0 };
      else if (line.trim() !== "") lineBefore = line;
    } else if (mark !== null && mark.char === open.mark.char && mark.length >= open.mark.length) {
      if (mark.info !== "") {
        if (nesting && MARKDOWN_TAG.test(open.mark.info)) open.depth += 1;
      } else if (open.depth > 0) {
        open.depth -= 1;
      } else {
        fences.push(fenceFrom(open, lines.slice(open.start, index), true));
        open = null;
        lineBefore = "";
      }
    }
  }
  if (open !== null) fences.push(fenceFrom(open, lines.slice(open.start), false));
  return fences;
}

function fenceFrom(open: OpenFence, lines: readonly string[], closed: boolean): Fence {
  const content = lines.map((line) => withoutIndent(line, open.mark.indent)).join("\n");
  return { info: open.mark.info, content, firstLine: open.start + 1, closed, lineBefore: open.lineBefore };
}

/** A line that opens or closes a fence: three or more backticks or tildes, maybe in a quote or a list item. */
function markOf(line: string): Mark | null {
  let rest = line.trimStart();
  while (rest.startsWith(">")) rest = rest.slice(1).trimStart();
  const bullet = /^(?:[-*+]|\d{1,3}[.)])[ \t]{1,4}(?=[`~]{3})/.exec(rest);
  if (bullet !== null) rest = rest.slice(bullet[0].length);
  const char = rest.charAt(0);
  if (char !== "`" && char !== "~") return null;
  let length = 1;
  while (rest.charAt(length) === char) length += 1;
  const info = rest.slice(length).trim();
  // Backticks in the info string mean that this is inline code.
  if (length < 3 || (char === "`" && info.includes("`"))) return null;
  return { char, length, info, indent: line.length - line.trimStart().length };
}

function withoutIndent(line: string, indent: number): string {
  const own = line.length - line.trimStart().length;
  return line.slice(Math.min(own, indent));
}
