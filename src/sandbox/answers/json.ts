import { asList, asRecord } from "../wire/wire.ts";

type SchemaNode = Readonly<Record<string, unknown>>;

const DEEPEST = 12;
const FORMATS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    date: "2026-01-01",
    "date-time": "2026-01-01T00:00:00Z",
    time: "00:00:00Z",
    email: "sandbox@example.com",
    uri: "https://example.com/sandbox",
    url: "https://example.com/sandbox",
    uuid: "00000000-0000-4000-8000-000000000000",
    ipv4: "127.0.0.1",
  }),
);

/** An answer to a prompt that carries a JSON Schema, or `null` when it carries none. The bad one is JSON of another shape. */
export function jsonAnswer(prompt: string, bad: boolean): string | null {
  const schema = schemaIn(prompt);
  if (schema === null) return null;
  return JSON.stringify(bad ? ["sandbox: not what the schema asks for"] : valueFor(schema, schema, 0));
}

/** The first JSON object that stands after the words "JSON Schema". */
function schemaIn(prompt: string): SchemaNode | null {
  const words = /json[ -]schema/i.exec(prompt);
  if (words === null) return null;
  const start = prompt.indexOf("{", words.index);
  const end = start === -1 ? -1 : endOfObject(prompt, start);
  if (end === -1) return null;
  try {
    return asRecord(JSON.parse(prompt.slice(start, end)));
  } catch {
    return null;
  }
}

/** One past the brace that closes the object, strings skipped; -1 when none does. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** A small value that satisfies the schema: constants, enums, objects, arrays, strings, numbers, booleans, local references, the first alternative. */
function valueFor(schema: SchemaNode, root: SchemaNode, depth: number): unknown {
  if (depth > DEEPEST) return null;
  if ("const" in schema) return schema["const"];
  const [firstOfEnum] = asList(schema["enum"]);
  if (firstOfEnum !== undefined) return firstOfEnum;
  if (typeof schema["$ref"] === "string") return valueFor(resolve(schema["$ref"], root), root, depth + 1);
  const [alternative] = [...asList(schema["anyOf"]), ...asList(schema["oneOf"])];
  if (alternative !== undefined) return valueFor(asRecord(alternative), root, depth + 1);
  const merged = asList(schema["allOf"]).reduce<SchemaNode>((all, part) => merge(all, asRecord(part)), schema);
  switch (typeOf(merged)) {
    case "object":
      return objectFor(merged, root, depth);
    case "array": {
      const count = Math.max(1, numberOr(merged["minItems"], 1));
      const item = asRecord(merged["items"]);
      return Array.from({ length: Math.min(count, numberOr(merged["maxItems"], count)) }, () =>
        valueFor(item, root, depth + 1),
      );
    }
    case "integer":
      return numberFor(merged, 1);
    case "number":
      return numberFor(merged, 0);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return stringFor(merged);
  }
}

function typeOf(schema: SchemaNode): unknown {
  const type = schema["type"];
  if (Array.isArray(type)) return type.find((each) => each !== "null") ?? "null";
  if (type !== undefined) return type;
  if (schema["properties"] !== undefined) return "object";
  return schema["items"] === undefined ? "string" : "array";
}

/** Every property, required or not, as far as a nested schema does not go on for ever. */
function objectFor(schema: SchemaNode, root: SchemaNode, depth: number): object {
  const required = asList(schema["required"]);
  const wanted = Object.entries(asRecord(schema["properties"])).filter(([key]) => depth < 4 || required.includes(key));
  return Object.fromEntries(wanted.map(([key, property]) => [key, valueFor(asRecord(property), root, depth + 1)]));
}

/** Near the upper end of a closed range, so that a score comes out as a good one; else the minimum, else 1. */
function numberFor(schema: SchemaNode, wholeBy: 0 | 1): number {
  const low = numberOr(schema["minimum"], numberOr(schema["exclusiveMinimum"], Number.NaN) + (wholeBy || 0.5));
  const high = numberOr(schema["maximum"], numberOr(schema["exclusiveMaximum"], Number.NaN) - (wholeBy || 0.5));
  const step = numberOr(schema["multipleOf"], wholeBy || 0);
  const wish = Number.isNaN(high) ? (Number.isNaN(low) ? 1 : low) : Number.isNaN(low) ? high : low + 0.9 * (high - low);
  if (step === 0) return wish;
  const stepped = Math.floor(wish / step) * step;
  return stepped >= low || Number.isNaN(low) ? stepped : Math.ceil(low / step) * step;
}

function stringFor(schema: SchemaNode): string {
  const format = schema["format"];
  const text = (typeof format === "string" ? FORMATS.get(format) : undefined) ?? "sandbox";
  return text
    .padEnd(numberOr(schema["minLength"], 0), ".")
    .slice(0, numberOr(schema["maxLength"], Number.POSITIVE_INFINITY));
}

function resolve(reference: string, root: SchemaNode): SchemaNode {
  const path = reference.replace(/^#\/?/, "").split("/").filter(Boolean);
  return path.reduce<SchemaNode>((schema, key) => asRecord(schema[key]), root);
}

function merge(one: SchemaNode, other: SchemaNode): SchemaNode {
  const properties = { ...asRecord(one["properties"]), ...asRecord(other["properties"]) };
  const required = [...asList(one["required"]), ...asList(other["required"])];
  return { ...one, ...other, ...(Object.keys(properties).length > 0 ? { properties } : {}), required };
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
