import type { Compilation } from "../solidity/compile.ts";
import type { Comparison } from "./comparison.ts";
import { factsOf, initialisedNamesOf, storageNamesOf, type Facts } from "./function-facts.ts";
import type { Pair } from "./contract-pairs.ts";
import { binary } from "./normal-form.ts";

/** Signatures of the functions whose own code is another. */
export function changedFunctions(
  original: Compilation,
  answer: Compilation,
  { before, after }: Pair,
): readonly string[] {
  const now = factsOf(answer, after.name);
  const old = factsOf(original, before.name);
  return Object.entries(before.methodIdentifiers).flatMap(([signature, selector]) => {
    const [was, is] = [old.get(selector), now.get(selector)];
    return was !== undefined && is !== undefined && was.code !== is.code ? [signature] : [];
  });
}

/** Where the answer draws a line at another place than the original does: `x < 1000` has become `x < 1001`. */
export interface MovedLine {
  readonly told: string;
  /** On either side of it another fixed value is returned; of others, calls must have come to the very line. */
  readonly isDecisive: boolean;
}

export function movedLines(original: Compilation, answer: Compilation, { before, after }: Pair): readonly MovedLine[] {
  const now = factsOf(answer, after.name);
  return [...factsOf(original, before.name)].flatMap(([selector, old]) => {
    const other = now.get(selector);
    if (other === undefined || old.hasAssembly || other.hasAssembly) return [];
    const [was, is] = [linesOf(old), linesOf(other)];
    const lost = [...was].filter((each) => !is.has(each));
    const gained = [...is].filter((each) => !was.has(each));
    return [...twins(lost, gained), ...shortened(lost, gained)].map(([one, two]) => ({
      told: `${other.name} asks "${two}" where the original asks "${one}"`,
      isDecisive: old.decisive.has(one) && other.decisive.has(two),
    }));
  });
}

/** `a + b < c` and `a < c`: one side is the same, and of the other something was left out, or added. */
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

/** `allowance == type(uint256).max`, which only one of them asks: the largest number is treated apart. */
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

type Refused = ReadonlyMap<string, ReadonlySet<string>>;
const NONE: Refused = new Map();

/** Something that a function of the original makes sure of or does, and its counterpart, by its code, does not. */
export interface Loss {
  readonly signature: string;
  /** As a clause. */
  readonly told: string;
  /** What it is a part of the function's contract: `write` of what may be read nowhere. */
  readonly kind: "guard" | "event" | "edge" | "write";
}

/**
 * What the functions of the original made sure of and those of the answer do not, by their code. A condition that calls have
 * shown to be enforced still, by other means, is not missed; nor is one of which there are as many as before, in other words.
 */
export function lossesOf(
  original: Compilation,
  answer: Compilation,
  { before, after }: Pair,
  refusals: Comparison["refusals"],
): readonly Loss[] {
  const now = factsOf(answer, after.name);
  const stored = storageNamesOf(answer);
  // What a constructor wrote may stand where the variable is declared.
  const initialised = initialisedNamesOf(answer);
  const leftToWrite = new Set([...stored].filter((name) => !initialised.has(name)));
  return [...factsOf(original, before.name)].flatMap(([selector, old]): Loss[] => {
    const other = now.get(selector);
    if (other === undefined) return [];
    const signature = Object.entries(before.methodIdentifiers).find(([, each]) => each === selector)?.[0] ?? selector;
    const found: readonly Omit<Loss, "signature">[] = [
      ...missing(old, other, refusals.get(signature) ?? NONE),
      ...apart(old, other).map((told) => ({ kind: "edge" as const, told })),
      ...postponed(old, other).map((told) => ({ kind: "write" as const, told })),
      ...unwritten(old, other, selector === "constructor" ? leftToWrite : stored).map((told) => ({
        kind: "write" as const,
        told,
      })),
    ];
    return found.map((each) => ({ ...each, signature }));
  });
}

