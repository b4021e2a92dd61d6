import type { Statements } from "./statements.ts";
import type { DayNumber } from "./days.ts";

/** A text inside of a JSON column: itself, or the number of the phrase that stands for it. */
export type Piece = string | number;

/** Shorter ones are cheaper as they are; longer ones are hardly ever said twice. */
const MIN_CHARS = 7;
const MAX_CHARS = 500;
/** How many texts that were said once are remembered. */
const ONCE_SIZE = 4000;

/**
 * Texts that repeat are kept once: reasons of rejections, notes, details of checks. A text becomes a phrase when this process
 * says it for the second time, so that what is only said once costs no more than its own bytes.
 */
export class Phrases {
  readonly #statements: Statements;
  readonly #saidOnce = new Set<string>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** What to write for a text on `day`. Only inside a writing transaction. */
  pack(text: string, day: DayNumber): Piece {
    if (text.length < MIN_CHARS || text.length > MAX_CHARS) return text;
    const known = this.#statements.get<{ id: number; last_day: number }>(
      "SELECT id, last_day FROM phrases WHERE text = ?",
      text,
    );
    if (known !== undefined) {
      // Pruning forgets phrases by this day: no phrase is older than the youngest of those who use it.
      if (known.last_day < day) this.#statements.run("UPDATE phrases SET last_day = ? WHERE id = ?", day, known.id);
      return known.id;
    }
    if (!this.#saidOnce.delete(text)) {
      if (this.#saidOnce.size >= ONCE_SIZE) this.#saidOnce.clear();
      this.#saidOnce.add(text);
      return text;
    }
    const row = this.#statements.get<{ id: number }>(
      "INSERT INTO phrases (text, last_day) VALUES (?, ?) RETURNING id",
      text,
      day,
    );
    return row?.id ?? text;
  }

  /** The text again. */
  unpack(piece: Piece): string {
    if (typeof piece === "string") return piece;
    const row = this.#statements.get<{ text: string }>("SELECT text FROM phrases WHERE id = ?", piece);
    if (row === undefined) throw new Error(`the ledger has no phrase ${piece}`);
    return row.text;
  }
}
