import type { Compilation } from "../solidity/compile.ts";
import type { Comparison } from "./comparison.ts";
import { factsOf, initialisedNamesOf, storageNamesOf, type Facts } from "./function-facts.ts";
import type { Pair } from "./contract-pairs.ts";

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

type Refusals = ReadonlyMap<string, ReadonlySet<string>>;
const NONE: Refusals = new Map();

/**
 * What the functions of the original made sure of and those of the answer do not, a sentence each. A condition that calls have
 * shown to be enforced still, by other means, is not missed; nor is one of which there are as many as before, in other words.
 */
export function guardDifferences(
  original: Compilation,
  answer: Compilation,
  { before, after }: Pair,
  comparison: Comparison | null,
): readonly string[] {
  const now = factsOf(answer, after.name);
  const stored = storageNamesOf(answer);
  // What a constructor wrote may stand where the variable is declared.
  const initialised = initialisedNamesOf(answer);
  const leftToWrite = new Set([...stored].filter((name) => !initialised.has(name)));
  const problems: string[] = [];
  for (const [selector, old] of factsOf(original, before.name)) {
    const other = now.get(selector);
    if (other === undefined) continue;
    const signature = Object.entries(before.methodIdentifiers).find(([, each]) => each === selector)?.[0] ?? selector;
    const refused = comparison?.refusals.get(signature) ?? NONE;
    problems.push(
      ...[
        ...missing(old, other, refused),
        ...apart(old, other),
        ...unwritten(old, other, selector === "constructor" ? leftToWrite : stored),
      ].map((problem) => `${before.name}.${signature}: ${problem}`),
    );
  }
  return problems;
}

function missing(before: Facts, after: Facts, refused: Refusals): readonly string[] {
  const problems: string[] = [];
  if (!after.hasAssembly) {
    for (const event of before.events) if (!after.events.has(event)) problems.push(`no longer emits ${event}`);
    const kept = new Set(after.guards.map(({ condition }) => condition));
    const distinct = new Set(before.guards.map(({ condition }) => condition));
    const lost = before.guards.filter(({ condition }) => !kept.has(condition));
    const isImplied = (condition: string): boolean => {
      const [small, large] = condition.split(/ <=? /);
      return after.checkedDifferences.has(`${large} - ${small}`);
    };
    // A call that the answer refuses for what it still checks proves nothing of what it may have dropped.
    const others = new Set(
      after.guards.filter(({ condition }) => distinct.has(condition)).map((guard) => guard.reason),
    );
    // Nor does a silent refusal that the original knows as well: ether that could not be sent, a call that failed.
    if (refused.get("")?.has("") === true) others.add("");
    const isProven = (reason: string): boolean => [...(refused.get(reason) ?? [])].some((each) => !others.has(each));
    const unproven = lost.filter(({ condition, reason }) => !isImplied(condition) && !isProven(reason));
    for (const [was, is] of twins(
      [...new Set(lost.map(({ condition }) => condition))],
      [...kept].filter((each) => !distinct.has(each)),
    )) {
      problems.push(`checks "${is}" where the original checks "${was}"`);
    }
    for (const { condition } of lost) {
      const ways = condition.split(" || ");
      const narrower =
        ways.length < 2 ? undefined : [...kept].find((each) => !distinct.has(each) && isSomeOf(each, ways));
      // What has become a branch around the guard is no longer part of it.
      if (narrower !== undefined && !ways.some((way) => !narrower.includes(way) && asksApart(after, way)))
        problems.push(`lets through by "${narrower}" only what the original lets through by "${condition}"`);
    }
    if (kept.size < distinct.size) {
      problems.push(
        ...unproven.map(
          ({ condition, reason }) => `nothing checks "${condition}"${reason === "" ? "" : ` (${reason})`} any more`,
        ),
      );
    }
  }
  const old = new Set(before.uncheckedDifferences);
  const panicked = refused.get("panic 0x11")?.has("panic 0x11") ?? false;
  for (const difference of after.uncheckedDifferences) {
    const isInput = /\$\d|msg\.value/.test(difference);
    if (!old.has(difference) && isInput && !panicked)
      problems.push(`"${difference}" is unchecked now, and nothing makes sure that it cannot underflow`);
  }
  return [...new Set(problems)];
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
    const is = gained.find((each) => / <=? /.test(each) && skeletonOf(each) === skeletonOf(was));
    return is === undefined ? [] : [[was, is] as const];
  });
}

function skeletonOf(condition: string): string {
  return condition
    .split(/ <=? /)
    .map((side) => side.replace(/(?<![\w$])\d+(?!\w)/g, "#"))
    .toSorted()
    .join(" < ");
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
