import { calledName } from "../../solidity/guards.ts";
import { entryPoints } from "../../solidity/program.ts";
import { reachedNodes } from "../../solidity/reach.ts";
import { nodeIn, nodesIn, referenceOf, textIn, typeStringOf, walk, type SolcNode } from "../../solidity/solc-ast.ts";
import { isLowLevel, valueOf } from "./external-calls.ts";
import { findingAt, type Detector } from "../rule.ts";

const PROOF =
  /^(?:ecrecover|recover|tryRecover|isValidSignature(?:Now)?|verify|verifyCalldata|processProof|multiProofVerify)$/;
const PAYS = /^(?:safeTransfer|transfer|_mint|_safeMint|mint|sendValue|safeTransferETH)$/;

/** A proof or a signature that pays, and of which nothing is noted: it can be shown again and again. */
export const replays: Detector = (scene) => {
  const { contract, program } = scene;
  if (contract.kind !== "contract" || /mock|test/i.test(contract.name)) return [];
  return entryPoints(contract).flatMap(({ node: fn, name, isOwn }) => {
    if (!isOwn) return [];
    const nodes = [...reachedNodes(fn, program.byId, (callee) => !isTokenMove(callee))];
    const pays = nodes.find(isPayment);
    if (pays === undefined || !nodes.some(isProof) || nodes.some(isNote)) return [];
    const counts = conditionsIn(nodes).some((condition) =>
      [...walk(condition)].some((each) =>
        /balance|minted|nonce|claimed|used/i.test(textIn(each, "memberName") || textIn(each, "name")),
      ),
    );
    if (counts || !program.isOwn(pays)) return [];
    const message = `${name} pays on a proof and notes nothing: the same proof can be shown again`;
    return [findingAt(scene, pays, { weight: "certain", rule: "missing bookkeeping", message })];
  });
};

/** A token's own moves always write: they are no note of the proof. */
function isTokenMove(fn: SolcNode): boolean {
  return /^_?(?:safe)?(?:mint|burn|transfer|transferFrom|approve|update|increaseAllowance|forceApprove)(?:Batch)?$/i.test(
    textIn(fn, "name"),
  );
}

function isPayment(node: SolcNode): boolean {
  if (node.nodeType !== "FunctionCall") return false;
  return PAYS.test(calledName(node)) || (isLowLevel(node, /^call$/) && valueOf(node) !== null);
}

function isProof(node: SolcNode): boolean {
  return node.nodeType === "FunctionCall" && PROOF.test(calledName(node));
}

/** Something keyed is written: an entry of a mapping, a bit of a map, a member of what a pointer leads to; or assembly is. */
function isNote(node: SolcNode): boolean {
  if (node.nodeType === "InlineAssembly")
    return [...walk(node)].some((each) => textIn(nodeIn(each, "functionName") ?? each, "name") === "sstore");
  if (node.nodeType === "FunctionCall") {
    const handed = [...nodesIn(node, "arguments"), nodeIn(nodeIn(node, "expression") ?? node, "expression")];
    return (
      /nonce|claim|consume|redeem|use/i.test(calledName(node)) ||
      handed.some((each) => each !== null && / storage (?:ref|pointer)$/.test(typeStringOf(each)))
    );
  }
  const target =
    node.nodeType === "Assignment"
      ? nodeIn(node, "leftHandSide")
      : node.nodeType === "UnaryOperation" && /^(?:\+\+|--|delete)$/.test(textIn(node, "operator"))
        ? nodeIn(node, "subExpression")
        : null;
  if (target === null) return false;
  return target.nodeType !== "Identifier" || (typeStringOf(target) === "bool" && referenceOf(target) !== null);
}

/** What a `require` or an `if` asks. */
function conditionsIn(nodes: readonly SolcNode[]): readonly SolcNode[] {
  return nodes.flatMap((node) => {
    const asks = node.nodeType === "FunctionCall" && calledName(node) === "require";
    const condition =
      node.nodeType === "IfStatement" ? nodeIn(node, "condition") : asks ? nodesIn(node, "arguments")[0] : null;
    return condition == null ? [] : [condition];
  });
}
