import { openLedger } from "../../../src/ledger/ledger.ts";
import { reserveInput } from "../records.ts";

// Writes once to the ledger at the path and prints "ok", or the kind and the message of the error.
const [, , path = ""] = process.argv;
const ledger = openLedger({ path, storeText: false });
try {
  await ledger.reserve(reserveInput("r2", "a2"));
  console.log("ok");
} catch (error) {
  const kind = error instanceof Error && "kind" in error ? String(error.kind) : "unknown";
  console.log(`${kind}: ${error instanceof Error ? error.message : String(error)}`);
}
ledger.close();
