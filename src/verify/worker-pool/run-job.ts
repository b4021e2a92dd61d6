import { MessageChannel, receiveMessageOnPort, type Worker } from "node:worker_threads";
import type { Tinypool } from "tinypool";
import type { CheckOutcome } from "../../checks/kit/check.ts";
import { NO_TIME } from "../run-check.ts";
import { watchHeap } from "./heap-watch.ts";
import { STOP, type Job, type WorkerMessage } from "./messages.ts";

/** Time to start a thread and to import the table of checks, before the first check's own limit begins. */
const START_MS = 15_000;

/** Why a worker stopped before the end of its job. */
export interface Broken {
  readonly reason: string;
  /** Whether a second try in a fresh thread makes sense: the thread's state, not the check, may be the cause. */
  readonly again: boolean;
  /** A check took longer than it may take at all. */
  readonly timedOut?: true;
}

/** How far one worker got with a job: the results so far, and why it stopped early. */
export interface JobRun {
  readonly results: readonly CheckOutcome[];
  readonly broken: Broken | null;
  /** Whether it was in the middle of a check. */
  readonly began: boolean;
  /** From the beginning of its first check, milliseconds. */
  readonly spentMs: number;
  /** Resolves when its thread is free for the next job; `null`: it is free now. */
  readonly free: Promise<void> | null;
}

/**
 * Runs a job in a worker. Ends the worker when a check overruns, uses too much memory, or is cancelled. A worker that is still
 * starting is not ended: if every impatient caller ended it, no worker would ever be ready. Never rejects.
 */
export async function runJob(pool: Tinypool, job: Job, maxHeapMb: number, signal: AbortSignal): Promise<JobRun> {
  const results: CheckOutcome[] = [];
  const { port1, port2 } = new MessageChannel();
  const control = new AbortController();
  let broken: Broken | null = null;
  let began = false;
  let begunMs: number | null = null;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  let forget = (): void => undefined;

  const breakOff = (why: Broken): void => {
    // Messages that were sent but not yet received still count.
    drain();
    if (!ended) broken ??= why;
    control.abort();
  };
  const limit = (ms: number, reason: string, timedOut = false): void => {
    clearTimeout(timer);
    const mine = setTimeout(() => {
      drain();
      if (timer === mine) breakOff({ reason, again: false, ...(timedOut ? { timedOut } : {}) });
    }, ms).unref();
    timer = mine;
  };
  const watch = (threadId: number): void => {
    const thread = threadOf(pool, threadId);
    // The pool does not notice a thread that ends itself. If an error ended it, the error arrives at the same time and says more.
    const onExit = (code?: number): void => {
      const how = code === undefined ? "" : ` with code ${code}`;
      setImmediate(() => breakOff({ reason: `it ended its thread${how}`, again: true }));
    };
    // The thread may already have ended when its first message arrives. The pool then still lists it under its old number.
    if (thread === null || thread.threadId === ENDED) return onExit();
    thread.once("exit", onExit);
    const unwatch = watchHeap(thread, maxHeapMb, () => breakOff(OUT_OF_MEMORY));
    forget = () => {
      thread.off("exit", onExit);
      unwatch();
    };
  };
  const receive = (message: WorkerMessage): void => {
    switch (message.type) {
      case "taken":
        return watch(message.threadId);
      case "begun":
        begunMs ??= performance.now();
        if (signal.aborted) return breakOff(TOO_LATE);
        began = true;
        return limit(message.timeoutMs, gaveUpAfter(message), !message.isCut);
      case "done":
        began = false;
        results.push(message.outcome);
        return limit(START_MS, "its thread stopped between two checks");
      case "end":
        ended = true;
        if (message.spent) control.abort();
    }
  };
  const drain = (): void => {
    for (let next = receiveMessageOnPort(port1); next !== undefined; next = receiveMessageOnPort(port1)) {
      receive(next.message as WorkerMessage);
    }
  };

  port1.on("message", receive);
  limit(START_MS, "its thread did not start");
  const gaveUp = Promise.withResolvers<"gave up">();
  const onAbort = (): void => {
    if (begunMs !== null) return breakOff(TOO_LATE);
    port1.postMessage(STOP);
    gaveUp.resolve("gave up");
  };
  signal.addEventListener("abort", onAbort, { once: true });
  const run = async (): Promise<void> => {
    try {
      await pool.run({ job, port: port2 }, { transferList: [port2], signal: control.signal });
      drain();
    } catch (error) {
      drain();
      if (!ended) broken ??= brokenBy(error);
    } finally {
      clearTimeout(timer);
      forget();
      signal.removeEventListener("abort", onAbort);
      port1.close();
    }
  };
  const running = run();
  if ((await Promise.race([running, gaveUp.promise])) === "gave up") {
    return { results, broken: TOO_LATE, began, spentMs: 0, free: running };
  }
  return {
    results,
    broken: broken ?? (ended ? null : { reason: "its thread stopped early", again: true }),
    began,
    spentMs: begunMs === null ? 0 : performance.now() - begunMs,
    free: null,
  };
}

/** The thread id of an ended thread. */
const ENDED = -1;
const TOO_LATE: Broken = { reason: NO_TIME, again: false };
const OUT_OF_MEMORY: Broken = { reason: "ran out of memory", again: true };

function gaveUpAfter({ timeoutMs, isCut }: Extract<WorkerMessage, { readonly type: "begun" }>): string {
  return `gave up after ${timeoutMs} ms${isCut ? ", its share of the time that the checks of one answer have" : ""}`;
}

function brokenBy(error: unknown): Broken {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (code === "ERR_WORKER_OUT_OF_MEMORY") return OUT_OF_MEMORY;
  return { reason: `the check broke its thread: ${String(message)}`, again: true };
}

/** The thread behind one of the pool's workers. */
function threadOf(pool: Tinypool, threadId: number): Worker | null {
  const worker = pool.threads.find((each) => each.threadId === threadId) as { readonly thread?: Worker } | undefined;
  return worker?.thread ?? null;
}
