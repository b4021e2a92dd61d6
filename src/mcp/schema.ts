import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { Service } from "../core/service.ts";

export type JsonObject = Record<string, unknown>;

/**
 * A schema that is listed strictly and lets every object through: the tool parses for itself, so that bad arguments come
 * back as a result with a code and a remedy instead of the SDK's text. The JSON is made once, when first listed.
 */
export function listedAs(makeJson: () => JsonObject): StandardSchemaWithJSON<JsonObject> {
  let json: JsonObject | undefined;
  const listed = (): JsonObject => (json ??= makeJson());
  return {
    "~standard": {
      version: 1,
      vendor: "signalbox",
      validate: (value) => ({ value: value as JsonObject }),
      jsonSchema: { input: listed, output: listed },
    },
  };
}

/** JSON Schema of a tool's arguments; `described` names the fields that are described, by default all. */
export function inputJson(schema: z.ZodObject, described?: readonly string[]): JsonObject {
  const json = compact(schema);
  if (described === undefined) return json;
  const fields = Object.entries(json["properties"] as Record<string, JsonObject>).map(([name, field]) => {
    const { description, ...rest } = field;
    return [name, described.includes(name) ? { ...rest, description } : rest];
  });
  return { ...json, properties: Object.fromEntries(fields) as JsonObject };
}

/**
 * JSON Schema of a tool's structured content: the output, or `{error}`. Some clients validate failed results too, so a
 * schema of the output alone would turn every failure into a protocol error there. The first field tells the two apart; that
 * the others are there as well is the contract's word.
 */
export function outputJson(schema: z.ZodObject): JsonObject {
  const { type, properties, required } = pruned(compact(schema, bareEnum)) as {
    type: string;
    properties: JsonObject;
    required: string[];
  };
  return {
    type,
    properties: { ...properties, error: ERROR_JSON },
    anyOf: [{ required: required.slice(0, 1) }, { required: ["error"] }],
  };
}

/** The field `task` as a choice among the tasks of this service, so that a model sees what there is. */
export function withTaskIds(json: JsonObject, service: Service): JsonObject {
  const properties = json["properties"] as Record<string, JsonObject>;
  const { task } = properties;
  if (task === undefined) return json;
  const ids = service.policy().map(({ task: id }) => id);
  const auto = "auto" in task ? [] : ["auto"];
  return { ...json, properties: { ...properties, task: { ...task, enum: [...auto, ...ids] } } };
}

/** Its code and message are what every agent sees when it comes: seven tools would list them. */
const ERROR_JSON = { type: "object" };

/** Without what says nothing to a client: every listing pays for each byte. Output objects stay open for later fields. */
function compact(schema: z.ZodObject, shorten: (json: JsonObject) => void = () => undefined): JsonObject {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema }) => {
      delete jsonSchema.propertyNames;
      if (isEmptyObject(jsonSchema.additionalProperties)) delete jsonSchema.additionalProperties;
      showShort(jsonSchema);
      shorten(jsonSchema);
    },
  });
  return json;
}

/** A part that says itself how it is listed (`listedAs` in its metadata): clients know its long form from elsewhere. */
function showShort(json: JsonObject): void {
  const short = json["listedAs"];
  if (short === undefined) return;
  for (const key of Object.keys(json)) Reflect.deleteProperty(json, key);
  Object.assign(json, short);
}

/** Of what comes back, an agent needs to know what there is, two levels deep; the rest it sees when it comes. */
const OUTPUT_LEVELS = 2;

function pruned(json: JsonObject, level = 0): JsonObject {
  const { properties, items, required, ...rest } = json;
  if (items !== undefined) return { ...rest, items: pruned(items as JsonObject, level) };
  if (properties === undefined) return rest;
  if (level >= OUTPUT_LEVELS) return rest;
  const inner = Object.entries(properties as Record<string, JsonObject>);
  return {
    ...rest,
    properties: Object.fromEntries(inner.map(([name, each]) => [name, pruned(each, level + 1)])),
    ...(level === 0 ? { required } : {}),
  };
}

/** Its values say that an enum is of strings. (Arguments keep the type: some vendors' function schemas ask for it.) */
function bareEnum(json: JsonObject): void {
  if (json["enum"] !== undefined) delete json["type"];
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
