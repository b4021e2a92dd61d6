/** One step of the schema in Postgres. Append only: never change one that was released. */
export interface PostgresMigration {
  readonly title: string;
  /** Statements that name the ledger's schema `signalbox.`: what stands there when they run is the schema of the address. */
  readonly sql: string;
}
