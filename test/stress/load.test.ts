import { expect, it } from "vitest";
import { CERTAIN_FAULTS } from "../../bench/kill/run.ts";
import { lostOrPiledUp, runLoad } from "../../bench/load/run.ts";

/** `npm run bench:load` in small, with vendors that fail; nothing is timed. */
it(
  "loses no request of many at once, books what is billed, and leaves no listener behind",
  { timeout: 240_000 },
  async () => {
    const report = await runLoad(
      { inFlight: 64, warmUpRequests: 64, requests: 600, durationMs: 200_000 },
      { latencyMs: 20, chance: { seed: 5, share: 0.1, faults: CERTAIN_FAULTS } },
    );
    expect(report.requests).toBe(600);
    expect(report.answered).toBeGreaterThan(0);
    expect(lostOrPiledUp(report)).toEqual([]);
  },
);
