import { arrayOf, isList, type EvmAbiParameter, type AbiValue } from "./abi.ts";
import { CALLS_BACK, OBLIGING, PEOPLE, REFUSING } from "./actors.ts";
import type { Random } from "./random.ts";

/** Values that are worth trying as arguments. */
export interface Pool {
  /** Numbers of the source. */
  readonly constants: readonly bigint[];
  /** Addresses of the source. */
  readonly addresses: readonly bigint[];
  /** Words that the contract has returned or logged. */
  readonly seen: readonly bigint[];
  /** Arguments and callers of earlier successful calls: the keys of mappings. The latest come first. */
  readonly used: readonly bigint[];
  /** Texts and bytes of earlier calls that succeeded. */
  readonly texts: readonly Uint8Array[];
  readonly self: bigint;
  readonly nowS: bigint;
}

const SMALL = [0n, 1n, 2n, 3n, 5n, 10n, 100n] as const;
const AMOUNTS = [1n, 10n, 100n, 1000n, 10n ** 15n, 10n ** 18n, 5n * 10n ** 18n, 0n] as const;
/** Bit positions at which a narrower type or a mask cuts off a key. */
export const SHIFTS = [7n, 8n, 16n, 32n, 64n, 128n] as const;
const LENGTHS = [1, 2, 3, 0, 5, 2] as const;
const MAX_DEPTH = 6;
/** Of a text: larger numbers in the sources are not taken as length limits. */
const MAX_LENGTH = 200n;
/** Smaller words are numbers. */
const MIN_ADDRESS = 1n << 128n;

/** An argument for a parameter, by its type and by what its name suggests. */
export function draw(parameter: EvmAbiParameter, pool: Pool, random: Random, depth = 0): AbiValue {
  const array = arrayOf(parameter);
  if (array !== null) {
    const length = depth > MAX_DEPTH ? 0 : Math.min(array.length ?? random.pick(LENGTHS), 64);
    const items = Array.from({ length }, () => draw(array.item, pool, random, depth + 1));
    const [first] = items;
    // Loops over lists often go wrong on duplicates.
    if (first !== undefined && items.length > 1 && random.chance(0.2)) items[items.length - 1] = first;
    return items;
  }
  if (parameter.type === "tuple")
    return (parameter.components ?? []).map((each) => draw(each, pool, random, depth + 1));
  if (parameter.type === "string" || parameter.type === "bytes") return text(pool, random);
  if (parameter.type === "bool") return BigInt(random.below(2));
  if (parameter.type === "address") return drawAddress(parameter, pool, random);
  if (parameter.type.startsWith("bytes")) return fixedBytes(parameter.type, pool, random);
  return drawNumber(parameter, pool, random);
}

/** Arguments for all parameters. Lists that go together mostly have the same length. */
export function drawAll(parameters: readonly EvmAbiParameter[], pool: Pool, random: Random): readonly AbiValue[] {
  let values: readonly AbiValue[] = parameters.map((each) => draw(each, pool, random));
  const lists = parameters.flatMap((each, index) => (arrayOf(each)?.length === null ? [index] : []));
  const [first, ...others] = lists;
  if (first === undefined || random.chance(0.2)) return values;
  const list = values[first];
  const length = list !== undefined && isList(list) ? list.length : 0;
  for (const other of others) values = replaced(values, [other], BigInt(length));
  return values;
}

function drawAddress(parameter: EvmAbiParameter, pool: Pool, random: Random): bigint {
  const internal = parameter.internalType ?? "";
  const isContract =
    internal.startsWith("contract ") || /token|asset|oracle|feed|router|pool|factory|registry/i.test(parameter.name);
  if (isContract && random.chance(0.85)) return random.chance(0.85) ? OBLIGING : REFUSING;
  const known = pool.used.filter((value) => value > MIN_ADDRESS && value < 1n << 160n);
  if (random.chance(0.35)) return random.any(known.slice(0, 8)) ?? random.pick(PEOPLE);
  const odds = random.below(100);
  if (odds < 45) return PEOPLE[random.below(2)] ?? PEOPLE[0];
  if (odds < 75) return random.pick(PEOPLE);
  if (odds < 80) return 0n;
  if (odds < 85) return CALLS_BACK;
  if (odds < 88) return pool.self;
  if (odds < 92) return OBLIGING;
  if (odds < 95) return REFUSING;
  return random.any(pool.addresses) ?? random.pick(PEOPLE);
}

