/** What SQLite stores. */
export type Value = string | number | null | Uint8Array;

/** Runs SQL on an open ledger file, each statement prepared once. */
export interface Statements {
  /** Runs a statement; returns how many rows it changed. */
  run(sql: string, ...values: Value[]): number;
  /** The first row of a query. `Row` is the caller's word for what its SQL selects. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- SQL has no types of its own
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  /** All rows of a query. */
  all<Row>(sql: string, ...values: Value[]): Row[];
}
