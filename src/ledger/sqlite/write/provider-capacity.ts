import type { OutageScope } from "../../../core/errors.ts";
import type { ProviderCapacity, ReserveInput, ReserveResult } from "../../../core/ports.ts";
import { wholeMs } from "../../units.ts";
import type { Connection } from "../db/connection.ts";
import { outageNow } from "./outages.ts";

const MINUTE_MS = 60_000;

/** What a reservation probes, as it is stored. */
export const PROBES = { model: 1, provider: 2 } as const satisfies Record<OutageScope, number>;

type CapacityRefusal = Extract<ReserveResult, { why: "busy" | "probed" | "out" }>;

/** Why the provider cannot be asked right now, whatever the money says; `null` when it can. After a sweep. */
export function roomRefusal(connection: Connection, input: ReserveInput): CapacityRefusal | null {
  const { names } = connection;
  const outage = outageNow(connection, input.outageKeys, wholeMs(input.nowMs));
  if (outage !== null) return { ok: false, why: "out", outage };
  if (input.probe !== null) {
    const column = input.probe;
    const name = names.find(column === "model" ? input.model : input.provider);
    const sql = `SELECT 1 FROM reservations WHERE ${column} = ? AND probe = ? AND settled = 0 LIMIT 1`;
    if (name !== null && connection.get(sql, name, PROBES[column]) !== undefined) return { ok: false, why: "probed" };
  }
  const provider = input.room === null ? null : names.find(input.provider);
  if (input.room === null || provider === null) return null;
  return busy(connection, input.room, provider, input.nowMs);
}

const CALLING = "SELECT count(*) AS calls FROM reservations WHERE provider = ? AND settled = 0 AND calling = 1";
const NTH_NEWEST = "SELECT at_ms FROM starts WHERE provider = ? ORDER BY seq DESC LIMIT 1 OFFSET ?";

function busy(connection: Connection, room: ProviderCapacity, provider: number, nowMs: number): CapacityRefusal | null {
  const { concurrency, requestsPerMinute } = room;
  if (concurrency !== null) {
    const calls = connection.get<{ calls: number }>(CALLING, provider)?.calls ?? 0;
    if (calls >= concurrency) return { ok: false, why: "busy", limit: "concurrency", freeAtMs: null };
  }
  if (requestsPerMinute !== null) {
    const nth = connection.get<{ at_ms: number }>(NTH_NEWEST, provider, requestsPerMinute - 1);
    // A clock that was set back must not keep a provider busy until it has caught up.
    if (nth !== undefined && nth.at_ms <= nowMs && nth.at_ms + MINUTE_MS > nowMs) {
      return { ok: false, why: "busy", limit: "requestsPerMinute", freeAtMs: nth.at_ms + MINUTE_MS };
    }
  }
  return null;
}

const PUSH = `
  INSERT INTO starts (provider, at_ms, seq)
  VALUES (?, ?, 1 + coalesce((SELECT seq FROM starts WHERE provider = (SELECT ?) ORDER BY seq DESC LIMIT 1), 0))
  RETURNING seq`;

/** Counts the call that now begins, where calls a minute are limited. */
export function countStart(connection: Connection, input: ReserveInput): void {
  const most = input.room?.requestsPerMinute ?? null;
  if (most === null) return;
  const provider = connection.names.id(input.provider);
  const seq = connection.get<{ seq: number }>(PUSH, provider, wholeMs(input.nowMs), provider)?.seq ?? 0;
  if (seq > most) connection.run("DELETE FROM starts WHERE provider = ? AND seq <= ?", provider, seq - most);
}
