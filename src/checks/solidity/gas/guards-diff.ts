import type { Compilation } from "../solidity/compile.ts";
import type { Comparison } from "./comparison.ts";
import { factsOf, initialisedNamesOf, storageNamesOf, type Facts } from "./function-facts.ts";
import type { ContractPair } from "./contract-pairs.ts";
import { binary } from "./normal-form.ts";

/** Signatures of the functions whose own code has changed. */
export function changedFunctions(
  original: Compilation,
  answer: Compilation,
  { before, after }: ContractPair,
): readonly string[] {
  const now = factsOf(answer, after.name);
  const old = factsOf(original, before.name);
  return Object.entries(before.methodIdentifiers).flatMap(([signature, selector]) => {
    const [was, is] = [old.get(selector), now.get(selector)];
    return was !== undefined && is !== undefined && was.code !== is.code ? [signature] : [];
  });
}

/** A limit that the answer has moved: `x < 1000` has become `x < 1001`. */
export interface MovedLine {
  readonly message: string;
  /** Each side of the limit returns its own fixed value. Other moved limits count only if calls reached exactly that limit. */
  readonly isDecisive: boolean;
}

export function movedLines(
  original: Compilation,
  answer: Compilation,
  { before, after }: ContractPair,
): readonly MovedLine[] {
  const now = factsOf(answer, after.name);
  return [...factsOf(original, before.name)].flatMap(([selector, old]) => {
    const other = now.get(selector);
    if (other === undefined || old.hasAssembly || other.hasAssembly) return [];
    const [was, is] = [linesOf(old), linesOf(other)];
    const lost = [...was].filter((each) => !is.has(each));
    const gained = [...is].filter((each) => !was.has(each));
    return [...twins(lost, gained), ...shortened(lost, gained)].map(([one, two]) => ({
      message: `${other.name} asks "${two}" where the original asks "${one}"`,
      isDecisive: old.decisive.has(one) && other.decisive.has(two),
    }));
  });
}

/** `a + b < c` and `a < c`: one side is the same, the other lost or gained a term. */
function shortened(lost: readonly string[], gained: readonly string[]): readonly (readonly [string, string])[] {
  return lost.flatMap((was) => {
    const is = gained.find((each) => isShortened(was, each) || isShortened(each, was));
    return is === undefined ? [] : [[was, is] as const];
  });
}

function isShortened(long: string, short: string): boolean {
  for (const comparison of [" < ", " <= ", " == ", " != "]) {
    const [a, b] = [long.split(comparison), short.split(comparison)];
    if (a.length !== 2 || b.length !== 2) continue;
    const at = a[0] === b[0] ? 1 : a[1] === b[1] ? 0 : null;
    if (at === null) continue;
    const terms = (a[at] ?? "").split(" + ");
    return terms.length > 1 && terms.includes(b[at] ?? "");
  }
  return false;
}

/** All conditions of a function, guards among them. */
function linesOf({ branches, guards }: Facts): ReadonlySet<string> {
  return new Set([...branches, ...guards.map(({ condition }) => condition)]);
}

