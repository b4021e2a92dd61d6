/**
 * Quantiles of positive numbers in bounded space: counts in bins whose edges grow by 10%, so that a quantile is right to about 5%.
 * Two sketches add up bin by bin; counts may be fractions, because old samples are forgotten by scaling. Plain data.
 */
export interface QuantileSketch {
  /** Count by bin; bin b holds values from GROWTH^(b-1) (exclusive) to GROWTH^b (inclusive). Values up to 1 are in bin 0. */
  readonly bins: Readonly<Record<number, number>>;
}

const GROWTH = 1.1;
/** Bin 240 holds 8.6e9: a hundred days in milliseconds. Larger values count as that. */
const LAST_BIN = 240;
/** A bin with less than this is dropped: it stems from samples that are long forgotten. */
const FORGOTTEN = 1e-6;

export const EMPTY_SKETCH: QuantileSketch = { bins: {} };

/** With one sample more, the earlier ones scaled by `keep` (1: nothing is forgotten). Throws RangeError unless the value is 0 or more. */
export function addSample(sketch: QuantileSketch, value: number, keep = 1): QuantileSketch {
  if (!(value >= 0)) throw new RangeError(`A sample must be 0 or more; got ${value}`);
  const bin = value <= 1 ? 0 : Math.min(LAST_BIN, Math.ceil(Math.log(value) / Math.log(GROWTH) - 1e-9));
  const bins: Record<number, number> = {};
  for (const [key, count] of Object.entries(sketch.bins))
    if (count * keep > FORGOTTEN) bins[Number(key)] = count * keep;
  bins[bin] = (bins[bin] ?? 0) + 1;
  return { bins };
}

export function mergeSketches(a: QuantileSketch, b: QuantileSketch): QuantileSketch {
  const bins: Record<number, number> = { ...a.bins };
  for (const [key, count] of Object.entries(b.bins)) bins[Number(key)] = (bins[Number(key)] ?? 0) + count;
  return { bins };
}

/** The value below which `share` (0..1) of the samples lie; `null` when there are none. */
export function quantileOf(sketch: QuantileSketch, share: number): number | null {
  const bins = Object.entries(sketch.bins)
    .map(([bin, count]) => [Number(bin), count] as const)
    .sort(([a], [b]) => a - b);
  const total = bins.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (const [bin, count] of bins) {
    seen += count;
    if (seen >= share * total - 1e-9) return valueOf(bin);
  }
  return valueOf(bins.at(-1)?.[0] ?? 0);
}

/** The middle of a bin, in proportion. */
function valueOf(bin: number): number {
  return bin === 0 ? 1 : GROWTH ** (bin - 0.5);
}
