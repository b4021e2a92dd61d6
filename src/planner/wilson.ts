/** The one-sided 95% lower bound of a share (Wilson). */
export function wilsonLower(part: number, whole: number): number {
  return wilson(part, whole, 1.645)[0];
}

/** The two-sided 95% interval of a share (Wilson). */
export function wilsonInterval(part: number, whole: number): readonly [low: number, high: number] {
  return wilson(part, whole, 1.96);
}

function wilson(part: number, whole: number, z: number): readonly [low: number, high: number] {
  if (whole === 0) return [0, 1];
  const p = part / whole;
  const centre = p + (z * z) / (2 * whole);
  const spread = z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole));
  const scale = 1 + (z * z) / whole;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}
