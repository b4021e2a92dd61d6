import type Database from "better-sqlite3";
import { Names } from "./names.ts";
import { Phrases } from "./phrases.ts";
import type { Statements, Value } from "./statements.ts";

type Work = () => unknown;

/**
 * An open ledger file: statements prepared once each, transactions, interned names. Everything here is synchronous.
 *
 * Hot queries with a join or an ORDER BY write `(SELECT ?)` for `?`: SQLite looks at bare parameters while it plans those, and
 * then plans the statement anew at each call, which takes longer than running it.
 */
export class Connection implements Statements {
  readonly names: Names = new Names(this);
  readonly phrases: Phrases = new Phrases(this);
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<Value[]>>();
  readonly #transaction: Database.Transaction<(work: Work) => unknown>;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#transaction = db.transaction((work: Work) => work());
  }

  run(sql: string, ...values: Value[]): number {
    return this.#prepared(sql).run(...values).changes;
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- SQL has no types of its own
  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
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

  /** How many statements were prepared so far. */
  get preparedCount(): number {
    return this.#statements.size;
  }

  close(): void {
    this.#db.close();
  }

  #prepared(sql: string): Database.Statement<Value[]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare<Value[]>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
