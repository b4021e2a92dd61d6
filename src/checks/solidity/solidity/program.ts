import type { Compilation } from "./compile.ts";
import { lineAt } from "./messages.ts";
import { isNode, nodeIn, nodesIn, referenceOf, startOf, textIn, walk, type SolcNode } from "./solc-ast.ts";

/** A contract of the answer, with everything that it inherits. */
export interface ProgramContract {
  readonly node: SolcNode;
  readonly name: string;
  readonly path: string;
  /** `contract`, `interface` or `library`. */
  readonly kind: string;
  readonly isAbstract: boolean;
  /** Itself first, then its bases, the most derived first. */
  readonly lineage: readonly SolcNode[];
  /** The functions that count: an override hides what it overrides. */
  readonly functions: readonly ProgramFunction[];
}

export interface ProgramFunction {
  readonly node: SolcNode;
  readonly name: string;
  readonly visibility: string;
  readonly mutability: string;
  /** `constructor`, `function`, `receive`, `fallback` or `freeFunction`. */
  readonly kind: string;
  /** Whether the answer wrote it, rather than a library. */
  readonly isOwn: boolean;
  readonly path: string;
  readonly line: number;
}

/** The answer's contracts over the compiler's resolved tree. */
export interface Program {
  readonly contracts: readonly ProgramContract[];
  readonly byId: ReadonlyMap<number, SolcNode>;
  /** Whether a node stands in a file of the answer. */
  isOwn(node: SolcNode): boolean;
  lineOf(node: SolcNode): number;
  pathOf(node: SolcNode): string;
}

/** `paths`: the files that the answer consists of. */
export function programOf({ trees, sources }: Compilation, paths: readonly string[]): Program {
  const own = new Set(paths);
  const byId = new Map<number, SolcNode>();
  const pathById = new Map<number, string>();
  for (const [path, tree] of trees) {
    for (const node of walk(tree)) {
      byId.set(node.id, node);
      pathById.set(node.id, path);
    }
  }
  const pathOf = (node: SolcNode): string => pathById.get(node.id) ?? "";
  const lineOf = (node: SolcNode): number => lineAt(sources.get(pathOf(node)) ?? "", startOf(node));
  const isOwn = (node: SolcNode): boolean => own.has(pathOf(node));
  const readFunction = (node: SolcNode): ProgramFunction => ({
    node,
    name: textIn(node, "name"),
    visibility: textIn(node, "visibility"),
    mutability: textIn(node, "stateMutability"),
    kind: textIn(node, "kind"),
    isOwn: isOwn(node),
    path: pathOf(node),
    line: lineOf(node),
  });
  const contracts = paths.flatMap((path) => {
    const tree = trees.get(path);
    const nodes = tree === undefined ? [] : nodesIn(tree, "nodes");
    return nodes
      .filter((node) => node.nodeType === "ContractDefinition")
      .map((node): ProgramContract => {
        const lineage = lineageOf(node, byId);
        return {
          node,
          name: textIn(node, "name"),
          path,
          kind: textIn(node, "contractKind"),
          isAbstract: node["abstract"] === true,
          lineage,
          functions: effective(lineage).map(readFunction),
        };
      });
  });
  return { contracts, byId, isOwn, lineOf, pathOf };
}

function lineageOf(contract: SolcNode, byId: ReadonlyMap<number, SolcNode>): readonly SolcNode[] {
  const ids = contract["linearizedBaseContracts"];
  if (!Array.isArray(ids)) return [contract];
  return ids.map((id) => byId.get(Number(id))).filter(isNode);
}

function effective(lineage: readonly SolcNode[]): readonly SolcNode[] {
  const overridden = new Set<number>();
  const kept: SolcNode[] = [];
  for (const contract of lineage) {
    for (const node of nodesIn(contract, "nodes")) {
      if (node.nodeType !== "FunctionDefinition") continue;
      if (!overridden.has(node.id) && node["implemented"] === true) kept.push(node);
      const bases = node["baseFunctions"];
      if (Array.isArray(bases)) for (const id of bases) overridden.add(Number(id));
    }
  }
  // What an overridden function itself overrides is hidden too.
  return kept.filter((node) => !overridden.has(node.id));
}

/** The modifiers of a function, resolved; base constructors are left out. */
export function modifiersOf(fn: SolcNode, byId: ReadonlyMap<number, SolcNode>): readonly SolcNode[] {
  return nodesIn(fn, "modifiers").flatMap((invocation) => {
    const name = nodeIn(invocation, "modifierName");
    const target = name === null ? null : byId.get(referenceOf(name) ?? -1);
    return target?.nodeType === "ModifierDefinition" ? [target] : [];
  });
}

/** The function that a call leads to within the program; `null` for casts, structs and calls through a pointer. */
export function calleeOf(call: SolcNode, byId: ReadonlyMap<number, SolcNode>): SolcNode | null {
  if (call["kind"] !== "functionCall") return null;
  let expression = nodeIn(call, "expression");
  while (expression?.nodeType === "FunctionCallOptions") expression = nodeIn(expression, "expression");
  const target = expression === null ? undefined : byId.get(referenceOf(expression) ?? -1);
  return target?.nodeType === "FunctionDefinition" ? target : null;
}

/** Functions that any account can send a transaction to and that change something. */
export function entryPoints(contract: ProgramContract): readonly ProgramFunction[] {
  return contract.functions.filter(
    ({ kind, visibility, mutability }) =>
      kind === "function" &&
      (visibility === "public" || visibility === "external") &&
      mutability !== "view" &&
      mutability !== "pure",
  );
}
