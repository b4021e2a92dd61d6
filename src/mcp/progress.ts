import type { ProgressToken } from "@modelcontextprotocol/server";
import type { Clock } from "../core/ports.ts";
import type { Progress } from "../core/service.ts";

/** Between two notifications of the same stage and model. */
const PROGRESS_EVERY_MS = 250;
/** Clients reset their own time-out when they hear of progress, so that silence must not last longer than this. */
const HEARTBEAT_MS = 10_000;

/** A `notifications/progress`. `progress` only ever grows; there is no total, as the length of an answer is not known. */
export interface ProgressNotification {
  readonly method: "notifications/progress";
  readonly params: { readonly progressToken: ProgressToken; readonly progress: number; readonly message: string };
}

export interface ProgressReporter {
  readonly report: (progress: Progress) => void;
  /** How many were told, with those before: the next reporter of the same call goes on from here. */
  told(): number;
  /** Nothing is sent after this: a progress behind the result confuses clients. */
  readonly stop: () => void;
}

/**
 * Tells a caller how its request is coming along: every change of stage or model and every task of a batch at once, tokens at most every
 * `PROGRESS_EVERY_MS`, and a heartbeat where nothing happens. Falls silent when the call is cancelled.
 */
export function startProgress(
  token: ProgressToken,
  notify: (notification: ProgressNotification) => Promise<void>,
  clock: Clock,
  cancelled: AbortSignal,
  toldBefore = 0,
): ProgressReporter {
  const stopped = new AbortController();
  const silent = AbortSignal.any([stopped.signal, cancelled]);
  const startedMs = clock.monotonicMs();
  let sentMs = startedMs;
  let count = toldBefore;
  let last: Progress | null = null;

  function send(message: string): void {
    if (silent.aborted) return;
    sentMs = clock.monotonicMs();
    count += 1;
    const params = { progressToken: token, progress: count, message };
    // Who has gone needs no progress, and the result's own failure to arrive is reported by the transport.
    notify({ method: "notifications/progress", params }).catch(() => {});
  }

  async function beat(): Promise<void> {
    while (!silent.aborted) {
      const silenceMs = clock.monotonicMs() - sentMs;
      if (silenceMs >= HEARTBEAT_MS) {
        send(`${last?.message ?? "working"} (${Math.round((clock.monotonicMs() - startedMs) / 1000)} s)`);
      } else {
        await clock.sleep(HEARTBEAT_MS - silenceMs, silent);
      }
    }
  }
  void beat();

  return {
    report: (progress) => {
      const turned = progress.stage !== last?.stage || progress.model !== last.model || progress.done !== last.done;
      last = progress;
      if (turned || clock.monotonicMs() - sentMs >= PROGRESS_EVERY_MS) send(progress.message);
    },
    told: () => count,
    stop: () => stopped.abort(),
  };
}
