import { calledName, isGuarded, isSender, isZeroAddress } from "../../solidity/guards.ts";
import { entryPoints, modifiersOf, type ProgramContract, type ProgramFunction } from "../../solidity/program.ts";
import { nodeIn, nodesIn, referenceOf, textIn, typeStringOf, walk, type SolcNode } from "../../solidity/solc-ast.ts";
import { isLowLevel, parametersOf, targetOf, valueOf } from "./external-calls.ts";
import { findingAt, type Detector, type Finding, type Scene } from "../rule.ts";
import { stateVariableOf } from "./reentrancy.ts";

const AUTHORITY =
  /^_{0,2}(?:(?:pending|new|contract)?(?:owner|admin|governor|governance|operator|minter|pauser|guardian|authority|controller|implementation|signer))(?:Address)?_?$/i;
const SETTING =
  /fee|price|rate|oracle|treasury|limit|cap|signer|router|uri|vault|reward|threshold|recipient|wallet|whitelist/i;
const NO_POINTERS: ReadonlyMap<number, number> = new Map();

/** Doors that stand open: what only somebody in charge may do, anybody can. */
export const openDoors: Detector = (scene) => {
  const { contract, program } = scene;
  if (contract.kind !== "contract" || /mock|test|faucet/i.test(contract.name)) return [];
  const findings: Finding[] = [];
  const ruled = hasAuthority(contract, scene);
  for (const fn of entryPoints(contract)) {
    if (!fn.isOwn || isGuarded(fn.node, program.byId)) continue;
    const found = openDoor(fn, scene, ruled);
    if (found !== null) findings.push(findingAt(scene, found.node, { ...found, rule: "open to anybody" }));
  }
  const upgrade = contract.functions.find(({ name, isOwn }) => name === "_authorizeUpgrade" && isOwn);
  if (upgrade !== undefined && !isGuarded(upgrade.node, program.byId)) {
    const message = "_authorizeUpgrade lets anybody replace the implementation";
    findings.push(findingAt(scene, upgrade.node, { weight: "certain", rule: "open to anybody", message }));
  }
  return findings;
};

interface Door {
  readonly weight: Finding["weight"];
  readonly node: SolcNode;
  readonly message: string;
}

function openDoor(fn: ProgramFunction, scene: Scene, ruled: boolean): Door | null {
  const { byId } = scene.program;
  const nodes = [...walk(fn.node)];
  const parameters = parametersOf(fn.node);
  const certain = (node: SolcNode, message: string): Door => ({ weight: "certain", node, message });
  for (const node of nodes) {
    if (node.nodeType === "FunctionCall") {
      const called = calledName(node);
      if (/^(?:selfdestruct|suicide)$/.test(called))
        return certain(node, `anybody can destroy the contract by ${fn.name}`);
      if (/^_(?:un)?pause$/.test(called)) return certain(node, `anybody can call ${fn.name}`);
      if (/^_(?:transferOwnership|grantRole|setupRole)$/.test(called))
        return certain(node, `anybody can gain control by ${fn.name}`);
      if (called === "_mint" && isFreeMint(node, fn, scene, nodes, parameters)) {
        return certain(node, `anybody can mint any amount by ${fn.name}`);
      }
      if (isWholeBalance(node) && isChosen(node, parameters) && !isEarned(nodes, parameters)) {
        return certain(node, `anybody can take the whole balance by ${fn.name}`);
      }
      if (isArbitrarySend(node, nodes, parameters, scene)) {
        return certain(node, `anybody can send the contract's ether away by ${fn.name}`);
      }
    }
    if (node.nodeType !== "Assignment") continue;
    const target = nodeIn(node, "leftHandSide");
    const value = nodeIn(node, "rightHandSide");
    if (target?.nodeType !== "Identifier" || value === null || runsOnce(nodes, target, scene)) continue;
    const variable = stateVariableOf(target, byId, NO_POINTERS);
    if (variable === null) continue;
    const name = textIn(target, "name");
    const given = parameters.has(referenceOf(value) ?? -1);
    const isAddress = typeStringOf(target).startsWith("address");
    // Who pays may well become the owner.
    if (isAddress && fn.mutability !== "payable" && AUTHORITY.test(name) && (given || isSender(value, new Set()))) {
      return certain(node, `anybody can set ${name} by ${fn.name}`);
    }
    const isFlag = /^_?paused$/i.test(name) && typeStringOf(target) === "bool";
    if (isFlag && /pause|toggle|emergency|stop/i.test(fn.name)) return certain(node, `anybody can call ${fn.name}`);
    if (given && /^_?(?:set|update|change)[A-Z]/.test(fn.name) && SETTING.test(name)) {
      return { weight: ruled ? "certain" : "minor", node, message: `anybody can change ${name} by ${fn.name}` };
    }
  }
  return null;
}

