import { NEWEST } from "../../common/bounds.ts";
import type { Connection } from "../db/connection.ts";

/** The newest values of each model, kept apart so that no question about the last minutes ever walks the attempts. */
export const RINGS = {
  /** 1 when the breaker counts the attempt as a failure, else 0. */
  health: { id: 0, size: NEWEST.health },
  /** Milliseconds of attempts that answered. */
  latency: { id: 1, size: NEWEST.latency },
} as const;

const ROW = `(?, ?, ?, ?, 1 + coalesce((
    SELECT seq FROM recent WHERE ring = (SELECT ?) AND model = (SELECT ?) ORDER BY seq DESC LIMIT 1), 0))`;
const insertSql = (rows: number): string =>
  `INSERT INTO recent (ring, model, at_ms, value, seq) VALUES ${Array(rows).fill(ROW).join(", ")} RETURNING ring, seq`;
const INSERT_ONE = insertSql(1);
const INSERT_BOTH = insertSql(2);

const DROP = `
  DELETE FROM recent WHERE ring = ${RINGS.health.id} AND model = ? AND seq <= ? OR ring = ${RINGS.latency.id} AND model = ? AND seq <= ?`;

/** Adds a value to each ring that there is one for, and drops what falls out of the rings. */
export function pushRecentSamples(
  connection: Connection,
  model: number,
  atMs: number,
  { health, latency }: { readonly health: number; readonly latency: number | null },
): void {
  const row = (ring: number, value: number): readonly number[] => [ring, model, atMs, value, ring, model];
  const last: Record<number, number> = {};
  const pushed =
    latency === null
      ? connection.all<{ ring: number; seq: number }>(INSERT_ONE, ...row(RINGS.health.id, health))
      : connection.all<{ ring: number; seq: number }>(
          INSERT_BOTH,
          ...row(RINGS.health.id, health),
          ...row(RINGS.latency.id, latency),
        );
  for (const { ring, seq } of pushed) last[ring] = seq;
  const dropped = ({ id, size }: (typeof RINGS)[keyof typeof RINGS]): number => (last[id] ?? 0) - size;
  const [ofHealth, ofLatency] = [dropped(RINGS.health), dropped(RINGS.latency)];
  if (ofHealth > 0 || ofLatency > 0) connection.run(DROP, model, ofHealth, model, ofLatency);
}
