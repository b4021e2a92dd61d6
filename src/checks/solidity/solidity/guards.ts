import { calleeOf, modifiersOf } from "./program.ts";
import { nodeIn, nodesIn, referenceOf, textIn, typeStringOf, walk, type SolcNode } from "./solc-ast.ts";

type ById = ReadonlyMap<number, SolcNode>;

const MAX_DEPTH = 6;
/** Names that speak of what an account owns, not of what it may do. */
const HOLDING = /balance|deposit|stake|share|amount|claim|contribution|credit|reward|pending|allowance|withdraw|nonce/i;
/** An outside proof stands for the sender's right. */
const PROOF =
  /^(?:ecrecover|recover|tryRecover|isValidSignature(?:Now)?|verify|verifyCalldata|processProof|_useCheckedNonce)$/;
/** What a token library's own moves look at is the token, not who calls. */
const LIBRARY_MOVE = /^_(?:safe)?(?:mint|transfer|burn)(?:Batch|ToMany)?$/i;
const LIBRARY_TOKEN = /^ERC(?:20|721|777|1155|4626)/;
const ROUTINE_GUARD = /^(?:initializer|reinitializer|onlyInitializing)$/;

/**
 * Whether what a function does hangs on who calls it: a comparison with the sender, a lookup of the sender's rights, a signature, or
 * an initialiser that runs once; in the function, its modifiers or what it calls. In doubt it does.
 */
export function isGuarded(fn: SolcNode, byId: ById): boolean {
  return checksSender(fn, byId, 0, new Set());
}

