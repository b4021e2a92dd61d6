import type { EvmAbiParameter, AbiValue } from "./abi.ts";
import { ACTORS } from "./actors.ts";
import { leavesOf, replaced } from "./random-arguments.ts";
import type { ComparedPair } from "./evm.ts";

/** A call that could be made. */
export interface CallVariant {
  readonly args: readonly AbiValue[];
  readonly from: bigint;
  readonly value: bigint;
  readonly timestamp: bigint;
}

const WORD_MAX = (1n << 256n) - 1n;
const MAX_TIME_STEP_S = 400n * 86_400n;
const MAX_DISTANCE = 1n << 200n;
/** Larger numbers are addresses and hashes, whose neighbours mean nothing. */
const MAX_COUNTED = 1n << 140n;

export interface Nearby {
  readonly exact: readonly CallVariant[];
  /** Less likely to hit an edge. */
  readonly loose: readonly CallVariant[];
}

/**
 * Calls near the limits that the code checks. Where the code compared a number of the call with another number (directly, or after
 * an addition), the variants use that other number and its neighbours.
 */
export function nearby(attempt: CallVariant, compared: readonly ComparedPair[], isPayable: boolean): Nearby {
  const exact = new Map<string, CallVariant>();
  const loose = new Map<string, CallVariant>();
  const add = (key: string, next: CallVariant): void => void (key.startsWith("~") ? loose : exact).set(key, next);
  const leaves = leavesOf(attempt.args);
  const numbers = leaves.filter(({ isLength, value }) => !isLength && value < MAX_COUNTED).slice(0, 4);
  for (const [a, b] of compared) {
    for (const [here, there] of [
      [a, b],
      [b, a],
    ] as const) {
      for (const { path, value, isLength } of leaves) {
        if (value !== here || (isLength && there > 40n)) continue;
        for (const to of value < MAX_COUNTED ? [there, there + 1n, there - 1n] : [there]) {
          if (to >= 0n && to <= WORD_MAX)
            add(`${path.join()} ${to}`, { ...attempt, args: replaced(attempt.args, path, to) });
        }
      }
      if (attempt.from === here && there !== here && ACTORS.includes(there))
        add(`from ${there}`, { ...attempt, from: there });
      if (attempt.timestamp === here) {
        for (const to of [there, there + 1n, there - 1n]) addTime(add, attempt, to);
      }
      if (isPayable && attempt.value === here && there < 10n ** 22n) {
        for (const value of [there, there + 1n, there - 1n])
          if (value >= 0n) add(`value ${value}`, { ...attempt, value });
      }
    }
    const distance = b - a;
    if (distance > MAX_DISTANCE || distance < -MAX_DISTANCE) continue;
    for (const { path, value } of numbers) {
      for (const way of [distance, -distance]) {
        for (const to of [value + way, value + way + 1n, value + way - 1n]) {
          if (to >= 0n && to <= WORD_MAX)
            add(`~${path.join()} ${to}`, { ...attempt, args: replaced(attempt.args, path, to) });
        }
      }
    }
    if (isPayable && distance < 10n ** 22n) {
      for (const value of [attempt.value + distance, attempt.value + distance + 1n, attempt.value + distance - 1n]) {
        if (value >= 0n) add(`~value ${value}`, { ...attempt, value });
      }
    }
    if (distance !== 0n)
      for (const to of [distance, distance + 1n, distance - 1n]) addTime(add, attempt, attempt.timestamp + to, "~");
  }
  return { exact: [...exact.values()], loose: [...loose.values()] };
}

/** Variants of a successful call: another caller, or one argument at an end of its range, beyond a width, or equal to the caller. */
export function variationsOf(
  attempt: CallVariant,
  entry: readonly EvmAbiParameter[],
  widths: readonly bigint[] = [],
): readonly CallVariant[] {
  const leaves = leavesOf(attempt.args).filter(({ isLength }) => !isLength);
  const changed = leaves.flatMap(({ path, value }) => {
    const isAddress = entry[path[0] ?? 0]?.type.startsWith("address") ?? false;
    const cut = widths.map((bits) => value + (1n << bits)).filter((each) => each <= WORD_MAX);
    const ends = isAddress ? [0n, attempt.from] : [...cut, 0n, WORD_MAX, WORD_MAX - value];
    return ends.filter((end) => end !== value).map((end) => ({ ...attempt, args: replaced(attempt.args, path, end) }));
  });
  const others = ACTORS.slice(0, 3).filter((actor) => actor !== attempt.from);
  return [...others.map((from) => ({ ...attempt, from })), ...changed.slice(0, 16)];
}

function addTime(add: (key: string, next: CallVariant) => void, attempt: CallVariant, to: bigint, mark = ""): void {
  if (to >= attempt.timestamp && to <= attempt.timestamp + MAX_TIME_STEP_S)
    add(`${mark}time ${to}`, { ...attempt, timestamp: to });
}
