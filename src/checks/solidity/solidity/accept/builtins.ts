import { nodesIn, textIn, typeStringOf, walk, type SolcNode } from "../solc-ast.ts";

/** Names that mean something in every Solidity source, and that a declaration can hide. */
const BUILTINS: ReadonlySet<string> = new Set(
  "require assert revert keccak256 sha256 ripemd160 ecrecover addmod mulmod gasleft blockhash blobhash selfdestruct msg tx block abi this super".split(
    " ",
  ),
);

/** A builtin that a source hides from the files that import it: by a declaration outside of contracts, or by an import's alias. */
export function hiddenByImport(source: SolcNode): string | null {
  for (const node of nodesIn(source, "nodes")) {
    const hidden = [textIn(node, "name"), textIn(node, "unitAlias"), ...localNames(node)].find((name) =>
      BUILTINS.has(name),
    );
    if (hidden !== undefined && textIn(node, "nodeType") !== "PragmaDirective") return hidden;
  }
  return null;
}

/** A builtin that a contract hides from the contracts that inherit it. */
export function hiddenByInheritance(contract: SolcNode): string | null {
  const hidden = nodesIn(contract, "nodes").find(
    (node) => textIn(node, "visibility") !== "private" && BUILTINS.has(textIn(node, "name")),
  );
  return hidden === undefined ? null : textIn(hidden, "name");
}

/** Whether assembly in the source ends a call, wherever it stands. */
export function endsCalls(source: SolcNode): boolean {
  for (const node of walk(source)) {
    const called = node["functionName"] as { readonly name?: unknown } | undefined;
    if (node.nodeType === "YulFunctionCall" && /^(?:return|stop|selfdestruct)$/.test(String(called?.name))) return true;
    if (node.nodeType === "Identifier" && node["name"] === "selfdestruct") return true;
  }
  return false;
}

/**
 * Whether code of a source that runs within the test's own calls can end them: a library's, a free function's, or that of a contract
 * which the test inherits. It sees everything that the test's runner does, so that it could end a call as if the test had passed.
 */
export function canEndTests(source: SolcNode, inherited: ReadonlySet<SolcNode>): boolean {
  return nodesIn(source, "nodes").some((node) => {
    const isWithin =
      node.nodeType === "FunctionDefinition" || textIn(node, "contractKind") === "library" || inherited.has(node);
    return isWithin && (endsCalls(node) || setsFunction(node));
  });
}

/** Whether assembly in it sets where a variable of a function type leads: that is a jump to anywhere. */
function setsFunction(node: SolcNode): boolean {
  const functions = new Set<unknown>();
  const referred = new Set<unknown>();
  for (const each of walk(node)) {
    if (each.nodeType === "VariableDeclaration" && typeStringOf(each).startsWith("function ")) functions.add(each.id);
    const references = each.nodeType === "InlineAssembly" ? each["externalReferences"] : [];
    for (const reference of Array.isArray(references) ? (references as readonly unknown[]) : [])
      referred.add((reference as { readonly declaration?: unknown }).declaration);
  }
  return [...functions].some((id) => referred.has(id));
}

/** The names that an import gives to what it imports. */
function localNames(node: SolcNode): readonly string[] {
  const aliases = node["symbolAliases"];
  if (!Array.isArray(aliases)) return [];
  return aliases.map((each: { readonly local?: unknown }) => (typeof each.local === "string" ? each.local : ""));
}
