import { createRequire } from "node:module";
import { openLedger } from "../../../src/ledger/ledger.ts";
import { reserveInput } from "../records.ts";

// Prints whether the SQLite library is loaded after a read of a file that is not there, and after the first write.
const [, , path = ""] = process.argv;
const { cache } = createRequire(import.meta.url);
const loaded = (): boolean => Object.keys(cache).some((file) => file.includes("better-sqlite3"));

const ledger = openLedger({ path, storeText: false });
await ledger.spend({ since: null, until: null, groupBy: "day" });
const before = loaded();
await ledger.reserve(reserveInput("r1", "a1"));
console.log(`before: ${before}, after: ${loaded()}`);
ledger.close();
