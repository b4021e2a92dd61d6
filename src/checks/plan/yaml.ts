/** A line of YAML without its comment. */
interface Line {
  readonly indent: number;
  readonly text: string;
}

const MAX_DEPTH = 40;
const MAX_LINES = 40_000;

/**
 * The part of YAML in which plans are written: maps, lists, scalars, flow lists, blocks of text. `null` for anything else.
 * Values stay text unless they are whole numbers.
 */
export function readYaml(code: string): unknown {
  const lines = linesOf(code);
  if (lines === null || lines.length === 0) return null;
  const reader = new Reader(lines);
  const value = reader.block(lines[0]?.indent ?? 0, 0);
  return reader.isAtEnd ? value : null;
}

function linesOf(code: string): readonly Line[] | null {
  const all = code.split(/\r\n|[\r\n]/);
  if (all.length > MAX_LINES) return null;
  return all
    .filter((line) => line.trim() !== "" && !/^\s*#|^---|^\.\.\./.test(line))
    .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
}

class Reader {
  readonly #lines: Line[];
  #at = 0;

  constructor(lines: readonly Line[]) {
    this.#lines = [...lines];
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#lines.length;
  }

  block(indent: number, depth: number): unknown {
    const line = this.#lines[this.#at];
    if (line === undefined || line.indent < indent || depth > MAX_DEPTH) return null;
    return /^-(?: |$)/.test(line.text) ? this.#list(line.indent, depth) : this.#map(line.indent, depth);
  }

  #list(indent: number, depth: number): readonly unknown[] {
    const items: unknown[] = [];
    for (
      let line = this.#lines[this.#at];
      line?.indent === indent && /^-(?: |$)/.test(line.text);
      line = this.#lines[this.#at]
    ) {
      const rest = line.text.slice(1).trimStart();
      if (rest === "") {
        this.#at += 1;
        items.push(this.block(indent + 1, depth + 1));
      } else if (pairOf(rest) !== null || rest.startsWith("- ")) {
        // "- id: 1" opens a map whose keys stand where the first one stands.
        this.#lines[this.#at] = { indent: indent + line.text.length - rest.length, text: rest };
        items.push(this.block(indent + 1, depth + 1));
      } else {
        this.#at += 1;
        items.push(scalarOf(rest));
      }
    }
    return items;
  }

  #map(indent: number, depth: number): unknown {
    const entries: [string, unknown][] = [];
    for (let line = this.#lines[this.#at]; line?.indent === indent; line = this.#lines[this.#at]) {
      const pair = pairOf(line.text);
      if (pair === null) break;
      this.#at += 1;
      entries.push([pair[0], this.#value(pair[1], indent, depth)]);
    }
    return entries.length === 0 ? null : Object.fromEntries(entries);
  }

  #value(written: string, indent: number, depth: number): unknown {
    const next = this.#lines[this.#at];
    if (/^[|>][+-]?$/.test(written)) return this.#text(indent);
    if (written !== "") return scalarOf(`${written} ${this.#text(indent)}`.trim());
    if (next === undefined) return null;
    const isList = next.indent === indent && /^-(?: |$)/.test(next.text);
    return isList || next.indent > indent ? this.block(isList ? indent : indent + 1, depth + 1) : null;
  }

  /** The lines that go on with a text or a flow list. */
  #text(indent: number): string {
    const parts: string[] = [];
    for (let line = this.#lines[this.#at]; line !== undefined && line.indent > indent; line = this.#lines[this.#at]) {
      parts.push(line.text);
      this.#at += 1;
    }
    return parts.join(" ");
  }
}

function pairOf(text: string): readonly [string, string] | null {
  const found = /^("[^"]{1,80}"|'[^']{1,80}'|[\p{L}_][^:#"'[\]{}]{0,80}?|\d{1,4}):(?: +(.*))?$/u.exec(text);
  return found === null ? null : [(found[1] ?? "").replace(/^["']|["']$/g, ""), (found[2] ?? "").trim()];
}

function scalarOf(written: string): unknown {
  const text = written.replace(/\s+#[^"']*$/, "").trim();
  if (text.startsWith("[") && text.endsWith("]")) {
    return text
      .slice(1, -1)
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map(scalarOf);
  }
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  if (/^(?:null|~)$/i.test(text)) return null;
  return text.replace(/^(["'])(.*)\1$/s, "$2");
}
