import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Tinypool } from "tinypool";
import { unmade, type CheckOutcome } from "../../checks/kit/check.ts";
import { programFile } from "../../checks/kit/program-file.ts";
import { ANSWER_LIMIT_MS, NO_ANSWER_TIME, NO_TIME, type CheckRunner, type CheckRequest } from "../run-check.ts";
import { hardLimitMb } from "./heap-watch.ts";
import { runJob } from "./run-job.ts";
import { SlowCallers } from "./slow-callers.ts";
import { turns } from "./turns.ts";

/** Where the checks of an answer run, and for whom. */
interface LanePlace {
  readonly lane: number;
  readonly principal: string | null;
  readonly givesWay: boolean;
}

interface OpenLane {
  readonly pool: Promise<Tinypool>;
  /** Its thread gives way to others. */
  readonly givesWay: boolean;
}

export interface PoolOptions {
  /** URL of the module whose `CHECKS` is the table. */
  readonly table?: string;
  /** Of two or more, one principal holds all but one at the most. */
  readonly maxThreads?: number;
  /** What the checks of one answer may take together. */
  readonly answerLimitMs?: number;
  /** Heap limit of one worker; it may use the same amount again outside the heap (WebAssembly, buffers). */
  readonly maxHeapMb?: number;
  /** Workers that are idle for this long are ended. */
  readonly idleMs?: number;
}

const MOST_THREADS = 5;
const MAX_HEAP_MB = 512;
const IDLE_MS = 60_000;
/** After a thread breaks, its job is tried once more in a fresh one: earlier jobs may have filled its memory. */
const MOST_TRIES = 2;
const CLOSING = "the server is closing";
const AFTER_TIMEOUT = "another check of this answer took too long";

const WORKER = fileURLToPath(programFile("verify/worker-pool/worker"));
const TABLE = programFile("verify/registry").href;

/**
 * Runs checks in worker threads, which start on first use. Each check has a time limit, and so have all checks of an answer together;
 * each thread has a memory limit and no environment variables. A check that breaks its thread is "not checked", and the checks after
 * it run in another thread. A check that overruns ends the checking of its answer: those after it are "not checked" either.
 * Principals take turns.
 */
export function workerPool(options: PoolOptions = {}): CheckRunner {
  const { table = TABLE, maxHeapMb = MAX_HEAP_MB, maxThreads = defaultThreads() } = options;
  const { answerLimitMs = ANSWER_LIMIT_MS } = options;
  // We do not use a pool's own queue: it loses queued jobs when the thread that they wait for dies.
  const threads = turns(maxThreads);
  const closing = new AbortController();
  const slow = new SlowCallers();
  /** A pool of one thread for each lane: a principal keeps its lane's warm thread when others break theirs. */
  const lanes = new Map<number, OpenLane>();
  const started = async (lane: number, givesWay: boolean): Promise<Tinypool> => {
    const known = lanes.get(lane);
    // A thread that gives way does so for good.
    const kept = known?.givesWay === true && !givesWay ? undefined : known;
    const open = { pool: kept?.pool ?? start(maxHeapMb, options.idleMs ?? IDLE_MS), givesWay };
    lanes.set(lane, open);
    if (known !== undefined && kept === undefined) await (await known.pool).destroy();
    return open.pool;
  };

  async function work(
    requests: readonly CheckRequest[],
    subject: Parameters<CheckRunner["run"]>[1],
    stop: AbortSignal,
    { lane, principal, givesWay }: LanePlace,
    notYetFree: (free: Promise<void>) => void,
  ): Promise<readonly CheckOutcome[]> {
    const results: CheckOutcome[] = [];
    let tries = 0;
    let leftMs = answerLimitMs;
    while (results.length < requests.length && !stop.aborted) {
      if (leftMs <= 0) return filled(results, requests, unmade(NO_ANSWER_TIME));
      const job = { requests: requests.slice(results.length), subject, table, leftMs, givesWay };
      const pool = await started(lane, givesWay);
      const { results: made, broken, began, spentMs, free } = await runJob(pool, job, maxHeapMb, stop);
      results.push(...made);
      leftMs -= spentMs;
      slow.took(principal, answerLimitMs - leftMs);
      if (free !== null) notYetFree(free);
      if (broken === null) continue;
      tries = made.length > 0 ? 1 : tries + 1;
      if (!stop.aborted && broken.again && tries < MOST_TRIES) continue;
      const reason = unmade(stop.aborted ? stopReason() : broken.reason);
      // A thread that dies before its first check would also die before the next one.
      if (!began) return filled(results, requests, reason);
      results.push(reason);
      if (broken.timedOut) return filled(results, requests, unmade(AFTER_TIMEOUT));
      tries = 0;
    }
    return filled(results, requests, unmade(stopReason()));
  }

  const stopReason = (): string => (closing.signal.aborted ? CLOSING : NO_TIME);

  return {
    async run(requests, subject, signal, principal) {
      const stop = AbortSignal.any([signal, closing.signal]);
      const turn = await threads.take(principal, stop);
      if (turn === null) return filled([], requests, unmade(stopReason()));
      let free = Promise.resolve();
      const place = { lane: turn.lane, principal, givesWay: slow.has(principal) };
      try {
        return await work(requests, subject, stop, place, (later) => {
          free = later;
        });
      } catch (error) {
        return filled([], requests, unmade(`the checks' threads cannot be used: ${String(error)}`));
      } finally {
        void free.then(() => turn.release());
      }
    },
    async close() {
      closing.abort();
      await Promise.all([...lanes.values()].map(async ({ pool }) => (await pool.catch(() => null))?.destroy()));
    },
  };
}

function defaultThreads(): number {
  return Math.min(MOST_THREADS, availableParallelism());
}

/** A pool of one thread; when it ends, the next job starts another. */
async function start(maxHeapMb: number, idleMs: number): Promise<Tinypool> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({
    filename: WORKER,
    // The exported function that runs a job.
    name: "work",
    runtime: "worker_threads",
    minThreads: 0,
    maxThreads: 1,
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
