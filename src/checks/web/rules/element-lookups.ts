import { isNode, nodesWithin, type ScriptNode } from "../read/script.ts";

/** A lookup by a literal id whose result is used as if it were there. */
export interface Lookup {
  readonly id: string;
  readonly line: number;
}

/** The lookups of a script, and its other texts. */
export interface Lookups {
  readonly unguarded: readonly Lookup[];
  /** All texts except ids that are only looked up. With {@link ANY_ID}: the script composes ids at run time. */
  readonly texts: readonly string[];
}

/** Stands for an id that is known only at run time. */
export const ANY_ID = "\uE000";

type Helpers = ReadonlyMap<string, "id" | "selector">;

/** Reads the lookups of a script. */
export function lookupsIn(program: ScriptNode): Lookups {
  const nodes = [...nodesWithin(program)];
  const helpers = helpersIn(nodes);
  const idOf = (node: unknown): string | null => (isNode(node) ? idLookedUp(node, helpers) : null);
  const found: (Lookup & { readonly holder: string | null })[] = [];
  const texts: string[] = [];
  const ids = new Set<unknown>();
  for (const node of nodes) {
    const line = node.loc?.start.line ?? 1;
    if (idOf(node) !== null) ids.add((node["arguments"] as readonly unknown[])[0]);
    const inObject = node.type === "MemberExpression" ? idOf(node["object"]) : null;
    if (inObject !== null) found.push({ id: inObject, line, holder: null });
    for (const { holder, value } of holdersIn(node)) {
      const id = idOf(value);
      if (id !== null) found.push({ id, line, holder });
    }
    if (node.type === "StringLiteral" && !ids.has(node)) texts.push(String(node["value"]));
    if (node.type === "TemplateElement") texts.push((node["value"] as { readonly raw: string }).raw);
    if (setsUnknownId(node)) texts.push(ANY_ID);
  }
  const uses = usesOf(nodes);
  const unguarded = found.filter(({ holder }) => {
    const use = holder === null ? null : uses.get(holder);
    return use === null || (use !== undefined && use.other === 0 && use.asObject > 0);
  });
  return { unguarded, texts };
}

/** Own functions that do nothing but look an element up: `const $ = (id) => document.getElementById(id)`. */
function helpersIn(nodes: readonly ScriptNode[]): Helpers {
  const helpers = new Map<string, "id" | "selector">();
  for (const node of nodes) {
    const isFunction = node.type === "FunctionDeclaration";
    const made = isFunction ? node : node.type === "VariableDeclarator" ? node["init"] : null;
    const name = isNode(node["id"]) ? node["id"]["name"] : undefined;
    if (!isNode(made) || typeof name !== "string") continue;
    const call = made.type === "CallExpression" ? boundTo(made) : returned(made);
    const method = (call?.["property"] as ScriptNode | undefined)?.["name"];
    if (method === "getElementById") helpers.set(name, "id");
    if (method === "querySelector") helpers.set(name, "selector");
  }
  return helpers;
}

/** The method in `document.querySelector.bind(document)`. */
function boundTo({ callee }: ScriptNode): ScriptNode | null {
  const isBound = isNode(callee) && (callee["property"] as ScriptNode | undefined)?.["name"] === "bind";
  return isBound && isNode(callee["object"]) ? callee["object"] : null;
}

/** The method whose result a function of one statement gives back for its first parameter. */
function returned({ body, params }: ScriptNode): ScriptNode | null {
  const statements = isNode(body) && Array.isArray(body["body"]) ? (body["body"] as readonly ScriptNode[]) : [];
  const value = statements.length === 1 ? statements[0]?.["argument"] : body;
  if (!isNode(value) || value.type !== "CallExpression" || !isNode(value["callee"])) return null;
  const [parameter] = (params ?? []) as readonly ScriptNode[];
  const [argument] = value["arguments"] as readonly ScriptNode[];
  return parameter !== undefined && argument?.["name"] === parameter["name"] ? value["callee"] : null;
}

