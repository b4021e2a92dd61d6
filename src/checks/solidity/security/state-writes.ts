import { calledName, isZeroAddress } from "../solidity/guards.ts";
import { nodeIn, nodesIn, referenceOf, textIn, typeStringOf, walk, type SolcNode } from "../solidity/solc-ast.ts";

/** What the code does to a declaration: a variable of the contract, or a member of a struct. */
export interface Use {
  /** Something other than nothing is put there, or what is done cannot be told. */
  given: boolean;
  /** It is emptied, or only made less. */
  emptied: boolean;
  /** Where it is read, if it is. */
  read: SolcNode | null;
  /** Where an `if`, a `require` or a loop asks for it. */
  asked: SolcNode | null;
}

/** The uses of every declaration that storage holds; `null` where assembly may write anything. */
export function usesIn(
  roots: readonly SolcNode[],
  byId: ReadonlyMap<number, SolcNode>,
): ReadonlyMap<number, Use> | null {
  const nodes = roots.flatMap((root) => [...walk(root)]);
  if (nodes.some(writesBySlot)) return null;
  const uses = new Map<number, Use>();
  const useOf = (id: number): Use => {
    const known = uses.get(id) ?? { given: false, emptied: false, read: null, asked: null };
    uses.set(id, known);
    return known;
  };
  const pointers = pointersIn(nodes);
  const targets = new Set<number>();
  for (const node of nodes) {
    for (const { place, empties } of writesOf(node, byId)) {
      for (const id of declarationsOf(place, pointers)) {
        const use = useOf(id);
        if (empties) use.emptied = true;
        else use.given = true;
      }
      if (textIn(node, "operator") === "=") noteTargets(place, targets);
    }
  }
  for (const node of nodes) {
    const id = referenceOf(node);
    if (id === null || targets.has(node.id) || !/^(?:Identifier|MemberAccess)$/.test(node.nodeType)) continue;
    useOf(id).read ??= node;
  }
  for (const condition of nodes.flatMap(conditionOf)) {
    for (const each of walk(condition)) {
      const id = referenceOf(each);
      if (id !== null) useOf(id).asked ??= each;
      for (const behind of pointers.get(id ?? -1) ?? []) useOf(behind).asked ??= each;
    }
  }
  return uses;
}

function writesBySlot(node: SolcNode): boolean {
  if (node.nodeType !== "YulFunctionCall") return false;
  const name = nodeIn(node, "functionName");
  return name !== null && /^(?:sstore|tstore|delegatecall)$/.test(textIn(name, "name"));
}

/** What stands behind names of storage: `Account storage a = accounts[who]`. */
function pointersIn(nodes: readonly SolcNode[]): ReadonlyMap<number, readonly number[]> {
  const pointers = new Map<number, number[]>();
  const note = (pointer: number, value: SolcNode): void => {
    pointers.set(pointer, [...(pointers.get(pointer) ?? []), ...declarationsOf(value, pointers)]);
  };
  for (const node of nodes) {
    if (node.nodeType === "VariableDeclarationStatement") {
      const [declared] = nodesIn(node, "declarations");
      const value = nodeIn(node, "initialValue");
      if (declared !== undefined && value !== null && textIn(declared, "storageLocation") === "storage")
        note(declared.id, value);
    }
    const left = node.nodeType === "Assignment" ? nodeIn(node, "leftHandSide") : null;
    const right = nodeIn(node, "rightHandSide");
    if (left?.nodeType === "Identifier" && right !== null && typeStringOf(left).endsWith(" storage pointer"))
      note(referenceOf(left) ?? -1, right);
  }
  return pointers;
}

/** The variable and the members that an expression goes through. */
function declarationsOf(place: SolcNode, pointers: ReadonlyMap<number, readonly number[]>): readonly number[] {
  const ids: number[] = [];
  let node: SolcNode | null = place;
  while (node !== null && /^(?:IndexAccess|MemberAccess)$/.test(node.nodeType)) {
    const id = referenceOf(node);
    if (id !== null) ids.push(id);
    node = nodeIn(node, node.nodeType === "IndexAccess" ? "baseExpression" : "expression");
  }
  if (node?.nodeType === "TupleExpression")
    return [...ids, ...nodesIn(node, "components").flatMap((each) => declarationsOf(each, pointers))];
  const id = node === null ? null : referenceOf(node);
  return id === null ? ids : [...ids, id, ...(pointers.get(id) ?? [])];
}

