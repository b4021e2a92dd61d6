/** Nearest rank: the smallest value that `share` of all values do not exceed; `null` of none. */
export function percentile(ascending: readonly { readonly value: number }[], share: number): number | null {
  return ascending[Math.ceil(share * ascending.length) - 1]?.value ?? null;
}
