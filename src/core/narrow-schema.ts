import type { DialectRules } from "./schema-dialects.ts";

type JsonFields = Readonly<Record<string, unknown>>;

/** What a vendor's form cannot say, in words that name the keyword. */
export class Inexpressible extends Error {
  override readonly name = "Inexpressible";
}

/**
 * A JSON Schema in a vendor's form. Every answer that the schema allows is allowed by the form too, but for properties that the schema
 * does not name. Throws `Inexpressible`.
 */
export function narrowSchema(schema: JsonFields, rules: DialectRules): JsonFields {
  if (rules.rootIsObject && (typesOf(schema)?.join() !== "object" || "anyOf" in schema || "oneOf" in schema)) {
    throw new Inexpressible("the answer as a whole is not an object");
  }
  const defs = { ...recordIn(schema, "definitions"), ...recordIn(schema, "$defs") };
  if (!rules.recursive) refuseCycles(schema, defs);
  const narrowed = narrow(schema, rules, defs);
  const names = Object.keys(defs);
  if (names.length === 0) return narrowed;
  const narrowedDefs = Object.entries(defs).map(([name, each]) => [name, narrow(each, rules, defs)] as const);
  return { ...narrowed, $defs: Object.fromEntries(narrowedDefs) };
}

/** Keywords without which the form would refuse answers that the schema allows, or could not be written. */
const UNSAYABLE = ["$dynamicRef", "$recursiveRef", "patternProperties"];

function narrow(schema: unknown, rules: DialectRules, defs: JsonFields): JsonFields {
  if (!isNode(schema)) throw new Inexpressible("a place where any value may stand");
  const keyword = UNSAYABLE.find((each) => each in schema);
  if (keyword !== undefined) throw new Inexpressible(keyword);
  if ("$ref" in schema) return { $ref: referenceIn(schema, rules, defs) };
  const notes = pick(schema, rules, (key) => key === "title" || key === "description");
  if ("enum" in schema || "const" in schema) return { ...literalsOf(schema, rules), ...notes };
  if ("allOf" in schema) return narrow(only(schema), rules, defs);
  const choices = schema["anyOf"] ?? schema["oneOf"];
  if (choices !== undefined) {
    if ("properties" in schema || "items" in schema) throw new Inexpressible("anyOf beside properties or items");
    return { ...notes, anyOf: listOf(choices).map((each) => narrow(each, rules, defs)) };
  }
  const types = typesOf(schema);
  if (types === null) throw new Inexpressible("a place where any value may stand");
  return {
    type: types.length === 1 ? types[0] : types,
    ...notes,
    ...(types.includes("object") ? objectOf(schema, rules, defs) : {}),
    ...(types.includes("array") ? arrayOf(schema, rules, defs) : {}),
    ...pick(schema, rules, (key) => types.some((type) => BY_TYPE.get(type)?.has(key) === true)),
  };
}

const NUMERIC = new Set(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]);
const BY_TYPE: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["string", new Set(["pattern", "format"])],
  ["number", NUMERIC],
  ["integer", NUMERIC],
  ["array", new Set(["minItems", "maxItems"])],
]);

/** The plain keywords of a schema that the form knows. */
function pick(schema: JsonFields, rules: DialectRules, isDue: (key: string) => boolean): JsonFields {
  return Object.fromEntries(
    Object.entries(schema).filter(([key, value]) => isDue(key) && rules.keeps.has(key) && isKnown(key, value, rules)),
  );
}

