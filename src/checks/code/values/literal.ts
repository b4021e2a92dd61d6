import type { PromptValue } from "./value.ts";

/** A literal at the beginning of a text, and where it ends. */
export interface Literal {
  readonly value: PromptValue;
  readonly end: number;
}

const MAX_DEPTH = 20;
const MOST_ITEMS = 2_000;
const SPACE = /\s*/y;
const NUMBER =
  /[-+]?(?:0[xX][\da-fA-F]+|(?:\d[\d_]*(?:\.\d+|\.(?=\s*[,\])}]))?|\.\d+)(?:[eE][-+]?\d+)?)(n)?(?![\w$%°])/y;
const WORD = /-?[A-Za-z_$][\w$]*(?![\w$]|\.\w|\s*\()/y;
const STRING = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y;
const SET_CALL = /(?:new\s+)?(?:Set|set|frozenset)\s*\(/y;
const MAP_CALL = /new\s+Map\s*\(/y;
const KEY = /([A-Za-z_$][\w$]*)\s*:/y;

const WORDS: ReadonlyMap<string, PromptValue> = new Map<string, PromptValue>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", { t: "none" }],
  ["undefined", { t: "undefined" }],
  ["NaN", { t: "number", v: "NaN" }],
  ["Infinity", { t: "number", v: "Infinity" }],
  ["-Infinity", { t: "number", v: "-Infinity" }],
]);

/**
 * Reads a literal of JavaScript or Python: numbers, strings, lists, tuples, sets, dictionaries and objects of such. Nothing is
 * evaluated. `null` when there is none, or when a part of it is no literal.
 */
export function literalAt(text: string, from = 0): Literal | null {
  const reader = new Reader(text, from);
  const value = reader.value(0);
  return value === undefined ? null : { value, end: reader.at };
}

/** The whole text as a literal. */
export function literalOf(text: string): PromptValue | undefined {
  const literal = literalAt(text.trim());
  return literal !== null && literal.end === text.trim().length ? literal.value : undefined;
}

/** Arguments between brackets, from behind the opening one: their values, and where the closing one stood. */
export function argumentsAt(
  text: string,
  from: number,
): { readonly values: readonly PromptValue[]; readonly end: number } | null {
  const reader = new Reader(text, from);
  const items = reader.items(")", 0);
  return items === undefined ? null : { values: items.list, end: reader.at };
}

class Reader {
  readonly #text: string;
  at: number;
  #items = 0;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  value(depth: number): PromptValue | undefined {
    if (depth > MAX_DEPTH || (this.#items += 1) > MOST_ITEMS) return undefined;
    this.#match(SPACE);
    const set = this.#match(SET_CALL);
    if (set !== null) return this.#set(depth);
    if (this.#match(MAP_CALL) !== null) return this.#map(depth);
    switch (this.#text.charAt(this.at)) {
      case "[":
        this.at += 1;
        return this.items("]", depth)?.list;
      case "(":
        this.at += 1;
        return this.#tuple(depth);
      case "{":
        this.at += 1;
        return this.#braces(depth);
      case '"':
      case "'":
        return this.#string();
    }
    return this.#number() ?? this.#word();
  }

  /** Values up to the closing mark; `comma`: there was one behind the last. */
  items(close: string, depth: number): { readonly list: readonly PromptValue[]; readonly comma: boolean } | undefined {
    const list: PromptValue[] = [];
    for (;;) {
      if (this.#skip(close)) return { list, comma: list.length > 0 };
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      list.push(value);
      if (this.#skip(close)) return { list, comma: false };
      if (!this.#skip(",")) return undefined;
    }
  }

  #tuple(depth: number): PromptValue | undefined {
    const items = this.items(")", depth);
    if (items === undefined) return undefined;
    const [only] = items.list;
    return items.list.length === 1 && !items.comma && only !== undefined ? only : { t: "tuple", v: items.list };
  }

  #set(depth: number): PromptValue | undefined {
    const items = this.items(")", depth);
    if (items === undefined || items.list.length > 1) return undefined;
    const [inner = []] = items.list;
    if (Array.isArray(inner)) return { t: "set", v: inner as readonly PromptValue[] };
    const tagged = inner as { readonly t?: string; readonly v?: readonly PromptValue[] };
    return tagged.t === "set" || tagged.t === "tuple" ? { t: "set", v: tagged.v ?? [] } : undefined;
  }

  #map(depth: number): PromptValue | undefined {
    const items = this.items(")", depth);
    const [inner = []] = items?.list ?? [];
    if (items === undefined || items.list.length > 1 || !Array.isArray(inner)) return undefined;
    const pairs: (readonly [PromptValue, PromptValue])[] = [];
    for (const pair of inner as readonly PromptValue[]) {
      if (!Array.isArray(pair) || pair.length !== 2) return undefined;
      pairs.push([pair[0] as PromptValue, pair[1] as PromptValue]);
    }
    return { t: "map", v: pairs };
  }

  /** A dictionary, an object or a set. */
  #braces(depth: number): PromptValue | undefined {
    const entries: (readonly [PromptValue, PromptValue])[] = [];
    const members: PromptValue[] = [];
    for (;;) {
      if (this.#skip("}")) break;
      this.#match(SPACE);
      const bare = this.#match(KEY)?.[1];
      const key = bare ?? this.value(depth + 1);
      if (key === undefined) return undefined;
      if (bare !== undefined || this.#skip(":")) {
        const value = this.value(depth + 1);
        if (value === undefined) return undefined;
        entries.push([key, value]);
      } else {
        members.push(key);
      }
      if (this.#skip("}")) break;
      if (!this.#skip(",")) return undefined;
    }
    if (members.length > 0) return entries.length > 0 ? undefined : { t: "set", v: members };
    // Of a key that stands there twice, the last one holds.
    const last = new Map(entries.map((entry) => [JSON.stringify(entry[0]), entry]));
    return { t: "dict", v: [...last.values()] };
  }

  #string(): PromptValue | undefined {
    // Three quotes, or two literals side by side are not read here.
    const match = this.#match(STRING);
    if (match === null || /["']/.test(this.#text[this.at] ?? "")) return undefined;
    return unescaped(match[1] ?? match[2] ?? "");
  }

  #number(): PromptValue | undefined {
    const match = this.#match(NUMBER);
    if (match === null) return undefined;
    const digits = match[0].replaceAll("_", "").replace(/^\+/, "");
    if (match[1] !== undefined) return { t: "bigint", v: digits.slice(0, -1) };
    const number = Number(digits);
    if (Number.isInteger(number) && !Number.isSafeInteger(number) && /^-?\d+$/.test(digits))
      return { t: "bigint", v: digits };
    return Number.isNaN(number) ? undefined : number;
  }

  #word(): PromptValue | undefined {
    const at = this.at;
    const value = WORDS.get(this.#match(WORD)?.[0] ?? "");
    if (value === undefined) this.at = at;
    return value;
  }

  #skip(mark: string): boolean {
    this.#match(SPACE);
    if (this.#text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.at = pattern.lastIndex;
    return match;
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", "0": "\0" }),
);

function unescaped(text: string): string {
  return text.replace(
    /\\(?:u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|x([\da-fA-F]{2})|(.))/g,
    (all, four, braced, two, one) => {
      const code = String(four ?? braced ?? two ?? "");
      if (code !== "") {
        const point = Number.parseInt(code, 16);
        return point > 0x10_ff_ff ? all : String.fromCodePoint(point);
      }
      return ESCAPES.get(String(one)) ?? String(one);
    },
  );
}
