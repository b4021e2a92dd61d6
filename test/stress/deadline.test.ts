import { expect, it } from "vitest";
import { fallbackInVirtualTime } from "../../bench/deadline/fallback.ts";

/** `npm run bench:deadline` measures the rest, on a real clock. */
it.each([2_000, 5_000, 30_000])(
  "leaves every one of 64 requests time for its fallback when the primary hangs and the deadline is %i ms",
  async (deadlineMs) => {
    const returned = await fallbackInVirtualTime(deadlineMs, 64, deadlineMs / 10);
    expect(new Set(returned.map(({ ended }) => ended))).toEqual(new Set(["accepted"]));
    expect(Math.max(...returned.map(({ p95Ms }) => p95Ms))).toBeLessThan(0);
  },
);
