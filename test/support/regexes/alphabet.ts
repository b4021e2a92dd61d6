import { visitRegExpAST, type AST } from "@eslint-community/regexpp";

/** The characters that an expression tells apart, in classes. */
export interface Alphabet {
  readonly size: number;
  readonly all: readonly boolean[];
  readonly word: readonly boolean[];
  readonly newline: readonly boolean[];
  /** By class: whether a character, set or class of the expression, as it is written, reads it. */
  readonly readsOf: (raw: string) => readonly boolean[];
}

/** Characters that the usual sets tell apart: letters of several scripts, marks, digits, blanks, signs, an emoji. */
const USUAL = "aZgq059_ \t\n\r\u00A0.,;:!?'\"`-–—(){}[]<>/\\|*+=#$%&@^~“”…€éßÑΩяЖ中あア한ا٣ⅷªǅ\u0301\u200B\u2028\0";

const NEWLINE = String.raw`[\n\r\u2028\u2029]`;

/** Reads the alphabet of a parsed expression. The engine itself says which character belongs to which set. */
export function alphabetOf(pattern: string, flags: string, ast: AST.Pattern): Alphabet {
  const isUnicode = /[uv]/.test(flags);
  // Without these flags such a character is two, and no set reads both.
  const characters = new Set<string>(
    Array.from(`${USUAL}${pattern}\u{1F642}`).filter((each) => isUnicode || each.length === 1),
  );
  const raws = new Set<string>();
  const add = (codePoint: number): void => {
    if (codePoint < 0 || codePoint > 0x10ffff) return;
    const character = String.fromCodePoint(codePoint);
    for (const each of [character, character.toLowerCase(), character.toUpperCase()]) {
      if (each.length === 1 || (isUnicode && Array.from(each).length === 1)) characters.add(each);
    }
  };
  visitRegExpAST(ast, {
    onCharacterEnter: ({ value, raw, parent }) => {
      add(value);
      if (parent.type !== "CharacterClass" && parent.type !== "CharacterClassRange") raws.add(raw);
    },
    onCharacterClassRangeEnter: ({ min, max }) => {
      for (const value of [min.value - 1, min.value, max.value, max.value + 1]) add(value);
    },
    onCharacterSetEnter: ({ raw, parent }) => {
      if (parent.type !== "CharacterClass") raws.add(raw);
    },
    onCharacterClassEnter: ({ raw, parent }) => {
      if (parent.type !== "CharacterClass") raws.add(raw);
    },
    onExpressionCharacterClassEnter: ({ raw }) => {
      raws.add(raw);
    },
  });
  const kept = flags.replace(/[gym]/g, "");
  const tests = [...raws, String.raw`\w`, NEWLINE].map((raw) => ({
    raw,
    expression: new RegExp(`^(?:${raw})$`, kept),
  }));
  const classes = new Map<string, readonly boolean[]>();
  for (const character of characters) {
    const signature = tests.map(({ expression }) => expression.test(character));
    classes.set(signature.join(), signature);
  }
  const rows = [...classes.values()];
  const columns = new Map(tests.map(({ raw }, at) => [raw, rows.map((row) => row[at] === true)]));
  const readsOf = (raw: string): readonly boolean[] => {
    const column = columns.get(raw);
    if (column === undefined) throw new Error(`no such character set: ${raw}`);
    return column;
  };
  return {
    size: rows.length,
    all: rows.map(() => true),
    word: readsOf(String.raw`\w`),
    newline: readsOf(NEWLINE),
    readsOf,
  };
}
