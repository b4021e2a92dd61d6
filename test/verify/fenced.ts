export const FENCE = "```";

/** A fenced block. */
export function fenced(tag: string, code: string): string {
  return `${FENCE}${tag}\n${code}\n${FENCE}`;
}
