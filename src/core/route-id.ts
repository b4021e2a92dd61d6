/** Ids sort by time: "r", milliseconds since the epoch in base 36, and 12 hex digits of chance. */
export function idAt(nowMs: number, chance: string): string {
  return `r${nowMs.toString(36)}${chance}`;
}

/** When an id was made, epoch milliseconds; `null` when it is not one of ours. */
export function timeOfId(id: string): number | null {
  const digits = /^r([0-9a-z]{8})[0-9a-f]{12}$/.exec(id)?.[1];
  return digits === undefined ? null : Number.parseInt(digits, 36);
}
