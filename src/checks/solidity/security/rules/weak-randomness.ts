import { calledName } from "../../solidity/guards.ts";
import { nodeIn, nodesIn, referenceOf, textIn, walk, type SolcNode } from "../../solidity/solc-ast.ts";
import { ownBodies } from "./external-calls.ts";
import { findingAt, type Detector, type Weakness } from "../rule.ts";

const CHANCE = /random|lotter|raffle|winner|dice|coin|flip|gambl|\bbet|draw|rand\b|luck/i;
const ASKED_FOR =
  /prevrandao|blockhash|pseudo-?random|block\.timestamp|block\.difficulty|on-?chain random|not (?:need to be )?secure/i;

/** A number that a miner or any contract can foresee decides something. */
export const weakRandomness: Detector = (scene) => {
  const findings: Weakness[] = [];
  for (const fn of ownBodies(scene)) {
    const hashes = foreseeableNames(fn);
    for (const node of walk(fn)) {
      if (node.nodeType !== "BinaryOperation" || textIn(node, "operator") !== "%") continue;
      const left = nodeIn(node, "leftExpression");
      if (left === null || !isForeseeable(left, hashes)) continue;
      const isGame = CHANCE.test(`${textIn(fn, "name")} ${scene.contract.name} ${scene.prompt}`);
      const weight = isGame && !ASKED_FOR.test(scene.prompt) ? "certain" : "minor";
      const message = "a number made of block data decides; who calls can foresee it";
      findings.push(findingAt(scene, node, { weight, rule: "weak randomness", message }));
    }
  }
  return findings;
};

/** Local variables that hold a hash over block data. */
function foreseeableNames(fn: SolcNode): ReadonlySet<number> {
  const names = new Set<number>();
  for (const node of walk(fn)) {
    if (node.nodeType !== "VariableDeclarationStatement") continue;
    const value = nodeIn(node, "initialValue");
    const [declared] = nodesIn(node, "declarations");
    if (value !== null && declared !== undefined && isForeseeable(value, names)) names.add(declared.id);
  }
  return names;
}

function isForeseeable(expression: SolcNode, names: ReadonlySet<number>): boolean {
  const nodes = [...walk(expression)];
  if (nodes.some((node) => node.nodeType === "Identifier" && names.has(referenceOf(node) ?? -1))) return true;
  const isHash = nodes.some((node) => node.nodeType === "FunctionCall" && calledName(node) === "keccak256");
  const ofBlock = nodes.some(
    (node) =>
      node.nodeType === "MemberAccess" &&
      /^(?:timestamp|prevrandao|difficulty|number|coinbase)$/.test(textIn(node, "memberName")) &&
      textIn(nodeIn(node, "expression") ?? node, "name") === "block",
  );
  const direct = nodes.some(
    (node) =>
      (node.nodeType === "FunctionCall" && calledName(node) === "blockhash") ||
      /^(?:prevrandao|difficulty)$/.test(textIn(node, "memberName")),
  );
  return direct || (isHash && ofBlock);
}
