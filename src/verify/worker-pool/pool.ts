import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Tinypool } from "tinypool";
import { unmade, type CheckOutcome } from "../../checks/kit/check.ts";
import { programFile } from "../../checks/kit/program-file.ts";
import { NO_TIME, type CheckRunner, type CheckRequest } from "../run-check.ts";
import { hardLimitMb } from "./heap-watch.ts";
import { runJob } from "./run-job.ts";
import { semaphore } from "./semaphore.ts";

export interface PoolOptions {
  /** URL of the module whose `CHECKS` is the table. */
  readonly table?: string;
  readonly maxThreads?: number;
  /** Heap limit of one worker; it may use the same amount again outside the heap (WebAssembly, buffers). */
  readonly maxHeapMb?: number;
  /** Workers that are idle for this long are ended. */
  readonly idleMs?: number;
}

const MOST_THREADS = 4;
const MAX_HEAP_MB = 512;
const IDLE_MS = 60_000;
/** After a thread breaks, its job is tried once more in a fresh one: earlier jobs may have filled its memory. */
const MOST_TRIES = 2;
const CLOSING = "the server is closing";

const WORKER = fileURLToPath(programFile("verify/worker-pool/worker"));
const TABLE = programFile("verify/registry").href;

/**
 * Runs checks in worker threads, which start on first use. Each check has a time limit, each thread a memory limit and no environment
 * variables. A check that overruns or breaks its thread is "not checked"; the checks after it run in another thread.
 */
export function workerPool(options: PoolOptions = {}): CheckRunner {
  const { table = TABLE, maxHeapMb = MAX_HEAP_MB, maxThreads = defaultThreads() } = options;
  // We do not use the pool's own queue: it loses queued jobs when the thread that they wait for dies.
  const threads = semaphore(maxThreads);
  const closing = new AbortController();
  let pool: Promise<Tinypool> | null = null;
  const started = (): Promise<Tinypool> => (pool ??= start(maxThreads, maxHeapMb, options.idleMs ?? IDLE_MS));

  async function work(
    requests: readonly CheckRequest[],
    subject: Parameters<CheckRunner["run"]>[1],
    stop: AbortSignal,
    notYetFree: (free: Promise<void>) => void,
  ): Promise<readonly CheckOutcome[]> {
    const results: CheckOutcome[] = [];
    let tries = 0;
    while (results.length < requests.length && !stop.aborted) {
      const job = { requests: requests.slice(results.length), subject, table };
      const { results: made, broken, began, free } = await runJob(await started(), job, maxHeapMb, stop);
      results.push(...made);
      if (free !== null) notYetFree(free);
      if (broken === null) continue;
      tries = made.length > 0 ? 1 : tries + 1;
      if (!stop.aborted && broken.again && tries < MOST_TRIES) continue;
      const reason = unmade(stop.aborted ? stopReason() : broken.reason);
      // A thread that dies before its first check would also die before the next one.
      if (!began) return filled(results, requests, reason);
      results.push(reason);
      tries = 0;
    }
    return filled(results, requests, unmade(stopReason()));
  }

  const stopReason = (): string => (closing.signal.aborted ? CLOSING : NO_TIME);

  return {
    async run(requests, subject, signal) {
      const stop = AbortSignal.any([signal, closing.signal]);
      const release = await threads.take(stop);
      if (release === null) return filled([], requests, unmade(stopReason()));
      let free = Promise.resolve();
      try {
        return await work(requests, subject, stop, (later) => {
          free = later;
        });
      } catch (error) {
        return filled([], requests, unmade(`the checks' threads cannot be used: ${String(error)}`));
      } finally {
        void free.then(release);
      }
    },
    async close() {
      closing.abort();
      const opened = await pool?.catch(() => null);
      await opened?.destroy();
    },
  };
}

function defaultThreads(): number {
  return Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1));
}

async function start(maxThreads: number, maxHeapMb: number, idleMs: number): Promise<Tinypool> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({
    filename: WORKER,
    // The exported function that runs a job.
    name: "work",
    runtime: "worker_threads",
    minThreads: 0,
    maxThreads,
    concurrentTasksPerWorker: 1,
    idleTimeout: idleMs,
    resourceLimits: { maxOldGenerationSizeMb: hardLimitMb(maxHeapMb) },
    env: {},
    execArgv: ["--no-warnings"],
  });
  // A thread that breaks between two jobs is no loss; without a listener, its error would end the process.
  pool.on("error", () => undefined);
  return pool;
}

/** One result for each request; those without a result get `rest`. */
function filled(
  results: readonly CheckOutcome[],
  requests: readonly CheckRequest[],
  rest: CheckOutcome,
): readonly CheckOutcome[] {
  return requests.map((_, index) => (index < results.length ? (results[index] ?? null) : rest));
}
