import { setImmediate } from "node:timers/promises";
import { unmade, type Check, type CheckOutcome } from "../checks/kit/check.ts";
import { NO_TIME, runCheck, type CheckRunner } from "./run-check.ts";

/** After this much work the event loop gets a turn, so that other calls go on. All cheap checks together take less. */
const TURN_AFTER_MS = 5;

/**
 * Runs checks in the calling thread: the cheap scans, the user's own programs (which are separate processes anyway), and in tests.
 * It cannot end a check that hangs: when the signal fires, it only stops waiting for it.
 */
export function inProcess(checks: () => Promise<ReadonlyMap<string, Check>>): CheckRunner {
  return {
    async run(requests, subject, signal) {
      let table: ReadonlyMap<string, Check>;
      try {
        table = await checks();
      } catch (error) {
        return requests.map(() => unmade(`the checks cannot be loaded: ${String(error)}`));
      }
      const results: CheckOutcome[] = [];
      let turnedMs = performance.now();
      for (const each of requests) {
        // Checks are mostly synchronous: without a turn of the event loop, no deadline could fire between them.
        if (performance.now() - turnedMs > TURN_AFTER_MS) {
          await setImmediate();
          turnedMs = performance.now();
        }
        results.push(
          signal.aborted
            ? OUT_OF_TIME
            : await untilAborted(runCheck(table.get(each.check), each, subject, signal), signal),
        );
      }
      return results;
    },
    close: async () => undefined,
  };
}

const OUT_OF_TIME: CheckOutcome = unmade(NO_TIME);

async function untilAborted(ran: Promise<CheckOutcome>, signal: AbortSignal): Promise<CheckOutcome> {
  const { promise: aborted, resolve } = Promise.withResolvers<CheckOutcome>();
  const onAbort = (): void => resolve(OUT_OF_TIME);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([ran, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