/** The id of `document.getElementById("…")`, `document.querySelector("#…")` or a helper's call. */
function idLookedUp(node: ScriptNode, helpers: Helpers): string | null {
  const { callee } = node;
  const given = (node["arguments"] ?? []) as readonly ScriptNode[];
  const [argument] = given;
  if (node.type !== "CallExpression" || !isNode(callee) || argument?.type !== "StringLiteral") return null;
  const value = String(argument["value"]);
  const method =
    callee.type === "MemberExpression" && (callee["object"] as ScriptNode)["name"] === "document"
      ? (callee["property"] as ScriptNode)["name"]
      : null;
  const kind = given.length === 1 ? helpers.get(String(callee["name"])) : undefined;
  if (method === "getElementById" || kind === "id") return value;
  if (method !== "querySelector" && kind !== "selector") return null;
  return /^#([\w-]+)$/.exec(value)?.[1] ?? null;
}

/** Variables, and members of objects, that hold a value: `const a = …`, `const els = { a: … }`. */
function holdersIn(node: ScriptNode): readonly { readonly holder: string; readonly value: unknown }[] {
  const { id, init } = node;
  if (node.type !== "VariableDeclarator" || !isNode(id) || id.type !== "Identifier" || !isNode(init)) return [];
  const name = String(id["name"]);
  if (init.type !== "ObjectExpression") return [{ holder: name, value: init }];
  return (init["properties"] as readonly ScriptNode[]).flatMap((each) => {
    const key = each["key"] as ScriptNode | undefined;
    return key?.type === "Identifier" ? [{ holder: `${name}.${String(key["name"])}`, value: each["value"] }] : [];
  });
}

interface ElementUse {
  /** How often a member of it is used directly. */
  asObject: number;
  /** How often it is compared, passed on, or used in another way that may test whether it exists. */
  other: number;
}

/** How names, and members of names, are used. Members of the same name elsewhere count as other uses. */
function usesOf(nodes: readonly ScriptNode[]): ReadonlyMap<string, ElementUse> {
  const uses = new Map<string, ElementUse>();
  const count = (name: string, kind: keyof ElementUse): void => {
    const use = uses.get(name) ?? { asObject: 0, other: 0 };
    uses.set(name, use);
    use[kind] += 1;
  };
  const objects = new Set<unknown>();
  const declared = new Set<unknown>();
  const loose = new Set<string>();
  const paths: { readonly node: ScriptNode; readonly path: string }[] = [];
  for (const node of nodes) {
    if (node.type === "MemberExpression") objects.add(node["object"]);
    if (node.type === "VariableDeclarator") declared.add(node["id"]);
    const path = pathOf(node);
    if (path !== null) paths.push({ node, path });
    if (node.type !== "Identifier" || declared.has(node)) continue;
    count(String(node["name"]), objects.has(node) ? "asObject" : "other");
    if (!objects.has(node)) loose.add(String(node["name"]));
  }
  for (const { node, path } of paths) {
    const isSafe = loose.has(path.split(".")[0] ?? "");
    count(path, objects.has(node) && !isSafe ? "asObject" : "other");
  }
  return uses;
}

/** `a.b`, where both are plain names. */
function pathOf({ type, object, property, computed }: ScriptNode): string | null {
  if (type !== "MemberExpression" || computed === true || !isNode(object) || !isNode(property)) return null;
  return object.type === "Identifier" ? `${String(object["name"])}.${String(property["name"])}` : null;
}

/** `x.id = …` with something other than a literal. */
function setsUnknownId({ type, left, right }: ScriptNode): boolean {
  if (type !== "AssignmentExpression" || !isNode(left) || !isNode(right)) return false;
  return (left["property"] as ScriptNode | undefined)?.["name"] === "id" && right.type !== "StringLiteral";
}