/** Whether somebody is in charge of other functions of it. */
function hasAuthority(contract: ProgramContract, { program }: Scene): boolean {
  return entryPoints(contract).some(
    ({ node, isOwn }) =>
      isOwn &&
      modifiersOf(node, program.byId).some((modifier) => /^only|auth|restricted/i.test(textIn(modifier, "name"))),
  );
}

export function conditionsIn(nodes: readonly SolcNode[]): readonly SolcNode[] {
  return nodes.flatMap((node) => {
    const asks = node.nodeType === "FunctionCall" && calledName(node) === "require";
    const condition =
      node.nodeType === "IfStatement" ? nodeIn(node, "condition") : asks ? nodesIn(node, "arguments")[0] : null;
    return condition == null ? [] : [condition];
  });
}

/** A condition asks for something that the caller must know, such as the number that a game is about. */
function isEarned(nodes: readonly SolcNode[], parameters: ReadonlySet<number>): boolean {
  return conditionsIn(nodes).some((condition) =>
    [...walk(condition)].some(
      (each) => parameters.has(referenceOf(each) ?? -1) && !typeStringOf(each).startsWith("address"),
    ),
  );
}

/** A condition looks at the very variable, or at a flag: it can be set but once. */
function runsOnce(nodes: readonly SolcNode[], target: SolcNode, { program: { byId } }: Scene): boolean {
  const id = referenceOf(target);
  return conditionsIn(nodes).some((condition) =>
    [...walk(condition)].some((each) => {
      if (each.nodeType !== "Identifier") return false;
      const reference = referenceOf(each) ?? -1;
      if (reference === id) return isComparedWithNothing(condition);
      const isState = byId.get(reference)?.["stateVariable"] === true;
      return isState && (/initiali[sz]/i.test(textIn(each, "name")) || typeStringOf(each) === "bool");
    }),
  );
}

/** `owner == address(0)`: only while there is none. A comparison with the new value is no lock. */
function isComparedWithNothing(condition: SolcNode): boolean {
  return [...walk(condition)].some((each) => isZeroAddress(each));
}

/** An amount of the caller's choice, for nothing. */
function isFreeMint(
  call: SolcNode,
  fn: ProgramFunction,
  scene: Scene,
  nodes: readonly SolcNode[],
  parameters: ReadonlySet<number>,
): boolean {
  if (
    fn.mutability === "payable" ||
    /anyone|anybody|public(?:ly)? mint|faucet|open mint|free mint|test token/i.test(scene.prompt)
  ) {
    return false;
  }
  const amount = nodesIn(call, "arguments")[1];
  if (amount === undefined || !parameters.has(referenceOf(amount) ?? -1)) return false;
  const isFungible = scene.contract.lineage.some((base) => /^ERC20(?:Upgradeable)?$/.test(textIn(base, "name")));
  const pays = nodes.some(
    (node) =>
      node.nodeType === "FunctionCall" && /transfer|deposit|burn|pay|pull|collect|verify/i.test(calledName(node)),
  );
  return isFungible && !pays && !nodes.some((node) => node.nodeType === "IndexAccess");
}

/** `address(this).balance` is sent. */
function isWholeBalance(call: SolcNode): boolean {
  if (!isLowLevel(call, /^(?:call|send|transfer)$/)) return false;
  const value = valueOf(call);
  return value !== null && value.nodeType === "MemberAccess" && textIn(value, "memberName") === "balance";
}

/** To an address that the caller names, or to the caller. */
function isChosen(call: SolcNode, parameters: ReadonlySet<number>): boolean {
  const target = targetOf(call);
  return target !== null && (isSender(target, new Set()) || parameters.has(referenceOf(target) ?? -1));
}

/** Amount and receiver are the caller's, and nothing that the contract knows has a say. */
function isArbitrarySend(
  call: SolcNode,
  nodes: readonly SolcNode[],
  parameters: ReadonlySet<number>,
  scene: Scene,
): boolean {
  if (!isLowLevel(call, /^(?:call|send|transfer)$/) || !isChosen(call, parameters)) return false;
  const value = valueOf(call);
  if (value === null || !parameters.has(referenceOf(value) ?? -1)) return false;
  const { byId } = scene.program;
  const asksState = nodes.some(
    (node) => node.nodeType === "Identifier" && byId.get(referenceOf(node) ?? -1)?.["stateVariable"] === true,
  );
  const spendsOwn = nodes.some(
    (node) => textIn(node, "memberName") === "value" && textIn(nodeIn(node, "expression") ?? node, "name") === "msg",
  );
  const callsOn = nodes.some((node) => node.nodeType === "FunctionCall" && calledName(node).startsWith("_"));
  return !asksState && !spendsOwn && !callsOn;
}
