import { Worker } from "node:worker_threads";

const ASK_EVERY_MS = 25;
/** How far a heap may grow beyond its limit between two samples. */
const HEADROOM = 4;

/** Node before 22.16 cannot ask a thread for its heap. */
const CAN_ASK = "getHeapStatistics" in Worker.prototype;

/**
 * The limit that V8 enforces on a thread. It is far above the limit that we watch: when a thread meets V8's limit within one large
 * allocation, V8 ends the whole process.
 */
export function hardLimitMb(maxHeapMb: number): number {
  return CAN_ASK ? maxHeapMb * HEADROOM : maxHeapMb;
}

/** Calls `onOver` once the thread's heap, or its memory outside the heap, is over the limit. Returns a function that ends the watch. */
export function watchHeap(thread: Worker, maxHeapMb: number, onOver: () => void): () => void {
  if (!CAN_ASK) return () => undefined;
  const maxBytes = maxHeapMb * 2 ** 20;
  let asking = false;
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      const heap = await thread.getHeapStatistics();
      if (heap.total_heap_size > maxBytes || heap.external_memory > maxBytes) onOver();
    } catch {
      // The thread has ended.
    }
    asking = false;
  };
  const timer = setInterval(() => void ask(), ASK_EVERY_MS).unref();
  return () => clearInterval(timer);
}
