/** A parameter as the compiler describes it. */
export interface EvmAbiParameter {
  readonly name: string;
  readonly type: string;
  readonly internalType?: string;
  readonly indexed?: boolean;
  readonly components?: readonly EvmAbiParameter[];
}

/** A function, event, error or the constructor as the compiler describes it. */
export interface EvmAbiEntry {
  readonly type: string;
  readonly name?: string;
  readonly inputs?: readonly EvmAbiParameter[];
  readonly outputs?: readonly EvmAbiParameter[];
  readonly stateMutability?: string;
  readonly anonymous?: boolean;
}

/** An argument: a word, bytes (also of a string), or the parts of an array or struct. */
export type AbiValue = bigint | Uint8Array | readonly AbiValue[];

export const WORD_BYTES = 32;
const WORD = 1n << 256n;

/** The parts of an array type: of what, and how many; `null` items: as many as there are. */
export function arrayOf(
  parameter: EvmAbiParameter,
): { readonly item: EvmAbiParameter; readonly length: number | null } | null {
  if (!parameter.type.endsWith("]")) return null;
  const open = parameter.type.lastIndexOf("[");
  const size = parameter.type.slice(open + 1, -1);
  const internal = parameter.internalType;
  const internalType = internal?.endsWith("]") === true ? internal.slice(0, internal.lastIndexOf("[")) : internal;
  const item = {
    ...parameter,
    type: parameter.type.slice(0, open),
    ...(internalType === undefined ? {} : { internalType }),
  };
  return { item, length: size === "" ? null : Number(size) };
}

/** `uint256,(address,bool)[]` as it stands in a signature. */
export function typesOf(parameters: readonly EvmAbiParameter[]): string {
  return parameters.map(typeOf).join(",");
}

function typeOf(parameter: EvmAbiParameter): string {
  if (!parameter.type.startsWith("tuple")) return parameter.type;
  return `(${typesOf(parameter.components ?? [])})${parameter.type.slice("tuple".length)}`;
}

export function signatureOf(entry: EvmAbiEntry): string {
  return `${entry.name ?? entry.type}(${typesOf(entry.inputs ?? [])})`;
}

export function isDynamic(parameter: EvmAbiParameter): boolean {
  const array = arrayOf(parameter);
  if (array !== null) return array.length === null || isDynamic(array.item);
  if (parameter.type === "tuple") return (parameter.components ?? []).some(isDynamic);
  return parameter.type === "bytes" || parameter.type === "string";
}

/** Arguments as call data, without a selector. */
export function encode(parameters: readonly EvmAbiParameter[], values: readonly AbiValue[]): Uint8Array {
  const heads: (Uint8Array | null)[] = [];
  const tails: Uint8Array[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const body = encodeOne(parameter, values[index] ?? 0n);
    heads.push(isDynamic(parameter) ? null : body);
    tails.push(isDynamic(parameter) ? body : new Uint8Array(0));
  }
  let offset = heads.reduce((total, head) => total + (head?.length ?? WORD_BYTES), 0);
  const filled = heads.map((head, index) => {
    if (head !== null) return head;
    const at = word(BigInt(offset));
    offset += tails[index]?.length ?? 0;
    return at;
  });
  return joined([...filled, ...tails]);
}

function encodeOne(parameter: EvmAbiParameter, value: AbiValue): Uint8Array {
  const array = arrayOf(parameter);
  if (array !== null) {
    const items = isList(value) ? value : [];
    const body = encode(
      items.map(() => array.item),
      items,
    );
    return array.length === null ? joined([word(BigInt(items.length)), body]) : body;
  }
  if (parameter.type === "tuple") return encode(parameter.components ?? [], isList(value) ? value : []);
  if (value instanceof Uint8Array) {
    const padded = new Uint8Array(Math.ceil(value.length / WORD_BYTES) * WORD_BYTES);
    padded.set(value);
    return joined([word(BigInt(value.length)), padded]);
  }
  return word(isList(value) ? 0n : value);
}

export function isList(value: AbiValue): value is readonly AbiValue[] {
  return Array.isArray(value);
}

export function word(value: bigint): Uint8Array {
  return fromHex((((value % WORD) + WORD) % WORD).toString(16).padStart(WORD_BYTES * 2, "0"));
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.startsWith("0x") ? hex.slice(2) : hex, "hex"));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** An argument for people. */
export function shown(parameter: EvmAbiParameter, value: AbiValue): string {
  if (isList(value)) {
    const array = arrayOf(parameter);
    const parts = value.map((each, index) => shown(array?.item ?? parameter.components?.[index] ?? parameter, each));
    return array === null ? `(${parts.join(", ")})` : `[${parts.join(", ")}]`;
  }
  if (value instanceof Uint8Array) {
    return parameter.type === "string" ? JSON.stringify(Buffer.from(value).toString("latin1")) : `0x${toHex(value)}`;
  }
  if (parameter.type === "bool") return value === 0n ? "false" : "true";
  if (parameter.type === "address") return `0x${value.toString(16).padStart(40, "0")}`;
  return parameter.type.startsWith("bytes") ? `0x${value.toString(16)}` : value.toString();
}
