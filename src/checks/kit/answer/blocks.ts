/** A part of a text. */
export interface TextPart {
  readonly text: string;
  readonly isBlock: boolean;
}

/** What closes what a block opens with. */
const CLOSES: ReadonlyMap<string, string> = new Map([
  ["/*", "*/"],
  ['"""', '"""'],
  ["'''", "'''"],
]);

/** Block comments and comments to the end of a line. */
export const COMMENTS = /\/\*|\/\/[^\n]*/g;

/**
 * Cuts a text into its blocks and what stands between them. `marks` finds where a block opens ("/*", three quotes), or a whole block
 * (a comment to the end of its line). A block that nothing closes is none. Time is linear: where one mark is not closed, no later one is.
 */
export function partsAtBlocks(text: string, marks: RegExp): readonly TextPart[] {
  const parts: TextPart[] = [];
  const unclosed = new Set<string>();
  const search = new RegExp(marks.source, "g");
  let start = 0;
  for (let found = search.exec(text); found !== null; found = search.exec(text)) {
    const [mark] = found;
    const closing = CLOSES.get(mark);
    const closed = closing === undefined || unclosed.has(mark) ? -1 : text.indexOf(closing, found.index + mark.length);
    if (closing !== undefined && closed === -1) {
      unclosed.add(mark);
      search.lastIndex = found.index + 1;
      continue;
    }
    const end = closing === undefined ? found.index + mark.length : closed + closing.length;
    parts.push(
      { text: text.slice(start, found.index), isBlock: false },
      { text: text.slice(found.index, end), isBlock: true },
    );
    start = end;
    search.lastIndex = end;
  }
  return [...parts, { text: text.slice(start), isBlock: false }];
}

/** A text without its blocks. */
export function withoutBlocks(text: string, marks: RegExp): string {
  return partsAtBlocks(text, marks)
    .map(({ text, isBlock }) => (isBlock ? "" : text))
    .join("");
}
