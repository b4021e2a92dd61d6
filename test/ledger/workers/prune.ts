import { openLedger } from "../../../src/ledger/ledger.ts";

// Prunes the ledger at the path; says so before it begins.
const [, , path = "", before = "", nowMs = "0"] = process.argv;
const ledger = openLedger({ path, storeText: false });
await ledger.health(false);
console.log("pruning");
await ledger.prune({ before, nowMs: Number(nowMs), vacuum: false, signal: new AbortController().signal });
ledger.close();
