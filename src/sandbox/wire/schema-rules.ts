import { badRequest, type CallProblem } from "../call.ts";
import { asList, asRecord, asText } from "./wire.ts";

type RawSchema = Readonly<Record<string, unknown>>;
/** What is wrong at one schema within a schema; `null`: nothing. `where`: the keywords on the way to it. */
type SchemaRule = (node: RawSchema, where: readonly string[]) => string | null;

/** Every schema within a schema, with the way to it. */
function* nodesOf(schema: unknown, where: readonly string[] = []): Generator<readonly [RawSchema, readonly string[]]> {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return;
  const node = asRecord(schema);
  yield [node, where];
  for (const key of ["properties", "$defs"]) {
    for (const [name, inner] of Object.entries(asRecord(node[key]))) yield* nodesOf(inner, [...where, key, name]);
  }
  for (const key of ["items", "additionalProperties"]) yield* nodesOf(node[key], [...where, key]);
  for (const key of ["anyOf", "allOf", "oneOf", "prefixItems"]) {
    for (const [index, inner] of asList(node[key]).entries()) yield* nodesOf(inner, [...where, key, String(index)]);
  }
}

function firstProblem(schema: unknown, rule: SchemaRule): string | null {
  for (const [node, where] of nodesOf(schema)) {
    const problem = rule(node, where);
    if (problem !== null) return problem;
  }
  return null;
}

const isObject = ({ type }: RawSchema): boolean =>
  type === "object" || (Array.isArray(type) && type.includes("object"));

/** OpenAI's limit on the values of all lists of a schema together. */
const MOST_ENUM_VALUES = 1000;
const OPENAI_LACKS = [
  "allOf",
  "oneOf",
  "not",
  "if",
  "patternProperties",
  "dependentRequired",
  "prefixItems",
  "uniqueItems",
];

const openaiStrict: SchemaRule = (node, where) => {
  const at = `In context=(${where.map((step) => `'${step}'`).join(", ")})`;
  const lacking = OPENAI_LACKS.find((key) => key in node);
  if (lacking !== undefined) return `${at}, '${lacking}' is not permitted.`;
  if (!("type" in node) && !("$ref" in node) && !("anyOf" in node)) return `${at}, schema must have a 'type' key.`;
  if (!isObject(node)) return null;
  if (node["additionalProperties"] !== false) {
    return `${at}, 'additionalProperties' is required to be supplied and to be false.`;
  }
  const required = asList(node["required"]);
  const missing = Object.keys(asRecord(node["properties"])).find((name) => !required.includes(name));
  const form = "'required' is required to be supplied and to be an array including every key in properties.";
  return missing === undefined ? null : `${at}, ${form} Missing '${missing}'.`;
};

/** `response_format` of OpenAI's chat completions: `null` when it is fine, or absent. */
export function openaiFormatProblem(body: RawSchema): CallProblem | null {
  const format = asRecord(body["response_format"]);
  if (format["type"] !== "json_schema") return null;
  const { name, schema, strict } = asRecord(format["json_schema"]);
  const refuse = (message: string): CallProblem => badRequest(message, "response_format", null);
  if (!/^[\w-]{1,64}$/.test(asText(name)))
    return refuse("Missing required parameter: 'response_format.json_schema.name'.");
  const root = asRecord(schema);
  const invalid = (problem: string): CallProblem =>
    refuse(`Invalid schema for response_format '${asText(name)}': ${problem}`);
  if (root["type"] !== "object" || "anyOf" in root)
    return invalid("schema must be a JSON Schema of 'type: \"object\"'.");
  if (strict !== true) return null;
  const values = [...nodesOf(root)].reduce((sum, [node]) => sum + asList(node["enum"]).length, 0);
  if (values > MOST_ENUM_VALUES)
    return invalid(`Expected at most ${MOST_ENUM_VALUES} enum values in total, got ${values}.`);
  const problem = firstProblem(root, openaiStrict);
  return problem === null ? null : invalid(problem);
}

/** Anthropic's limit on the properties of a schema that may be left out. */
const MOST_OPTIONAL = 24;
const ANTHROPIC_LACKS: ReadonlyMap<string, readonly string[]> = new Map([
  ["string", ["minLength", "maxLength"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
  ["integer", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
  ["array", ["maxItems", "uniqueItems", "prefixItems"]],
]);

const anthropicForm: SchemaRule = (node) => {
  if (["oneOf", "not", "if", "patternProperties"].some((key) => key in node))
    return "Schema uses unsupported features.";
  if (isObject(node) && node["additionalProperties"] !== false) {
    return "For 'object' type, 'additionalProperties' must be explicitly set to false";
  }
  const type = asText(node["type"]);
  const lacking = ANTHROPIC_LACKS.get(type)?.filter((key) => key in node) ?? [];
  if (lacking.length > 0) return `For '${type}' type, properties ${lacking.join(", ")} are not supported`;
  return Number(node["minItems"] ?? 0) > 1
    ? "For 'array' type, 'minItems' values other than 0 or 1 are not supported"
    : null;
};

/** `output_config.format` of the Messages API. */
export function anthropicFormatProblem(body: RawSchema): CallProblem | null {
  const format = asRecord(asRecord(body["output_config"])["format"]);
  if (Object.keys(format).length === 0) return null;
  const refuse = (problem: string): CallProblem => badRequest(`output_config.format.schema: ${problem}`);
  if (format["type"] !== "json_schema") return badRequest("output_config.format.type: Input should be 'json_schema'");
  const { schema } = format;
  if (Object.keys(asRecord(schema)).length === 0) return refuse("Field required");
  const optional = [...nodesOf(schema)].reduce((sum, [node]) => {
    const names = Object.keys(asRecord(node["properties"]));
    return sum + names.filter((name) => !asList(node["required"]).includes(name)).length;
  }, 0);
  if (optional > MOST_OPTIONAL) return badRequest("Schema is too complex. Reduce the number of optional parameters.");
  const problem = firstProblem(schema, anthropicForm);
  return problem === null ? null : refuse(problem);
}

const GEMINI_KNOWS = new Set(
  "$id $defs $ref $anchor type format title description enum items prefixItems minItems maxItems minimum maximum anyOf oneOf properties additionalProperties required propertyOrdering".split(
    " ",
  ),
);
/** Measured by others: the `maxItems` of a schema may come to some 960 together. */
const MOST_ITEMS = 960;

/** `generationConfig.responseJsonSchema`. Gemini does not say what it would not take. */
export function geminiFormatProblem(config: RawSchema): CallProblem | null {
  const schema = config["responseJsonSchema"];
  if (schema === undefined) return null;
  if (config["responseMimeType"] !== "application/json") {
    return badRequest(
      "Function calling with a response mime type: 'text/plain' is unsupported with a response schema.",
    );
  }
  const items = [...nodesOf(schema)].reduce((sum, [node]) => sum + Number(node["maxItems"] ?? 0), 0);
  const unknown = firstProblem(schema, (node) => Object.keys(node).find((key) => !GEMINI_KNOWS.has(key)) ?? null);
  return items > MOST_ITEMS || unknown !== null ? badRequest("Request contains an invalid argument.") : null;
}

/** `response_format` of Together's chat completions, for a model that can be held to a schema. */
export function togetherFormatProblem(body: RawSchema): CallProblem | null {
  const format = asRecord(body["response_format"]);
  if (format["type"] !== "json_schema") return null;
  const { name, schema } = asRecord(format["json_schema"]);
  if (asText(name) !== "" && Object.keys(asRecord(schema)).length > 0) return null;
  return badRequest("response_format.json_schema must have a name and a schema", "response_format", null);
}
