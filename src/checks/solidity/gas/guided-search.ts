import { PEOPLE } from "./actors.ts";
import type { CallVariant } from "./call-variants.ts";
import { FINAL } from "./limits.ts";
import type { EntryPoint } from "./entries.ts";
import type { ComparedPair } from "./evm.ts";
import type { Random } from "./random.ts";
import { forAnother, forKey, goalsOf, least, mostTelling, showing, stepsTowards, type Goal } from "./search-goals.ts";

/** What a guided search needs of the comparison that it is part of. */
export interface SearchSetting {
  readonly entries: readonly EntryPoint[];
  readonly random: Random;
  /** State values worth reaching. */
  readonly notable: ReadonlySet<bigint>;
  readonly isSpent: () => boolean;
  readonly nowS: () => bigint;
}

/** Calls on both deployments in their current state. */
export interface TwinCalls {
  /** Whether the call succeeded in the original. */
  perform(entry: EntryPoint, attempt: CallVariant): Promise<boolean>;
  /** Calls a view; returns the numbers that the code compared. */
  glance(view: EntryPoint, args: CallVariant["args"]): Promise<readonly ComparedPair[]>;
}

export interface GuidedSearch {
  /** After a new deployment: forgets what was learnt about the last one's state. */
  begin(): void;
  succeeded(entry: EntryPoint, attempt: CallVariant, compared: readonly ComparedPair[]): void;
  /** Brings the state to limits that the code checks, and compares how the two behave there. */
  run(calls: TwinCalls): Promise<void>;
}

const GOAL_TURNS = 2;
const GOAL_STEPS = 12;
const MAX_RESTARTS = 3;
/** Calls that the search may use in total. */
const MAX_SEARCH_CALLS = 160;
const MAX_SHOWN = 8;

export function createGuidedSearch({ entries, random, notable, isSpent, nowS }: SearchSetting): GuidedSearch {
  const writes = entries.filter(({ isView, signature }) => !isView && !FINAL.test(signature));
  const views = entries.filter(({ isView }) => isView);
  const goals = new Map<string, Goal>();
  const turns = new Map<string, number>();
  const successes = new Map<string, CallVariant>();
  let searchCalls = 0;

  async function pursue(goal: Goal, calls: TwinCalls): Promise<void> {
    let left = writes.filter(({ signature }) => successes.has(signature));
    let is = await stateBehind(goal, calls);
    let restarts = 0;
    for (let at = 0; at < GOAL_STEPS; at += 1) {
      for (const write of left) {
        const last = successes.get(write.signature);
        if (last === undefined || is === null || is === goal.target) return;
        const step = stepsTowards({ ...goal, is }, write, last)[at];
        if (step === undefined) continue;
        if (isSpent() || searchCalls >= MAX_SEARCH_CALLS) return;
        searchCalls += 1;
        if (!(await calls.perform(write, { ...step, timestamp: nowS() }))) continue;
        await attain(goal, calls);
        const before: bigint = is;
        is = await stateBehind(goal, calls);
        // A function that does not change the goal's state needs no second try.
        if (goal.entry.isView && is === before) left = left.filter((each) => each !== write);
        else if (goal.entry.isView && restarts < MAX_RESTARTS) {
          // From the new state, the first steps may do what they could not before.
          restarts += 1;
          at = -1;
          break;
        }
      }
    }
  }

  /** The state value that the call now compares with the wanted number; `null`: it no longer compares it. */
  async function stateBehind({ entry, attempt, is, target }: Goal, calls: TwinCalls): Promise<bigint | null> {
    if (!entry.isView) return is;
    const pairs = (await calls.glance(entry, attempt.args)).filter((pair) => pair.includes(target));
    if (pairs.some(([a, b]) => a === b)) return target;
    return pairs[0]?.find((each) => each !== target) ?? null;
  }

  async function attain(goal: Goal, calls: TwinCalls): Promise<void> {
    const { entry } = goal;
    const now = { ...goal.attempt, timestamp: nowS() };
    if (!entry.isView && !(await calls.perform(entry, now))) {
      // The account that the goal is about may lack what the call requires (a balance, an approval).
      for (const write of writes) {
        const last = successes.get(write.signature);
        if (last !== undefined && !isSpent())
          await calls.perform(write, { ...forKey(write, last, goal), timestamp: nowS() });
      }
      await calls.perform(entry, least(entry, now));
    }
    const glances = views.flatMap((view) => showing(view, now).map((args) => ({ view, args })));
    for (const { view, args } of glances.slice(0, MAX_SHOWN)) await calls.glance(view, args);
  }

  return {
    begin() {
      goals.clear();
      successes.clear();
    },
    succeeded(entry, attempt, compared) {
      if (!entry.isView) successes.set(entry.signature, attempt);
      for (const goal of goalsOf(entry, attempt, compared, notable))
        goals.set(`${entry.signature} ${goal.target}`, goal);
    },
    async run(calls) {
      for (const [key, found] of mostTelling(goals)) {
        const turn = turns.get(key) ?? 0;
        if (turn >= GOAL_TURNS) continue;
        turns.set(key, turn + 1);
        await pursue(turn === 0 ? found : forAnother(found, random.pick(PEOPLE)), calls);
      }
    },
  };
}
