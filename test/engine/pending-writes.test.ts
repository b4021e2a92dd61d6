import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../src/core/errors.ts";
import { PendingWrites } from "../../src/engine/pending-writes.ts";
import { attemptRecord, dayLimit, NOON, requestEnd, reserveInput } from "../ledger/records.ts";
import { ledgerAt, rawDatabase, tempPath } from "../ledger/support.ts";
import { pass } from "../support/station.ts";
import { virtualClock } from "../support/virtual-clock.ts";

const LOCKED = new SignalboxError("ledger_unavailable", "The ledger is locked", { retryAfterMs: 1000 });
const DAMAGED = new SignalboxError("ledger_unavailable", "The ledger is damaged");
const nothing = (): void => undefined;

/** A ledger that can be out of order, and what was written to it. */
function moody() {
  const written: string[] = [];
  const mood: { trouble: Error | null } = { trouble: LOCKED };
  const write = (what: string) => async (): Promise<void> => {
    if (mood.trouble !== null) throw mood.trouble;
    written.push(what);
  };
  return { written, mood, write };
}

describe("a write that the ledger cannot take", () => {
  it("is kept and tried again until it is written, and nothing of the same request passes it", async () => {
    const clock = virtualClock(NOON);
    const pending = new PendingWrites(clock);
    const { written, mood, write } = moody();
    const over: string[] = [];
    expect(await pending.write("r1", write("settle"), () => over.push("settle"))).toBe(LOCKED);
    expect(await pending.write("r1", write("finish"), () => over.push("finish"))).toBe(LOCKED);
    await pass(clock, 60_000);
    expect([written, over]).toEqual([[], []]);
    mood.trouble = null;
    expect(await pending.write("r2", write("other"), nothing)).toBeNull();
    await pass(clock, 6000);
    expect(written).toEqual(["other", "settle", "finish"]);
    expect(over).toEqual(["settle", "finish"]);
    await pass(clock, 60_000);
    expect(written).toHaveLength(3);
  });

  it("comes after what is kept of its request when the ledger works again", async () => {
    const pending = new PendingWrites(virtualClock(NOON));
    const { written, mood, write } = moody();
    await pending.write("r1", write("settle"), nothing);
    mood.trouble = null;
    expect(await pending.write("r1", write("finish"), nothing)).toBeNull();
    expect(written).toEqual(["settle", "finish"]);
  });

  it("holds up no other request when it alone cannot be written", async () => {
    const pending = new PendingWrites(virtualClock(NOON));
    const { written, mood, write } = moody();
    await pending.write("r2", write("good"), nothing);
    const lost = async (): Promise<void> => {
      throw DAMAGED;
    };
    await pending.write("r1", lost, nothing);
    mood.trouble = null;
    expect(await pending.flush(1000)).toBe(1);
    expect(written).toEqual(["good"]);
  });

  it("is given up after an hour, and its lease with it", async () => {
    const clock = virtualClock(NOON);
    const pending = new PendingWrites(clock);
    const { write } = moody();
    const over: string[] = [];
    await pending.write("r1", write("settle"), () => over.push("settle"));
    await pass(clock, 3_590_000);
    expect(over).toEqual([]);
    await pass(clock, 30_000);
    expect(over).toEqual(["settle"]);
  });

  it("takes no memory without end: of very many the oldest are given up", async () => {
    const pending = new PendingWrites(virtualClock(NOON));
    const { written, mood, write } = moody();
    for (let at = 0; at < 1010; at += 1) await pending.write(`r${at}`, write(`r${at}`), nothing);
    mood.trouble = null;
    expect(await pending.flush(1000)).toBe(0);
    expect(written).toHaveLength(1000);
    expect(written[0]).toBe("r10");
  });

  it("does not hide a defect", async () => {
    const pending = new PendingWrites(virtualClock(NOON));
    const defect = async (): Promise<void> => {
      throw new TypeError("x is not a function");
    };
    await expect(pending.write("r1", defect, nothing)).rejects.toThrow("x is not a function");
    expect(await pending.flush(1000)).toBe(0);
  });
});

describe("a settlement that comes after another process has booked the worst case", () => {
  it("puts the known cost in its place, once, to the nano", async () => {
    const path = tempPath();
    const [ours, other] = [ledgerAt(path, { busyTimeoutMs: 20 }), ledgerAt(path)];
    const pending = new PendingWrites(virtualClock(NOON));
    await ours.reserve(reserveInput("r1", "a1", { amountNanoUsd: 60_000 }));
    const lock = rawDatabase(path);
    lock.exec("BEGIN IMMEDIATE");
    const attempt = attemptRecord("r1", "a1", { cost: { nanoUsd: 1234, exact: true } });
    const settle = (): Promise<void> => ours.settle(attempt, requestEnd("r1", "a1"));
    expect(await pending.write("r1", settle, nothing)).toMatchObject({ kind: "ledger_unavailable" });
    lock.exec("ROLLBACK");
    const laterMs = NOON + 600_000;
    await other.reserve(reserveInput("r2", "a2", { nowMs: laterMs, amountNanoUsd: 5 }));
    const spent = async (): Promise<number | undefined> =>
      (await other.recent([dayLimit(1e9)], laterMs)).budgets[0]?.spentNanoUsd;
    expect(await spent()).toBe(60_000);
    expect(await pending.flush(1000)).toBe(0);
    await settle();
    expect(await spent()).toBe(1234);
    expect(await other.route("r1")).toMatchObject({
      costNanoUsd: 1234,
      end: { status: "accepted" },
      attempts: [{ attemptId: "a1", cost: { nanoUsd: 1234, exact: true } }],
    });
    expect((await other.spend({ since: null, until: null, groupBy: "day" })).totals.costNanoUsd).toBe(1234);
  });
});