function checksSender(root: SolcNode, byId: ById, depth: number, seen: Set<number>): boolean {
  if (depth > MAX_DEPTH || seen.has(root.id)) return false;
  seen.add(root.id);
  for (const modifier of modifiersOf(root, byId)) {
    if (ROUTINE_GUARD.test(textIn(modifier, "name")) || checksSender(modifier, byId, depth + 1, seen)) return true;
  }
  const body = nodeIn(root, "body");
  if (body === null) return false;
  const senders = senderNames(body);
  const written = assignedNodes(body);
  const inverted = invertedComparisons(body, senders);
  const idle = idleConditions(body);
  for (const node of walk(body)) {
    if (written.has(node.id) || idle.has(node.id)) continue;
    if (isComparison(node) && comparesSender(node, senders) && !inverted.has(node.id)) return true;
    if (node.nodeType === "IndexAccess" && looksUpRight(node, senders)) return true;
    if (node.nodeType !== "FunctionCall") continue;
    if (PROOF.test(calledName(node))) return true;
    const callee = calleeOf(node, byId);
    const passesSender = nodesIn(node, "arguments").some((each) => isSender(each, senders));
    if (passesSender && /^(?:tuple\()?bool\b/.test(typeStringOf(node)) && !isSpending(node)) return true;
    if (passesSender && callee !== null && isCheck(callee) && mayRevert(callee)) return true;
    if (callee !== null && !isLibraryMove(callee, byId) && checksSender(callee, byId, depth + 1, seen)) return true;
  }
  return false;
}

/** Transfers answer with a bool as well. */
function isSpending(call: SolcNode): boolean {
  return /^(?:transfer|transferFrom|send|approve|mint|burn|_?safe\w+|add|remove|set|push|insert)$/i.test(
    calledName(call),
  );
}

function isLibraryMove(fn: SolcNode, byId: ById): boolean {
  if (!LIBRARY_MOVE.test(textIn(fn, "name"))) return false;
  const owner = byId.get(Number(fn["scope"]));
  return owner !== undefined && LIBRARY_TOKEN.test(textIn(owner, "name"));
}

/** By its name. What asks a receiver whether it takes a token is none. */
function isCheck(fn: SolcNode): boolean {
  if (/received|receiver|acceptance|allowance/i.test(textIn(fn, "name"))) return false;
  return /check|only|require|assert|ensure|auth|validate|verify|enforce|guard|restrict/i.test(textIn(fn, "name"));
}

function mayRevert(fn: SolcNode): boolean {
  const body = nodeIn(fn, "body");
  // A contract that inherits it fills it in.
  if (body === null) return true;
  for (const node of walk(body)) {
    if (node.nodeType === "RevertStatement" || node.nodeType === "FunctionCall") return true;
  }
  return false;
}

export function calledName(call: SolcNode): string {
  let expression = nodeIn(call, "expression");
  while (expression?.nodeType === "FunctionCallOptions") expression = nodeIn(expression, "expression");
  if (expression === null) return "";
  return textIn(expression, "memberName") || textIn(expression, "name");
}

function isComparison(node: SolcNode): boolean {
  return node.nodeType === "BinaryOperation" && /^[!=]=$/.test(textIn(node, "operator"));
}

/** The sender on one side, and on the other an account that means something. */
function comparesSender(node: SolcNode, senders: ReadonlySet<number>): boolean {
  const left = nodeIn(node, "leftExpression");
  const right = nodeIn(node, "rightExpression");
  if (left === null || right === null) return false;
  const other = isSender(left, senders) ? right : isSender(right, senders) ? left : null;
  return other !== null && !isZeroAddress(other) && !isOrigin(other);
}

/** `msg.sender`, `_msgSender()`, or a local variable or argument that holds it. */
export function isSender(node: SolcNode, senders: ReadonlySet<number>): boolean {
  if (node.nodeType === "MemberAccess") {
    const base = nodeIn(node, "expression");
    return textIn(node, "memberName") === "sender" && base !== null && textIn(base, "name") === "msg";
  }
  if (node.nodeType === "Identifier") return senders.has(referenceOf(node) ?? -1);
  if (node.nodeType === "TupleExpression") {
    const [only, ...more] = nodesIn(node, "components");
    return only !== undefined && more.length === 0 && isSender(only, senders);
  }
  if (node.nodeType !== "FunctionCall") return false;
  if (node["kind"] === "typeConversion") {
    return nodesIn(node, "arguments").some((each) => isSender(each, senders));
  }
  return /^_?msgSender(?:ERC721A)?$/.test(calledName(node));
}

/** Local variables that were given the sender. */
function senderNames(body: SolcNode): ReadonlySet<number> {
  const names = new Set<number>();
  for (const node of walk(body)) {
    if (node.nodeType !== "VariableDeclarationStatement") continue;
    const value = nodeIn(node, "initialValue");
    const [first] = nodesIn(node, "declarations");
    if (value !== null && first !== undefined && isSender(value, names)) names.add(first.id);
  }
  return names;
}

export function isZeroAddress(node: SolcNode): boolean {
  if (node.nodeType !== "FunctionCall" || node["kind"] !== "typeConversion") return false;
  const [argument] = nodesIn(node, "arguments");
  return argument?.nodeType === "Literal" && /^0(?:x0*)?$/.test(textIn(argument, "value"));
}

export function isOrigin(node: SolcNode): boolean {
  const base = nodeIn(node, "expression");
  return textIn(node, "memberName") === "origin" && base !== null && textIn(base, "name") === "tx";
}

/** `isAdmin[msg.sender]`, `roles[ROLE][msg.sender]`: a right, unless its name speaks of a holding. */
function looksUpRight(node: SolcNode, senders: ReadonlySet<number>): boolean {
  const index = nodeIn(node, "indexExpression");
  if (index === null || !isSender(index, senders)) return false;
  if (typeStringOf(node) === "bool") return true;
  let base = nodeIn(node, "baseExpression");
  while (base?.nodeType === "IndexAccess") base = nodeIn(base, "baseExpression");
  const name = base === null ? "" : textIn(base, "name") || textIn(base, "memberName");
  return !HOLDING.test(name) && /role|admin|auth|ward|owner|member|level|permission|minter|operator|keeper/i.test(name);
}

/** Nodes that are written to, which checks nothing. */
function assignedNodes(body: SolcNode): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const node of walk(body)) {
    const target =
      node.nodeType === "Assignment"
        ? nodeIn(node, "leftHandSide")
        : node.nodeType === "UnaryOperation" && textIn(node, "operator") === "delete"
          ? nodeIn(node, "subExpression")
          : null;
    if (target !== null) for (const each of walk(target)) ids.add(each.id);
  }
  return ids;
}

