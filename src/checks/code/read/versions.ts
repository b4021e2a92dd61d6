/** A block of an answer with the names that it defines at its top. */
export interface Named {
  readonly names: readonly string[];
}

/**
 * An answer may give a function more than once: each time is a version of the whole, made of the block that defines it and of every
 * other one. In the order of the answer: the last one counts.
 */
export function versionsOf<Block extends Named>(
  blocks: readonly Block[],
  wanted: ReadonlySet<string>,
): readonly (readonly Block[])[] {
  const wantedOf = ({ names }: Block): readonly string[] => names.filter((name) => wanted.has(name));
  const isRepeated = (block: Block, at: number): boolean =>
    wantedOf(block).some((name) => blocks.some((other, index) => index > at && other.names.includes(name)));
  const ends = blocks.flatMap((block, at) => (isRepeated(block, at) ? [at] : []));
  return [...ends, blocks.length - 1].map((end) => {
    const taken = new Set<string>();
    return blocks
      .map((block, at) => ({ block, at }))
      .reverse()
      .filter(({ block, at }) => {
        const mine = wantedOf(block);
        if (mine.length > 0 && (at > end || mine.some((name) => taken.has(name)))) return false;
        for (const name of mine) taken.add(name);
        return true;
      })
      .reverse()
      .map(({ block }) => block);
  });
}
