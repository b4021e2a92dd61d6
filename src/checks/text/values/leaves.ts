/** One value of an extraction. */
export interface Leaf {
  /** Name of its field; of a list's entry, the list's. */
  readonly key: string;
  readonly path: string;
  readonly value: string | number | boolean | null;
  /** Its part of the schema; `{}`: none. */
  readonly schema: LeafSchema;
}

export interface LeafSchema {
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
}

type Json = Readonly<Record<string, unknown>>;

const MAX_LEAVES = 3_000;
const MAX_DEPTH = 30;

/** The values of JSON, each with its part of the schema where `properties` and `items` lead to one. `null`: too many. */
export function leavesOf(json: unknown, schema: Json | null): readonly Leaf[] | null {
  const leaves: Leaf[] = [];
  const isWhole = collect(json, schema ?? {}, { key: "", path: "" }, leaves, 0);
  return isWhole ? leaves : null;
}

function collect(
  value: unknown,
  schema: Json,
  { key, path }: Pick<Leaf, "key" | "path">,
  leaves: Leaf[],
  depth: number,
): boolean {
  if (depth > MAX_DEPTH || leaves.length >= MAX_LEAVES) return false;
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).every((each, at) =>
      collect(each, part(schema, "items"), { key, path: `${path}[${at}]` }, leaves, depth + 1),
    );
  }
  if (typeof value === "object" && value !== null) {
    const properties = part(schema, "properties");
    return Object.entries(value).every(([name, inner]) =>
      collect(
        inner,
        part(properties, name),
        { key: name, path: path === "" ? name : `${path}.${name}` },
        leaves,
        depth + 1,
      ),
    );
  }
  leaves.push({ key, path, value: value as Leaf["value"], schema });
  return true;
}

function part(schema: Json, name: string): Json {
  const inner = Object.hasOwn(schema, name) ? schema[name] : undefined;
  return typeof inner === "object" && inner !== null ? (inner as Json) : {};
}