function isKnown(key: string, value: unknown, rules: DialectRules): boolean {
  if (key === "format") return rules.formats.has(String(value));
  // Vendors compile patterns to a grammar: what looks around or back has none.
  if (key === "pattern") return typeof value === "string" && !/\(\?|\\[1-9bBk]/.test(value);
  if (key === "minItems" && rules.onlySmallMinItems) return value === 0 || value === 1;
  return typeof value === "string" || typeof value === "number";
}

function objectOf(schema: JsonFields, rules: DialectRules, defs: JsonFields): JsonFields {
  const properties = recordIn(schema, "properties");
  const others = schema["additionalProperties"];
  const isOpen = others !== undefined && others !== false;
  const names = Object.keys(properties);
  const required = listOf(schema["required"] ?? []).filter((name) => typeof name === "string");
  const narrowed = Object.fromEntries(names.map((name) => [name, narrow(properties[name], rules, defs)]));
  if (rules.closes) {
    if (isOpen) throw new Inexpressible("additionalProperties");
    if (names.length === 0 && others !== false) throw new Inexpressible("an object without properties");
    if (required.some((name) => !names.includes(name))) throw new Inexpressible("a required property without a schema");
    if (rules.requiresAll && names.some((name) => !required.includes(name))) {
      throw new Inexpressible("a property that may be left out");
    }
  }
  return {
    ...(names.length === 0 && !rules.closes ? {} : { properties: narrowed }),
    ...(required.length === 0 && !rules.requiresAll ? {} : { required }),
    ...(rules.closes ? { additionalProperties: false } : {}),
    ...(!rules.closes && isOpen
      ? { additionalProperties: others === true ? true : narrow(others, rules, defs) }
      : !rules.closes && others === false
        ? { additionalProperties: false }
        : {}),
  };
}

function arrayOf(schema: JsonFields, rules: DialectRules, defs: JsonFields): JsonFields {
  const { items, prefixItems } = schema;
  if (Array.isArray(items)) throw new Inexpressible("a list of items");
  if (prefixItems !== undefined && !rules.tuples) throw new Inexpressible("prefixItems");
  if (items === undefined && prefixItems === undefined) throw new Inexpressible("an array without items");
  return {
    ...(prefixItems === undefined ? {} : { prefixItems: listOf(prefixItems).map((each) => narrow(each, rules, defs)) }),
    ...(items === undefined || typeof items === "boolean" ? {} : { items: narrow(items, rules, defs) }),
  };
}

/** The values that may stand here, with their types: some vendors want a type everywhere. */
function literalsOf(schema: JsonFields, rules: DialectRules): JsonFields {
  const values = "const" in schema ? [schema["const"]] : listOf(schema["enum"]);
  const types = [...new Set(values.map(typeOf))];
  if (types.includes("other") || values.length === 0) throw new Inexpressible("an enum of objects or arrays");
  const type = types.length === 1 ? types[0] : types;
  if (!rules.hasConst) {
    // Gemini's lists hold texts and numbers; of others the type says nearly as much.
    return types.every((each) => each === "string" || each === "number") ? { type, enum: values } : { type };
  }
  return "const" in schema ? { type, const: schema["const"] } : { type, enum: values };
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" ? "other" : typeof value;
}

/** The one schema of `allOf`, when nothing beside it says more. */
function only(schema: JsonFields): unknown {
  const { allOf, ...rest } = schema;
  const list = listOf(allOf);
  const isAlone =
    list.length === 1 && Object.keys(rest).every((key) => /^(?:title|description|\$.*|definitions)$/.test(key));
  if (!isAlone) throw new Inexpressible("allOf");
  return list[0];
}

function referenceIn(schema: JsonFields, rules: DialectRules, defs: JsonFields): string {
  const reference = String(schema["$ref"]);
  if (reference === "#" && rules.recursive) return reference;
  const name = nameOf(reference);
  if (name === null || !Object.hasOwn(defs, name)) throw new Inexpressible("a $ref to another place than $defs");
  return `#/$defs/${name}`;
}

function nameOf(reference: string): string | null {
  // An escaped name would have to be read as one; it is rare, and goes in the prompt.
  return /^#\/(?:\$defs|definitions)\/([\w.-]+)$/.exec(reference)?.[1] ?? null;
}

function refuseCycles(schema: JsonFields, defs: JsonFields): void {
  const open = new Set<string>();
  const done = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "$defs" || key === "definitions") continue;
      const name = key === "$ref" && typeof inner === "string" ? (inner === "#" ? "#" : nameOf(inner)) : null;
      if (name === null) visit(inner);
      else if (open.has(name)) throw new Inexpressible("a $ref within what it refers to");
      else if (!done.has(name)) enter(name, defs[name]);
    }
  };
  const enter = (name: string, value: unknown): void => {
    open.add(name);
    visit(value);
    open.delete(name);
    done.add(name);
  };
  enter("#", schema);
}

/** The types of a schema, also where its other keywords show them; `null`: any. */
function typesOf(schema: JsonFields): readonly string[] | null {
  const { type } = schema;
  if (typeof type === "string") return [type];
  if (Array.isArray(type) && type.length > 0) return (type as readonly unknown[]).map(String);
  return "properties" in schema ? ["object"] : "items" in schema ? ["array"] : null;
}

function recordIn(schema: JsonFields, key: string): JsonFields {
  const value = schema[key];
  return isNode(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function isNode(value: unknown): value is JsonFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
