import { randomUUID } from "node:crypto";
import { hasError, type SyntaxNode } from "../read/definitions.ts";

/** A criterion in Python, made ready so that it cannot hold without having asserted anything. */
export type PreparedCriterion =
  | { readonly kind: "ready"; readonly snippets: readonly string[]; readonly mark: string }
  | { readonly kind: "unmade"; readonly reason: string }
  /** The grammar does not know it: the interpreter has to say whether it is Python. */
  | { readonly kind: "unknown" };

const NOTHING = "the criterion asserts nothing";
const COMPARISONS: ReadonlySet<string> = new Set(["CompareOp", "in", "is", "not", "and", "or"]);
const BROAD = /^$|\b(?:Base)?Exception\b|\bAssertionError\b/;

/**
 * Calls the tests that the criterion defines, and has each assertion leave a trace when it has held: without any, the last line
 * raises. A lone comparison is judged by its truth.
 */
export async function preparedCriterion(statements: string): Promise<PreparedCriterion> {
  const { parser } = await import("@lezer/python");
  const top: SyntaxNode & Parameters<typeof hasError>[0] = parser.parse(statements).topNode;
  if (hasError(top)) return { kind: "unknown" };
  const body = childrenOf(top).filter(({ name }) => name !== "Comment");
  const mark = `asserted_${randomUUID().replaceAll("-", "")}`;
  const trace = `${mark}.append(1)`;
  const [only] = body;
  if (body.length === 1 && only?.name === "ExpressionStatement" && isComparison(only.firstChild)) {
    const lone = `assert (${statements.slice(only.from, only.to)}\n); ${trace}\n`;
    return { kind: "ready", snippets: [`${mark} = []`, lone], mark };
  }
  const inserted: [at: number, text: string][] = [];
  const lineStart = (at: number): string | null => /(?:^|\n)([ \t]*)$/.exec(statements.slice(0, at))?.[1] ?? null;
  const before = (node: SyntaxNode): void => {
    const indent = lineStart(node.from);
    inserted.push([node.from, indent === null ? `${trace}; ` : `${trace}\n${indent}`]);
  };
  let isTuple = false;
  const visit = (node: SyntaxNode): void => {
    const children = childrenOf(node);
    if (node.name === "AssertStatement") {
      isTuple ||= children.some(({ name }, at) => name === "TupleExpression" && at <= 1);
      if (holds(node, "VariableName")) inserted.push([node.to, `; ${trace}`]);
    } else if (node.name === "IfStatement") {
      const raises = children.some(
        (each) => each.name === "Body" && childrenOf(each).some(({ name }) => name === "RaiseStatement"),
      );
      if (raises && lineStart(node.from) !== null) before(node);
    } else if (node.name === "TryStatement") {
      const tried = children.find(({ name }) => name === "Body");
      const isJudged = (each: SyntaxNode): boolean => holds(each, "AssertStatement") || holds(each, "RaiseStatement");
      for (const [at, handler] of children.entries()) {
        if (handler.name !== "except" || !isJudged(node)) continue;
        const handling = children.slice(at).find(({ name }) => name === "Body");
        const first = handling === undefined ? undefined : childrenOf(handling)[1];
        if (handling === undefined || first === undefined) continue;
        // One that catches its own failure has asserted nothing.
        const isBroad = BROAD.test(statements.slice(handler.to, handling.from).trim());
        if (!isBroad || tried === undefined || !isJudged(tried)) before(first);
      }
    }
    children.forEach(visit);
  };
  visit(top);
  if (isTuple) return { kind: "unmade", reason: "the criterion asserts a tuple, which is always true" };
  if (inserted.length === 0) return { kind: "unmade", reason: NOTHING };
  let source = statements;
  for (const [at, text] of inserted.toSorted(([a], [b]) => b - a))
    source = source.slice(0, at) + text + source.slice(at);
  const calls = body.flatMap((node) => callOfTest(node, statements));
  const last = `if not ${mark}: raise LookupError('${mark}')`;
  return { kind: "ready", snippets: [`${mark} = []`, [source, ...calls, last, ""].join("\n")], mark };
}

/** No assertion was come to. */
export const assertsNothing = { kind: "unmade", reason: `${NOTHING} when it is run` } as const;

function callOfTest(node: SyntaxNode, source: string): readonly string[] {
  if (node.name !== "FunctionDefinition") return [];
  const found = /^(async\s+)?def\s+(test\w*)\s*\(\s*\)/.exec(source.slice(node.from, node.to));
  if (found === null) return [];
  return found[1] === undefined ? [`${found[2]}()`] : ["import asyncio", `asyncio.run(${found[2]}())`];
}

function isComparison(node: SyntaxNode | null): boolean {
  if (node === null) return false;
  const children = childrenOf(node);
  if (node.name === "ParenthesizedExpression") return isComparison(children[1] ?? null);
  const operator = children[node.name === "UnaryExpression" ? 0 : 1]?.name ?? "";
  return /^(?:Unary|Binary)Expression$/.test(node.name) && COMPARISONS.has(operator);
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

function holds(node: SyntaxNode, name: string): boolean {
  return childrenOf(node).some((child) => child.name === name || holds(child, name));
}
