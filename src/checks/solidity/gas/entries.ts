import { encode, fromHex, joined, signatureOf, type EvmAbiEntry, type AbiValue } from "./abi.ts";
import type { CompiledContract } from "../solidity/compile.ts";

/** A function that can be called from outside: one of the ABI, `receive` or `fallback`. */
export interface EntryPoint {
  readonly signature: string;
  readonly abi: EvmAbiEntry;
  readonly isView: boolean;
  readonly isPayable: boolean;
  dataOf(args: readonly AbiValue[]): Uint8Array;
}

/** The entry points that both contracts have. */
export function entriesOf(before: CompiledContract, after: CompiledContract): readonly EntryPoint[] {
  return before.abi.flatMap((abi): EntryPoint[] => {
    const isPayable = abi.stateMutability === "payable";
    const inputs = abi.inputs ?? [];
    if (abi.type === "receive" || (abi.type === "fallback" && !before.abi.some(({ type }) => type === "receive"))) {
      if (!after.abi.some(({ type }) => type === abi.type)) return [];
      return [{ signature: abi.type, abi, isView: false, isPayable, dataOf: () => new Uint8Array(0) }];
    }
    if (abi.type !== "function") return [];
    const signature = signatureOf(abi);
    const selector = before.methodIdentifiers[signature];
    if (selector === undefined || after.methodIdentifiers[signature] !== selector) return [];
    const isView = abi.stateMutability === "view" || abi.stateMutability === "pure";
    return [{ signature, abi, isView, isPayable, dataOf: (args) => joined([fromHex(selector), encode(inputs, args)]) }];
  });
}

/** `address,uint256`; empty for what takes nothing. */
export function typesOf({ signature }: EntryPoint): string {
  return signature.slice(signature.indexOf("(") + 1, -1);
}
