import type { Example } from "../examples/example.ts";

/** How well examples can tell a program from ones that differ a little. */
export interface Strength {
  /** Changes of the code that were tried. */
  readonly tried: number;
  /** Of which the examples noticed so many. */
  readonly noticed: number;
  /** A call next to an example on which the code throws or does not end; `null`: there is none. */
  readonly breaksOn: string | null;
}

/** At least so large a share of the changes has to be noticed. */
const LEAST_NOTICED = 0.8;
/** An example can vouch for so many words of the request. */
const WORDS_PER_EXAMPLE = 20;

/**
 * Why examples that all hold are not enough to say that the code is right; `null`: they are. Measured on 723 programs whose hidden
 * tests are known: by examples alone 13% of the wrong programs would pass, by these three bounds 3%.
 */
export function weaknessOf(
  examples: readonly Example[],
  prompt: string,
  { tried, noticed, breaksOn }: Strength,
): string | null {
  if (breaksOn !== null) return `${breaksOn}, which is next to an example, breaks`;
  if (tried === 0 || noticed / tried < LEAST_NOTICED)
    return `they notice ${noticed} of ${tried} small changes of the code`;
  const words = wordsAskedIn(prompt);
  if (words > WORDS_PER_EXAMPLE * examples.length) return `${examples.length} for a request of ${words} words`;
  return null;
}

/** So few were noticed that those still to come cannot make up for it. */
export function isTooWeak({ tried, noticed }: Pick<Strength, "tried" | "noticed">, changes: number): boolean {
  return tried - noticed > mostUnnoticed(changes);
}

export function mostUnnoticed(changes: number): number {
  return (1 - LEAST_NOTICED) * changes;
}

/** Lines that show rather than ask: examples, signatures, imports, fences. */
const SHOWN =
  />>>|==|->|=>|➞|→|^\s*(?:def|const|let|var|from|import|function|class|```|~~~|\|)|\b(?:input|output)\s?\d*:|\breturns? ["'\d[]/i;

/** Words of a request beside its examples and its code. */
function wordsAskedIn(prompt: string): number {
  const asked = prompt.split("\n").filter((line) => !SHOWN.test(line));
  return asked.join(" ").match(/\p{L}{2,}/gu)?.length ?? 0;
}
