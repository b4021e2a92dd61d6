import type { Service } from "../../core/service.ts";
import type { SharedState } from "../../core/shared-state.ts";

/** Anybody may ask: the ledger is looked at so often at most. */
const LOOK_EVERY_MS = 1000;

/** Whether a call could be served now: the ledger can be used, with its newest schema. Never throws. */
export function readinessOf(service: Service, shared: SharedState | undefined): () => Promise<boolean> {
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let last: Promise<boolean> = Promise.resolve(false);
  const look = async (): Promise<boolean> => {
    try {
      if (shared === undefined) return (await service.budget()).ok;
      await shared.check();
      return true;
    } catch {
      return false;
    }
  };
  return () => {
    const nowMs = performance.now();
    if (nowMs - lookedAtMs >= LOOK_EVERY_MS) {
      lookedAtMs = nowMs;
      last = look();
    }
    return last;
  };
}
