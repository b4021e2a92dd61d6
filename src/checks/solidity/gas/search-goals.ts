import { PEOPLE } from "./actors.ts";
import type { Attempt } from "./call-variants.ts";
import { leavesOf, replaced } from "./random-arguments.ts";
import type { Entry } from "./entries.ts";
import type { Compared } from "./evm.ts";

/** A number of the contract's state that a call has met, and the number that the code holds it against. */
export interface Goal {
  readonly entry: Entry;
  readonly attempt: Attempt;
  readonly is: bigint;
  readonly wanted: bigint;
}

const WORD_MAX = (1n << 256n) - 1n;
const MIN_ADDRESS = 1n << 128n;
const MAX_COUNTED = 1n << 140n;
const MAX_PAID = 10n ** 22n;
/** Of one call: the rest is what every call compares. */
const MAX_GOALS = 6;
/** Pursued after one course of calls. */
const MAX_DUE = 12;
const SHOWN_PEOPLE = 3;

/** The numbers of both sources, and the limits of types. */
export function notableNumbers(numbers: readonly bigint[]): ReadonlySet<bigint> {
  return new Set([...numbers, WORD_MAX, (1n << 128n) - 1n, (1n << 96n) - 1n]);
}

/**
 * States worth reaching: where a call has compared something that came from storage with a number of the sources, or with the
 * largest one. What came with the call itself is tried elsewhere.
 */
export function goalsOf(
  entry: Entry,
  attempt: Attempt,
  compared: readonly Compared[],
  numbers: ReadonlySet<bigint>,
): readonly Goal[] {
  const { args, from, value, timestamp } = attempt;
  const given = new Set([...leavesOf(args).map((leaf) => leaf.value), from, value, timestamp]);
  const goals = new Map<bigint, Goal>();
  for (const pair of compared) {
    for (const [is, wanted] of [pair, [pair[1], pair[0]] as const]) {
      const isNumber = is < MAX_COUNTED && !(wanted === 4n && isDataSize(is));
      if (!isNumber || !numbers.has(wanted) || wanted < 2n || is === wanted || given.has(is) || given.has(wanted))
        continue;
      goals.set(wanted, { entry, attempt, is, wanted });
    }
  }
  return [...goals.values()].slice(0, MAX_GOALS);
}

/** Every call compares its length with that of a selector. */
function isDataSize(size: bigint): boolean {
  return size >= 4n && size < 10_000n && (size - 4n) % 32n === 0n;
}

/** The largest number first, then those that views show: small ones stand for many things. */
export function mostTelling(goals: ReadonlyMap<string, Goal>): readonly (readonly [string, Goal])[] {
  const rank = ({ entry, wanted }: Goal): number =>
    (wanted === WORD_MAX ? 3 : 0) + (entry.isView ? 2 : 0) + (wanted > 9n ? 1 : 0);
  return [...goals].toSorted(([, a], [, b]) => rank(b) - rank(a)).slice(0, MAX_DUE);
}

/** The same state of somebody else: the first may be kept from what it takes. */
export function forAnother(goal: Goal, who: bigint): Goal {
  const { attempt, entry } = goal;
  const at = firstAccount(entry);
  if (at === -1 || !entry.isView) return goal;
  return { ...goal, attempt: { ...attempt, args: replaced(attempt.args, [at], who) } };
}

/** The call with its numbers and its people so that the state may become the wanted one; the likeliest first. */
export function stepsTowards({ attempt: shown, is, wanted }: Goal, write: Entry, last: Attempt): readonly Attempt[] {
  const inputs = write.abi.inputs ?? [];
  const people = inputs.flatMap(({ type }, at) => (type === "address" ? [at] : []));
  const numbers = inputs.flatMap(({ type }, at) => (type.startsWith("uint") ? [at] : []));
  const key = keyOf(shown);
  const named = (to: readonly bigint[], from: bigint): Attempt => ({
    ...last,
    from,
    args: people.reduce<Attempt["args"]>((args, place, index) => {
      const who = to[index];
      return who === undefined ? args : replaced(args, [place], who);
    }, last.args),
  });
  const bases =
    people.length === 0
      ? [named([], key), last]
      : [named([key], last.from), named([shown.from], key), named([key], key)];
  const distance = wanted > is ? wanted - is : is - wanted;
  const paid = write.isPayable && distance < MAX_PAID ? [{ ...last, from: key, value: distance }] : [];
  const places = numbers.slice(-2).toReversed();
  const steps = [distance, distance / 2n, wanted].flatMap((value) =>
    bases.flatMap((base) => places.map((at) => ({ ...base, args: replaced(base.args, [at], value) }))),
  );
  return [...paid, ...steps];
}

/** A call in favour of the one whom a goal is about. */
export function forKey(entry: Entry, last: Attempt, { attempt }: Goal): Attempt {
  const at = firstAccount(entry);
  return at === -1 ? { ...last, from: keyOf(attempt) } : { ...last, args: replaced(last.args, [at], keyOf(attempt)) };
}

/** The call with as little as it can be about. */
export function least({ abi }: Entry, attempt: Attempt): Attempt {
  const at = (abi.inputs ?? []).findLastIndex(({ type }) => type.startsWith("uint"));
  return at === -1 ? attempt : { ...attempt, args: replaced(attempt.args, [at], 1n) };
}

/** Arguments with which a view that takes accounts shows those who took part. */
export function showing(view: Entry, { from, args }: Attempt): readonly Attempt["args"][] {
  const inputs = view.abi.inputs ?? [];
  if (inputs.length === 0) return [[]];
  if (inputs.length > 2 || inputs.some(({ type }) => type !== "address")) return [];
  const named = leavesOf(args).flatMap(({ value }) => (isAccount(value) ? [value] : []));
  const people = [...new Set([...named, from])].slice(0, SHOWN_PEOPLE);
  if (inputs.length === 1) return people.map((who) => [who]);
  return people.flatMap((one) => people.filter((other) => other !== one).map((other) => [one, other]));
}

/** A view's arguments as they are, and for each of those who call. */
export function forEverybody(view: Entry, { args }: Attempt): readonly Attempt["args"][] {
  const at = firstAccount(view);
  return at === -1 ? [args] : [args, ...PEOPLE.map((who) => replaced(args, [at], who))];
}

function firstAccount({ abi }: Entry): number {
  return (abi.inputs ?? []).findIndex(({ type }) => type === "address");
}

function keyOf({ args, from }: Attempt): bigint {
  return leavesOf(args).find(({ value }) => isAccount(value))?.value ?? from;
}

function isAccount(value: bigint): boolean {
  return value > MIN_ADDRESS && value < 1n << 160n;
}
