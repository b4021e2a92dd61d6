import { calledName, isGuarded } from "../../solidity/guards.ts";
import { calleeOf, entryPoints, modifiersOf } from "../../solidity/program.ts";
import { nodeIn, nodesIn, referenceOf, textIn, typeStringOf, walk, type SolcNode } from "../../solidity/solc-ast.ts";
import { isLowLevel, valueOf } from "./external-calls.ts";
import { findingAt, type Detector, type Weakness, type Scene } from "../rule.ts";

/** What happens in a function, in order. */
interface Happening {
  readonly kind: "read" | "write" | "call";
  /** The state variable; 0 for a call. */
  readonly variable: number;
  readonly node: SolcNode;
}

const MAX_DEPTH = 3;

/** Ether goes out by a call that hands over control, and a state variable that was read before is only written after it. */
export const reentrancy: Detector = (scene) => {
  const findings: Weakness[] = [];
  const { byId } = scene.program;
  for (const { node: fn, isOwn, name } of entryPoints(scene.contract)) {
    if (!isOwn || isLocked(fn, scene)) continue;
    const happenings = happeningsOf(fn, byId, new Map(), 0);
    const first = happenings.findIndex(({ kind }) => kind === "call");
    if (first === -1) continue;
    const before = happenings.slice(0, first);
    const read = new Set(before.filter(({ kind }) => kind === "read").map(({ variable }) => variable));
    const settled = new Set(before.filter(({ kind }) => kind === "write").map(({ variable }) => variable));
    const late = happenings
      .slice(first)
      .find(({ kind, variable }) => kind === "write" && read.has(variable) && !settled.has(variable));
    if (late === undefined) continue;
    const variable = textIn(byId.get(late.variable) ?? late.node, "name");
    findings.push(
      findingAt(scene, late.node, {
        weight: isGuarded(fn, byId) ? "minor" : "certain",
        rule: "reentrancy",
        message: `${name} writes ${variable} after it has sent ether by a call; the receiver can call it again before`,
      }),
    );
  }
  return findings;
};

/** A modifier that keeps nested calls out, or a lock in the body: a flag that is read and then set before anything else. */
function isLocked(fn: SolcNode, { program: { byId } }: Scene): boolean {
  const isLock = (modifier: SolcNode): boolean => {
    const nodes = [...walk(modifier)];
    if (nodes.some((node) => node.nodeType === "InlineAssembly")) return true;
    if (!/reentr|lock|mutex|guard/i.test(textIn(modifier, "name"))) {
      return nodes.filter((node) => node.nodeType === "Assignment").length >= 2;
    }
    return nodes.some((node) => node.nodeType === "Assignment" || calleeOf(node, byId) !== null);
  };
  if (modifiersOf(fn, byId).some(isLock)) return true;
  for (const node of walk(fn)) {
    if (node.nodeType !== "Assignment") continue;
    const target = nodeIn(node, "leftHandSide");
    if (target?.nodeType === "Identifier" && /lock|entered|reentr|mutex|status/i.test(textIn(target, "name")))
      return true;
  }
  return false;
}

function happeningsOf(
  fn: SolcNode,
  byId: ReadonlyMap<number, SolcNode>,
  pointers: Map<number, number>,
  depth: number,
): readonly Happening[] {
  const body = nodeIn(fn, "body");
  const happenings: Happening[] = [];
  if (body === null || depth > MAX_DEPTH) return happenings;
  const targets = new Set<number>();
  for (const node of walk(body)) {
    notePointer(node, byId, pointers);
    const target = writtenBy(node);
    if (target !== null) {
      const variable = stateVariableOf(target, byId, pointers);
      if (variable !== null) happenings.push({ kind: "write", variable, node });
      // The name on the left of a plain assignment is no reading of it.
      for (const each of walk(target)) targets.add(each.id);
    }
    if (node.nodeType === "Identifier" && !targets.has(node.id)) {
      const variable = stateVariableOf(node, byId, pointers);
      if (variable !== null) happenings.push({ kind: "read", variable, node });
    }
    if (node.nodeType !== "FunctionCall") continue;
    if (isLowLevel(node, /^call$/) && valueOf(node) !== null) happenings.push({ kind: "call", variable: 0, node });
    else if (/^sendValue$|^safeTransferETH$/.test(calledName(node))) {
      happenings.push({ kind: "call", variable: 0, node });
    } else {
      const callee = calleeOf(node, byId);
      if (callee !== null && /^(?:internal|private)$/.test(textIn(callee, "visibility"))) {
        happenings.push(...happeningsOf(callee, byId, pointers, depth + 1));
      }
    }
  }
  return happenings;
}

/** `Deposit storage held = deposits[msg.sender];`: what is done to `held` is done to `deposits`. */
function notePointer(node: SolcNode, byId: ReadonlyMap<number, SolcNode>, pointers: Map<number, number>): void {
  if (node.nodeType !== "VariableDeclarationStatement") return;
  const [declared] = nodesIn(node, "declarations");
  const value = nodeIn(node, "initialValue");
  if (declared === undefined || value === null || textIn(declared, "storageLocation") !== "storage") return;
  const variable = stateVariableOf(value, byId, pointers);
  if (variable !== null) pointers.set(declared.id, variable);
}

function writtenBy(node: SolcNode): SolcNode | null {
  if (node.nodeType === "Assignment") return nodeIn(node, "leftHandSide");
  const changes = node.nodeType === "UnaryOperation" && /^(?:delete|\+\+|--)$/.test(textIn(node, "operator"));
  return changes ? nodeIn(node, "subExpression") : null;
}

/** The state variable that an expression leads to. */
export function stateVariableOf(
  expression: SolcNode,
  byId: ReadonlyMap<number, SolcNode>,
  pointers: ReadonlyMap<number, number>,
): number | null {
  let node: SolcNode | null = expression;
  while (node !== null && /^(?:IndexAccess|MemberAccess)$/.test(node.nodeType)) {
    node = nodeIn(node, node.nodeType === "IndexAccess" ? "baseExpression" : "expression");
  }
  if (node?.nodeType !== "Identifier") return null;
  const id = referenceOf(node) ?? -1;
  const declared = byId.get(id);
  if (declared?.["stateVariable"] !== true || declared["constant"] === true) return pointers.get(id) ?? null;
  return /^immutable$/.test(textIn(declared, "mutability")) || typeStringOf(declared).startsWith("contract ")
    ? null
    : id;
}
