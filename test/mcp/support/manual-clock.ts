import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../../src/core/ports.ts";

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Lets time pass and wakes the sleepers that are due, in order. */
  advance(ms: number): Promise<void>;
}

export function manualClock(): ManualClock {
  let nowMs = 0;
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { atMs: nowMs + ms, wake: resolve };
        sleepers.add(sleeper);
        signal.addEventListener("abort", () => resolve(), { once: true });
      }),
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const due = [...sleepers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        sleepers.delete(due);
        nowMs = Math.max(nowMs, due.atMs);
        due.wake();
        await settle();
      }
      nowMs = untilMs;
      await settle();
    },
  };
}

/** Turns of the event loop in which all that is ready has run: a write to the ledger takes one, and may follow another. */
const TURNS = 4;

/** Lets everything that is ready run: promises, messages in memory, writes to the ledger. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
}
