import { z } from "zod";

/**
 * Arguments as their schema wants them, where a client wrote them another way: `null` for an optional one is left out, and a number,
 * boolean, list or object that was written as JSON text is read. Only where the schema wants that type and would not take a text:
 * what is for a string stays as it is. The schema tells all else that is wrong.
 */
export function lenientArguments(schema: z.ZodType, value: unknown): unknown {
  const inner = innermost(schema);
  if (typeof value === "string") return fromText(inner, value);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    const { element } = inner;
    return value.map((item) => lenientArguments(element as z.ZodType, item));
  }
  if (inner instanceof z.ZodObject && isObject(value)) return lenientFields(inner, value);
  return value;
}

function lenientFields(
  schema: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const fields = Object.entries(value).flatMap(([name, each]): (readonly [string, unknown])[] => {
    const field = Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : undefined;
    if (field === undefined) return [[name, each]];
    if (each === null && field.safeParse(undefined).success) return [];
    return [[name, lenientArguments(field, each)]];
  });
  return Object.fromEntries(fields);
}

/** The schema without what only says that it may be missing. */
function innermost(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? innermost(schema.unwrap() as z.ZodType)
    : schema;
}

function fromText(schema: z.ZodType, text: string): unknown {
  const isWanted = wantedBy(schema);
  if (isWanted === null) return text;
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return text;
  }
  // What was read may hold texts of its own.
  return isWanted(read) ? lenientArguments(schema, read) : text;
}

/** What a schema wants, as far as it can be written as JSON text; `null` for strings, enums and unions, which may want the text. */
function wantedBy(schema: z.ZodType): ((value: unknown) => boolean) | null {
  if (schema instanceof z.ZodNumber) return (value) => typeof value === "number";
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === "boolean";
  if (schema instanceof z.ZodArray) return (value) => Array.isArray(value);
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return isObject;
  return null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
