import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers, fits, leftOf } from "../../src/core/budget.ts";
import { breakerState, FAILURES_TO_OPEN, OPEN_MAX_MS } from "../../src/core/breaker.ts";
import { emptyPlanError, plan } from "../../src/core/plan.ts";
import { timeShareOf } from "../../src/core/deadline.ts";
import { NOW_MS, request, snapshot } from "../support/arbitraries.ts";

describe("a plan", () => {
  it("puts every known model either in the order or among the rejections, once", () => {
    fc.assert(
      fc.property(request, snapshot, (req, snap) => {
        const made = plan(req, snap);
        const all = [
          ...made.order.map((candidate) => candidate.model.id),
          ...made.rejected.map((rejection) => rejection.model),
        ];
        expect(all.toSorted()).toEqual(["m0", "m1", "m2", "m3", "m4", "m5"]);
      }),
    );
  });

  it("never holds a model whose worst case exceeds a budget", () => {
    fc.assert(
      fc.property(request, snapshot, (req, snap) => {
        for (const candidate of plan(req, snap).order) {
          if (req.budgetNanoUsd !== null) expect(candidate.costMaxNanoUsd).toBeLessThanOrEqual(req.budgetNanoUsd);
          for (const budget of snap.budgets.filter((each) =>
            covers(each.scope, req.task.id, candidate.model.provider),
          )) {
            // A free call fits even where nothing is left.
            expect(candidate.costMaxNanoUsd).toBeLessThanOrEqual(leftOf(budget));
            if (candidate.costMaxNanoUsd > 0) expect(fits(budget, candidate.costMaxNanoUsd)).toBe(true);
          }
        }
      }),
    );
  });

  it("asks only providers that are on, models that are allowed, alive and within the deadline", () => {
    fc.assert(
      fc.property(request, snapshot, (req, snap) => {
        for (const { model, outputLimitTokens } of plan(req, snap).order) {
          expect(snap.providers.get(model.provider)?.available).toBe(true);
          expect(model.lifecycle.state).toBe("current");
          expect(model.floorMs).toBeLessThanOrEqual(req.deadlineMs);
          if (model.maxOutputTokens !== "unknown") expect(outputLimitTokens).toBeLessThanOrEqual(model.maxOutputTokens);
          expect(outputLimitTokens).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("is the same for the same request and snapshot", () => {
    fc.assert(
      fc.property(request, snapshot, (req, snap) => {
        expect(plan(req, snap)).toEqual(plan(req, snap));
      }),
    );
  });

  it("orders by expected cost when that is asked for", () => {
    fc.assert(
      fc.property(request, snapshot, (req, snap) => {
        const costs = plan({ ...req, optimize: "cost" }, snap).order.map((candidate) => candidate.costExpectedNanoUsd);
        expect(costs).toEqual(costs.toSorted((a, b) => a - b));
      }),
    );
  });

  it("keeps to free models when the budget is 0", () => {
    fc.assert(
      fc.property(request, snapshot, (req, snap) => {
        for (const candidate of plan({ ...req, budgetNanoUsd: 0 }, snap).order)
          expect(candidate.costMaxNanoUsd).toBe(0);
      }),
    );
  });

  it("that is empty says why in the contract's words", () => {
    fc.assert(
      fc.property(request, snapshot, (req, snap) => {
        const made = plan(req, snap);
        fc.pre(made.order.length === 0);
        const error = emptyPlanError(made.rejected, req, snap);
        expect(["budget_exceeded", "deadline_exceeded", "no_candidate"]).toContain(error.code);
        expect(error.message.length).toBeGreaterThan(20);
      }),
    );
  });
});

describe("the breaker", () => {
  const history = fc
    .array(fc.record({ agoMs: fc.nat(600_000), tripped: fc.boolean() }), { maxLength: 12 })
    .map((attempts) =>
      attempts.toSorted((a, b) => a.agoMs - b.agoMs).map(({ agoMs, tripped }) => ({ atMs: NOW_MS - agoMs, tripped })),
    );

  it("stays closed while fewer than the limit of failures came in a row", () => {
    fc.assert(
      fc.property(history, (newestFirst) => {
        const recent = newestFirst.slice(0, FAILURES_TO_OPEN);
        if (recent.length < FAILURES_TO_OPEN || recent.some((attempt) => !attempt.tripped))
          expect(breakerState(newestFirst, NOW_MS)).toEqual({ state: "closed" });
      }),
    );
  });

  it("always lets a probe through in the end", () => {
    fc.assert(
      fc.property(history, (newestFirst) => {
        expect(breakerState(newestFirst, NOW_MS + OPEN_MAX_MS).state).not.toBe("open");
      }),
    );
  });

  it("opens after failures in a row, probes, and closes with the first success", () => {
    const fail = (agoMs: number) => ({ atMs: NOW_MS - agoMs, tripped: true });
    const down = [fail(1000), fail(2000), fail(3000)];
    expect(breakerState(down, NOW_MS)).toEqual({ state: "open", untilMs: NOW_MS + 14_000, failures: 3 });
    expect(breakerState(down, NOW_MS + 14_000)).toEqual({ state: "half_open", failures: 3 });
    expect(breakerState([{ atMs: NOW_MS + 14_100, tripped: false }, ...down], NOW_MS + 15_000)).toEqual({
      state: "closed",
    });
  });
});

describe("the slices of a deadline", () => {
  const latency = fc
    .record({ typicalMs: fc.integer({ min: 1, max: 60_000 }), more: fc.nat(60_000), measured: fc.boolean() })
    .map(({ typicalMs, more, measured }) => ({ typicalMs, p95Ms: typicalMs + more, measured }));

  it("leave time for every later candidate and never exceed what is left", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 120_000 }),
        latency,
        fc.array(latency, { maxLength: 5 }),
        fc.integer({ min: 100, max: 90_000 }),
        (remainingMs, own, later, timeoutMs) => {
          const { totalMs } = timeShareOf(remainingMs, own, later, { timeoutMs });
          expect(totalMs).toBeLessThanOrEqual(Math.min(remainingMs, timeoutMs));
          if (later.length > 0) expect(remainingMs - totalMs).toBeGreaterThanOrEqual(remainingMs * 0.29);
          expect(totalMs).toBeGreaterThanOrEqual(Math.min(remainingMs * 0.26, timeoutMs, 10_000));
        },
      ),
    );
  });

  it("go by how long each of them takes", () => {
    const fast = { typicalMs: 1000, p95Ms: 2000, measured: true };
    const slow = { typicalMs: 8000, p95Ms: 16_000, measured: true };
    expect(timeShareOf(20_000, slow, [fast], { timeoutMs: 60_000 }).totalMs).toBeGreaterThan(13_000);
    expect(timeShareOf(20_000, fast, [slow], { timeoutMs: 60_000 }).totalMs).toBeLessThan(8000);
    expect(timeShareOf(20_000, slow, [], { timeoutMs: 60_000 }).totalMs).toBe(19_800);
  });

  it("end what is hopeless long before the deadline, when the latency was measured and a fallback can take over", () => {
    const fast = { typicalMs: 500, p95Ms: 1000, measured: true };
    expect(timeShareOf(600_000, fast, [fast], { timeoutMs: 300_000 }).totalMs).toBe(10_000);
    expect(timeShareOf(600_000, { ...fast, measured: false }, [fast], { timeoutMs: 300_000 }).totalMs).toBeGreaterThan(
      200_000,
    );
    expect(timeShareOf(600_000, fast, [], { timeoutMs: 300_000 }).totalMs).toBe(300_000);
  });
});
