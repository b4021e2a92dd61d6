import type { Clock } from "../../src/core/ports.ts";

interface Timer {
  readonly dueMs: number;
  readonly fire: () => void;
}

/** Turns of the event loop without any new timer after which nothing but time can bring things forward. */
const IDLE_TURNS = 30;

/** A clock that jumps to the next timer as soon as all tasks wait: hours of deadlines pass in milliseconds. */
export function virtualClock(startMs: number): Clock & { readonly elapsedMs: () => number } {
  let nowMs = 0;
  let idleTurns = 0;
  let pumping = false;
  const timers = new Set<Timer>();

  const pump = (): void => {
    if (timers.size === 0) {
      pumping = false;
      return;
    }
    idleTurns += 1;
    if (idleTurns > IDLE_TURNS) {
      const next = [...timers].reduce((first, timer) => (timer.dueMs < first.dueMs ? timer : first));
      timers.delete(next);
      nowMs = Math.max(nowMs, next.dueMs);
      idleTurns = 0;
      next.fire();
    }
    setImmediate(pump);
  };

  return {
    nowMs: () => startMs + nowMs,
    monotonicMs: () => nowMs,
    elapsedMs: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const timer = { dueMs: nowMs + Math.max(0, ms), fire: resolve };
        timers.add(timer);
        idleTurns = 0;
        signal.addEventListener("abort", () => {
          timers.delete(timer);
          resolve();
        });
        if (!pumping) {
          pumping = true;
          setImmediate(pump);
        }
      }),
  };
}
