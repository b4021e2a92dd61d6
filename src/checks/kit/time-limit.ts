import { createContext, Script } from "node:vm";

/** A parser or a regular expression did not come back in time. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";
}

const sandbox: { work: () => unknown } = { work: () => undefined };
createContext(sandbox);
const CALL = new Script("work()");

/**
 * Runs synchronous work and stops it after `limitMs`, even within a parser or a single regular expression. Parsers can be arbitrarily
 * slow, and one event loop serves every request. (`node:vm` is used only for its watchdog; no untrusted code runs in it.)
 */
export function withinMs<T>(limitMs: number, work: () => T): T {
  sandbox.work = work;
  try {
    return CALL.runInContext(sandbox, { timeout: limitMs }) as T;
  } catch (error) {
    // The watchdog's error belongs to the script's own realm, so that it is no instance of our Error.
    if ((error as { readonly code?: unknown } | null)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
      throw new TimeLimitError(`gave up after ${limitMs} ms`);
    }
    throw error;
  } finally {
    sandbox.work = () => undefined;
  }
}
