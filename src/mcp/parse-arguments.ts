import type { z } from "zod";
import { didYouMean } from "../checks/kit/suggest.ts";
import { lenientArguments } from "./lenient-arguments.ts";

/** Arguments that fit, or one sentence that names every field that does not and what it should be. */
export type ParsedArguments<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** Longer values are cut in messages: a prompt in the wrong field must not come back whole. */
const MOST_ANSWER_TEXT_CHARS = 40;

/**
 * Parses a tool's arguments: strictly, but for `null` and JSON text where clients write so. Every bad field is named, unknown ones with
 * the names that were near.
 */
export function parseArguments<Schema extends z.ZodObject>(
  schema: Schema,
  args: unknown,
): ParsedArguments<z.infer<Schema>> {
  const given = lenientArguments(schema, args ?? {});
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields = Object.keys(schema.shape);
  const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue, given, fields));
  return { ok: false, message: `Invalid arguments: ${problems.join("; ")}. Nothing was done and nothing was spent.` };
}

function describeIssue(issue: z.core.$ZodIssue, args: unknown, fields: readonly string[]): string[] {
  const field = pathOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `unknown field "${shorten(key)}"${nearOrAll(key, fields)}`);
  }
  const got = valueAt(args, issue.path);
  const expected = `expected ${expectationOf(issue)}`;
  const where = field === "" ? "the arguments" : field;
  return [got === undefined ? `${where}: missing, ${expected}` : `${where}: ${expected}, got ${describeValue(got)}`];
}

function nearOrAll(key: string, fields: readonly string[]): string {
  const near = didYouMean(key, fields).replace(/^; /u, ", ").replace(/\?$/u, "");
  return near === "" ? ` (known: ${fields.join(", ")})` : near;
}

function expectationOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeName(issue.expected);
    case "invalid_value":
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return [...new Set(issue.errors.flat().map(expectationOf))].join(" or ");
    case "unrecognized_keys":
      return "no other fields";
    case "too_big":
    case "too_small":
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return issue.message;
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  number: "a finite number",
  string: "a string",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function typeName(expected: string): string {
  return TYPE_NAMES[expected] ?? expected;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index > 0 ? "." : ""}${String(key)}`))
    .join("");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return `the string "${shorten(value)}"`;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : typeof value;
}

function shorten(text: string): string {
  return text.length > MOST_ANSWER_TEXT_CHARS ? `${text.slice(0, MOST_ANSWER_TEXT_CHARS)}…` : text;
}
