import { isGuarded } from "../../solidity/guards.ts";
import { entryPoints } from "../../solidity/program.ts";
import { nodeIn, nodesIn, referenceOf, textIn, walk, type SolcNode } from "../../solidity/solc-ast.ts";
import { findingAt, type Detector } from "../rule.ts";
import { conditionsIn } from "./unprotected-function.ts";
import { stateVariableOf } from "./reentrancy.ts";

/** `initialize` that anybody can call again: it writes what the contract rests on, and no condition looks at what is there. */
export const openInitialisers: Detector = (scene) => {
  const { contract, program } = scene;
  const { byId } = program;
  if (contract.kind !== "contract" || /mock|test/i.test(contract.name)) return [];
  return entryPoints(contract).flatMap(({ node, name, isOwn }) => {
    if (!isOwn || !/^_{0,2}(?:init|initiali[sz]e|setup)$/i.test(name) || isGuarded(node, byId)) return [];
    if (nodesIn(node, "modifiers").length > 0) return [];
    const nodes = [...walk(nodeIn(node, "body") ?? node)];
    const looks = conditionsIn(nodes).some((condition) => readsState(condition, byId));
    const write = nodes.find((each) => {
      const target = each.nodeType === "Assignment" ? nodeIn(each, "leftHandSide") : null;
      return target !== null && stateVariableOf(target, byId, new Map()) !== null;
    });
    const calls = nodes.some(
      (each) => each.nodeType === "FunctionCall" && each["kind"] === "functionCall" && !isPlain(each),
    );
    if (looks || write === undefined || calls) return [];
    const message = `anybody can call ${name} again and take the contract over`;
    return [findingAt(scene, write, { weight: "certain", rule: "open to anybody", message })];
  });
};

function readsState(condition: SolcNode, byId: ReadonlyMap<number, SolcNode>): boolean {
  return [...walk(condition)].some((each) => {
    if (each.nodeType === "FunctionCall" && each["kind"] === "functionCall") return true;
    return byId.get(referenceOf(each) ?? -1)?.["stateVariable"] === true;
  });
}

/** Nothing behind it can look whether it has run before. */
function isPlain(call: SolcNode): boolean {
  const expression = nodeIn(call, "expression");
  return (
    expression !== null &&
    /^(?:require|revert|assert|keccak256|push)$/.test(textIn(expression, "name") || textIn(expression, "memberName"))
  );
}
