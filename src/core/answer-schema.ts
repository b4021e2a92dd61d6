import type { Model } from "./model.ts";
import { Inexpressible, narrowSchema } from "./narrow-schema.ts";
import { DIALECTS, type SchemaDialect } from "./schema-dialects.ts";
import { estimateTokens } from "./tokens.ts";

/** A request's schema as a vendor takes it in a field of its own, beside the prompt, which holds it too. */
export interface AnswerSchema {
  readonly schema: Readonly<Record<string, unknown>>;
  /** The vendor is to hold the model to it; else it is a hint. */
  readonly isStrict: boolean;
  /** Estimated o200k tokens: vendors bill it as input. */
  readonly tokens: number;
  /** Certain upper bound of its tokens, in any tokenizer. */
  readonly maxTokens: number;
}

/** `reason`: what the vendor's form cannot say, so that the schema goes in the prompt alone. */
export type NativeSchema =
  | { readonly ok: true; readonly answerSchema: AnswerSchema }
  | { readonly ok: false; readonly reason: string };

/** What vendors put around a schema in words of their own; not measured, and above what they say of it. */
const AROUND_TOKENS = 512;

/** By schema and dialect: a request asks for it once for each candidate, and again for each attempt. */
const made = new WeakMap<object, Map<SchemaDialect, NativeSchema>>();

/** The request's schema in the form of the model's vendor; `null`: there is no schema, or the model takes none. */
export function nativeSchema(
  { nativeSchema: dialect }: Pick<Model, "nativeSchema">,
  schema: Readonly<Record<string, unknown>> | null,
): NativeSchema | null {
  if (dialect === undefined || schema === null) return null;
  const known = made.get(schema) ?? new Map<SchemaDialect, NativeSchema>();
  made.set(schema, known);
  const found = known.get(dialect) ?? inDialect(schema, dialect);
  known.set(dialect, found);
  return found;
}

function inDialect(schema: Readonly<Record<string, unknown>>, dialect: SchemaDialect): NativeSchema {
  if (dialect === "json_schema") return { ok: true, answerSchema: measured(schema, true) };
  const rules = DIALECTS[dialect];
  try {
    return { ok: true, answerSchema: measured(narrowSchema(schema, rules), true) };
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error;
    // As a hint, too, the whole must be an object.
    const asHint =
      rules.otherwise === "hint" && schema["type"] === "object" && !("anyOf" in schema || "oneOf" in schema);
    return asHint ? { ok: true, answerSchema: measured(schema, false) } : { ok: false, reason: error.message };
  }
}

function measured(schema: Readonly<Record<string, unknown>>, isStrict: boolean): AnswerSchema {
  const text = JSON.stringify(schema);
  return {
    schema,
    isStrict,
    tokens: estimateTokens(text),
    maxTokens: Buffer.byteLength(text) + AROUND_TOKENS,
  };
}
