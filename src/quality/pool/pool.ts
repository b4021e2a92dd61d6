import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { MessageChannel } from "node:worker_threads";
import type { Tinypool } from "tinypool";
import { notChecked, type Subject } from "../check.ts";
import { NO_TIME, unmade, type CheckRunner, type Ran, type Wanted } from "../job.ts";
import type { Job, News } from "./message.ts";

export interface PoolOptions {
  /** URL of the module whose `CHECKS` is the table. */
  readonly table?: string;
  readonly maxThreads?: number;
  /** Heap of one worker. The compiler's and the sandboxes' WebAssembly memory comes on top. */
  readonly maxHeapMb?: number;
}

/** More threads than this would only take memory: a compiler fills some 300 MB in each. */
const MOST_THREADS = 4;
const MAX_HEAP_MB = 512;
/** A worker whose heap is over this after a job is replaced by a fresh one: compilers do not give everything back. */
const RECYCLE_OVER_BYTES = 256 * 2 ** 20;
/** Workers that have nothing to do go away. */
const IDLE_MS = 60_000;
/** Room to read the table and whatever it imports, before the first check's own limit begins. */
const START_MS = 15_000;
/** A worker that dies before it has begun anything is tried once more, no oftener. */
const MOST_FALSE_STARTS = 2;

const ENDING = import.meta.url.endsWith(".ts") ? "ts" : "js";
const WORKER = fileURLToPath(new URL(`./worker.${ENDING}`, import.meta.url));
const TABLE = new URL(`../checks/index.${ENDING}`, import.meta.url).href;

/**
 * Runs checks in worker threads: started with the first need, with a time limit for each check and a memory limit for each thread,
 * without the process's environment. A check that overruns or breaks its thread is "not checked"; those after it go on in another.
 */
export function workerPool(options: PoolOptions = {}): CheckRunner {
  const table = options.table ?? TABLE;
  let pool: Promise<Tinypool> | null = null;
  let closed = false;
  const started = (): Promise<Tinypool> => (pool ??= start(options));

  return {
    async run(wanted, subject, signal) {
      const results: Ran[] = [];
      let falseStarts = 0;
      while (results.length < wanted.length) {
        if (signal.aborted || closed) return filled(results, wanted, closed ? "the server is closing" : NO_TIME);
        const rest = wanted.slice(results.length);
        const shift = await runShift(await started(), { wanted: rest, subject, table }, signal);
        results.push(...shift.results);
        if (shift.broken === null) continue;
        if (signal.aborted) return filled(results, wanted, NO_TIME);
        if (shift.begun) results.push(unmade(notChecked(shift.broken)));
        else if ((falseStarts += 1) >= MOST_FALSE_STARTS) return filled(results, wanted, shift.broken);
      }
      return results;
    },
    async close() {
      closed = true;
      await (await pool)?.destroy();
    },
  };
}

async function start({ maxThreads, maxHeapMb }: PoolOptions): Promise<Tinypool> {
  const { Tinypool } = await import("tinypool");
  return new Tinypool({
    filename: WORKER,
    runtime: "worker_threads",
    minThreads: 0,
    maxThreads: maxThreads ?? Math.max(1, Math.min(MOST_THREADS, availableParallelism())),
    concurrentTasksPerWorker: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb ?? MAX_HEAP_MB, stackSizeMb: 4 },
    maxMemoryLimitBeforeRecycle: RECYCLE_OVER_BYTES,
    env: {},
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
}

function filled(results: readonly Ran[], wanted: readonly Wanted[], reason: string): readonly Ran[] {
  return wanted.map((_, index) => results[index] ?? (index in results ? null : unmade(notChecked(reason))));
}

/** What one worker did of a job: the results so far, and why it broke off. */
interface Shift {
  readonly results: readonly Ran[];
  readonly broken: string | null;
  /** Whether a check was running when it broke off. */
  readonly begun: boolean;
}

async function runShift(pool: Tinypool, job: Job, signal: AbortSignal): Promise<Shift> {
  const results: Ran[] = [];
  const { port1, port2 } = new MessageChannel();
  const control = new AbortController();
  let broken: string | null = null;
  let begun = false;
  const giveUp = (reason: string): void => {
    broken ??= reason;
    control.abort();
  };
  // The queue's time is the deadline's matter; a check's own limit begins when its worker has begun it.
  let timer: NodeJS.Timeout | undefined;
  const limit = (ms: number, reason: string): void => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, ms, reason);
    timer.unref();
  };
  port1.on("message", (news: News) => {
    if (news.type === "begun") {
      begun = true;
      limit(news.timeoutMs, `gave up after ${news.timeoutMs} ms`);
    } else {
      begun = false;
      results.push(news.ran);
      limit(START_MS, "the checks' thread stopped between two checks");
    }
  });
  const onAbort = (): void => giveUp(NO_TIME);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const all = (await pool.run({ job, port: port2 }, { transferList: [port2], signal: control.signal })) as Ran[];
    return { results: all, broken: null, begun: false };
  } catch (error) {
    return { results, broken: broken ?? reasonOf(error), begun };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    port1.close();
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code === "ERR_WORKER_OUT_OF_MEMORY") return "ran out of memory";
  return `the check broke its thread: ${String(message)}`;
}
