import { createHash } from "node:crypto";

/** A JSON Schema, as callers send it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const MAX_SCHEMA_CHARS = 200_000;

/** A schema by its content: equal schemas have equal keys. Or why it cannot be used. */
export type SchemaText =
  | { readonly ok: true; readonly key: string; readonly text: string }
  | { readonly ok: false; readonly problem: string };

export function schemaText(schema: JsonSchema): SchemaText {
  let text: string;
  try {
    text = JSON.stringify(schema);
  } catch (error) {
    return {
      ok: false,
      problem: `the schema is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  if (text.length > MAX_SCHEMA_CHARS)
    return {
      ok: false,
      problem: `the schema has ${text.length} characters; at most ${MAX_SCHEMA_CHARS} are accepted`,
    };
  return { ok: true, key: createHash("sha256").update(text).digest("base64"), text };
}
