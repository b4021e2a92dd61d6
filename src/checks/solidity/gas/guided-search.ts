import { PEOPLE } from "./actors.ts";
import type { Attempt } from "./call-variants.ts";
import { FINAL } from "./limits.ts";
import type { Entry } from "./entries.ts";
import type { Compared } from "./evm.ts";
import type { Random } from "./random.ts";
import { forAnother, forKey, goalsOf, least, mostTelling, showing, stepsTowards, type Goal } from "./search-goals.ts";

/** What of a course of calls steering works with. */
export interface Course {
  readonly entries: readonly Entry[];
  readonly random: Random;
  /** Numbers that are worth reaching. */
  readonly notable: ReadonlySet<bigint>;
  readonly isSpent: () => boolean;
  readonly nowS: () => bigint;
}

/** The calls of the course, on the world as it is. */
export interface Calls {
  /** Whether the original did it. */
  perform(entry: Entry, attempt: Attempt): Promise<boolean>;
  /** Looks, and tells what was compared. */
  glance(view: Entry, args: Attempt["args"]): Promise<readonly Compared[]>;
}

export interface Steering {
  /** A new world: what was learnt of the states of the last one is of no use. */
  begin(): void;
  succeeded(entry: Entry, attempt: Attempt, compared: readonly Compared[]): void;
  /** Brings the state to where the code draws a line, and looks what the two do there. */
  steer(calls: Calls): Promise<void>;
}

const GOAL_TURNS = 2;
const GOAL_STEPS = 12;
const MAX_RESTARTS = 3;
/** Calls that steering may take in all. */
const MAX_STEERED = 160;
const MAX_SHOWN = 8;

export function createSteering({ entries, random, notable, isSpent, nowS }: Course): Steering {
  const writes = entries.filter(({ isView, signature }) => !isView && !FINAL.test(signature));
  const views = entries.filter(({ isView }) => isView);
  const goals = new Map<string, Goal>();
  const turns = new Map<string, number>();
  const successes = new Map<string, Attempt>();
  let steered = 0;

  async function pursue(goal: Goal, calls: Calls): Promise<void> {
    let left = writes.filter(({ signature }) => successes.has(signature));
    let is = await stateBehind(goal, calls);
    let restarts = 0;
    for (let at = 0; at < GOAL_STEPS; at += 1) {
      for (const write of left) {
        const last = successes.get(write.signature);
        if (last === undefined || is === null || is === goal.wanted) return;
        const step = stepsTowards({ ...goal, is }, write, last)[at];
        if (step === undefined) continue;
        if (isSpent() || steered >= MAX_STEERED) return;
        steered += 1;
        if (!(await calls.perform(write, { ...step, timestamp: nowS() }))) continue;
        await attain(goal, calls);
        const before: bigint = is;
        is = await stateBehind(goal, calls);
        // What does not touch the state that the goal is about needs no second try.
        if (goal.entry.isView && is === before) left = left.filter((each) => each !== write);
        else if (goal.entry.isView && restarts < MAX_RESTARTS) {
          // From where it is now the first steps may do what they could not before.
          restarts += 1;
          at = -1;
          break;
        }
      }
    }
  }

  /** What the state is now that the call holds against the wanted number; `null`: it no longer does. */
  async function stateBehind({ entry, attempt, is, wanted }: Goal, calls: Calls): Promise<bigint | null> {
    if (!entry.isView) return is;
    const pairs = (await calls.glance(entry, attempt.args)).filter((pair) => pair.includes(wanted));
    if (pairs.some(([a, b]) => a === b)) return wanted;
    return pairs[0]?.find((each) => each !== wanted) ?? null;
  }

  async function attain(goal: Goal, calls: Calls): Promise<void> {
    const { entry } = goal;
    const now = { ...goal.attempt, timestamp: nowS() };
    if (!entry.isView && !(await calls.perform(entry, now))) {
      // Whoever it is about may lack what it takes.
      for (const write of writes) {
        const last = successes.get(write.signature);
        if (last !== undefined && !isSpent())
          await calls.perform(write, { ...forKey(write, last, goal), timestamp: nowS() });
      }
      await calls.perform(entry, least(entry, now));
    }
    const shown = views.flatMap((view) => showing(view, now).map((args) => ({ view, args })));
    for (const { view, args } of shown.slice(0, MAX_SHOWN)) await calls.glance(view, args);
  }

  return {
    begin() {
      goals.clear();
      successes.clear();
    },
    succeeded(entry, attempt, compared) {
      if (!entry.isView) successes.set(entry.signature, attempt);
      for (const goal of goalsOf(entry, attempt, compared, notable))
        goals.set(`${entry.signature} ${goal.wanted}`, goal);
    },
    async steer(calls) {
      for (const [key, found] of mostTelling(goals)) {
        const turn = turns.get(key) ?? 0;
        if (turn >= GOAL_TURNS) continue;
        turns.set(key, turn + 1);
        await pursue(turn === 0 ? found : forAnother(found, random.pick(PEOPLE)), calls);
      }
    },
  };
}
