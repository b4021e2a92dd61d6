import type { Statements } from "./statements.ts";

/** Stands for the model and the provider of a request that nobody answered. */
export const NO_NAME = 0;

/** The interned words of a ledger file. Rows are only ever added, so that what was seen once holds for all processes. */
export class Names {
  readonly #statements: Statements;
  readonly #ids = new Map<string, number>();
  readonly #names = new Map<number, string>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** The number of a word; adds it when it is new. Only inside a writing transaction. */
  id(name: string): number {
    const known = this.find(name);
    if (known !== null) return known;
    const row = this.#statements.get<{ id: number }>("INSERT INTO names (name) VALUES (?) RETURNING id", name);
    if (row === undefined) throw new Error(`the name ${name} was not stored`);
    return this.#keep(row.id, name);
  }

  /** Like {@link id}; `null` stays `null`. */
  idOrNull(name: string | null): number | null {
    return name === null ? null : this.id(name);
  }

  /** The number of a word, or `null` when it was never used. */
  find(name: string): number | null {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const row = this.#statements.get<{ id: number }>("SELECT id FROM names WHERE name = ?", name);
    return row === undefined ? null : this.#keep(row.id, name);
  }

  /** The word of a number. */
  of(id: number): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const row = this.#statements.get<{ name: string }>("SELECT name FROM names WHERE id = ?", id);
    if (row === undefined) throw new Error(`the ledger names nothing by the number ${id}`);
    this.#keep(id, row.name);
    return row.name;
  }

  /** Like {@link of}; `null` stays `null`. */
  ofOrNull(id: number | null): string | null {
    return id === null ? null : this.of(id);
  }

  /** After a rollback: words that it took back must not be remembered. */
  forget(): void {
    this.#ids.clear();
    this.#names.clear();
  }

  #keep(id: number, name: string): number {
    this.#ids.set(name, id);
    this.#names.set(id, name);
    return id;
  }
}
