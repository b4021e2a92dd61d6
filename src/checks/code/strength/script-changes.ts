import { changesBy, numberEdit, operatorEdit, textEdits, type Edit } from "./edits.ts";

interface Node extends Readonly<Record<string, unknown>> {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Small changes of a script, each of which examples that say enough would notice. */
export async function scriptChanges(code: string): Promise<readonly string[]> {
  const { parse } = await import("@babel/parser");
  const { program } = parse(code, {
    sourceType: "unambiguous",
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
  });
  const edits: (Edit | null)[] = [];
  const open: unknown[] = [program.body];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (Array.isArray(each)) open.push(...(each as readonly unknown[]));
    if (typeof each !== "object" || each === null || !("type" in each)) continue;
    const node = each as Node;
    for (const [key, value] of Object.entries(node))
      if (key !== "loc" && typeof value === "object" && value !== null) open.push(value);
    edits.push(...editsOf(node, code));
  }
  return changesBy(code, edits);
}

function editsOf(node: Node, code: string): readonly (Edit | null)[] {
  const { type, start, end } = node;
  const child = (key: string): Node => node[key] as Node;
  switch (type) {
    case "BinaryExpression":
    case "LogicalExpression":
    case "AssignmentExpression": {
      const operator = String(node["operator"]);
      const at = code.indexOf(operator, child("left").end);
      return at < child("right").start ? [operatorEdit(operator, at)] : [];
    }
    case "NumericLiteral":
      return [numberEdit(code.slice(start, end), start)];
    case "StringLiteral":
      return textEdits(start + 1, end - 1);
    case "BooleanLiteral":
      return [{ from: start, to: end, text: node["value"] === true ? "false" : "true" }];
    case "IfStatement":
    case "ConditionalExpression":
      return ["true", "false"].map((text) => ({ from: child("test").start, to: child("test").end, text }));
    case "UnaryExpression":
      return node["operator"] === "!" || node["operator"] === "-" ? [{ from: start, to: start + 1, text: "" }] : [];
    case "ExpressionStatement":
      return [{ from: start, to: end, text: ";" }];
    default:
      return [];
  }
}
