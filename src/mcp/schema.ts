import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import { z } from "zod";

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

/** JSON Schema of a tool's arguments. */
export function inputJson(schema: z.ZodObject): JsonObject {
  return compact(schema);
}

/**
 * JSON Schema of a tool's structured content: the output, or `{error}`. Some clients validate failed results too, so a
 * schema of the output alone would turn every failure into a protocol error there.
 */
export function outputJson(schema: z.ZodObject): JsonObject {
  const { type, properties, required } = compact(schema, bareEnum) as {
    type: string;
    properties: JsonObject;
    required: string[];
  };
  return { type, properties: { ...properties, error: ERROR_JSON }, anyOf: [{ required }, { required: ["error"] }] };
}

const ERROR_JSON = {
  type: "object",
  properties: {
    code: { type: "string" },
    message: { type: "string" },
    attempts: { type: "array" },
    cost_usd: { type: "number" },
    retry_after_ms: { type: "number" },
    route_id: { type: "string" },
  },
  required: ["code", "message"],
};

/** Without what says nothing to a client: every listing pays for each byte. Output objects stay open for later fields. */
function compact(schema: z.ZodObject, shorten: (json: JsonObject) => void = () => undefined): JsonObject {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema }) => {
      delete jsonSchema.propertyNames;
      if (isEmptyObject(jsonSchema.additionalProperties)) delete jsonSchema.additionalProperties;
      shorten(jsonSchema);
    },
  });
  return json;
}

/** Its values say that an enum is of strings. (Arguments keep the type: some vendors' function schemas ask for it.) */
function bareEnum(json: JsonObject): void {
  if (json["enum"] !== undefined) delete json["type"];
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
