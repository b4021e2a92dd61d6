/**
 * Python code without what it does at its top beside defining: prints, loops, tests, questions to a user. How the code shows itself
 * off is no matter of its functions, and would only stop at what a sandbox does not have.
 */
export async function definitionsOf(code: string): Promise<string> {
  const { parser } = await import("@lezer/python");
  const tree = parser.parse(code);
  if (hasError(tree.topNode)) return code;
  const parts: string[] = [];
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    const text = code.slice(node.from, node.to);
    const isKept =
      /^(?:FunctionDefinition|ClassDefinition|DecoratedStatement|ImportStatement|TryStatement|TypeDefinition)$/.test(
        node.name,
      ) ||
      (node.name === "AssignStatement" && !/\b(?:input|open|print)\s*\(/.test(text)) ||
      (node.name === "IfStatement" && !/^if\s+__name__/.test(text) && /\b(?:def|class|import)\b/.test(text));
    if (isKept) parts.push(text.trimEnd());
  }
  return `${parts.join("\n")}\n`;
}

/** What the grammar does not know is left to the interpreter. */
function hasError(top: {
  readonly cursor: () => { next(): boolean; readonly type: { readonly isError: boolean } };
}): boolean {
  const cursor = top.cursor();
  do if (cursor.type.isError) return true;
  while (cursor.next());
  return false;
}
