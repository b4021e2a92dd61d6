import type { Endings } from "../../core/ledger-reader.ts";
import { DAY_MS } from "../units.ts";
import type { Days } from "./spend.ts";

/** A report looks at so many of the latest requests: more would keep a server from its other work. */
export const MOST_REPORTED = 20_000;

export const NO_ENDINGS: Endings = { groups: [], latencies: [], complete: true };

/** Epoch milliseconds beyond which no clock goes. */
const LAST_MS = 8.64e15;

/** First and last moment of some days, epoch milliseconds, inclusive. */
export function momentsOf({ first, last }: Days): readonly [fromMs: number, untilMs: number] {
  return [Math.max(-LAST_MS, first * DAY_MS), Math.min(LAST_MS, (last + 1) * DAY_MS - 1)];
}
