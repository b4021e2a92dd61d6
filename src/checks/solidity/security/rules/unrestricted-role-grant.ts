import { calledName, isGuarded, isSender } from "../../solidity/guards.ts";
import { entryPoints } from "../../solidity/program.ts";
import { nodeIn, nodesIn, referenceOf, textIn, typeStringOf, walk, type SolcNode } from "../../solidity/solc-ast.ts";
import { parametersOf } from "./external-calls.ts";
import { findingAt, type Detector, type Finding, type Scene } from "../rule.ts";
import { conditionsIn } from "./unprotected-function.ts";

const NO_SENDERS: ReadonlySet<number> = new Set();
/** What people write themselves into. */
const ROLLS = /player|participant|member|voter|registered|student|holder|subscriber|user|claimed|voted|entered|joined/i;

/** Rights that anybody can hand out: functions ask for them of the caller, and one that asks nothing of anybody gives them away. */
export const freeRights: Detector = (scene) => {
  const { contract, program } = scene;
  if (contract.kind !== "contract" || /mock|test/i.test(contract.name)) return [];
  const rights = rightsOf(scene);
  if (rights.size === 0) return [];
  const findings: Finding[] = [];
  for (const fn of entryPoints(contract)) {
    if (!fn.isOwn || fn.mutability === "payable" || isGuarded(fn.node, program.byId)) continue;
    const parameters = parametersOf(fn.node);
    const nodes = [...walk(fn.node)];
    for (const node of nodes) {
      const given = givenAway(node, parameters, rights);
      if (given === null || asksFor(nodes, given)) continue;
      const name = textIn(program.byId.get(given) ?? node, "name");
      const message = `anybody can give the right of ${name} by ${fn.name}`;
      findings.push(findingAt(scene, node, { weight: "certain", rule: "open to anybody", message }));
      break;
    }
  }
  return findings;
};

/** The variables that functions of the contract hold the caller against: `owner`, `isMinter`. */
function rightsOf({ contract, program }: Scene): ReadonlySet<number> {
  const rights = new Set<number>();
  const roots = contract.lineage
    .filter((base) => program.isOwn(base))
    .flatMap((base) => nodesIn(base, "nodes"))
    .filter(({ nodeType }) => /^(?:Function|Modifier)Definition$/.test(nodeType));
  for (const condition of roots.flatMap((root) => conditionsIn([...walk(root)]))) {
    for (const node of walk(condition)) {
      if (node.nodeType === "BinaryOperation" && /^[!=]=$/.test(textIn(node, "operator"))) {
        const sides = [nodeIn(node, "leftExpression"), nodeIn(node, "rightExpression")];
        const other = sides.find((side) => side !== null && !isSender(side, NO_SENDERS));
        if (sides.some((side) => side !== null && isSender(side, NO_SENDERS)) && other?.nodeType === "Identifier")
          rights.add(referenceOf(other) ?? -1);
      }
      const base = rollOf(node, (key) => isSender(key, NO_SENDERS));
      if (base !== null && !ROLLS.test(textIn(base, "name"))) rights.add(referenceOf(base) ?? -1);
    }
  }
  return rights;
}

/** `isMinter` of `isMinter[key]`, a mapping from accounts to flags. */
function rollOf(node: SolcNode, isKey: (key: SolcNode) => boolean): SolcNode | null {
  if (node.nodeType !== "IndexAccess" || typeStringOf(node) !== "bool") return null;
  const [base, key] = [nodeIn(node, "baseExpression"), nodeIn(node, "indexExpression")];
  return base?.nodeType === "Identifier" && key !== null && isKey(key) ? base : null;
}

/** The right that an assignment gives to whom the caller names. */
function givenAway(node: SolcNode, parameters: ReadonlySet<number>, rights: ReadonlySet<number>): number | null {
  if (node.nodeType !== "Assignment" || textIn(node, "operator") !== "=") return null;
  const [target, value] = [nodeIn(node, "leftHandSide"), nodeIn(node, "rightHandSide")];
  if (target === null || value === null) return null;
  const isGiven = (each: SolcNode): boolean => parameters.has(referenceOf(each) ?? -1);
  const roll = rollOf(target, isGiven);
  const isTrue = isGiven(value) || textIn(value, "value") === "true";
  const id =
    roll !== null && isTrue
      ? referenceOf(roll)
      : target.nodeType === "Identifier" && isGiven(value) && typeStringOf(target).startsWith("address")
        ? referenceOf(target)
        : null;
  return id !== null && rights.has(id) ? id : null;
}

/** A condition looks at the very variable, or at a flag or counter of the contract: who knows what it keeps out. */
function asksFor(nodes: readonly SolcNode[], right: number): boolean {
  return conditionsIn(nodes).some((condition) =>
    [...walk(condition)].some((each) => {
      if (each.nodeType === "FunctionCall" && calledName(each) !== "address") return each["kind"] === "functionCall";
      return each.nodeType === "Identifier" && (referenceOf(each) === right || typeStringOf(each) === "bool");
    }),
  );
}
