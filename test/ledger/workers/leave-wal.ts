import Database from "better-sqlite3";

// Writes to the ledger and is killed before anything of that has reached the file itself.
const [, , path = ""] = process.argv;
const db = new Database(path);
db.pragma("wal_autocheckpoint = 0");
db.exec("CREATE TABLE of_the_future (x TEXT) STRICT; INSERT INTO of_the_future VALUES ('something new')");
process.kill(process.pid, "SIGKILL");
