import Database from "better-sqlite3";
import { openDatabase } from "../../src/ledger/sqlite/db/open.ts";

const DAY_MS = 86_400_000;
/** Tables that every copy shares, and tables of which every copy has its own rows. Sums are made from the sums of the base. */
const SHARED = ["names", "phrases", "recent"];
const COPIED = ["requests", "attempts", "check_lists", "texts", "outcomes"];
const COPIES_PER_COMMIT = 200;

export interface Large {
  readonly path: string;
  readonly requests: number;
  readonly attempts: number;
}

/**
 * Makes a ledger of at least `attempts` attempts over `days` days, the base's own day the last one, by copying the rows of the
 * base: other ids and times, all else as it was written. Its schema is made by the ledger, its sums are exact.
 */
export function multiply(basePath: string, path: string, attempts: number, days: number): Large {
  openDatabase(Database, path).close();
  const db = new Database(path);
  db.pragma("journal_mode = DELETE");
  db.pragma("journal_mode = OFF");
  db.pragma("synchronous = OFF");
  db.pragma("cache_size = -262144");
  db.prepare("ATTACH ? AS base").run(basePath);
  const count = (table: string): number => Number(db.prepare(`SELECT count(*) FROM base.${table}`).pluck().get());
  const copies = Math.ceil(attempts / count("attempts"));
  const perDay = new Map<number, number>();
  db.exec(
    SHARED.map((table) => `DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM base.${table};`).join(
      "\n",
    ),
  );
  const copy = COPIED.map((table) => db.prepare(copySql(db, table)));
  const stride = Number(db.prepare("SELECT max(id) FROM base.requests").pluck().get());
  for (let first = 0; first < copies; first += COPIES_PER_COMMIT) {
    db.transaction(() => {
      for (let index = first; index < Math.min(copies, first + COPIES_PER_COMMIT); index += 1) {
        const daysBack = days - 1 - Math.floor((index * days) / copies);
        perDay.set(daysBack, (perDay.get(daysBack) ?? 0) + 1);
        for (const statement of copy) statement.run({ index, ids: index * stride, daysBack, ms: daysBack * DAY_MS });
      }
    })();
  }
  db.transaction(() => {
    for (const table of rollupsOf(db)) {
      const add = db.prepare(addSql(db, table));
      // What has no day is one sum over all copies.
      if (columnsOf(db, table).some(({ name }) => name === "day"))
        for (const [daysBack, times] of perDay) add.run({ daysBack, times });
      else add.run({ daysBack: 0, times: copies });
    }
  })();
  const made = { path, requests: copies * count("requests"), attempts: copies * count("attempts") };
  db.close();
  return made;
}

interface Column {
  readonly name: string;
  readonly pk: number;
}

function columnsOf(db: Database.Database, table: string): readonly Column[] {
  return db.pragma(`base.table_info(${table})`) as Column[];
}

function rollupsOf(db: Database.Database): readonly string[] {
  return db
    .prepare("SELECT name FROM base.sqlite_master WHERE type = 'table' AND name LIKE '%_rollups'")
    .pluck()
    .all() as string[];
}

/** Ids and times are those of the copy; route and attempt ids keep their length and their order in time. */
function copySql(db: Database.Database, table: string): string {
  const columns = columnsOf(db, table).map(({ name }) => name);
  const values = columns.map((name) => {
    if (name === "request" || (name === "id" && table === "requests")) return `${name} + @ids`;
    if (name === "route_id" || name === "attempt_id") return `printf('r%08d', @index) || substr(${name}, 10)`;
    if (name.endsWith("_at_ms") || name === "at_ms") return `${name} - @ms`;
    return name === "day" ? "day - @daysBack" : name;
  });
  return `INSERT INTO main.${table} (${columns.join(", ")}) SELECT ${values.join(", ")} FROM base.${table}
    WHERE @index >= 0 AND @ids >= 0 AND @ms >= 0 AND @daysBack >= 0`;
}

/** Adds the base's sums so many times, on another day. */
function addSql(db: Database.Database, table: string): string {
  const columns = columnsOf(db, table);
  const values = columns.map(({ name, pk }) =>
    pk === 0 ? `${name} * @times` : name === "day" ? "day - @daysBack" : name,
  );
  const sums = columns.filter(({ pk }) => pk === 0).map(({ name }) => `${name} = ${name} + excluded.${name}`);
  const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
  return `INSERT INTO main.${table} (${columns.map(({ name }) => name).join(", ")})
    SELECT ${values.join(", ")} FROM base.${table} WHERE @times > 0 AND @daysBack >= 0
    ON CONFLICT (${keys.join(", ")}) DO UPDATE SET ${sums.join(", ")}`;
}
