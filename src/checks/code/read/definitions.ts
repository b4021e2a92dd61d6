/**
 * Python code without what it does at its top beside defining: prints, loops, tests, questions to a user. How the code shows itself
 * off is no matter of its functions, and would only stop at what a sandbox does not have.
 */
export async function definitionsOf(code: string): Promise<string> {
  const { parser } = await import("@lezer/python");
  const tree = parser.parse(code);
  if (hasError(tree.topNode)) return code;
  const parts: string[] = [];
  const kept = new Set<string>();
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    const text = code.slice(node.from, node.to);
    const isKept =
      /^(?:FunctionDefinition|ClassDefinition|DecoratedStatement|ImportStatement|TryStatement|TypeDefinition)$/.test(
        node.name,
      ) ||
      (node.name === "AssignStatement" && !/\b(?:input|open|print)\s*\(/.test(text)) ||
      (node.name === "IfStatement" && !/^if\s+__name__/.test(text) && /\b(?:def|class|import)\b/.test(text));
    if (isKept) for (const [, name = ""] of text.matchAll(/^(\w+)\s*(?::[^=\n]+)?=(?!=)/g)) kept.add(name);
    const fills = node.name === "ForStatement" && isFilling(node, code, kept);
    if (isKept || fills) parts.push(text.trimEnd());
  }
  return `${parts.join("\n")}\n`;
}

/** A node of the syntax tree of Python. */
export interface SyntaxNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: SyntaxNode | null;
  readonly nextSibling: SyntaxNode | null;
}

/** A loop that does nothing but assign, to names that were there before it: it fills a table that the functions use. */
function isFilling(loop: SyntaxNode, code: string, kept: ReadonlySet<string>): boolean {
  const text = code.slice(loop.from, loop.to);
  if (/\b(?:input|open|print)\s*\(/.test(text)) return false;
  let filled = false;
  const onlyAssigns = (node: SyntaxNode): boolean => {
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      if (/^(?:Body|StatementGroup|ForStatement|IfStatement)$/.test(child.name)) {
        if (!onlyAssigns(child)) return false;
      } else if (child.name.endsWith("Statement")) {
        const source = code.slice(child.from, child.to);
        const isCall = /^(\w+)(?:\[[^\]]*\])?\.(?:append|add|extend|update|insert|setdefault)\(/.test(source);
        if (child.name === "ExpressionStatement" && !isCall) return false;
        if (!/^(?:Assign|Update|Expression|Pass|Continue|Break)Statement$/.test(child.name)) return false;
        filled ||= kept.has(/^\w+/.exec(source)?.[0] ?? "");
      }
    }
    return true;
  };
  return onlyAssigns(loop) && filled && !namesDropped(text, code, kept);
}

/** It reads a name that the code takes from a user or a file. */
function namesDropped(text: string, code: string, kept: ReadonlySet<string>): boolean {
  const asked = [...code.matchAll(/^(\w+(?:[ \t]*,[ \t]*\w+)*)[ \t]*=.*\b(?:input|open)[ \t]*\(/gm)].flatMap(
    ([, names = ""]) => names.split(",").map((name) => name.trim()),
  );
  return asked.some((name) => !kept.has(name) && new RegExp(`\\b${name}\\b`).test(text));
}

/** What the grammar does not know is left to the interpreter. */
export function hasError(top: {
  readonly cursor: () => { next(): boolean; readonly type: { readonly isError: boolean } };
}): boolean {
  const cursor = top.cursor();
  do if (cursor.type.isError) return true;
  while (cursor.next());
  return false;
}
