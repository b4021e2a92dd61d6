import { BoundedCache } from "../checks/kit/bounded-cache.ts";
import type { Subject } from "../checks/kit/check.ts";
import { schemaText, type JsonSchema } from "../checks/text/json-schema/schema-text.ts";
import type { CheckRequest, CheckRunner } from "./run-check.ts";

/** Says what is wrong with each of some JSON Schemas, or `null`. */
export type SchemaChecker = (
  schemas: readonly JsonSchema[],
  withinMs: number,
  principal: string | null,
) => Promise<readonly (string | null)[]>;

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
const MOST_KEPT = 1_000;

/**
 * Has schemas compiled by `workers`, none by the thread that serves requests: a compiler takes 20 ms to make, and some schemas take
 * seconds. What came of a schema is kept by its content, so that an equal one is not compiled again.
 */
export function schemaChecker(workers: CheckRunner): SchemaChecker {
  const kept = new BoundedCache<string | null>(MOST_KEPT);
  return async (schemas, withinMs, principal) => {
    const texts = schemas.map(schemaText);
    const made = new Map<string, string | null>();
    const open = new Map<string, JsonSchema>();
    for (const [index, text] of texts.entries()) {
      if (!text.ok) continue;
      const known = kept.get(text.key);
      if (known !== undefined) made.set(text.key, known.value);
      else open.set(text.key, schemas[index] ?? {});
    }
    if (open.size > 0) {
      const signal = AbortSignal.timeout(Math.min(LIMIT_MS, Math.max(1, Math.round(withinMs))));
      const outcomes = await workers.run([...open.values()].map(requestFor), NO_ANSWER, signal, principal);
      for (const [index, key] of [...open.keys()].entries()) {
        const outcome = outcomes[index] ?? null;
        const unmade = outcome?.unmade;
        const problem = outcome?.findings[0]?.message ?? null;
        made.set(key, unmade === undefined ? problem : `it could not be compiled: ${unmade}`);
        // That there was no time says nothing of the schema.
        if (unmade === undefined) kept.set(key, problem);
      }
    }
    return texts.map((text) => (text.ok ? (made.get(text.key) ?? null) : text.problem));
  };
}

function requestFor(schema: JsonSchema): CheckRequest {
  return { check: "schema_usable", criterion: { kind: "json_schema", name: "schema", schema } };
}
