import { PEOPLE } from "./actors.ts";
import type { CallVariant } from "./call-variants.ts";
import { leavesOf, replaced } from "./random-arguments.ts";
import type { EntryPoint } from "./entries.ts";
import type { ComparedPair } from "./evm.ts";

/** A number of the contract's state that a call has read, and the number that the code compares it with. */
export interface Goal {
  readonly entry: EntryPoint;
  readonly attempt: CallVariant;
  readonly is: bigint;
  readonly target: bigint;
}

const WORD_MAX = (1n << 256n) - 1n;
const MIN_ADDRESS = 1n << 128n;
const MAX_COUNTED = 1n << 140n;
const MAX_PAID = 10n ** 22n;
/** Of one call: further comparisons are those that every call makes. */
const MAX_GOALS = 6;
/** Pursued after one round of calls. */
const MAX_DUE = 12;
const SHOWN_PEOPLE = 3;

/** The numbers of both sources, and the limits of types. */
export function notableNumbers(numbers: readonly bigint[]): ReadonlySet<bigint> {
  return new Set([...numbers, WORD_MAX, (1n << 128n) - 1n, (1n << 96n) - 1n]);
}

/**
 * States worth reaching: those in which a value from storage equals a number of the sources, or the largest number, that a call
 * compared it with. Values that came with the call itself are varied elsewhere.
 */
export function goalsOf(
  entry: EntryPoint,
  attempt: CallVariant,
  compared: readonly ComparedPair[],
  numbers: ReadonlySet<bigint>,
): readonly Goal[] {
  const { args, from, value, timestamp } = attempt;
  const given = new Set([...leavesOf(args).map((leaf) => leaf.value), from, value, timestamp]);
  const goals = new Map<bigint, Goal>();
  for (const pair of compared) {
    for (const [is, target] of [pair, [pair[1], pair[0]] as const]) {
      const isNumber = is < MAX_COUNTED && !(target === 4n && isDataSize(is));
      if (!isNumber || !numbers.has(target) || target < 2n || is === target || given.has(is) || given.has(target))
        continue;
      goals.set(target, { entry, attempt, is, target });
    }
  }
  return [...goals.values()].slice(0, MAX_GOALS);
}

/** Every call compares its length with that of a selector. */
function isDataSize(size: bigint): boolean {
  return size >= 4n && size < 10_000n && (size - 4n) % 32n === 0n;
}

/** The largest number first, then those that views show: small numbers are ambiguous. */
export function mostTelling(goals: ReadonlyMap<string, Goal>): readonly (readonly [string, Goal])[] {
  const rank = ({ entry, target }: Goal): number =>
    (target === WORD_MAX ? 3 : 0) + (entry.isView ? 2 : 0) + (target > 9n ? 1 : 0);
  return [...goals].toSorted(([, a], [, b]) => rank(b) - rank(a)).slice(0, MAX_DUE);
}

/** The same goal for another account: the first may not be allowed to make the calls that it needs. */
export function forAnother(goal: Goal, who: bigint): Goal {
  const { attempt, entry } = goal;
  const at = firstAccount(entry);
  if (at === -1 || !entry.isView) return goal;
  return { ...goal, attempt: { ...attempt, args: replaced(attempt.args, [at], who) } };
}

/** Variants of the call, with numbers and accounts that may bring the state to the wanted value; the likeliest first. */
export function stepsTowards(
  { attempt: witness, is, target }: Goal,
  write: EntryPoint,
  last: CallVariant,
): readonly CallVariant[] {
  const inputs = write.abi.inputs ?? [];
  const people = inputs.flatMap(({ type }, at) => (type === "address" ? [at] : []));
  const numbers = inputs.flatMap(({ type }, at) => (type.startsWith("uint") ? [at] : []));
  const key = keyOf(witness);
  const named = (to: readonly bigint[], from: bigint): CallVariant => ({
    ...last,
    from,
    args: people.reduce<CallVariant["args"]>((args, place, index) => {
      const who = to[index];
      return who === undefined ? args : replaced(args, [place], who);
    }, last.args),
  });
  const bases =
    people.length === 0
      ? [named([], key), last]
      : [named([key], last.from), named([witness.from], key), named([key], key)];
  const distance = target > is ? target - is : is - target;
  const paid = write.isPayable && distance < MAX_PAID ? [{ ...last, from: key, value: distance }] : [];
  const places = numbers.slice(-2).toReversed();
  const steps = [distance, distance / 2n, target].flatMap((value) =>
    bases.flatMap((base) => places.map((at) => ({ ...base, args: replaced(base.args, [at], value) }))),
  );
  return [...paid, ...steps];
}

/** A call in favour of the account that a goal is about. */
export function forKey(entry: EntryPoint, last: CallVariant, { attempt }: Goal): CallVariant {
  const at = firstAccount(entry);
  return at === -1 ? { ...last, from: keyOf(attempt) } : { ...last, args: replaced(last.args, [at], keyOf(attempt)) };
}

/** The call with the smallest possible amounts. */
export function least({ abi }: EntryPoint, attempt: CallVariant): CallVariant {
  const at = (abi.inputs ?? []).findLastIndex(({ type }) => type.startsWith("uint"));
  return at === -1 ? attempt : { ...attempt, args: replaced(attempt.args, [at], 1n) };
}

/** Arguments with which a view that takes accounts shows the accounts involved. */
export function showing(view: EntryPoint, { from, args }: CallVariant): readonly CallVariant["args"][] {
  const inputs = view.abi.inputs ?? [];
  if (inputs.length === 0) return [[]];
  if (inputs.length > 2 || inputs.some(({ type }) => type !== "address")) return [];
  const named = leavesOf(args).flatMap(({ value }) => (isAccount(value) ? [value] : []));
  const people = [...new Set([...named, from])].slice(0, SHOWN_PEOPLE);
  if (inputs.length === 1) return people.map((who) => [who]);
  return people.flatMap((one) => people.filter((other) => other !== one).map((other) => [one, other]));
}

/** A view's arguments unchanged, and once for each calling account. */
export function forEachPerson(view: EntryPoint, { args }: CallVariant): readonly CallVariant["args"][] {
  const at = firstAccount(view);
  return at === -1 ? [args] : [args, ...PEOPLE.map((who) => replaced(args, [at], who))];
}

function firstAccount({ abi }: EntryPoint): number {
  return (abi.inputs ?? []).findIndex(({ type }) => type === "address");
}

function keyOf({ args, from }: CallVariant): bigint {
  return leavesOf(args).find(({ value }) => isAccount(value))?.value ?? from;
}

function isAccount(value: bigint): boolean {
  return value > MIN_ADDRESS && value < 1n << 160n;
}
