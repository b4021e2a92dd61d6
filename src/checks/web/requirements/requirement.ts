import type { Judged } from "../rules/rule.ts";
import type { Ui } from "../read/read-ui.ts";

/** One thing that the prompt asks for and that can be looked up. */
export interface Ask {
  /** What it is, as a person would say: `a field for "email"`. */
  readonly what: string;
  /** Whether its absence can be told for certain, so that it fails the answer alone. */
  readonly certain: boolean;
  /** `null`: cannot be told of this answer. */
  readonly isMet: (found: Found) => boolean | null;
}

/** The answer, as the asks look at it. */
export interface Found {
  readonly ui: Ui;
  readonly judged: readonly Judged[];
  /** Code without comments, lower case, entities decoded, white space collapsed. */
  readonly text: string;
  /** Nothing is made by scripts or by components from elsewhere. */
  readonly isStatic: boolean;
}

/** Words before a thing by which it is not asked for. */
const DENIED =
  /(?:\b(?:no|not|without|never|avoid|remove|skip|omit|exclude|excluding|instead of|rather than|don't|do not|isn't|replace|replaces|replacing|fix|existing|current|like|similar to|inspired by)\b)(?:\s+(?:\w+['-]?\w*)){0,4}\s*$/i;

/** Whether the prompt speaks of what stands at `index` to say that it does not want it. */
export function isDenied(prompt: string, index: number): boolean {
  const before = prompt.slice(Math.max(0, index - 50), index);
  const clause = before.slice(
    Math.max(before.lastIndexOf("."), before.lastIndexOf(";"), before.lastIndexOf(":"), before.lastIndexOf("\n")) + 1,
  );
  return DENIED.test(clause.replace(/,[^,]*\b(?:but|with|and)\b/g, ". "));
}

/** The first place where the prompt asks for something; `null` when it does not. */
export function askedAt(prompt: string, pattern: RegExp): RegExpExecArray | null {
  const all = new RegExp(pattern.source, pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`);
  for (const match of prompt.matchAll(all)) if (!isDenied(prompt, match.index)) return match;
  return null;
}

export function asks(prompt: string, pattern: RegExp): boolean {
  return askedAt(prompt, pattern) !== null;
}
