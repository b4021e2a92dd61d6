/** Characters that steer a terminal, but for the end of a line and the tabulator. */
const STEERING = /[^\P{Cc}\n\t]/gu;

/** A stranger's text as it may be shown: without characters that steer a terminal, without half characters, cut after so many. */
export function legible(text: string, maxChars: number): string {
  // Cut first: what is left out need not be read.
  const shown = text.slice(0, maxChars).replace(STEERING, "").toWellFormed();
  return text.length > maxChars ? `${shown}…` : shown;
}