/** `allowance == type(uint256).max` in one of the two only: it treats the largest number as a special case. */
function apart(before: Facts, after: Facts): readonly string[] {
  const asks = ({ branches }: Facts): readonly string[] =>
    [...branches].filter((each) => LARGEST.test(each) && /[[.$]/.test(each));
  const [was, is] = [asks(before), asks(after)];
  if (before.hasAssembly || after.hasAssembly || was.length > 0 === is.length > 0) return [];
  return is.length > 0
    ? [`treats the largest number apart ("${is[0] ?? ""}"), which the original does not`]
    : [`no longer treats the largest number apart ("${was[0] ?? ""}")`];
}

const LARGEST =
  /type\([^()]*\)\.max|\b115792089237316195423570985008687907853269984665640564039457584007913129639935\b|2 ?\*\* ?256 - 1|~0\b/;

type RefusalReasons = ReadonlyMap<string, ReadonlySet<string>>;
const NONE: RefusalReasons = new Map();

/** Something that a function of the original checks or does and that, by its code, the answer's function does not. */
export interface Loss {
  readonly signature: string;
  /** As a clause. */
  readonly message: string;
  /** Which part of the function's contract is lost. `write`: a write to storage that perhaps no code reads. */
  readonly kind: "guard" | "event" | "edge" | "write";
}

/**
 * What the functions of the original check or do and those of the answer, by their code, do not. Not listed: conditions that calls
 * have shown to be still enforced in another way, and conditions when there are as many as before, phrased differently.
 */
export function lossesOf(
  original: Compilation,
  answer: Compilation,
  { before, after }: ContractPair,
  refusals: Comparison["refusals"],
): readonly Loss[] {
  const now = factsOf(answer, after.name);
  const stored = storageNamesOf(answer);
  // The answer may initialise in the declaration what the original's constructor wrote.
  const initialised = initialisedNamesOf(answer);
  const leftToWrite = new Set([...stored].filter((name) => !initialised.has(name)));
  return [...factsOf(original, before.name)].flatMap(([selector, old]): Loss[] => {
    const other = now.get(selector);
    if (other === undefined) return [];
    const signature = Object.entries(before.methodIdentifiers).find(([, each]) => each === selector)?.[0] ?? selector;
    const found: readonly Omit<Loss, "signature">[] = [
      ...missing(old, other, refusals.get(signature) ?? NONE),
      ...apart(old, other).map((message) => ({ kind: "edge" as const, message })),
      ...postponed(old, other).map((message) => ({ kind: "write" as const, message })),
      ...unwritten(old, other, selector === "constructor" ? leftToWrite : stored).map((message) => ({
        kind: "write" as const,
        message,
      })),
    ];
    return found.map((each) => ({ ...each, signature }));
  });
}

function missing(before: Facts, after: Facts, refused: RefusalReasons): readonly Omit<Loss, "signature">[] {
  if (after.hasAssembly) return [];
  const losses: Omit<Loss, "signature">[] = [...before.events]
    .filter((event) => !after.events.has(event))
    .map((event) => ({ kind: "event", message: `no longer emits ${event}` }));
  const kept = new Set(after.guards.map(({ condition }) => condition));
  const distinct = new Set(before.guards.map(({ condition }) => condition));
  const gained = [...kept].filter((each) => !distinct.has(each));
  const lost = before.guards.filter(({ condition }) => !kept.has(condition));
  for (const [was, is] of twins([...new Set(lost.map(({ condition }) => condition))], gained)) {
    losses.push({ kind: "edge", message: `checks "${is}" where the original checks "${was}"` });
  }
  for (const { condition } of lost) {
    const ways = condition.split(" || ");
    const narrower = ways.length < 2 ? undefined : gained.find((each) => isSomeOf(each, ways));
    // A part of the guard that became a branch around it is no longer part of the guard.
    if (narrower !== undefined && !ways.some((way) => !narrower.includes(way) && asksApart(after, way))) {
      losses.push({
        kind: "edge",
        message: `lets through by "${narrower}" only what the original lets through by "${condition}"`,
      });
    }
  }
  if (kept.size >= distinct.size) return unique(losses);
  const isProven = provenBy(refused, after, distinct);
  for (const { condition, reason } of lost) {
    if (isImplied(condition, after) || isProven(reason, condition)) continue;
    const message = `nothing checks "${condition}"${reason === "" ? "" : ` (${reason})`} any more`;
    losses.push({ kind: "guard", message });
  }
  return unique(losses);
}

/** Whether another guard, checked arithmetic or the chain itself refuses everything that the condition refuses. */
function isImplied(condition: string, after: Facts): boolean {
  if (condition === "msg.sender != 0") return true;
  const [small = "", large = ""] = condition.split(/ <=? /);
  // `a <= a + b` was needed with compilers that let sums overflow.
  if (large.split(" + ").length > 1 && large.split(" + ").includes(small)) return true;
  return (
    after.checkedDifferences.has(`${large} - ${small}`) ||
    after.guards.some((guard) => implies(guard.condition, condition))
  );
}

/** `5 < x` implies `3 < x` and `x != 0`, `x < 3` implies `x < 5`. */
function implies(given: string, other: string): boolean {
  const [left = "", right = ""] = given.split(" < ");
  if (other === `${right} != 0` && left !== "") return true;
  const [low = "", high = ""] = other.split(" < ");
  const [bounds, limits] = [
    [left, low],
    [high, right],
  ].map((pair) => pair.every((each) => /^\d{1,78}$/.test(each)));
  if (bounds === true && right === high) return BigInt(left) >= BigInt(low);
  return limits === true && left === low && BigInt(right) <= BigInt(high);
}

/** Whether the answer refused the calls that the original refused for a reason, and did not do so by another guard. */
function provenBy(
  refused: RefusalReasons,
  after: Facts,
  distinct: ReadonlySet<string>,
): (reason: string, condition: string) => boolean {
  const others = new Set(after.guards.filter(({ condition }) => distinct.has(condition)).map(({ reason }) => reason));
  // A revert without data proves nothing if the original has it too: ether could not be sent, or a call failed.
  if (refused.get("")?.has("") === true) others.add("");
  // Failing arithmetic proves a comparison of two numbers. It proves nothing about the caller or a fixed limit.
  const isArithmetic = (condition: string): boolean =>
    / <=? /.test(condition) && !condition.split(/ <=? /).some((side) => /^\d+$/.test(side));
  return (reason, condition) =>
    [...(refused.get(reason) ?? [])].some(
      (each) => !others.has(each) && (!/^panic 0x1[12]$/.test(each) || isArithmetic(condition)),
    );
}

function unique(losses: readonly Omit<Loss, "signature">[]): readonly Omit<Loss, "signature">[] {
  return [...new Map(losses.map((each) => [each.message, each])).values()];
}

/** Whether one condition of the function mentions both sides of the given one. */
function asksApart({ branches }: Facts, way: string): boolean {
  const sides = way.split(/ (?:[!=]=|<=?) /).filter((side) => /[A-Za-z]/.test(side));
  return [...branches].some((each) => sides.every((side) => each.includes(side)));
}

/** Whether a condition consists of some, but not all, of several alternatives. */
function isSomeOf(condition: string, ways: readonly string[]): boolean {
  const parts = condition.split(" || ");
  return parts.length < ways.length && parts.every((part) => ways.includes(part));
}

/** Conditions that are the same but for a number, `<` instead of `<=`, or the direction. */
function twins(lost: readonly string[], gained: readonly string[]): readonly (readonly [string, string])[] {
  return lost.flatMap((was) => {
    if (!/ <=? /.test(was)) return [];
    const is = gained.find(
      (each) => / <=? /.test(each) && skeletonOf(each) === skeletonOf(was) && each !== opposite(was),
    );
    return is === undefined ? [] : [[was, is] as const];
  });
}

/** The same limit seen from the other side: `9 < x` for `x < 10`. */
function opposite(condition: string): string {
  const [left = "", right = ""] = condition.split(/ <=? /);
  return binary(condition.includes(" <= ") ? "<" : "<=", right, left);
}

function skeletonOf(condition: string): string {
  return condition
    .split(/ <=? /)
    .map((side) => side.replace(/(?<![\w$])\d+(?!\w)/g, "#"))
    .toSorted()
    .join(" < ");
}

/** Writes that came before a call to another contract and now come after it: a contract that calls back finds the old value. */
function postponed(before: Facts, after: Facts): readonly string[] {
  return [...after.lateWrites]
    .filter((place) => before.writes.has(place) && !before.lateWrites.has(place))
    .map((place) => `writes ${place} after it has called another contract, which the original does before`);
}

/**
 * Variables that still exist and are no longer written. A function that writes as many places of the same kind as before, or the
 * whole that a place belongs to, or its parts, may do the same in another way.
 */
function unwritten(before: Facts, after: Facts, stored: ReadonlySet<string>): readonly string[] {
  if (after.hasAssembly) return [];
  const now = [...after.writes].map(shapeOf);
  const old = [...before.writes];
  return old
    .filter((place) => {
      const shape = shapeOf(place);
      if (after.writes.has(place) || !stored.has(/^[\w$]+/.exec(place)?.[0] ?? "")) return false;
      const isPart = now.some((each) => each !== shape && (shape.startsWith(each) || each.startsWith(shape)));
      const count = now.filter((each) => each === shape).length;
      return !isPart && count < old.filter((each) => shapeOf(each) === shape).length;
    })
    .map((place) => `no longer writes ${place}`);
}

/** Without the text in brackets. */
function shapeOf(place: string): string {
  let depth = 0;
  let shape = "";
  for (const char of place) {
    if (char === "]") depth -= 1;
    if (depth === 0) shape += char;
    if (char === "[") depth += 1;
  }
  return shape;
}