function missing(before: Facts, after: Facts, refused: Refused): readonly Omit<Loss, "signature">[] {
  if (after.hasAssembly) return [];
  const losses: Omit<Loss, "signature">[] = [...before.events]
    .filter((event) => !after.events.has(event))
    .map((event) => ({ kind: "event", told: `no longer emits ${event}` }));
  const kept = new Set(after.guards.map(({ condition }) => condition));
  const distinct = new Set(before.guards.map(({ condition }) => condition));
  const gained = [...kept].filter((each) => !distinct.has(each));
  const lost = before.guards.filter(({ condition }) => !kept.has(condition));
  for (const [was, is] of twins([...new Set(lost.map(({ condition }) => condition))], gained)) {
    losses.push({ kind: "edge", told: `checks "${is}" where the original checks "${was}"` });
  }
  for (const { condition } of lost) {
    const ways = condition.split(" || ");
    const narrower = ways.length < 2 ? undefined : gained.find((each) => isSomeOf(each, ways));
    // What has become a branch around the guard is no longer part of it.
    if (narrower !== undefined && !ways.some((way) => !narrower.includes(way) && asksApart(after, way))) {
      losses.push({
        kind: "edge",
        told: `lets through by "${narrower}" only what the original lets through by "${condition}"`,
      });
    }
  }
  if (kept.size >= distinct.size) return unique(losses);
  const isProven = provenBy(refused, after, distinct);
  for (const { condition, reason } of lost) {
    if (isImplied(condition, after) || isProven(reason, condition)) continue;
    const told = `nothing checks "${condition}"${reason === "" ? "" : ` (${reason})`} any more`;
    losses.push({ kind: "guard", told });
  }
  return unique(losses);
}

/** Whether another guard refuses whatever the condition does, or checked arithmetic, or the chain itself. */
function isImplied(condition: string, after: Facts): boolean {
  if (condition === "msg.sender != 0") return true;
  const [small = "", large = ""] = condition.split(/ <=? /);
  // `a <= a + b` was for compilers that let sums overflow.
  if (large.split(" + ").length > 1 && large.split(" + ").includes(small)) return true;
  return (
    after.checkedDifferences.has(`${large} - ${small}`) ||
    after.guards.some((guard) => implies(guard.condition, condition))
  );
}

/** `5 < x` implies `3 < x` and `x != 0`, `x < 3` implies `x < 5`. */
function implies(given: string, wanted: string): boolean {
  const [left = "", right = ""] = given.split(" < ");
  if (wanted === `${right} != 0` && left !== "") return true;
  const [low = "", high = ""] = wanted.split(" < ");
  const [bounds, limits] = [
    [left, low],
    [high, right],
  ].map((pair) => pair.every((each) => /^\d{1,78}$/.test(each)));
  if (bounds === true && right === high) return BigInt(left) >= BigInt(low);
  return limits === true && left === low && BigInt(right) <= BigInt(high);
}

/** Whether calls have been refused for a reason by the original, and by the answer for one that is no other guard's. */
function provenBy(
  refused: Refused,
  after: Facts,
  distinct: ReadonlySet<string>,
): (reason: string, condition: string) => boolean {
  const others = new Set(after.guards.filter(({ condition }) => distinct.has(condition)).map(({ reason }) => reason));
  // Nor does a silent refusal prove anything that the original knows as well: ether that could not be sent, a call that failed.
  if (refused.get("")?.has("") === true) others.add("");
  // Arithmetic that fails says something of how two numbers compare; of who calls, or of a fixed limit, it says nothing.
  const isArithmetic = (condition: string): boolean =>
    / <=? /.test(condition) && !condition.split(/ <=? /).some((side) => /^\d+$/.test(side));
  return (reason, condition) =>
    [...(refused.get(reason) ?? [])].some(
      (each) => !others.has(each) && (!/^panic 0x1[12]$/.test(each) || isArithmetic(condition)),
    );
}

function unique(losses: readonly Omit<Loss, "signature">[]): readonly Omit<Loss, "signature">[] {
  return [...new Map(losses.map((each) => [each.told, each])).values()];
}

/** Whether the two sides of a condition meet in some other condition of the function. */
function asksApart({ branches }: Facts, way: string): boolean {
  const sides = way.split(/ (?:[!=]=|<=?) /).filter((side) => /[A-Za-z]/.test(side));
  return [...branches].some((each) => sides.every((side) => each.includes(side)));
}

/** Whether a condition is one or more of several ways, not all. */
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

/** The line at the same place, looked at from the other side: `9 < x` for `x < 10`. */
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

/** What is written before another contract is called, and now after: who calls back finds the old value. */
function postponed(before: Facts, after: Facts): readonly string[] {
  return [...after.lateWrites]
    .filter((place) => before.writes.has(place) && !before.lateWrites.has(place))
    .map((place) => `writes ${place} after it has called another contract, which the original does before`);
}

/**
 * What is no longer written, of variables that are still there. Where a function writes as many places of the same kind as it did,
 * or the whole of what the place is a part of, or parts of it, it may do the same in other words.
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

/** Without what is between brackets. */
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
