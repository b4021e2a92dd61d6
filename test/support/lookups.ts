import { parse } from "@babel/parser";
import { readFileSync } from "node:fs";

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [key: string]: unknown;
}

/** `path:line code` of each look-up by a computed name in an object literal whose keys are any texts. */
export function openLookupsIn(path: string): readonly string[] {
  const source = readFileSync(path, "utf8");
  const program = parse(source, { sourceType: "module", plugins: ["typescript"] }).program as unknown as Syntax;
  const textOf = ({ start, end }: Syntax): string => source.slice(start, end);
  const tables = new Set<string>();
  const found: string[] = [];
  walk(program, (node) => {
    if (node.type !== "VariableDeclarator") return;
    const id = node["id"] as Syntax;
    const annotation = id["typeAnnotation"] as Syntax | undefined;
    if (annotation && /\bRecord<string,|\[\w+: string\]/.test(textOf(annotation))) tables.add(String(id["name"]));
  });
  walk(program, (node) => {
    if (!node.type.endsWith("MemberExpression") || node["computed"] !== true) return;
    const { name } = node["object"] as Syntax;
    const isLiteral = (node["property"] as Syntax).type.endsWith("Literal");
    if (!isLiteral && tables.has(String(name))) found.push(`${path}:${node.loc.start.line} ${textOf(node)}`);
  });
  return found;
}

function walk(node: Syntax, visit: (node: Syntax) => void): void {
  visit(node);
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc") continue;
    for (const each of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (typeof each === "object" && each !== null && "type" in each) walk(each as Syntax, visit);
    }
  }
}
