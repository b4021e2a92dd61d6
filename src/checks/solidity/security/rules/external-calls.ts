import { calledName, isGuarded, isOrigin, isSender } from "../../solidity/guards.ts";
import { nodeIn, nodesIn, referenceOf, textIn, typeStringOf, walk, type SolcNode } from "../../solidity/solc-ast.ts";
import { findingAt, type Detector, type Weakness, type Scene } from "../rule.ts";

/** Functions of the answer, with a body, of one contract; modifiers too. */
export function ownBodies({ contract, program }: Scene): readonly SolcNode[] {
  const nodes = nodesIn(contract.node, "nodes");
  return nodes.filter((node) => /^(?:Function|Modifier)Definition$/.test(node.nodeType) && program.isOwn(node));
}

/** Whether it is `x.call…`, `x.send`, … on an address. */
export function isLowLevel(call: SolcNode, names: RegExp): boolean {
  if (call.nodeType !== "FunctionCall" || !names.test(calledName(call))) return false;
  let expression = nodeIn(call, "expression");
  while (expression?.nodeType === "FunctionCallOptions") expression = nodeIn(expression, "expression");
  const base = expression === null ? null : nodeIn(expression, "expression");
  return base !== null && /^address(?: payable)?$/.test(typeStringOf(base));
}

/** The address that a low-level call goes to. */
export function targetOf(call: SolcNode): SolcNode | null {
  let expression = nodeIn(call, "expression");
  while (expression?.nodeType === "FunctionCallOptions") expression = nodeIn(expression, "expression");
  let target = expression === null ? null : nodeIn(expression, "expression");
  while (target?.nodeType === "FunctionCall" && target["kind"] === "typeConversion") {
    target = nodesIn(target, "arguments")[0] ?? null;
  }
  return target;
}

/** The ether that a call sends along; `null` for none. */
export function valueOf(call: SolcNode): SolcNode | null {
  if (/^(?:send|transfer)$/.test(calledName(call))) return nodesIn(call, "arguments")[0] ?? null;
  const options = nodeIn(call, "expression");
  if (options?.nodeType !== "FunctionCallOptions") return null;
  const names = options["names"];
  const at = Array.isArray(names) ? names.indexOf("value") : -1;
  return nodesIn(options, "options")[at] ?? null;
}

/** Ether is sent and the result of the call is not looked at. */
export const uncheckedCalls: Detector = (scene) => {
  const findings: Weakness[] = [];
  for (const fn of ownBodies(scene)) {
    for (const node of walk(fn)) {
      const ignored = node.nodeType === "ExpressionStatement" ? nodeIn(node, "expression") : unreadResult(node, fn);
      if (ignored === null || !isLowLevel(ignored, /^(?:call|delegatecall|send)$/)) continue;
      const sends = valueOf(ignored) !== null;
      findings.push(
        findingAt(scene, node, {
          weight: sends ? "certain" : "minor",
          rule: "unchecked call",
          message: `the result of ${calledName(ignored)}${sends ? ", which sends ether," : ""} is ignored`,
        }),
      );
    }
  }
  return findings;
};

/** The call of `(bool ok, ) = …` where `ok` is never read. */
function unreadResult(node: SolcNode, fn: SolcNode): SolcNode | null {
  if (node.nodeType !== "VariableDeclarationStatement") return null;
  const value = nodeIn(node, "initialValue");
  const [ok] = nodesIn(node, "declarations");
  if (value === null || ok === undefined || typeStringOf(ok) !== "bool") return null;
  for (const each of walk(fn)) {
    if (each.nodeType === "Identifier" && referenceOf(each) === ok.id) return null;
    if (each.nodeType === "InlineAssembly") return null;
  }
  return value;
}

/** Who began the transaction is taken for who is calling. */
export const originAuthority: Detector = (scene) => {
  const findings: Weakness[] = [];
  for (const fn of ownBodies(scene)) {
    for (const node of walk(fn)) {
      if (node.nodeType !== "BinaryOperation" || !/^[!=]=$/.test(textIn(node, "operator"))) continue;
      const sides = [nodeIn(node, "leftExpression"), nodeIn(node, "rightExpression")];
      if (!sides.some((side) => side !== null && isOrigin(side))) continue;
      if (sides.some((side) => side !== null && isSender(side, new Set()))) continue;
      const message = "tx.origin decides who may do this; a contract that its owner calls can act for them";
      findings.push(findingAt(scene, node, { weight: "certain", rule: "tx.origin", message }));
    }
  }
  return findings;
};

/** Code of the caller's choice runs on the contract's own storage. */
export const freeDelegatecall: Detector = (scene) => {
  const findings: Weakness[] = [];
  for (const { node: fn, visibility, isOwn } of scene.contract.functions) {
    if (!isOwn || !/^(?:public|external)$/.test(visibility) || isGuarded(fn, scene.program.byId)) continue;
    const parameters = parametersOf(fn);
    for (const node of walk(fn)) {
      if (!isLowLevel(node, /^delegatecall$/)) continue;
      const target = targetOf(node);
      if (target === null || !parameters.has(referenceOf(target) ?? -1)) continue;
      const message = "delegatecall to an address that any caller chooses";
      findings.push(findingAt(scene, node, { weight: "certain", rule: "delegatecall", message }));
    }
  }
  return findings;
};

export function parametersOf(fn: SolcNode): ReadonlySet<number> {
  const list = nodeIn(fn, "parameters");
  return new Set(list === null ? [] : nodesIn(list, "parameters").map(({ id }) => id));
}

/** `token.transfer(…)` of a token that may answer false instead of reverting. */
export const ignoredTransfers: Detector = (scene) => {
  const findings: Weakness[] = [];
  for (const fn of ownBodies(scene)) {
    for (const node of walk(fn)) {
      const call = node.nodeType === "ExpressionStatement" ? nodeIn(node, "expression") : null;
      if (call === null || !/^(?:transfer|transferFrom)$/.test(calledName(call))) continue;
      const expression = nodeIn(call, "expression");
      const base = expression === null ? null : nodeIn(expression, "expression");
      if (base === null || typeStringOf(call) !== "bool" || !typeStringOf(base).startsWith("contract ")) continue;
      const message = `the result of ${calledName(call)} is ignored; SafeERC20 handles tokens that return false`;
      findings.push(findingAt(scene, node, { weight: "minor", rule: "token transfer", message }));
    }
  }
  return findings;
};

/** A signature that may be used again, or that was never given. */
export const rawRecover: Detector = (scene) => {
  const findings: Weakness[] = [];
  for (const fn of ownBodies(scene)) {
    const nodes = [...walk(fn)];
    const recover = nodes.find((node) => node.nodeType === "FunctionCall" && calledName(node) === "ecrecover");
    if (recover === undefined) continue;
    const looksAtZero = nodes.some((node) => node.nodeType === "Literal" && textIn(node, "value") === "0");
    if (looksAtZero) continue;
    const message = "ecrecover gives the zero address for a bad signature, and that is not ruled out here";
    findings.push(findingAt(scene, recover, { weight: "minor", rule: "ecrecover", message }));
  }
  return findings;
};
