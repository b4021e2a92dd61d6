import { EventHub } from "../core/events.ts";
import type { Service } from "../core/service.ts";
import type { LedgerReader } from "../core/ledger-reader.ts";
import { LedgerWatch, type LedgerWatchParts } from "./watch.ts";

/** How a service is observed. */
export interface Observation {
  readonly hub: EventHub;
  readonly methods: Pick<Service, "observe" | "tellStanding" | "claimNotice">;
  /** Tells what is still to tell, and lets all who listen end. The ledger is still needed. */
  close(): Promise<void>;
}

export function observationOf(
  parts: Omit<LedgerWatchParts, "hub">,
  reader: Pick<LedgerReader, "claimNotice">,
): Observation {
  const hub = new EventHub();
  const watch = new LedgerWatch({ ...parts, hub });
  const ends: (() => Promise<void>)[] = [];
  return {
    hub,
    methods: {
      observe: (observer, end) => {
        if (!hub.isHeard) hub.add((event) => watch.hear(event));
        if (end !== undefined) ends.push(end);
        return hub.add(observer);
      },
      tellStanding: () => watch.look(null),
      claimNotice: (key, untilMs) => reader.claimNotice(key, untilMs, parts.clock.nowMs()),
    },
    close: async () => {
      await watch.close();
      await Promise.allSettled(ends.map((end) => end()));
    },
  };
}
