import Database from "better-sqlite3";
import { migrate } from "../../../src/ledger/migrate.ts";
import { MIGRATIONS } from "../../../src/ledger/migrations/index.ts";

// Is killed in the middle of a migration, after it has changed the schema.
const [, , path = ""] = process.argv;
const db = new Database(path);
migrate(db, path, [
  ...MIGRATIONS,
  {
    title: "never finishes",
    up: (target) => {
      target.exec("ALTER TABLE requests RENAME TO gone; CREATE TABLE half_done (x)");
      process.kill(process.pid, "SIGKILL");
    },
  },
]);
