import Database from "better-sqlite3";
import { migrate } from "../../../src/ledger/sqlite/db/migrate.ts";
import { MIGRATIONS } from "../../../src/ledger/sqlite/migrations/index.ts";

// Is killed in the middle of bringing the file to a schema that is newer by one, after it has changed a lot. Many more pages than
// fit into memory are written on the way, so that what is half done has reached the files.
const [, , path = ""] = process.argv;
const db = new Database(path);
db.pragma("cache_size = 10");
migrate(db, path, [
  ...MIGRATIONS,
  {
    title: "never finishes",
    up: (target) => {
      target.exec(`
        ALTER TABLE requests RENAME TO gone;
        CREATE TABLE half_done (x TEXT);
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        INSERT INTO half_done SELECT printf('%0500d', i) FROM n;
      `);
      process.kill(process.pid, "SIGKILL");
    },
  },
]);
