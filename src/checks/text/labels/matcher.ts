import { evenedLabel, type AllowedLabels } from "./label.ts";

const MAX_PROSE_CHARS = 20_000;
/** Within one clause before a label. */
const DENIAL = /\b(?:not|no|neither|nor|never|hardly|rather than|unlike|instead of|without)\b|n't\b/;

/** Finds allowed labels in texts. */
export class Matcher {
  readonly #names: ReadonlyMap<string, string>;
  readonly #keys: ReadonlyMap<string, string>;
  /** Longest first, so that "not spam" is found before "spam". */
  readonly #longestFirst: readonly string[];

  constructor(allowed: AllowedLabels, fallbacks: readonly string[]) {
    const names = [...allowed.labels.map(({ name }) => name), ...fallbacks.filter((each) => each !== "")];
    this.#names = new Map(names.map((name) => [evenedLabel(name), name]));
    this.#keys = new Map(allowed.labels.flatMap(({ key, name }) => (key === null ? [] : [[key.toLowerCase(), name]])));
    this.#longestFirst = [...this.#names.keys()].sort((a, b) => b.length - a.length);
  }

  /** The label that the whole text is: as it stands, by its letter, with its letter, or with a confidence behind it. */
  exact(text: string): string | null {
    if (text.length > 200) return null;
    const plain = evenedLabel(text);
    const known = this.#names.get(plain) ?? this.#keys.get(plain);
    if (known !== undefined) return known;
    const keyed = /^([a-z]|\d{1,2})[.):]?\s+(\S.*)$/.exec(plain);
    if (keyed !== null && this.#keys.get(keyed[1] ?? "") === this.#names.get(evenedLabel(keyed[2] ?? ""))) {
      return this.#names.get(evenedLabel(keyed[2] ?? "")) ?? null;
    }
    const unsure = plain.replace(
      /[\s(,:;[-]+(?:confidence|probability|score|certainty|conf|p)?\W{0,4}(?:\d[\d.,]{0,8}\s?%?|high|low|medium|very high)(?: (?:confidence|confident|certainty))?$/,
      "",
    );
    return unsure === plain ? null : (this.#names.get(evenedLabel(unsure)) ?? null);
  }

  /** The label with which the text begins, if something other than words follows it. `loose`: words may follow. */
  leading(text: string, loose = false): string | null {
    const start = text
      .slice(0, 300)
      .replace(/^["'`“”‘’«»*_([\s]+/, "")
      .toLowerCase();
    for (const plain of this.#longestFirst) {
      const begun = beginning(start, plain);
      if (begun === null) continue;
      const after = start.slice(begun);
      if (
        /^["'`”’»*_)\]]{0,4}\s*(?:$|[\n.:;(–—]|-\s|->|,(?!\s*(?:or|and)\b))/.test(after) ||
        (loose && !/^[\p{L}\p{N}]/u.test(after))
      ) {
        return this.#names.get(plain) ?? null;
      }
    }
    return null;
  }

  /** Every label that the text names, in order of length. */
  named(text: string): readonly string[] {
    let plain = ` ${evenedProse(text)} `;
    const found: string[] = [];
    for (const name of this.#longestFirst) {
      if (!plain.includes(` ${evenedProse(name)} `)) continue;
      found.push(this.#names.get(name) ?? name);
      plain = plain.replaceAll(` ${evenedProse(name)} `, " \u0000 ");
    }
    return found;
  }

  /** Whether the label that is named stands behind a "not" of its clause. */
  isDenied(text: string): boolean {
    const plain = text.slice(0, MAX_PROSE_CHARS).toLowerCase().replaceAll("’", "'");
    const name = this.named(text)[0]?.toLowerCase() ?? "";
    const at =
      plain.indexOf(name.replace(/[_-]/g, " ")) === -1
        ? plain.indexOf(name)
        : plain.indexOf(name.replace(/[_-]/g, " "));
    const clause = plain
      .slice(Math.max(0, at - 80), Math.max(0, at))
      .split(/[,.;:!?\n]|\bbut\b/)
      .at(-1);
    return DENIAL.test(clause ?? "");
  }
}

/** How far `text` goes along with an evened label, whatever stands between its words; `null` when it does not. */
function beginning(text: string, plain: string): number | null {
  let at = 0;
  for (const word of plain.split(" ")) {
    if (at > 0) {
      const gap = /^[\s_–-]{1,3}/.exec(text.slice(at, at + 4));
      if (gap === null) return null;
      at += gap[0].length;
    }
    if (!text.startsWith(word, at)) return null;
    at += word.length;
  }
  return at;
}

function evenedProse(text: string): string {
  return text
    .slice(0, MAX_PROSE_CHARS)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[’']/g, "'")
    .replace(/[^\p{L}\p{N}']+/gu, " ")
    .trim();
}
