/** A model of many, by what it costs and how right it is. */
export interface ShortlistEntry {
  readonly id: string;
  readonly cost: number;
  readonly quality: number;
}

/**
 * The `most` models that plans are made of when there are more: those to which the fewest others are both cheaper and at least as right,
 * the better ones first among equals. The best, and the cheapest that is not beaten, are always among them. In the order given.
 */
export function shortlist(entries: readonly ShortlistEntry[], most: number): readonly string[] {
  const ranked = entries
    .map((entry) => ({ entry, beatenBy: entries.filter((other) => beats(other, entry)).length }))
    .sort((a, b) => a.beatenBy - b.beatenBy || b.entry.quality - a.entry.quality || a.entry.cost - b.entry.cost);
  const kept = new Set(ranked.slice(0, most).map(({ entry }) => entry.id));
  return entries.filter(({ id }) => kept.has(id)).map(({ id }) => id);
}

function beats(a: ShortlistEntry, b: ShortlistEntry): boolean {
  return a.cost <= b.cost && a.quality >= b.quality && (a.cost < b.cost || a.quality > b.quality);
}
