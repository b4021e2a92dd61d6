/** A node of the compiler's own syntax tree: `nodeType`, `id`, `src` ("start:length:file"), and the fields of that type. */
export interface SolcNode {
  readonly id: number;
  readonly nodeType: string;
  readonly src: string;
  readonly [field: string]: unknown;
}

export function isNode(value: unknown): value is SolcNode {
  return typeof value === "object" && value !== null && typeof (value as SolcNode).nodeType === "string";
}

/** A field that holds a node. */
export function nodeIn(node: SolcNode, field: string): SolcNode | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

/** A field that holds a list of nodes; holes are left out. */
export function nodesIn(node: SolcNode, field: string): readonly SolcNode[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function textIn(node: SolcNode, field: string): string {
  const value = node[field];
  return typeof value === "string" ? value : "";
}

/** The declaration that a name refers to. */
export function referenceOf(node: SolcNode): number | null {
  const value = node["referencedDeclaration"];
  return typeof value === "number" ? value : null;
}

/** The node and all below it, in source order. */
export function* walk(root: SolcNode): Generator<SolcNode> {
  const open: SolcNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    const below: SolcNode[] = [];
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) below.push(...value.filter(isNode));
      else if (isNode(value)) below.push(value);
    }
    open.push(...below.toSorted((a, b) => startOf(b) - startOf(a)));
  }
}

/** Where the node begins, in bytes of its source. */
export function startOf(node: SolcNode): number {
  return Number.parseInt(node.src, 10);
}

/** The type of an expression or variable, as the compiler writes it: `address payable`, `contract IERC20`. */
export function typeStringOf(node: SolcNode): string {
  const types = node["typeDescriptions"];
  const text = typeof types === "object" && types !== null ? (types as Record<string, unknown>)["typeString"] : null;
  return typeof text === "string" ? text : "";
}
