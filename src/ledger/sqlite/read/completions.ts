import type { Connection } from "../db/connection.ts";
import { dayText } from "../../units.ts";
import { ALL_NAMES, DIMENSIONS } from "../write/rollups.ts";

/** Above every character, so that a range holds all that begins with a prefix. */
const LAST_CHARACTER = "\u{10FFFF}";

const ROUTE_IDS = "SELECT route_id FROM requests WHERE route_id >= ? AND route_id < ? ORDER BY route_id DESC LIMIT ?";
const OWN_ROUTE_IDS = `
  SELECT route_id FROM requests WHERE principal = ? AND route_id >= ? AND route_id < ? ORDER BY route_id DESC LIMIT ?`;

/** Ids of requests (of one principal, or of all) that begin with `prefix`, newest first: ids sort by time. */
export function readRouteIds(
  connection: Connection,
  prefix: string,
  limit: number,
  principal: string | null,
): readonly string[] {
  const range = [prefix, prefix + LAST_CHARACTER, Math.max(0, limit)];
  const rows =
    principal === null
      ? connection.all<{ route_id: string }>(ROUTE_IDS, ...range)
      : connection.all<{ route_id: string }>(OWN_ROUTE_IDS, connection.names.find(principal), ...range);
  return rows.map((row) => row.route_id);
}

const DAYS = "SELECT day FROM spend_rollups WHERE dimension = ? AND name = ? ORDER BY day DESC";
const OWN_DAYS =
  "SELECT day FROM principal_rollups WHERE principal = ? AND dimension = ? AND name = ? ORDER BY day DESC";

/** Days on which something happened that begin with `prefix`, newest first. */
export function readDays(
  connection: Connection,
  prefix: string,
  limit: number,
  principal: string | null,
): readonly string[] {
  const rows =
    principal === null
      ? connection.all<{ day: number }>(DAYS, DIMENSIONS.all, ALL_NAMES)
      : connection.all<{ day: number }>(OWN_DAYS, connection.names.find(principal), DIMENSIONS.all, ALL_NAMES);
  const days: string[] = [];
  for (const row of rows) {
    if (days.length >= limit) break;
    const day = dayText(row.day);
    if (day.startsWith(prefix)) days.push(day);
  }
  return days;
}