function drawNumber(parameter: EvmAbiParameter, pool: Pool, random: Random): bigint {
  const bits = Number(/(?<!\d)\d+$/.exec(parameter.type)?.[0] ?? 256);
  const isSigned = parameter.type.startsWith("int");
  const top = (1n << BigInt(isSigned ? bits - 1 : bits)) - 1n;
  if (parameter.internalType?.startsWith("enum ") === true) return BigInt(random.below(7));
  const raw = number(parameter.name, pool, random, top);
  if (isSigned && random.chance(0.3)) return -(raw > top ? top : raw);
  return raw > top ? raw & top : raw;
}

function number(name: string, pool: Pool, random: Random, top: bigint): bigint {
  const odds = random.below(100);
  const near = (value: bigint | null): bigint => {
    const found = (value ?? 1n) + BigInt(random.below(3) - 1);
    return found < 0n ? 0n : found;
  };
  if (odds < 18) return near(random.any(pool.constants));
  if (odds < 30) return near(random.any(pool.seen));
  if (odds < 33) return top;
  if (odds < 35) return top / 2n + 1n;
  if (odds < 42) {
    // Keys that a narrower type or a wrong mask would confuse.
    const key = random.any(pool.used.filter((value) => value < MIN_ADDRESS));
    if (key !== null) return random.chance(0.5) ? key : key + (1n << random.pick(SHIFTS));
  }
  if (/time|deadline|expir|until|start|end|unlock/i.test(name) && odds < 75) {
    return pool.nowS + BigInt(random.pick([0, 60, 3600, 86_400, 604_800, -1]));
  }
  // Longer than the calls themselves take, so that calls can come both before and after it.
  if (/cliff|duration|period|delay|lock|interval|window|cooldown|vesting/i.test(name) && odds < 80) {
    return BigInt(random.pick([3600, 86_400, 604_800, 30 * 86_400, 365 * 86_400]));
  }
  if (
    /amount|value|wei|price|balance|supply|stake|bid|shares|assets|cap|goal|limit|qty|quantity/i.test(name) &&
    odds < 85
  ) {
    return random.pick(AMOUNTS);
  }
  return odds < 92 ? random.pick(SMALL) : random.pick(AMOUNTS);
}

function fixedBytes(type: string, pool: Pool, random: Random): bigint {
  const bytes = Number(type.slice("bytes".length));
  const shift = BigInt(256 - bytes * 8);
  const key = random.any(pool.used.filter((value) => bytes < 32 || value > 1n));
  if (key !== null && random.chance(0.4)) return (key >> shift) << shift;
  const seen = random.any(pool.seen);
  if (seen !== null && random.chance(0.5)) return (seen >> shift) << shift;
  return BigInt(random.pick([1, 2, 0xab, 0])) << shift;
}

function text(pool: Pool, random: Random): Uint8Array {
  const known = random.chance(0.4) ? random.any(pool.texts) : null;
  if (known !== null) return known;
  const bound = random.chance(0.3) ? random.any(pool.constants.filter((each) => each < MAX_LENGTH)) : null;
  const length = bound === null ? random.pick([3, 0, 31, 32, 33, 5, 70, 8]) : Number(bound) + random.below(3) - 1;
  return new Uint8Array(Math.max(0, length)).fill(0x61 + random.below(3));
}

/** A place within arguments. */
export type ArgumentPath = readonly number[];

/** The words within arguments, and the lengths of their lists. */
export function leavesOf(
  values: readonly AbiValue[],
  at: ArgumentPath = [],
): { path: ArgumentPath; value: bigint; isLength: boolean }[] {
  return values.flatMap((value, index) => {
    const path = [...at, index];
    if (typeof value === "bigint") return [{ path, value, isLength: false }];
    if (!isList(value)) return [];
    return [{ path, value: BigInt(value.length), isLength: true }, ...leavesOf(value, path)].slice(0, 24);
  });
}

/** The arguments with another word, or another length of a list, at a place. */
export function replaced(values: readonly AbiValue[], path: ArgumentPath, to: bigint): readonly AbiValue[] {
  const [index, ...rest] = path;
  return values.map((value, at) => {
    if (at !== index) return value;
    if (isList(value) && rest.length > 0) return replaced(value, rest, to);
    if (!isList(value)) return to;
    const length = Number(to < 0n || to > 64n ? 0n : to);
    if (value.length === 0) return value;
    return Array.from({ length }, (_, item) => value[item % value.length] ?? 0n);
  });
}
