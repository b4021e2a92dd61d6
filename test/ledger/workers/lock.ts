import Database from "better-sqlite3";

// Another program on the file: holds its write lock ("write"), or the whole file so that no one can read it either ("all"), from when
// it prints "locked" until its stdin ends.
const [, , path = "", what = "write"] = process.argv;
const db = new Database(path);
if (what === "all") db.pragma("locking_mode = EXCLUSIVE");
db.exec("BEGIN EXCLUSIVE");
// In exclusive mode the file is only taken with the first write.
if (what === "all") db.exec("CREATE TABLE IF NOT EXISTS lock_holder (x INTEGER)");
console.log("locked");
process.stdin.resume();
process.stdin.on("end", () => {
  db.exec("ROLLBACK");
  db.close();
});
