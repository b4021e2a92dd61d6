import { UNITS } from "./constants.ts";
import { isNode, nodeIn, nodesIn, referenceOf, textIn, type SolcNode } from "../solidity/solc-ast.ts";

/** The meaning of a declaration, by its id. */
export type Meaning = (declaration: number) => string | null;

const WHOLE = /^\d{1,78}$/;
const FLIPPED: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    "<": ">=",
    ">": "<=",
    "<=": ">",
    ">=": "<",
    "==": "!=",
    "!=": "==",
  }),
);

/** An expression so that common rewritings of it come out the same: brackets, conversions, sides of a comparison. */
export function normal(node: SolcNode | null, meaning: Meaning): string {
  if (node === null) return "";
  switch (node.nodeType) {
    case "Identifier": {
      const declaration = referenceOf(node);
      return (declaration === null ? null : meaning(declaration)) ?? textIn(node, "name");
    }
    case "Literal":
      return literal(node);
    case "MemberAccess":
      return `${normal(nodeIn(node, "expression"), meaning)}.${textIn(node, "memberName")}`;
    case "IndexAccess":
      return `${normal(nodeIn(node, "baseExpression"), meaning)}[${normal(nodeIn(node, "indexExpression"), meaning)}]`;
    case "TupleExpression":
      return nodesIn(node, "components")
        .map((each) => normal(each, meaning))
        .join(",");
    case "UnaryOperation":
      if (textIn(node, "operator") === "!") return negated(nodeIn(node, "subExpression"), meaning);
      return `${textIn(node, "operator")}${normal(nodeIn(node, "subExpression"), meaning)}`;
    case "BinaryOperation": {
      const [left, right] = [
        normal(nodeIn(node, "leftExpression"), meaning),
        normal(nodeIn(node, "rightExpression"), meaning),
      ];
      return binary(textIn(node, "operator"), left, right);
    }
    case "FunctionCall": {
      const parts = nodesIn(node, "arguments").map((each) => normal(each, meaning));
      if (textIn(node, "kind") === "typeConversion") return parts.join(",");
      return `${normal(nodeIn(node, "expression"), meaning)}(${parts.join(",")})`;
    }
    default:
      return node.nodeType;
  }
}

/** The negation of the expression. */
export function negated(node: SolcNode | null, meaning: Meaning): string {
  const inner = unwrapped(node);
  const flipped = inner?.nodeType === "BinaryOperation" ? FLIPPED.get(textIn(inner, "operator")) : undefined;
  if (inner !== null && flipped !== undefined) {
    return binary(
      flipped,
      normal(nodeIn(inner, "leftExpression"), meaning),
      normal(nodeIn(inner, "rightExpression"), meaning),
    );
  }
  if (inner?.nodeType === "UnaryOperation" && textIn(inner, "operator") === "!")
    return normal(nodeIn(inner, "subExpression"), meaning);
  return `!${normal(inner, meaning)}`;
}

/** The conditions of which all must hold. */
export function atomsOf(node: SolcNode | null, isNegated: boolean, meaning: Meaning): readonly string[] {
  const inner = unwrapped(node);
  if (inner === null) return [];
  if (inner.nodeType === "UnaryOperation" && textIn(inner, "operator") === "!") {
    return atomsOf(nodeIn(inner, "subExpression"), !isNegated, meaning);
  }
  if (inner.nodeType === "BinaryOperation" && textIn(inner, "operator") === (isNegated ? "||" : "&&")) {
    return [nodeIn(inner, "leftExpression"), nodeIn(inner, "rightExpression")].flatMap((each) =>
      atomsOf(each, isNegated, meaning),
    );
  }
  return [isNegated ? negated(inner, meaning) : normal(inner, meaning)];
}

export function unwrapped(node: SolcNode | null): SolcNode | null {
  let inner = node;
  while (inner?.nodeType === "TupleExpression") {
    const parts = inner["components"];
    if (!Array.isArray(parts) || parts.length !== 1 || !isNode(parts[0])) break;
    inner = parts[0];
  }
  return inner;
}

/** A comparison or sum so that its ways of being written come out the same. */
export function binary(operator: string, left: string, right: string): string {
  if (operator === ">") return binary("<", right, left);
  if (operator === ">=") return binary("<=", right, left);
  // Of unsigned numbers.
  if (operator === "<=" && WHOLE.test(right)) return binary("<", left, (BigInt(right) + 1n).toString());
  if (operator === "<=" && WHOLE.test(left) && left !== "0") return binary("<", (BigInt(left) - 1n).toString(), right);
  if (operator === "<" && left === "0") return `${right} != 0`;
  if (["==", "!=", "+", "*", "&&", "||"].includes(operator) && (left > right || left === "0")) {
    return `${right} ${operator} ${left}`;
  }
  return `${left} ${operator} ${right}`;
}

/** Whole numbers in full, in any unit. */
function literal(node: SolcNode): string {
  const value = textIn(node, "value").replaceAll("_", "");
  const name = textIn(node, "subdenomination");
  const unit = name === "" ? 1n : UNITS.get(name);
  const found = /^(0x[0-9a-fA-F]{1,64}|\d{1,78})(?:e(\d{1,2}))?$/.exec(value);
  if (textIn(node, "kind") !== "number" || found === null || unit === undefined) return value;
  return (BigInt(found[1] ?? 0) * 10n ** BigInt(found[2] ?? 0) * unit).toString();
}
