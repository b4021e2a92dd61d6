import { getPriority, platform } from "node:os";
import * as fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { CheckOutcome } from "../../../src/checks/kit/check.ts";
import { workerPool } from "../../../src/verify/worker-pool/pool.ts";
import { SlowCallers } from "../../../src/verify/worker-pool/slow-callers.ts";
import { shareOf } from "../../../src/verify/worker-pool/time-shares.ts";
import { subject } from "../subject.ts";

const TABLE = new URL("./table.ts", import.meta.url).href;
const short = workerPool({ table: TABLE, maxThreads: 1, answerLimitMs: 4_000 });
const none = workerPool({ table: TABLE, maxThreads: 1, answerLimitMs: 0 });
const two = workerPool({ table: TABLE, maxThreads: 2 });
const never = new AbortController().signal;

afterAll(async () => {
  await short.close();
  await none.close();
  await two.close();
});

function run(
  names: readonly string[],
  pool = short,
  principal: string | null = null,
): Promise<readonly CheckOutcome[]> {
  return pool.run(
    names.map((check) => ({ check, criterion: null })),
    subject("the answer"),
    never,
    principal,
  );
}

const reason = (outcome: CheckOutcome | undefined): string => outcome?.unmade ?? outcome?.looked ?? "nothing";

describe("the time of one answer", () => {
  it("is shared by its checks: one that never ends has its part, and those after it theirs", async () => {
    const reasons = (await run(["waits_long", "fine", "waits_long", "waits_long", "fact"])).map(reason);
    const cut = expect.stringMatching(/^gave up after \d+ ms, its share of the time/);
    expect(reasons).toEqual([cut, "fine", cut, cut, "nothing"]);
  });

  it("is said to be over when it is", async () => {
    const over = "the checks of one answer may take 20 s together, and they have";
    expect((await run(["fine", "fine"], none)).map(reason)).toEqual([over, over]);
  });

  it("is not cut where the checks' own limits fit into it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 4 }), (limits) => {
        expect(shareOf(limits, 20_000)).toEqual({ limitMs: limits[0], isCut: false });
      }),
    );
  });

  it("lasts for all of the checks, in proportion to what each may take", () => {
    const limits = fc.array(fc.integer({ min: 1_000, max: 20_000 }), { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(limits, fc.integer({ min: 20_000, max: 60_000 }), (all, answerMs) => {
        let leftMs = answerMs;
        for (let at = 0; at < all.length; at += 1) {
          const share = shareOf(all.slice(at), leftMs);
          expect(share?.limitMs ?? 0).toBeGreaterThan(0);
          expect(share?.limitMs).toBeLessThanOrEqual(all[at] ?? 0);
          // Each takes all that it may; the limits are whole milliseconds.
          leftMs -= (share?.limitMs ?? 0) - 1;
        }
        expect(leftMs).toBeGreaterThanOrEqual(0);
      }),
    );
    // A heavy check is not cut for the sake of light ones, and several heavy ones leave something to each other.
    expect(shareOf([12_000, 12_000, 20_000], 20_000)).toEqual({ limitMs: 12_000, isCut: false });
    expect(shareOf([6_000, 6_000, 6_000, 6_000, 6_000, 8_000, 8_000], 20_000)?.isCut).toBe(false);
    expect(shareOf([6_000, 6_000, 6_000, 8_000, 8_000], 10_000)).toEqual({ limitMs: 2_000, isCut: true });
    expect(shareOf([5_000], 0)).toBeNull();
    expect(shareOf([], 100)).toBeNull();
  });
});

describe("a caller whose answers take all the time that they may", () => {
  it("leaves a thread to the others", async () => {
    const control = new AbortController();
    const hostile = Array.from({ length: 6 }, () =>
      two.run([{ check: "waits_long", criterion: null }], subject("x"), control.signal, "hostile"),
    );
    // Each of the hostile answers may take 20 s: with no free thread this would wait for them.
    const others = await Promise.all([
      run(["fine"], two, "other"),
      run(["fine"], two, null),
      run(["fine"], two, "third"),
    ]);
    expect(others.flat().map(reason)).toEqual(["fine", "fine", "fine"]);
    let ended = 0;
    for (const each of hostile) void each.then(() => (ended += 1));
    await Promise.resolve();
    expect(ended).toBe(0);
    control.abort();
    await Promise.all(hostile);
  }, 15_000);

  it("breaks no thread but its own: the others keep theirs", async () => {
    const [before] = await run(["thread"], two, "kept");
    await run(["hangs"], two, "hostile");
    await run(["exits"], two, "hostile");
    await run(["hangs"], two, "hostile");
    const [after] = await run(["thread"], two, "kept");
    expect(reason(after)).toBe(reason(before));
  });
});

describe("a caller whose answers take much time", () => {
  it("has threads that give way to those of others, for a while", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const slow = new SlowCallers();
    slow.took("quick", 4_999);
    slow.took("slow", 5_001);
    slow.took(null, 60_000);
    expect(["quick", "slow", null, "unknown"].map((each) => slow.has(each))).toEqual([false, true, false, false]);
    vi.advanceTimersByTime(60_001);
    expect(slow.has("slow")).toBe(false);
    vi.useRealTimers();
  });

  it.runIf(platform() === "linux")(
    "does not slow the thread down that serves requests",
    async () => {
      const own = getPriority();
      const pool = workerPool({ table: TABLE, maxThreads: 2 });
      const priority = async (principal: string): Promise<string> =>
        reason((await run(["priority"], pool, principal))[0]);
      expect(await priority("heavy")).toBe(String(own));
      await pool.run([{ check: "takes_its_time", criterion: null }], subject("x"), never, "heavy");
      expect(Number(await priority("heavy"))).toBeGreaterThan(own);
      // The lane of a thread that gives way is given to others with a new thread.
      await Promise.all([priority("other"), priority("third")]).then((all) =>
        expect(all).toEqual([String(own), String(own)]),
      );
      expect(getPriority()).toBe(own);
      await pool.close();
    },
    30_000,
  );
});
