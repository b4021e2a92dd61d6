import { describe, expect, it } from "vitest";
import type { Verifier } from "../../../src/core/ports.ts";
import { verifyInTime } from "../../../src/engine/verify.ts";
import { inProcess } from "../../../src/verify/in-process-runner.ts";
import { createVerifier } from "../../../src/verify/verifier.ts";
import { sandboxService } from "../../support/sandbox-service.ts";
import { virtualClock } from "../../support/virtual-clock.ts";
import { request, taskWith } from "../subject.ts";
import { CHECKS } from "./table.ts";

const here = createVerifier({ workers: inProcess(async () => CHECKS), universal: [] });
const NEVER = new AbortController().signal;
const task = taskWith(["fine", "waits_long", "fine_too"].map((check) => ({ check })));

describe("a verification that meets the deadline", () => {
  it("gives the verdict on what was checked by then", async () => {
    const clock = virtualClock(0);
    const verdict = await verifyInTime("text", request({ task }), 2_000, NEVER, here, clock);
    expect(verdict.checks.map(({ passed }) => passed)).toEqual([true, null, null]);
    expect(verdict.checks[1]?.detail).toBe("not checked: there was no time left for it");
    expect(clock.elapsedMs()).toBe(2_000);
  });

  it("is left behind shortly after, when the verifier does not listen", async () => {
    const clock = virtualClock(0);
    const deaf: Verifier = { verify: () => new Promise(() => undefined), close: async () => undefined };
    const verdict = await verifyInTime("text", request({ task }), 2_000, NEVER, deaf, clock);
    expect(verdict).toMatchObject({ status: "unchecked", score: null, checks: [{ name: "deadline" }] });
    expect(clock.elapsedMs()).toBeLessThanOrEqual(2_100);
  });
});

describe("a service that is closed", () => {
  it("ends whatever its checks run in", async () => {
    let closed = 0;
    const verifier: Verifier = { ...here, close: async () => void (closed += 1) };
    const app = await sandboxService({ env: {} }, {}, { verifier });
    await app.service.close();
    expect(closed).toBe(1);
    await app.close();
  });
});
