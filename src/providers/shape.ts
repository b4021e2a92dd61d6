/** Reading what a vendor sent without trusting it: whatever is not of the expected shape is absent. */

export type Fields = Readonly<Record<string, unknown>>;

/** The value when it is an object, else `null`. */
export function asFields(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The object under `key`, or an empty one. */
export function fieldsIn(fields: Fields, key: string): Fields {
  return asFields(fields[key]) ?? {};
}

/** The list, or an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The text, or an empty one. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A whole number of tokens, or `null`: a vendor that sends anything else has not said. */
export function asTokens(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** The JSON value that a text holds, or `undefined`. */
export function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Takes parts out of the total that includes them, so that the classes are disjoint. Parts that are together more than the
 * total contradict it: then only the total counts, since that is what is billed.
 */
export function disjoint(
  total: number | null,
  ...parts: readonly (number | null)[]
): { readonly rest: number | null; readonly parts: readonly (number | null)[] } {
  if (total === null) return { rest: null, parts };
  const rest = parts.reduce<number>((left, part) => left - (part ?? 0), total);
  return rest < 0 ? { rest: total, parts: parts.map(() => null) } : { rest, parts };
}
