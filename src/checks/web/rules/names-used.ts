import { isNode, nodesWithin, type ScriptNode } from "../read/script.ts";

/** The names of a script, without scopes: what is declared anywhere counts as declared everywhere. */
export interface NamesUsed {
  /** Names that stand somewhere other than in front of a call's brackets, and texts of strings. */
  readonly known: ReadonlySet<string>;
  /** Calls of plain names. */
  readonly calls: readonly { readonly name: string; readonly line: number }[];
}

const recent = new WeakMap<ScriptNode, NamesUsed>();

/** Reads the names of a script's tree. */
export function namesIn(program: ScriptNode): NamesUsed {
  const before = recent.get(program);
  if (before !== undefined) return before;
  const known = new Set<string>();
  const calls: { name: string; line: number }[] = [];
  const callees = new Set<unknown>();
  for (const node of nodesWithin(program)) {
    if (node.type === "CallExpression" && isNode(node["callee"]) && node["callee"].type === "Identifier") {
      callees.add(node["callee"]);
      calls.push({ name: String(node["callee"]["name"]), line: node.loc?.start.line ?? 1 });
    } else if (node.type === "Identifier" && !callees.has(node)) known.add(String(node["name"]));
    else if (node.type === "StringLiteral") known.add(String(node["value"]));
  }
  const names = { known, calls };
  recent.set(program, names);
  return names;
}
