/** What SQLite stores. */
export type SqlValue = string | number | null | Uint8Array;

/** Statements on an open ledger file, prepared once each. */
export interface Sql {
  /** Runs a statement; returns how many rows it changed. */
  run(sql: string, ...values: SqlValue[]): number;
  /** The first row of a query. `Row` is the caller's word for what its SQL selects. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- SQL has no types of its own
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined;
}
