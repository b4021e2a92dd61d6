import { DAY_MS } from "../units.ts";

/** What a ledger keeps, and for how long: the same in a file and in Postgres. */

/** What happened longer ago says nothing about a model's health now. */
export const RECENT_MS = 600_000;
/** An outage that has been over for longer is forgotten. */
export const FORGOTTEN_MS = 86_400_000;
/**
 * A request that was ended on behalf of its process, or has an attempt that was, stays so much longer: should the process only
 * have slept, its own figures still replace the presumed ones.
 */
export const PRESUMED_MS: number = 30 * DAY_MS;
/** A vendor's page of HTML is no use in a reason. */
export const MOST_OUTAGE_CHARS = 300;
/** How many of the newest values of a model are kept. The breaker looks at fewer. */
export const NEWEST = { health: 20, latency: 200, latencyOfTask: 60, own: 20 } as const;
