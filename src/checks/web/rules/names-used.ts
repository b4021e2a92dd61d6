import { isNode, nodesWithin, type ScriptNode } from "../read/script.ts";

/** The names of a script, without scopes: what is declared anywhere counts as declared everywhere. */
export interface NamesUsed {
  /** Names in any place other than a call or a listener, and the texts of strings. */
  readonly known: ReadonlySet<string>;
  /** Plain names that are called, at once or as a listener. */
  readonly calls: readonly { readonly name: string; readonly line: number }[];
}

const recent = new WeakMap<ScriptNode, NamesUsed>();
/** Functions that take a function as an argument, and which one. */
const TAKES_FUNCTION: ReadonlyMap<string, number> = new Map([
  ["addEventListener", 1],
  ["setTimeout", 0],
  ["setInterval", 0],
  ["requestAnimationFrame", 0],
]);

/** Reads the names of a script's tree. */
export function namesIn(program: ScriptNode): NamesUsed {
  const before = recent.get(program);
  if (before !== undefined) return before;
  const known = new Set<string>();
  const calls: { name: string; line: number }[] = [];
  const called = new Set<unknown>();
  // A node comes before what is in it.
  for (const node of nodesWithin(program)) {
    for (const each of calledBy(node)) {
      called.add(each);
      calls.push({ name: String(each["name"]), line: each.loc?.start.line ?? 1 });
    }
    if (node.type === "Identifier" && !called.has(node)) known.add(String(node["name"]));
    else if (node.type === "StringLiteral") known.add(String(node["value"]));
  }
  const names = { known, calls };
  recent.set(program, names);
  return names;
}

/** The plain names that a node calls or has called: `f()`, `setTimeout(f)`, `x.onclick = f`, `onClick={f}`. */
function calledBy(node: ScriptNode): readonly ScriptNode[] {
  const found: unknown[] = [];
  if (node.type === "CallExpression" && isNode(node["callee"])) {
    const callee = node["callee"];
    const name = String(callee["name"] ?? (callee["property"] as ScriptNode | undefined)?.["name"]);
    const position = TAKES_FUNCTION.get(name);
    found.push(callee, position === undefined ? null : (node["arguments"] as readonly unknown[])[position]);
  } else if (node.type === "AssignmentExpression" && isNode(node["left"])) {
    const property = node["left"]["property"] as ScriptNode | undefined;
    if (/^on[a-z]+$/.test(String(property?.["name"]))) found.push(node["right"]);
  } else if (node.type === "JSXAttribute" && /^on[A-Z]/.test(String((node["name"] as ScriptNode)["name"]))) {
    if (isNode(node["value"])) found.push(node["value"]["expression"]);
  }
  return found.filter((each): each is ScriptNode => isNode(each) && each.type === "Identifier");
}
