import { calledName, isRevert } from "../../solidity/guards.ts";
import { entryPoints, modifiersOf } from "../../solidity/program.ts";
import { nodeIn, nodesIn, textIn, walk, type SolcNode } from "../../solidity/solc-ast.ts";
import { findingAt, type Detector } from "../rule.ts";

/** Moments from which on something may be taken out, and until which something may be put in. */
const OPENS =
  /^_?(?:unlock\w*|release(?:Time|At|Date)\w*|locked?Until|lockEnds?\w*|lockExpiry|maturity\w*|cliff(?:End)?)$/i;
const CLOSES =
  /^_?(?:deadline\w*|end(?:s|At|Time|Date|Timestamp)?|closing\w*|(?:auction|sale|voting|bidding|contribution)End\w*)$/i;
const TAKES_OUT = /^(?:withdraw|release|claim|unlock|redeem|unstake)/i;
const PUTS_IN = /^(?:bid|placeBid|contribute|pledge|vote|castVote|enter|buy|join|participate)/i;

/** A condition on time that stands the wrong way round: what is locked can be taken before, and no longer after. */
export const invertedClocks: Detector = (scene) => {
  const { contract, program } = scene;
  if (contract.kind !== "contract" || /mock|test/i.test(contract.name)) return [];
  return entryPoints(contract).flatMap((fn) => {
    if (!fn.isOwn) return [];
    const roots = [fn.node, ...modifiersOf(fn.node, program.byId).filter((each) => program.isOwn(each))];
    return roots.flatMap(demandsOf).flatMap(({ node, before, name }) => {
      const early = before && TAKES_OUT.test(fn.name) && OPENS.test(name);
      const late = !before && PUTS_IN.test(fn.name) && CLOSES.test(name);
      if (!early && !late) return [];
      const message = early
        ? `${fn.name} works until ${name} and never after it: the condition stands the wrong way round`
        : `${fn.name} works only after ${name}: the condition stands the wrong way round`;
      return [findingAt(scene, node, { weight: "certain", rule: "time", message })];
    });
  });
};

interface Demand {
  readonly node: SolcNode;
  /** Whether now must lie before the moment. */
  readonly before: boolean;
  readonly name: string;
}

/** What `require` and `if (…) revert` at the first level of a body demand of the time. */
function demandsOf(root: SolcNode): readonly Demand[] {
  const body = nodeIn(root, "body");
  return (body === null ? [] : nodesIn(body, "statements")).flatMap((statement) => {
    if (
      statement.nodeType === "IfStatement" &&
      isRevert(nodeIn(statement, "trueBody")) &&
      nodeIn(statement, "falseBody") === null
    )
      return demand(nodeIn(statement, "condition"), true);
    const call = statement.nodeType === "ExpressionStatement" ? nodeIn(statement, "expression") : null;
    return call !== null && calledName(call) === "require" ? demand(nodesIn(call, "arguments")[0] ?? null, false) : [];
  });
}

function demand(condition: SolcNode | null, isRefused: boolean): readonly Demand[] {
  if (condition?.nodeType !== "BinaryOperation") return [];
  const operator = textIn(condition, "operator");
  if (!/^[<>]=?$/.test(operator)) return [];
  const [left, right] = [nodeIn(condition, "leftExpression"), nodeIn(condition, "rightExpression")];
  if (left === null || right === null) return [];
  const isLeft = isNow(left);
  if (!isLeft && !isNow(right)) return [];
  const other = isLeft ? right : left;
  const name = textIn(other, "name") || textIn(other, "memberName");
  // A sum with something else is another moment.
  if (name === "" || [...walk(other)].some(({ nodeType }) => nodeType === "BinaryOperation")) return [];
  const says = operator.startsWith("<") === isLeft;
  return [{ node: condition, before: says !== isRefused, name }];
}

function isNow(node: SolcNode): boolean {
  return textIn(node, "memberName") === "timestamp" && textIn(nodeIn(node, "expression") ?? node, "name") === "block";
}
