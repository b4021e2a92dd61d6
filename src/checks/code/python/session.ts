import type { Worker } from "node:worker_threads";
import type { News, Order } from "./messages.ts";
import { prepare, startThread } from "./start-up.ts";

const START_LIMIT_MS = 20_000;

/** The thread's own heap was full, outside of Python's memory. */
export class ThreadOutOfMemory extends Error {
  override readonly name = "ThreadOutOfMemory";
}

/** What the thread tells next, or `null` when it tells nothing for so long. Throws when it broke. */
export type Next = (limitMs: number) => Promise<News | null>;

/** Gives an order to a new thread, and ends the thread when `listen` has heard enough, or the signal fires. */
export async function withThread<T>(order: Order, signal: AbortSignal, listen: (next: Next) => Promise<T>): Promise<T> {
  const data = await Promise.race([prepare(), aborted(signal)]);
  const worker = startThread(data);
  const next = listenTo(worker, signal);
  try {
    if ((await next(START_LIMIT_MS))?.type !== "ready") throw new Error("Python took too long to start");
    worker.postMessage(order, []);
    return await listen(next);
  } finally {
    // Ends an endless loop as well. What it was about is settled: its end is not waited for, and its errors are not heard.
    void worker.terminate();
  }
}

/** Rejects when the signal fires, or has fired. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

function listenTo(thread: Worker, signal: AbortSignal): Next {
  const heard: News[] = [];
  let broken: Error | null = null;
  let wake: () => void = () => undefined;
  const fail = (error: Error): void => {
    broken ??= error;
    wake();
  };
  thread.on("message", (news: News) => {
    heard.push(news);
    wake();
  });
  thread.on("error", (error: Error & { readonly code?: string }) => {
    fail(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new ThreadOutOfMemory(error.message) : error);
  });
  thread.on("exit", () => fail(new Error("Python's thread ended")));

  return async (limitMs) => {
    if (heard.length === 0 && broken === null) {
      await new Promise<void>((resolve) => {
        // A late timer fires before news that has arrived is heard: that comes first.
        const timer = setTimeout(() => setImmediate(resolve), limitMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener("abort", wake, { once: true });
      });
      signal.removeEventListener("abort", wake);
    }
    signal.throwIfAborted();
    const news = heard.shift();
    if (news !== undefined) return news;
    if (broken !== null) throw broken;
    return null;
  };
}
