import { expect, it } from "vitest";
import { brokenPromises } from "../../bench/kill/report.ts";
import { CERTAIN_FAULTS, runKillTest } from "../../bench/kill/run.ts";

/** `npm run bench:kill` in small: three processes that start several times, so it gets the time of a busy machine. */
it(
  "spends no more than the day allows and books every dollar, whichever process is killed, and when",
  { timeout: 240_000 },
  async () => {
    const report = await runKillTest({
      seed: 11,
      processes: 3,
      requests: 25,
      inFlight: 3,
      capUsd: 0.0052,
      deadlineMs: 60_000,
      killAfter: { least: 3, most: 8, thenMs: 60 },
      sampleEveryMs: 50,
      roomMs: 60_000,
      latencyMs: 60,
      faultShare: 0.1,
      faults: CERTAIN_FAULTS,
    });
    expect(brokenPromises(report)).toEqual([]);
    expect(report.heldThatDay).toBe(0);
  },
);