interface Write {
  readonly place: SolcNode;
  readonly empties: boolean;
}

function writesOf(node: SolcNode, byId: ReadonlyMap<number, SolcNode>): readonly Write[] {
  switch (node.nodeType) {
    case "Assignment": {
      const [place, value] = [nodeIn(node, "leftHandSide"), nodeIn(node, "rightHandSide")];
      if (place === null || value === null) return [];
      const operator = textIn(node, "operator");
      return [{ place, empties: operator === "-=" || (operator === "=" && isNothing(value)) }];
    }
    case "UnaryOperation": {
      const place = nodeIn(node, "subExpression");
      const operator = textIn(node, "operator");
      if (place === null || !/^(?:delete|\+\+|--)$/.test(operator)) return [];
      return [{ place, empties: operator !== "++" }];
    }
    case "Return": {
      // A function that hands storage out: whoever calls it may write there.
      const value = nodeIn(node, "expression");
      return value !== null && / storage (?:ref|pointer)$|^mapping/.test(typeStringOf(value))
        ? [{ place: value, empties: false }]
        : [];
    }
    case "FunctionCall":
      return node["kind"] === "structConstructorCall" ? membersGiven(node, byId) : passedOn(node);
    default:
      return [];
  }
}

/** `list.push(…)`, `set.add(…)`, `fill(accounts)`: what is done there is not followed. */
function passedOn(call: SolcNode): readonly Write[] {
  const expression = nodeIn(call, "expression");
  const base = expression?.nodeType === "MemberAccess" ? nodeIn(expression, "expression") : null;
  const handed = [...(base === null ? [] : [base]), ...nodesIn(call, "arguments")];
  const empties = calledName(call) === "pop";
  return handed
    .filter((each) => / storage (?:ref|pointer)$|^mapping/.test(typeStringOf(each)))
    .map((place) => ({ place, empties }));
}

/** The members that `Account(a, b)` or `Account({x: a})` gives something. */
function membersGiven(call: SolcNode, byId: ReadonlyMap<number, SolcNode>): readonly Write[] {
  const struct = byId.get(referenceOf(nodeIn(call, "expression") ?? call) ?? -1);
  const members = struct === undefined ? [] : nodesIn(struct, "members");
  const names = Array.isArray(call["names"]) ? (call["names"] as readonly string[]) : [];
  return nodesIn(call, "arguments").flatMap((value, index) => {
    const member = names.length === 0 ? members[index] : members.find((each) => textIn(each, "name") === names[index]);
    if (member === undefined) return [];
    const place = { id: -1, nodeType: "Identifier", src: call.src, referencedDeclaration: member.id };
    return [{ place, empties: isNothing(value) }];
  });
}

function isNothing(value: SolcNode): boolean {
  if (value.nodeType === "Literal") return /^(?:0|0x0+|false|)$/.test(textIn(value, "value"));
  return isZeroAddress(value);
}

/** The names on the left of `=`, which are not read there; what stands between brackets is. */
function noteTargets(place: SolcNode, targets: Set<number>): void {
  let node: SolcNode | null = place;
  while (node !== null) {
    targets.add(node.id);
    if (node.nodeType === "TupleExpression") for (const each of nodesIn(node, "components")) noteTargets(each, targets);
    node = /^(?:IndexAccess|MemberAccess)$/.test(node.nodeType)
      ? nodeIn(node, node.nodeType === "IndexAccess" ? "baseExpression" : "expression")
      : null;
  }
}

function conditionOf(node: SolcNode): readonly SolcNode[] {
  const asks = node.nodeType === "FunctionCall" && /^(?:require|assert)$/.test(calledName(node));
  const condition = /^(?:If|While|For|DoWhile)Statement$|^Conditional$/.test(node.nodeType)
    ? nodeIn(node, "condition")
    : asks
      ? nodesIn(node, "arguments")[0]
      : null;
  return condition == null ? [] : [condition];
}
