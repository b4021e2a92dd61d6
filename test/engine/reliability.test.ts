import { beforeAll, describe, expect, it } from "vitest";
import { warmUp } from "../support/routed.ts";
import { runScenario, type Measured } from "../support/virtual/scenario.ts";

/** `npm run bench:reliability` in small: virtual vendors and time, everything else as it is. */
const BASE = { seed: 7, outageOf: null, faultShare: 0 };
const PATIENCE_MS = 120_000;

beforeAll(warmUp, PATIENCE_MS);

function expectPromises(measured: Measured): void {
  expect(measured).toMatchObject({ thrown: 0, wrong: 0, late: 0, unequal: 0 });
  expect(measured.reportedNanoUsd).toBe(measured.billedNanoUsd);
  expect(measured.ledgerNanoUsd).toBe(measured.billedNanoUsd);
}

const failed = ({ failures }: Measured): number => [...failures.values()].reduce((sum, count) => sum + count, 0);

describe("hundreds of requests, in bursts", () => {
  it(
    "are answered although a fifth of all calls fail and one vendor is out",
    async () => {
      const measured = await runScenario({
        ...BASE,
        name: "faults",
        requests: 300,
        faultShare: 0.2,
        outageOf: "openai",
      });
      expectPromises(measured);
      expect(measured.verified + measured.unchecked).toBeGreaterThanOrEqual(297);
      // Every fault has been played, or this shows little.
      expect(measured.calls.size).toBeGreaterThan(20);
      expect(measured.billedNanoUsd).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    "fail with a code, in time and for nothing, when every vendor refuses",
    async () => {
      const always = (["unavailable", "quota", "unauthorized", "server_error"] as const).map((kind) => ({ kind }));
      const measured = await runScenario({ ...BASE, name: "refused", requests: 90, always });
      expectPromises(measured);
      expect(failed(measured)).toBe(90);
      expect(measured.billedNanoUsd).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    "fail with a code and in time when every vendor is silent, and report what the silence is billed",
    async () => {
      const measured = await runScenario({ ...BASE, name: "silent", requests: 90, always: [{ kind: "hang" }] });
      expectPromises(measured);
      expect(failed(measured)).toBe(90);
    },
    PATIENCE_MS,
  );
});
