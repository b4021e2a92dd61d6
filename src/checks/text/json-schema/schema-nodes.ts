import type { JsonSchema } from "./schema-text.ts";

/** Keywords that hold schemas by name. */
const BY_NAME = /^(?:properties|patternProperties|\$defs|definitions|dependentSchemas)$/;
/** Keywords that are a schema, or a list of them. */
const BY_VALUE =
  /^(?:items|prefixItems|additionalItems|unevaluatedItems|contains|additionalProperties|unevaluatedProperties|propertyNames|not|if|then|else|allOf|anyOf|oneOf)$/;

/** Whether a keyword holds schemas by names of the writer. */
export function holdsNames(keyword: string): boolean {
  return BY_NAME.test(keyword);
}

/** Whether a keyword is a schema, or a list of them. */
export function holdsSchemas(keyword: string): boolean {
  return BY_VALUE.test(keyword);
}

/** A schema within a schema, with its JSON Pointer. */
export interface SubSchema {
  readonly schema: JsonSchema;
  readonly pointer: string;
}

/** A schema and every schema within it. */
export function* schemaNodes(root: JsonSchema): Generator<SubSchema> {
  const open: (readonly [value: unknown, pointer: string])[] = [[root, ""]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, pointer] = next;
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) {
      for (const [index, inner] of (value as readonly unknown[]).entries()) open.push([inner, `${pointer}/${index}`]);
      continue;
    }
    const schema = value as JsonSchema;
    yield { schema, pointer };
    for (const [keyword, inner] of Object.entries(schema)) {
      const at = `${pointer}/${keyword}`;
      if (holdsSchemas(keyword)) open.push([inner, at]);
      else if (holdsNames(keyword) && typeof inner === "object" && inner !== null)
        for (const [name, each] of Object.entries(inner)) open.push([each, `${at}/${escaped(name)}`]);
    }
  }
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
