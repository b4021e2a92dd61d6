import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PROVIDER_FAILURES_TO_OPEN, providerBreakerState } from "../../src/core/breaker.ts";
import { ERROR_RULES, type ErrorKind } from "../../src/core/errors.ts";
import { unwellModels } from "../../src/core/health.ts";
import { outageKeys, outageOf, type Outage } from "../../src/core/outage.ts";
import { estimateLatency, SAMPLES_TO_TRUST } from "../../src/core/latency.ts";
import { modelNamed, NOW_MS } from "../support/arbitraries.ts";

const KINDS = Object.keys(ERROR_RULES) as ErrorKind[];
const keys = outageKeys("m0", "openai 1234");
const past = fc
  .array(fc.record({ agoMs: fc.nat(600_000), tripped: fc.boolean() }), { maxLength: 12 })
  .map((each) => each.map(({ agoMs, tripped }) => ({ atMs: NOW_MS - agoMs, tripped })).sort((a, b) => b.atMs - a.atMs));
const failure = fc.record({
  kind: fc.constantFrom(...KINDS),
  message: fc.string(),
  retryAfterMs: fc.integer({ min: 0, max: 1e12 }),
});

describe("the breaker of a provider", () => {
  it("never opens by the failures of one model alone", () => {
    fc.assert(
      fc.property(past, (attempts) => {
        expect(providerBreakerState([attempts.map(({ atMs }) => ({ atMs, tripped: true }))], NOW_MS)).toEqual({
          state: "closed",
        });
      }),
    );
  });

  it("opens by failures in a row of several models, and any success among the newest closes it", () => {
    const fail = (agoMs: number) => ({ atMs: NOW_MS - agoMs, tripped: true });
    const three = [fail(1000), fail(3000), fail(5000)];
    const two = [fail(2000), fail(4000)];
    expect(PROVIDER_FAILURES_TO_OPEN).toBe(5);
    expect(providerBreakerState([three, two], NOW_MS)).toMatchObject({ state: "open", failures: 5 });
    expect(providerBreakerState([three, [fail(2000)]], NOW_MS)).toEqual({ state: "closed" });
    const well = { atMs: NOW_MS - 500, tripped: false };
    expect(providerBreakerState([three, [well, ...two]], NOW_MS)).toEqual({ state: "closed" });
  });
});

describe("an outage", () => {
  it("lasts no longer than its rule allows, and longer each time until then", () => {
    fc.assert(
      fc.property(failure, fc.nat(50), ({ kind, message, retryAfterMs }, times) => {
        const earlier = (): Outage | undefined =>
          times === 0 ? undefined : { key: "", scope: "model", kind, message, sinceMs: 0, untilMs: 0, times };
        const rule = ERROR_RULES[kind].outage;
        const named = outageOf({ kind, message, retryAfterMs }, keys, earlier, NOW_MS);
        const unnamed = outageOf({ kind, message }, keys, earlier, NOW_MS);
        if (rule === null) {
          expect([named, unnamed]).toEqual([null, null]);
          return;
        }
        for (const outage of [named, unnamed].filter((each) => each !== null)) {
          expect(outage.untilMs).toBeGreaterThan(NOW_MS);
          expect(outage.untilMs - NOW_MS).toBeLessThanOrEqual(rule.maxMs);
          expect(outage.times).toBe(times + 1);
          expect(outage.key).toBe(keys[rule.scope]);
        }
        expect(unnamed === null).toBe(rule.baseMs === null);
      }),
    );
  });
});

describe("the health of models", () => {
  it("says until when, and only of those that are not well", () => {
    const outage = fc.record({
      kind: fc.constantFrom<ErrorKind>("auth", "quota", "rate_limit"),
      inMs: fc.integer({ min: -600_000, max: 600_000 }),
      scope: fc.constantFrom("model" as const, "provider" as const),
    });
    fc.assert(
      fc.property(modelNamed("m0"), modelNamed("m1"), past, past, fc.option(outage), (m0, m1, one, two, out) => {
        const outages = new Map<string, Outage>();
        if (out !== null) {
          const key = outageKeys(m0.id, m0.provider)[out.scope];
          const untilMs = NOW_MS + out.inMs;
          outages.set(key, { key, scope: out.scope, kind: out.kind, message: "no", sinceMs: 0, untilMs, times: 1 });
        }
        const attempts = new Map([
          [m0.id, one],
          [m1.id, two],
        ]);
        const health = unwellModels([m0, m1], { attempts, outages }, (provider) => [provider], NOW_MS);
        for (const [id, state] of health) {
          expect([m0.id, m1.id]).toContain(id);
          expect(state.state).not.toBe("closed");
          if (state.state === "open") expect(state.untilMs).toBeGreaterThan(NOW_MS);
        }
        if (out !== null && out.inMs > 0) expect(health.get(m0.id)?.state).toBe("open");
        if (out === null && ![...one, ...two].some(({ tripped }) => tripped)) expect(health.size).toBe(0);
      }),
    );
  });
});

describe("the pace of a model", () => {
  it("is measured once there are enough answers, and a prior before", () => {
    fc.assert(
      fc.property(modelNamed("m0"), fc.integer({ min: 1, max: 50_000 }), fc.nat(60), (model, tokens, samples) => {
        const latency = estimateLatency(model, tokens, { samples, p50Ms: 700, p95Ms: 900 });
        if (samples >= SAMPLES_TO_TRUST) {
          expect(latency).toEqual({ typicalMs: 700, p95Ms: 900, measured: true });
          return;
        }
        expect(latency.measured).toBe(false);
        expect(latency.typicalMs).toBeLessThanOrEqual(latency.p95Ms);
        expect(latency.p95Ms).toBeLessThanOrEqual(model.timeoutMs);
      }),
    );
  });
});
