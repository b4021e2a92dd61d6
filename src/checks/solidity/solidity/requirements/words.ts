/** The request's own words, with its code blocks apart. */
export interface RequestWords {
  readonly text: string;
  /** Short stretches that are about one thing: a line, a sentence. */
  readonly clauses: readonly string[];
}

const MAX_CHARS = 20_000;
const MAX_CLAUSES = 400;
const NEGATIVE =
  /\b(?:not|n't|never|without|avoid|instead of|rather than|unlike|no need|remove|existing|already|e\.g\.|such as|for example|like)\b|n't\b/i;

export function wordsOf(prompt: string): RequestWords {
  const text = withoutBlocks(prompt.slice(0, MAX_CHARS)).replace(/[^\S\n]+/g, " ");
  const clauses = text.split(/\n|(?<=[.;!?])\s+/).map((clause) => clause.trim());
  return { text, clauses: clauses.filter((clause) => clause !== "").slice(0, MAX_CLAUSES) };
}

function withoutBlocks(prompt: string): string {
  let inside = false;
  const kept: string[] = [];
  for (const line of prompt.split(/\r?\n/)) {
    if (/^\s*(?:```|~~~)/.test(line)) inside = !inside;
    else if (!inside) kept.push(line);
  }
  return kept.join("\n");
}

/** Whether the words before a name take it back, or only compare with it. */
export function isTakenBack(before: string): boolean {
  return NEGATIVE.test(before);
}
