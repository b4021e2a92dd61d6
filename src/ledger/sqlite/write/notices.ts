import type { Connection } from "../db/connection.ts";

/** True for the first who claims the key before its time is over. */
export function claimNotice(connection: Connection, key: string, untilMs: number, nowMs: number): boolean {
  connection.run("DELETE FROM notices WHERE until_ms <= ?", Math.floor(nowMs));
  const claim = "INSERT INTO notices (key, until_ms) VALUES (?, ?) ON CONFLICT DO NOTHING";
  return connection.run(claim, key, Math.ceil(untilMs)) === 1;
}
