import type { ErrorObject } from "ajv/dist/2020.js";
import { holdsNames, holdsSchemas, schemaNodes } from "./schema-nodes.ts";
import type { JsonSchema } from "./schema-text.ts";

/** Keywords that check something; a misspelt one would check nothing. */
const CHECKING =
  "properties patternProperties additionalProperties unevaluatedProperties propertyNames required minProperties maxProperties dependentRequired dependentSchemas dependencies prefixItems additionalItems unevaluatedItems contains minContains maxContains minItems maxItems uniqueItems minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf".split(
    " ",
  );
/** Usual notes that look like a keyword. */
const NOTES = new Set(["patterns", "formats", "formatted", "contain"]);
const MIN_KEYWORD_CHARS = 6;
const MOST_QUOTED_CHARS = 60;

/** What is wrong with the keywords of a schema, before it is compiled: a misspelt one, an empty list, a broken pattern; `null`: nothing. */
export function keywordProblem(root: JsonSchema): string | null {
  for (const { schema, pointer } of schemaNodes(root)) {
    const keywords = Object.keys(schema);
    for (const keyword of keywords) {
      const meant = meantBy(keyword);
      if (meant !== null) return `${quoted(keyword)}${at(pointer)} is no keyword; "${meant}" is`;
    }
    const [unknown] = keywords;
    if (unknown !== undefined && !keywords.some(isKnown))
      return `${quoted(unknown)}${at(pointer)} is no keyword of JSON Schema`;
  }
  return null;
}

/** Keywords that check nothing by themselves, or that a short word names. */
const OTHERS = new Set(
  "type enum const format $ref $dynamicRef $recursiveRef $defs definitions $schema $id id $anchor $dynamicAnchor $comment $vocabulary title description default examples example deprecated readOnly writeOnly nullable discriminator contentEncoding contentMediaType contentSchema".split(
    " ",
  ),
);

function isKnown(keyword: string): boolean {
  return keyword.startsWith("x-") || OTHERS.has(keyword) || CHECKING.includes(keyword) || holdsSchemas(keyword);
}

function meantBy(keyword: string): string | null {
  const isNoMistake =
    keyword.length < MIN_KEYWORD_CHARS ||
    keyword.startsWith("x-") ||
    CHECKING.includes(keyword) ||
    NOTES.has(keyword) ||
    holdsSchemas(keyword);
  return isNoMistake ? null : (CHECKING.find((known) => isNear(keyword, known)) ?? null);
}

/** What the specification of JSON Schema finds wrong with a schema, as a sentence: the first thing, and how many more there are. */
export function specificationProblem(schema: JsonSchema, errors: readonly ErrorObject[]): string {
  const byPlace = new Map<string, ErrorObject>();
  for (const error of errors) if (!byPlace.has(error.instancePath)) byPlace.set(error.instancePath, error);
  const [first] = byPlace.values();
  if (first === undefined) return "it does not follow the specification";
  const more = byPlace.size - 1;
  const sentence = `${placeOf(first.instancePath)} ${mustBe(first)}; it is ${quoted(valueAt(schema, first.instancePath))}`;
  return more === 0 ? sentence : `${sentence} (and ${more} more ${more === 1 ? "problem" : "problems"})`;
}

/** Why a schema that follows the specification could not be compiled. `null`: nothing here explains it. */
export function compileFailure(root: JsonSchema, missingRef: string | null): string | null {
  for (const { schema, pointer } of schemaNodes(root)) {
    const { pattern, patternProperties, enum: values } = schema;
    if (typeof pattern === "string" && isBroken(pattern)) return `"pattern"${at(pointer)} ${noExpression(pattern)}`;
    const broken = Object.keys(patternProperties ?? {}).find(isBroken);
    if (broken !== undefined) return `"patternProperties"${at(pointer)} ${noExpression(broken)}`;
    if (Array.isArray(values) && values.length === 0) return `"enum"${at(pointer)} must name at least one value`;
  }
  if (missingRef === null) return null;
  const where = [...schemaNodes(root)].find(({ schema }) => schema["$ref"] === missingRef);
  const place = where === undefined ? "" : at(where.pointer);
  return `"$ref"${place} refers to ${quoted(missingRef)}, which is not in the schema; only references within it (#/…) are followed`;
}

function noExpression(pattern: string): string {
  return `is no regular expression; it is ${quoted(pattern)}`;
}

/** As the validator reads it. */
function isBroken(pattern: string): boolean {
  try {
    void new RegExp(pattern, "u");
    return false;
  } catch {
    return true;
  }
}

/** A place that the specification names by a JSON Pointer: the keyword, and the schema that it stands in. */
function placeOf(pointer: string): string {
  const steps = pointer.split("/").slice(1);
  const last = steps.at(-1);
  const before = steps.at(-2);
  if (last === undefined) return "the schema";
  // An entry of a keyword: a name under properties, a number in a list.
  const isEntry = before !== undefined && (holdsNames(before) || /^\d+$/.test(last));
  const keyword = isEntry ? before : last;
  const within = steps.slice(0, isEntry ? -2 : -1);
  const entry = isEntry ? `entry ${quoted(unescaped(last))} of ` : "";
  return `${entry}${quoted(unescaped(keyword))}${at(within.length === 0 ? "" : `/${within.join("/")}`)}`;
}

function at(pointer: string): string {
  return pointer === "" ? "" : ` at ${cut(JSON.stringify(pointer).slice(1, -1), 2 * MOST_QUOTED_CHARS)}`;
}

function mustBe({ keyword, params }: ErrorObject): string {
  const { allowedValues, type, limit } = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case "enum":
      return `must be one of ${(Array.isArray(allowedValues) ? allowedValues : []).map(String).join(", ")}`;
    case "type":
      return Array.isArray(type) ? "must be a schema" : `must be ${ARTICLES.get(String(type)) ?? String(type)}`;
    case "minimum":
      return `must be ${String(limit)} or more`;
    case "exclusiveMinimum":
      return `must be above ${String(limit)}`;
    case "minItems":
      return "must not be empty";
    case "uniqueItems":
      return "must not name anything twice";
    default:
      return "is nothing that JSON Schema knows there";
  }
}

const ARTICLES: ReadonlyMap<string, string> = new Map([
  ["array", "a list"],
  ["object", "an object"],
  ["string", "a text"],
  ["number", "a number"],
  ["integer", "a whole number"],
  ["boolean", "true or false"],
]);

function valueAt(schema: JsonSchema, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[unescaped(step)],
      schema,
    );
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** What the caller wrote, as JSON: it never reads as words of ours. */
function quoted(value: unknown): string {
  return cut(JSON.stringify(value) ?? "nothing", MOST_QUOTED_CHARS);
}

function cut(text: string, mostChars: number): string {
  return text.length > mostChars ? `${text.slice(0, mostChars - 1).toWellFormed()}…` : text;
}

/** Whether two words are within two edits of each other. */
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 2) return false;
  let row = Array.from({ length: other.length + 1 }, (_, to) => to);
  for (let from = 0; from < one.length; from += 1) {
    const next = [from + 1];
    for (let to = 0; to < other.length; to += 1) {
      const same = (row[to] ?? 0) + (one[from] === other[to] ? 0 : 1);
      next.push(Math.min(same, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1));
    }
    row = next;
  }
  return (row.at(-1) ?? 0) <= 2;
}
