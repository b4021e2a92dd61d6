import { openLedger } from "../../../src/ledger/ledger.ts";
import { attemptRecord, dayLimit, NOON, requestEnd, reserveInput } from "../records.ts";

// Reserves and settles as fast as it can against one limit; prints how many attempts were granted and refused.
const [, , path = "", name = "", rounds = "0", limit = "0"] = process.argv;
const ledger = openLedger({ path, storeText: false, busyTimeoutMs: 20_000 });
let granted = 0;
let refused = 0;
for (let index = 0; index < Number(rounds); index += 1) {
  const routeId = `${name}-${index}`;
  const limits = [dayLimit(Number(limit))];
  const result = await ledger.reserve(reserveInput(routeId, routeId, { limits, model: `model ${index % 3}` }));
  if (result.ok) {
    granted += 1;
    const [budget] = (await ledger.recent(limits, NOON)).budgets;
    if (budget === undefined || budget.spentNanoUsd + budget.heldNanoUsd > Number(limit)) throw new Error("overspent");
    const attempt = attemptRecord(routeId, routeId, {
      model: `model ${index % 3}`,
      cost: { nanoUsd: 1000, exact: true },
    });
    await ledger.settle(attempt, requestEnd(routeId, routeId));
  } else refused += 1;
}
ledger.close();
console.log(JSON.stringify({ granted, refused }));
