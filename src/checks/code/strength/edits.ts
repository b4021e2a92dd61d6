/** A small change of a program. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** More changes tell no more of examples. */
const MOST_CHANGES = 24;

const OTHER_OPERATOR: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "==": "!=",
  "!=": "==",
  "===": "!==",
  "!==": "===",
  "+": "-",
  "-": "+",
  "*": "+",
  "/": "*",
  "//": "*",
  "%": "*",
  "**": "*",
  "&&": "||",
  "||": "&&",
  and: "or",
  or: "and",
  "+=": "-=",
  "-=": "+=",
  "*=": "+=",
  "/=": "*=",
  "//=": "*=",
  "&": "|",
  "|": "&",
};

/** Another operator of the same kind in its place; `null`: it has none. */
export function operatorEdit(operator: string, from: number): Edit | null {
  const text = OTHER_OPERATOR[operator];
  return text === undefined ? null : { from, to: from + operator.length, text };
}

export function numberEdit(number: string, from: number): Edit | null {
  const value = Number(number.replaceAll("_", ""));
  return Number.isFinite(value) ? { from, to: from + number.length, text: String(value + 1) } : null;
}

/** A text with one of its characters left out, at up to three places; a character where it has none. */
export function textEdits(from: number, to: number): readonly Edit[] {
  if (to <= from) return [{ from, to, text: "x" }];
  const places = new Set([from, Math.floor((from + to) / 2), to - 1]);
  return [...places].map((at) => ({ from: at, to: at + 1, text: "" }));
}

/** The program with each of the edits alone: a share of them, evenly spread, where there are many. */
export function changesBy(code: string, edits: readonly (Edit | null)[]): readonly string[] {
  const real = edits.filter((edit) => edit !== null).sort((a, b) => a.from - b.from);
  const step = Math.max(1, real.length / MOST_CHANGES);
  const chosen = Array.from(
    { length: Math.min(real.length, MOST_CHANGES) },
    (_, index) => real[Math.floor(index * step)],
  );
  return chosen.flatMap((edit) =>
    edit === undefined ? [] : [code.slice(0, edit.from) + edit.text + code.slice(edit.to)],
  );
}
