import { calledName, isGuarded, isSender } from "../../solidity/guards.ts";
import { calleeOf, entryPoints, type ProgramFunction } from "../../solidity/program.ts";
import { nodeIn, nodesIn, referenceOf, textIn, typeStringOf, walk, type SolcNode } from "../../solidity/solc-ast.ts";
import { parametersOf } from "./external-calls.ts";
import { findingAt, type Detector, type Scene } from "../rule.ts";

const SENDS = /^(?:safeTransfer|transfer)$/;
/** What brings in as much, or asks for a right to it. */
const PAYS = /transferFrom|deposit|burn|mint|collect|pull|verify|recover|isValidSignature|redeem|callback|onFlash/i;
const NO_SENDERS: ReadonlySet<number> = new Set();

/** Tokens of the contract that anybody can have sent where they like: receiver and amount are the caller's, and nothing has a say. */
export const openTokenDoors: Detector = (scene) => {
  const { contract, program } = scene;
  if (contract.kind !== "contract" || /mock|test|faucet|flash/i.test(contract.name) || /\bfaucet\b/i.test(scene.prompt))
    return [];
  return entryPoints(contract).flatMap((fn) => {
    if (!fn.isOwn || isGuarded(fn.node, program.byId)) return [];
    const sent = freeSend(fn, scene);
    if (sent === null) return [];
    const message = `anybody can send the contract's tokens away by ${fn.name}`;
    return [findingAt(scene, sent, { weight: "certain", rule: "open to anybody", message })];
  });
};

function freeSend(fn: ProgramFunction, { program: { byId } }: Scene): SolcNode | null {
  const nodes = [...walk(fn.node)];
  const parameters = parametersOf(fn.node);
  const isGiven = (node: SolcNode | undefined): boolean =>
    node !== undefined && parameters.has(referenceOf(node) ?? -1);
  const sends = nodes.filter((node) => isTokenSend(node));
  const [send] = sends;
  if (send === undefined || fn.mutability === "payable") return null;
  const [to, amount] = nodesIn(send, "arguments").slice(-2);
  if (to === undefined || !(isGiven(to) || isSender(to, NO_SENDERS))) return null;
  if (!isGiven(amount) && !isWholeHolding(amount, nodes)) return null;
  const token = tokenOf(send);
  const decides = nodes.some((node) => {
    if (node.nodeType === "FunctionCall" && node["kind"] === "functionCall" && !sends.includes(node)) {
      if (PAYS.test(calledName(node))) return true;
      const callee = calleeOf(node, byId);
      return callee !== null && !/^(?:balanceOf|_msgSender)$/.test(textIn(callee, "name"));
    }
    // A variable of the contract that takes part: a share, a schedule, an earlier deposit.
    const state = node.nodeType === "Identifier" ? byId.get(referenceOf(node) ?? -1) : undefined;
    if (state?.["stateVariable"] !== true || state === token) return false;
    return state["constant"] !== true && !typeStringOf(state).startsWith("contract ");
  });
  const isTimed = nodes.some((node) => textIn(node, "memberName") === "timestamp");
  return decides || isTimed || nodes.some((node) => node.nodeType === "InlineAssembly") ? null : send;
}

function isTokenSend(node: SolcNode): boolean {
  if (node.nodeType !== "FunctionCall" || !SENDS.test(calledName(node))) return false;
  const expression = nodeIn(node, "expression");
  const base = expression === null ? null : nodeIn(expression, "expression");
  if (base === null) return false;
  const count = nodesIn(node, "arguments").length;
  return typeStringOf(base).startsWith("contract ")
    ? count === 2
    : count === 3 && /SafeERC20|library/.test(typeStringOf(base));
}

/** The variable that holds the token. */
function tokenOf(send: SolcNode): SolcNode | null {
  const expression = nodeIn(send, "expression");
  return expression === null ? null : nodeIn(expression, "expression");
}

/** `token.balanceOf(address(this))`, there or in a local name. */
function isWholeHolding(amount: SolcNode | undefined, nodes: readonly SolcNode[]): boolean {
  if (amount === undefined) return false;
  const asks = (node: SolcNode | null): boolean =>
    node?.nodeType === "FunctionCall" &&
    calledName(node) === "balanceOf" &&
    [...walk(node)].some((each) => textIn(each, "name") === "this");
  if (asks(amount)) return true;
  const id = referenceOf(amount);
  return nodes.some(
    (node) =>
      node.nodeType === "VariableDeclarationStatement" &&
      nodesIn(node, "declarations").some((each) => each.id === id) &&
      asks(nodeIn(node, "initialValue")),
  );
}
