import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { turns, type Turn } from "../../../src/verify/worker-pool/turns.ts";

const never = new AbortController().signal;

/** Lets everything that can go on go on. */
const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe("the lanes of a pool", () => {
  it("are never all held by one principal, where there are two or more", async () => {
    for (const count of [2, 3, 5]) {
      const lanes = turns(count);
      const mine: (Turn | null)[] = [];
      for (let asked = 0; asked < 10; asked += 1) void lanes.take("hostile", never).then((turn) => mine.push(turn));
      await settle();
      expect(mine).toHaveLength(count - 1);
      expect(await lanes.take("other", never)).not.toBeNull();
    }
  });

  it("serve one principal alone where there is a single one", async () => {
    const lanes = turns(1);
    const first = await lanes.take(null, never);
    expect(first?.lane).toBe(0);
    const second = lanes.take(null, never);
    first?.release();
    expect((await second)?.lane).toBe(0);
  });

  it("are given to those who wait in turn, however many times one of them asked before", async () => {
    const lanes = turns(1);
    const held = await lanes.take("a", never);
    const order: string[] = [];
    for (const who of ["a", "a", "a", "a", "b", "c", "b"]) {
      const ask = async (): Promise<void> => {
        const turn = await lanes.take(who, never);
        order.push(who);
        turn?.release();
      };
      void ask();
    }
    held?.release();
    await settle();
    expect(order).toEqual(["a", "b", "c", "a", "b", "a", "a"]);
  });

  it("are kept for whom they served: who breaks threads breaks its own", async () => {
    const lanes = turns(2);
    const one = await lanes.take("hostile", never);
    const two = await lanes.take("other", never);
    const kept = [one?.lane, two?.lane];
    two?.release();
    one?.release();
    const again = [await lanes.take("hostile", never), await lanes.take("other", never)];
    expect(again.map((turn) => turn?.lane)).toEqual(kept);
  });

  it("tell the owner from a principal that no token names", async () => {
    const lanes = turns(2);
    await lanes.take(null, never);
    let second: Turn | null = null;
    void lanes.take(null, never).then((turn) => (second = turn));
    await settle();
    expect(second).toBeNull();
  });

  it("are not given to those who have stopped waiting", async () => {
    const lanes = turns(1);
    const held = await lanes.take("a", never);
    const control = new AbortController();
    const gone = lanes.take("b", control.signal);
    const next = lanes.take("c", never);
    control.abort();
    expect(await gone).toBeNull();
    held?.release();
    expect((await next)?.lane).toBe(0);
    expect(await lanes.take("d", AbortSignal.abort())).toBeNull();
  });

  it("hold to all of this in any order of asking, giving up and releasing", async () => {
    const step = fc.record({
      who: fc.constantFrom("a", "b", "c", null),
      what: fc.constantFrom("take", "take", "release", "give up"),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), async (count, steps) => {
        const lanes = turns(count);
        const held: { readonly who: string | null; readonly turn: Turn }[] = [];
        const waiting: { readonly who: string | null; readonly control: AbortController }[] = [];
        for (const { who, what } of steps) {
          if (what === "take") {
            const control = new AbortController();
            const entry = { who, control };
            waiting.push(entry);
            const ask = async (): Promise<void> => {
              const turn = await lanes.take(who, control.signal);
              waiting.splice(waiting.indexOf(entry), 1);
              if (turn !== null) held.push({ who, turn });
            };
            void ask();
          } else if (what === "release") held.shift()?.turn.release();
          else waiting[0]?.control.abort();
          await settle();
          expect(new Set(held.map(({ turn }) => turn.lane)).size).toBe(held.length);
          const of = (one: string | null): number => held.filter((each) => each.who === one).length;
          for (const one of ["a", "b", "c", null]) expect(of(one)).toBeLessThanOrEqual(Math.max(1, count - 1));
          // Nobody waits who could be served.
          if (held.length < count) for (const { who: one } of waiting) expect(of(one)).toBe(Math.max(1, count - 1));
        }
      }),
      { numRuns: 200 },
    );
  });
});
