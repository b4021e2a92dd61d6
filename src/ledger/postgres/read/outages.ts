import type { ErrorKind, OutageScope } from "../../../core/errors.ts";
import type { Outage } from "../../../core/outage.ts";

/** A row of `outages`. */
export interface OutageColumns {
  readonly key: string;
  readonly scope: string;
  readonly kind: string;
  readonly message: string;
  readonly since_ms: number;
  readonly until_ms: number;
  readonly times: number;
}

export function outageFrom(row: OutageColumns): Outage {
  return {
    key: row.key,
    scope: row.scope as OutageScope,
    kind: row.kind as ErrorKind,
    message: row.message,
    sinceMs: row.since_ms,
    untilMs: row.until_ms,
    times: row.times,
  };
}

export function outagesOf(rows: readonly OutageColumns[]): ReadonlyMap<string, Outage> {
  return new Map(rows.map((row) => [row.key, outageFrom(row)]));
}
