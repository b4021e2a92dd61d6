import type { Subject } from "../checks/kit/check.ts";
import type { CheckRunner } from "./run-check.ts";

/** Up to this length, and without patterns, compiling a schema takes a few milliseconds at most. */
const SMALL_CHARS = 3_000;
const NO_ANSWER: Subject = {
  text: "",
  taskId: "",
  checks: [],
  prompt: "",
  context: { system: null, files: [], notes: [], tests: [] },
  files: [],
  notes: [],
  responseSchema: null,
  criterion: null,
};
/** A caller waits at most this long to learn that a schema is unusable. */
const LIMIT_MS = 10_000;

/** What is wrong with a JSON Schema, or `null`. A large one is compiled in a worker, within `withinMs`. */
export async function usableSchema(
  schema: Readonly<Record<string, unknown>>,
  workers: CheckRunner,
  withinMs: number,
): Promise<string | null> {
  if (isSmall(schema)) return (await import("../checks/text/json-schema/validate.ts")).schemaProblem(schema);
  const subject = { ...NO_ANSWER, responseSchema: schema };
  const [outcome] = await workers.run(
    [{ check: "schema_usable", criterion: null }],
    subject,
    AbortSignal.timeout(Math.min(LIMIT_MS, Math.max(1, Math.round(withinMs)))),
  );
  if (outcome == null) return null;
  if (outcome.unmade !== undefined) return `it could not be compiled: ${outcome.unmade}`;
  return outcome.findings[0]?.message ?? null;
}

function isSmall(schema: Readonly<Record<string, unknown>>): boolean {
  try {
    const text = JSON.stringify(schema);
    return text.length <= SMALL_CHARS && !text.includes('"pattern');
  } catch {
    // A schema that is not JSON is found at once.
    return true;
  }
}
