/** JSON that Postgres takes: it has no room for NUL, nor for half a surrogate pair; both become U+FFFD. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => plain(each));
}

function plain(value: unknown): unknown {
  if (typeof value === "string") return plainText(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const isPlain = Object.keys(value).every((key) => plainText(key) === key);
  return isPlain ? value : Object.fromEntries(Object.entries(value).map(([key, each]) => [plainText(key), each]));
}

export function plainText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", "\u{FFFD}") : whole;
}
