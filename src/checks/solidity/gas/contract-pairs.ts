import type { Compilation, CompiledContract } from "../solidity/compile.ts";
import { nodesIn, textIn } from "../solidity/solc-ast.ts";
import { signatureOf } from "./abi.ts";

/** A contract of the original and its counterpart. */
export interface ContractPair {
  readonly before: CompiledContract;
  readonly after: CompiledContract;
}

export interface ContractPairs {
  readonly pairs: readonly ContractPair[];
  readonly missing: readonly CompiledContract[];
}

/**
 * The deployable contracts of both, paired. Contracts without callable functions are paired only when there are no others: comparing
 * them means comparing their constructors.
 */
export function pairsOf(original: Compilation, answer: Compilation): ContractPairs {
  const pairs = pairsAmong(original.contracts.filter(canBeCalled), answer.contracts.filter(canBeCalled));
  if (original.contracts.some(canBeCalled)) return pairs;
  const isBare = ({ trees }: Compilation): ((contract: CompiledContract) => boolean) => {
    const nodes = [...trees.values()].flatMap((tree) => nodesIn(tree, "nodes"));
    const contracts = nodes.filter((node) => textIn(node, "contractKind") === "contract");
    const names = new Set(contracts.map((node) => textIn(node, "name")));
    return (contract) => isDeployable(contract) && names.has(contract.name);
  };
  return pairsAmong(original.contracts.filter(isBare(original)), answer.contracts.filter(isBare(answer)));
}

/** By name; else by a name that contains the other; else by what can be called, when one remains on each side. */
function pairsAmong(before: readonly CompiledContract[], after: readonly CompiledContract[]): ContractPairs {
  let left = after;
  const pairs: ContractPair[] = [];
  const take = (one: CompiledContract, other: CompiledContract | undefined): boolean => {
    if (other === undefined) return false;
    pairs.push({ before: one, after: other });
    left = left.filter((each) => each !== other);
    return true;
  };
  const open = before.filter(
    (one) =>
      !take(
        one,
        left.findLast(({ name }) => name === one.name),
      ),
  );
  const renamed = open.filter((one) => {
    const alike = left.filter(({ name }) => name.includes(one.name) || one.name.includes(name));
    return !take(one, alike.length === 1 ? alike[0] : undefined);
  });
  const missing = renamed.filter((one) => {
    const same = left.filter((each) => functionsOf(each) === functionsOf(one));
    const [only] = same.length === 1 ? same : left;
    return !take(one, same.length === 1 || (renamed.length === 1 && left.length === 1) ? only : undefined);
  });
  return { pairs, missing };
}

function canBeCalled(contract: CompiledContract): boolean {
  return isDeployable(contract) && contract.abi.length > 0;
}

function isDeployable({ bytecode, needsLinking }: CompiledContract): boolean {
  return bytecode !== "" && !needsLinking;
}

function functionsOf({ abi }: CompiledContract): string {
  return abi
    .filter(({ type }) => type === "function")
    .map(signatureOf)
    .sort()
    .join(" ");
}
