import { openLedger } from "../../src/ledger/ledger.ts";
import { routeOnce } from "./route-once.ts";

// A process of its own that routes without pause until it is told to stop; sends how long each reservation and settlement took.
const [, , path = ""] = process.argv;
const ledger = openLedger({ path, storeText: false });
const stop = new AbortController();
process.on("message", () => stop.abort());
const samplesMs: number[] = [];
for (let index = 0; !stop.signal.aborted; index += 1)
  samplesMs.push(await routeOnce(ledger, `w${process.pid}-${index}`));
ledger.close();
process.send?.(samplesMs, () => process.disconnect());
