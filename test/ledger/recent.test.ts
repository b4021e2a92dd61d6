import { describe, expect, it } from "vitest";
import type { ErrorKind } from "../../src/core/errors.ts";
import { attemptRecord, failedAttempt, NOON, requestEnd, reserveInput, routeOnce, type TestLedger } from "./records.ts";
import { ledgerAt, tempPath } from "./support.ts";

async function fail(ledger: TestLedger, routeId: string, kind: ErrorKind, startedAtMs: number): Promise<void> {
  await ledger.reserve(reserveInput(routeId, `${routeId}-a`));
  await ledger.settle(
    failedAttempt(routeId, `${routeId}-a`, kind, { startedAtMs, latencyMs: 0 }),
    requestEnd(routeId, null),
  );
}

describe("recent", () => {
  it("tells newest first when attempts ended, and which of them trip the breaker", async () => {
    const ledger = ledgerAt();
    await routeOnce(ledger, "r1", { attempt: { latencyMs: 50 } });
    await fail(ledger, "r2", "overloaded", NOON + 1000);
    await fail(ledger, "r3", "refusal", NOON + 2000);
    expect((await ledger.recent([], NOON + 3000)).attempts.get("alpha")).toEqual([
      { atMs: NOON + 2000, tripped: false },
      { atMs: NOON + 1000, tripped: true },
      { atMs: NOON + 50, tripped: false },
    ]);
  });

  it("counts a rejected answer as a sign of health", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.settle(attemptRecord("r1", "a1", { outcome: "rejected" }), requestEnd("r1", null));
    expect((await ledger.recent([], NOON)).attempts.get("alpha")).toMatchObject([{ tripped: false }]);
  });

  it("leaves out what the caller cancelled", async () => {
    const ledger = ledgerAt();
    await fail(ledger, "r1", "timeout", NOON);
    await fail(ledger, "r2", "cancelled", NOON + 1);
    expect((await ledger.recent([], NOON + 5)).attempts.get("alpha")).toEqual([{ atMs: NOON, tripped: true }]);
  });

  it("looks back over 20 attempts of each model and ten minutes", async () => {
    const ledger = ledgerAt();
    await routeOnce(ledger, "b", { attempt: { model: "beta", latencyMs: 0 } });
    for (let index = 0; index < 25; index += 1) await fail(ledger, `r${index}`, "timeout", NOON + index);
    const at = async (nowMs: number): Promise<unknown[]> => {
      const { attempts } = await ledger.recent([], nowMs);
      return [attempts.get("alpha")?.length, attempts.get("alpha")?.at(-1)?.atMs, attempts.get("beta")?.length];
    };
    expect(await at(NOON + 100)).toEqual([20, NOON + 5, 1]);
    expect(await at(NOON + 600_010)).toEqual([15, NOON + 10, undefined]);
  });

  it("is shared with every other process on the file", async () => {
    const path = tempPath();
    const [one, other] = [ledgerAt(path), ledgerAt(path)];
    await fail(one, "r1", "network", NOON);
    expect((await other.recent([], NOON)).attempts.get("alpha")).toEqual([{ atMs: NOON, tripped: true }]);
  });
});
