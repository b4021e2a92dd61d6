import type { Connection } from "./connection.ts";
import { dayText } from "./days.ts";
import { ALL_NAMES, DIMENSIONS } from "./rollups.ts";

/** Above every character, so that a range holds all that begins with a prefix. */
const LAST_CHARACTER = "\u{10FFFF}";

const ROUTE_IDS = "SELECT route_id FROM requests WHERE route_id >= ? AND route_id < ? ORDER BY route_id DESC LIMIT ?";

/** Ids of requests that begin with `prefix`, newest first: ids sort by time. */
export function readRouteIds(connection: Connection, prefix: string, limit: number): readonly string[] {
  const rows = connection.all<{ route_id: string }>(ROUTE_IDS, prefix, prefix + LAST_CHARACTER, Math.max(0, limit));
  return rows.map((row) => row.route_id);
}

const DAYS = "SELECT day FROM spend_rollups WHERE dimension = ? AND name = ? ORDER BY day DESC";

/** Days on which something happened that begin with `prefix`, newest first. */
export function readDays(connection: Connection, prefix: string, limit: number): readonly string[] {
  const days: string[] = [];
  for (const row of connection.all<{ day: number }>(DAYS, DIMENSIONS.all, ALL_NAMES)) {
    if (days.length >= limit) break;
    const day = dayText(row.day);
    if (day.startsWith(prefix)) days.push(day);
  }
  return days;
}
