import type Database from "better-sqlite3";
import { InternedNames } from "./interned-names.ts";
import { InternedTexts } from "./interned-texts.ts";
import type { Sql, SqlValue } from "./sql.ts";

type Work = () => unknown;

/**
 * An open ledger file: statements prepared once each, transactions, interned names. Everything here is synchronous.
 *
 * Hot queries with a join or an ORDER BY write `(SELECT ?)` for `?`: SQLite looks at bare parameters while it plans those, and
 * then plans the statement anew at each call, which takes longer than running it.
 */
export class Connection implements Sql {
  readonly names: InternedNames = new InternedNames(this);
  readonly phrases: InternedTexts = new InternedTexts(this);
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<SqlValue[]>>();
  readonly #transaction: Database.Transaction<(work: Work) => unknown>;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#transaction = db.transaction((work: Work) => work());
  }

  /** Runs a statement; returns how many rows it changed. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.#prepared(sql).run(...values).changes;
  }

  /** The first row of a query. `Row` is the caller's word for what its SQL selects. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- SQL has no types of its own
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined;
  }

  /** All rows of a query. */
  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#prepared(sql).all(...values) as Row[];
  }

  /** Runs what is no query and takes no values: pragmas that work, VACUUM. */
  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** A transaction that holds the write lock from its beginning, so that what it reads stays true until it commits. */
  write<T>(work: () => T): T {
    try {
      return this.#transaction.immediate(work) as T;
    } catch (error) {
      this.names.forget();
      throw error;
    }
  }

  /** A transaction in which several queries see the same state of the file. */
  read<T>(work: () => T): T {
    return this.#transaction.deferred(work) as T;
  }

  /** SQLite's online backup to a file: others may write meanwhile. */
  async backup(path: string): Promise<void> {
    await this.#db.backup(path);
  }

  /** How many statements were prepared so far. */
  get preparedCount(): number {
    return this.#statements.size;
  }

  close(): void {
    this.#db.close();
  }

  #prepared(sql: string): Database.Statement<SqlValue[]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare<SqlValue[]>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
