import type { Compilation, CompiledContract } from "../solidity/compile.ts";
import { signatureOf } from "./abi.ts";

/** A contract of the original and its counterpart. */
export interface Pair {
  readonly before: CompiledContract;
  readonly after: CompiledContract;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  readonly missing: readonly CompiledContract[];
}

/** By name; else by a name that contains the other; else by what can be called, when one remains on each side. */
export function pairsOf(original: Compilation, answer: Compilation): Pairs {
  const before = original.contracts.filter(isDeployable);
  let left = answer.contracts.filter(isDeployable);
  const pairs: Pair[] = [];
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

function isDeployable({ bytecode, needsLinking, abi }: CompiledContract): boolean {
  return bytecode !== "" && !needsLinking && abi.length > 0;
}

function functionsOf({ abi }: CompiledContract): string {
  return abi
    .filter(({ type }) => type === "function")
    .map(signatureOf)
    .sort()
    .join(" ");
}
