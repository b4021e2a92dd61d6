import { automatonOf, UNSURE, type Automaton, type Edge } from "./automaton.ts";

/** Steps that each character of a text may cost at most, where a loop is bounded by a count. */
const MOST_STEPS_PER_CHARACTER = 1_000;
/** The same for two bounded loops, one in the other's way. */
const MOST_STEPS_OF_TWO = 20_000;
/** A loop of fewer turns costs next to nothing, even where there are two ways through each turn. */
const FEW_TURNS = 16;

/**
 * Why an expression takes more than linear time on some text, or `null`. It looks for two places p and q and a text w, such that
 * reading w leads from p to p, from p to q and from q to q: then the engine tries every split of w w w … between the two
 * (Weber and Seidl, "On the degree of ambiguity of finite automata"). The search for a start is a place as well: an expression
 * that reads far from every start is quadratic. A loop behind which the expression is already matched cannot be tried again.
 * It may call a safe expression slow, where every such w holds a match.
 */
export function slowness(pattern: string, flags: string): string | null {
  const automaton = automatonOf(pattern, flags);
  const { places } = automaton;
  const loops = loopsOf(automaton);
  for (const p of places.keys()) {
    const own = loops[p];
    if (own === undefined || own.size === 0) continue;
    const pTurns = turnsOf(automaton, p);
    if (p > 0 && pTurns > FEW_TURNS && hasTwoWays(automaton, p, own))
      return "exponential: a loop has two ways to read the same text";
    for (const q of places.keys()) {
      const other = loops[q];
      if (q === p || q === 0 || other === undefined || other.size === 0) continue;
      if (!isTooMany(pTurns, turnsOf(automaton, q)) || canStop(automaton, q)) continue;
      if (splits(automaton, p, own, q, other)) {
        return p === 0 ? "slow from every start: it reads on from each of them" : "slow: two loops share the same text";
      }
    }
  }
  return null;
}

function turnsOf({ places }: Automaton, place: number): number {
  return places[place]?.mostTurns ?? 1;
}

function isTooMany(one: number, other: number): boolean {
  if (one === Number.POSITIVE_INFINITY || other === Number.POSITIVE_INFINITY) {
    return Math.min(one, other) > MOST_STEPS_PER_CHARACTER;
  }
  return one * other > MOST_STEPS_OF_TWO;
}

/** By place: the places on a way from it back to it. */
function loopsOf({ places }: Automaton): readonly ReadonlySet<number>[] {
  const reached = places.map((_, from) => {
    const seen = new Set<number>();
    const open = [from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const { to } of places[at]?.next ?? []) {
        if (to === null || seen.has(to)) continue;
        seen.add(to);
        open.push(to);
      }
    }
    return seen;
  });
  return places.map((_, from) => new Set([...(reached[from] ?? [])].filter((to) => reached[to]?.has(from) === true)));
}

/** Whether the expression is matched wherever a loop's turns end, so that nothing is tried again. */
function canStop({ places, classes }: Automaton, q: number): boolean {
  const place = places[q];
  if (place === undefined) return false;
  const holds = (edge: Edge, after: number | null): boolean =>
    Array.from({ length: classes }, (_, before) => before)
      .filter((before) => place.reads[before])
      .every((before) => edge.conditions.every((condition) => condition !== UNSURE && condition(before, after)));
  const ends = place.next.filter(({ to }) => to === null);
  const again = place.next.filter(({ to }) => to === q);
  if (ends.length === 0) return false;
  return [null, ...Array.from({ length: classes }, (_, at) => at)].every(
    (after) =>
      ends.some((edge) => holds(edge, after)) ||
      (after !== null && place.reads[after] === true && again.some((edge) => holds(edge, after))),
  );
}

/** Steps from a place that read a character of a class, where the character before is known. */
function step(
  { places }: Automaton,
  from: number,
  before: number,
  read: number,
  within?: ReadonlySet<number>,
): number[] {
  const found: number[] = [];
  for (const { to, conditions } of places[from]?.next ?? []) {
    if (to === null || (within !== undefined && !within.has(to)) || places[to]?.reads[read] !== true) continue;
    if (conditions.every((condition) => condition(before, read))) found.push(to);
  }
  return found;
}

/** Whether some text leads from p to p, from p to q and from q to q. */
function splits(
  automaton: Automaton,
  p: number,
  pLoop: ReadonlySet<number>,
  q: number,
  qLoop: ReadonlySet<number>,
): boolean {
  const { classes, places } = automaton;
  const size = places.length;
  const befores = automaton.hasConditions ? Array.from({ length: classes }, (_, at) => at) : [0];
  for (const first of befores) {
    if (automaton.hasConditions && (places[q]?.reads[first] !== true || places[p]?.reads[first] !== true)) continue;
    const code = (a: number, b: number, c: number, before: number): number =>
      ((a * size + b) * size + c) * classes + (automaton.hasConditions ? before : 0);
    const seen = new Set<number>();
    const open: (readonly [number, number, number, number])[] = [[p, p, q, first]];
    const goal = code(p, q, q, first);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [a, b, c, before] = at;
      for (let read = 0; read < classes; read += 1) {
        const cs = step(automaton, c, before, read, qLoop);
        if (cs.length === 0) continue;
        const as = step(automaton, a, before, read, pLoop);
        if (as.length === 0) continue;
        const bs = step(automaton, b, before, read);
        for (const nextA of as)
          for (const nextB of bs)
            for (const nextC of cs) {
              const key = code(nextA, nextB, nextC, read);
              if (key === goal) return true;
              if (seen.has(key)) continue;
              seen.add(key);
              open.push([nextA, nextB, nextC, read]);
            }
      }
    }
  }
  return false;
}

/** Whether some text leads from a place back to it on two ways. */
function hasTwoWays(automaton: Automaton, p: number, loop: ReadonlySet<number>): boolean {
  const { classes, places } = automaton;
  const befores = automaton.hasConditions ? Array.from({ length: classes }, (_, at) => at) : [0];
  for (const first of befores) {
    if (automaton.hasConditions && places[p]?.reads[first] !== true) continue;
    const seen = new Set<string>();
    const open: (readonly [number, number, boolean, number])[] = [[p, p, false, first]];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [a, b, haveParted, before] = at;
      for (let read = 0; read < classes; read += 1) {
        const as = step(automaton, a, before, read, loop);
        const bs = a === b ? as : step(automaton, b, before, read, loop);
        for (const [i, nextA] of as.entries())
          for (const [j, nextB] of bs.entries()) {
            const parted = haveParted || nextA !== nextB || (a === b && i !== j);
            if (parted && nextA === p && nextB === p && (!automaton.hasConditions || read === first)) return true;
            const key = `${nextA},${nextB},${parted},${automaton.hasConditions ? read : 0}`;
            if (seen.has(key)) continue;
            seen.add(key);
            open.push([nextA, nextB, parted, read]);
          }
      }
    }
  }
  return false;
}
