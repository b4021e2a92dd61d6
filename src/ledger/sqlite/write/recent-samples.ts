import { NEWEST } from "../../common/bounds.ts";
import type { Connection } from "../db/connection.ts";

/** The newest values of each model, kept apart so that no question about the last minutes ever walks the attempts. */
export const RINGS = {
  /** 1 when the breaker counts the attempt as a failure, else 0. */
  health: { id: 0, size: NEWEST.health },
  /** Milliseconds of attempts that answered. */
  latency: { id: 1, size: NEWEST.latency },
} as const;

const PUSH = `
  INSERT INTO recent (ring, model, at_ms, value, seq)
  VALUES (?, ?, ?, ?, 1 + coalesce((
    SELECT seq FROM recent WHERE ring = (SELECT ?) AND model = (SELECT ?) ORDER BY seq DESC LIMIT 1), 0))
  RETURNING seq`;

/** Adds a value and drops the one that falls out of the ring. */
export function push(
  connection: Connection,
  ring: keyof typeof RINGS,
  model: number,
  atMs: number,
  value: number,
): void {
  const { id, size } = RINGS[ring];
  const seq = connection.get<{ seq: number }>(PUSH, id, model, atMs, value, id, model)?.seq ?? 0;
  if (seq > size) connection.run("DELETE FROM recent WHERE ring = ? AND model = ? AND seq <= ?", id, model, seq - size);
}
