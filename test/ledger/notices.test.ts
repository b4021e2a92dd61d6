import { describe, expect, it } from "vitest";
import { ledgerAt, tempPath } from "./support.ts";
import { NOON } from "./records.ts";

describe("notices", () => {
  it("are claimed once, by whichever process comes first", async () => {
    const path = tempPath();
    const ledgers = [ledgerAt(path), ledgerAt(path), ledgerAt(path)];
    const claims = await Promise.all(ledgers.map((ledger) => ledger.claimNotice("budget day 80", NOON + 1000, NOON)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await ledgers[0]?.claimNotice("budget day 100", NOON + 1000, NOON)).toBe(true);
  });

  it("may be claimed again once their time is over", async () => {
    const ledger = ledgerAt(tempPath());
    expect(await ledger.claimNotice("breaker m", NOON + 1000, NOON)).toBe(true);
    expect(await ledger.claimNotice("breaker m", NOON + 1999, NOON + 999)).toBe(false);
    expect(await ledger.claimNotice("breaker m", NOON + 2000, NOON + 1000)).toBe(true);
  });
});