/** Conditions of an `if` that goes on alike whichever way it falls: it keeps no caller out. */
function idleConditions(body: SolcNode): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const node of walk(body)) {
    const condition = node.nodeType === "IfStatement" ? nodeIn(node, "condition") : null;
    if (condition === null) continue;
    const isFor = textIn(condition, "operator") === "==";
    const [then, otherwise] = [nodeIn(node, "trueBody"), nodeIn(node, "falseBody")];
    if (matters(then, isFor || textIn(condition, "operator") !== "!=") || matters(otherwise, !isFor)) continue;
    for (const each of walk(condition)) ids.add(each.id);
  }
  return ids;
}

/** Whether a branch stops, or may; for the right sender, also whether it changes anything. */
function matters(branch: SolcNode | null, isRight: boolean): boolean {
  if (branch === null) return false;
  const logged = new Set<number>();
  for (const node of walk(branch)) {
    const call = node.nodeType === "EmitStatement" ? nodeIn(node, "eventCall") : null;
    if (call !== null) for (const each of walk(call)) logged.add(each.id);
  }
  for (const node of walk(branch)) {
    if (logged.has(node.id)) continue;
    if (/^(?:RevertStatement|Return|Break|Continue|PlaceholderStatement|InlineAssembly)$/.test(node.nodeType))
      return true;
    if (node.nodeType === "FunctionCall" && node["kind"] === "functionCall") return true;
    // A difference reverts by itself.
    if (/^(?:-|-=|--)$/.test(textIn(node, "operator"))) return true;
    if (isRight && (node.nodeType === "Assignment" || /^(?:\+\+|delete)$/.test(textIn(node, "operator")))) return true;
  }
  return false;
}

/** `require(msg.sender != owner)` and `if (msg.sender == owner) revert`: they keep the wrong ones out. */
function invertedComparisons(body: SolcNode, senders: ReadonlySet<number>): ReadonlySet<number> {
  const ids = new Set<number>();
  const note = (condition: SolcNode | null | undefined, wrong: string): void => {
    if (condition == null) return;
    const joint = wrong === "!=" ? "&&" : "||";
    for (const part of partsOf(condition, joint)) {
      if (isComparison(part) && textIn(part, "operator") === wrong && comparesSender(part, senders)) {
        ids.add(part.id);
      }
    }
  };
  for (const node of walk(body)) {
    if (node.nodeType === "FunctionCall" && /^(?:require|assert)$/.test(calledName(node))) {
      note(nodesIn(node, "arguments")[0], "!=");
    } else if (node.nodeType === "IfStatement" && isRevert(nodeIn(node, "trueBody"))) {
      note(nodeIn(node, "condition"), "==");
    }
  }
  return ids;
}

function partsOf(node: SolcNode, operator: string): readonly SolcNode[] {
  if (node.nodeType === "TupleExpression")
    return nodesIn(node, "components").flatMap((each) => partsOf(each, operator));
  if (node.nodeType !== "BinaryOperation" || textIn(node, "operator") !== operator) return [node];
  return ["leftExpression", "rightExpression"].flatMap((side) => {
    const each = nodeIn(node, side);
    return each === null ? [] : partsOf(each, operator);
  });
}

/** A branch that only reverts. */
export function isRevert(branch: SolcNode | null): boolean {
  if (branch === null) return false;
  if (branch.nodeType === "Block") return isRevert(nodesIn(branch, "statements").at(-1) ?? null);
  if (branch.nodeType === "RevertStatement") return true;
  const call = nodeIn(branch, "expression");
  return branch.nodeType === "ExpressionStatement" && call !== null && calledName(call) === "revert";
}
