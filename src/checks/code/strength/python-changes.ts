import { changesBy, numberEdit, operatorEdit, textEdits, type Edit } from "./edits.ts";

/** Small changes of Python code, each of which examples that say enough would notice. */
export async function pythonChanges(code: string): Promise<readonly string[]> {
  const { parser } = await import("@lezer/python");
  const edits: (Edit | null)[] = [];
  parser.parse(code).iterate({
    enter: ({ name, from, to, node }) => {
      const parent = node.parent?.name;
      if (name === "ParamList" || name === "TypeDef" || name === "ImportStatement" || name === "Decorator")
        return false;
      if (name === "String") {
        // A docstring is no part of what the code does.
        if (parent !== "ExpressionStatement") edits.push(...ofString(code.slice(from, to), from));
        return false;
      }
      edits.push(...editsOf(name, code.slice(from, to), from, parent ?? ""));
      if (name === "IfStatement" || name === "ConditionalExpression") edits.push(...conditionEdits(node));
      return true;
    },
  });
  return changesBy(code, edits);
}

function editsOf(name: string, text: string, from: number, parent: string): readonly (Edit | null)[] {
  switch (name) {
    case "CompareOp":
    case "UpdateOp":
    case "and":
    case "or":
      return [operatorEdit(text, from)];
    case "ArithOp":
      return parent === "BinaryExpression" ? [operatorEdit(text, from)] : [{ from, to: from + text.length, text: "" }];
    case "BitOp":
      return [operatorEdit(text, from)];
    case "Number":
      return [numberEdit(text, from)];
    case "Boolean":
      return [{ from, to: from + text.length, text: text === "True" ? "False" : "True" }];
    case "not":
      return parent === "UnaryExpression" ? [{ from, to: from + text.length, text: "" }] : [];
    case "ExpressionStatement":
      return /^["'rRbBuUfF]/.test(text) ? [] : [{ from, to: from + text.length, text: "pass" }];
    default:
      return [];
  }
}

function ofString(text: string, from: number): readonly Edit[] {
  const open = /^[a-zA-Z]{0,2}("""|'''|["'])/.exec(text);
  if (open === null) return [];
  const inner = from + open[0].length;
  return textEdits(inner, from + text.length - (open[1]?.length ?? 1));
}

interface TreeNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: TreeNode | null;
  readonly nextSibling: TreeNode | null;
}

/** Conditions that always or never hold. */
function conditionEdits(node: TreeNode): readonly Edit[] {
  const edits: Edit[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    const condition = child.name === "if" || child.name === "elif" ? child.nextSibling : null;
    if (condition !== null)
      edits.push(...["True", "False"].map((text) => ({ from: condition.from, to: condition.to, text })));
  }
  return edits;
}
