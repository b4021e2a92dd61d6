export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly line: number; readonly column: number; readonly message: string };

/** Parses JSON; a syntax error comes back with its line and column, both from 1. A byte order mark is skipped. */
export function parseJson(text: string): ParsedJson {
  const json = text.replace(/^\uFEFF/, "");
  const error = syntaxError(json);
  if (error === null) return { ok: true, value: JSON.parse(json) as unknown };
  const before = json.slice(0, positionOf(error, json)).split("\n");
  // The runtime's message without its own idea of the place, and without the excerpt, which may hold a secret.
  const message = error.replace(/, (?:\.\.\.)?".*$/s, "").replace(/ (?:in JSON )?at position .*$/s, "");
  return { ok: false, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message };
}

function syntaxError(json: string): string | null {
  try {
    JSON.parse(json);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The runtime tells the position of most errors, but not that of an unexpected token: that is found by cutting the text shorter. */
function positionOf(error: string, json: string): number {
  const told = /at position (\d+)/.exec(error)?.[1];
  if (told !== undefined) return Number(told);
  if (!isUnexpectedToken(error)) return json.length;
  let valid = 0;
  let broken = json.length;
  while (broken - valid > 1) {
    const middle = Math.floor((valid + broken) / 2);
    if (isUnexpectedToken(syntaxError(json.slice(0, middle)) ?? "")) broken = middle;
    else valid = middle;
  }
  return valid;
}

function isUnexpectedToken(error: string): boolean {
  return error.startsWith("Unexpected token");
}

/** Whether a JSON value has lists or objects within each other more than `levels` deep. Level by level: recursion has an end of its own. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels; depth += 1) {
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
}
