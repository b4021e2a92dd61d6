/** A parameter in an ABI. */
export interface AbiParameter {
  readonly name: string;
  readonly type: string;
  readonly indexed?: boolean;
  readonly components?: readonly AbiParameter[];
}

/** One entry of a contract's ABI. */
export interface AbiEntry {
  readonly type: "function" | "event" | "error" | "constructor" | "fallback" | "receive";
  readonly name?: string;
  readonly inputs?: readonly AbiParameter[];
  readonly outputs?: readonly AbiParameter[];
  readonly stateMutability?: "pure" | "view" | "nonpayable" | "payable";
}

/** `transfer(address,uint256)`. */
export function signatureOf(entry: AbiEntry): string {
  return `${entry.name ?? entry.type}(${(entry.inputs ?? []).map(typeOf).join(",")})`;
}

function typeOf(parameter: AbiParameter): string {
  if (parameter.components === undefined) return parameter.type;
  return `(${parameter.components.map(typeOf).join(",")})${parameter.type.slice("tuple".length)}`;
}
