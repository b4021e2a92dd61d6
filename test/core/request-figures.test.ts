import { describe, expect, it } from "vitest";
import { type EndedRequest, figuresOf } from "../../src/core/request-figures.ts";

const ended = (over: Partial<EndedRequest> = {}): EndedRequest => ({
  routeId: "r",
  task: "general",
  startedAtMs: 0,
  status: "accepted",
  errorCode: null,
  verdict: "unchecked",
  latencyMs: 100,
  costNanoUsd: 1,
  attempts: 1,
  firstModel: "a",
  answerModel: "a",
  answerIsRepair: false,
  ...over,
});

describe("figures of requests", () => {
  it("holds no caller's cancel and no refusal before a model was asked against the service", () => {
    const none = { firstModel: null, answerModel: null, attempts: 0 };
    const figures = figuresOf([
      ended(),
      ended({ status: "below_quality" }),
      ended({ status: "failed", answerModel: null }),
      ended({ status: "failed", ...none }),
      ended({ status: "cancelled", answerModel: null }),
    ]);
    expect(figures).toMatchObject({
      requests: 5,
      accepted: 1,
      belowQuality: 1,
      failed: 1,
      refused: 1,
      cancelled: 1,
      successShare: 1 / 3,
    });
  });

  it("tells a request that a fallback has saved from one that a repair has saved", () => {
    const figures = figuresOf([
      ended(),
      ended({ answerModel: "b", attempts: 2 }),
      ended({ answerIsRepair: true, attempts: 2 }),
      ended({ answerModel: "b", attempts: 2, status: "below_quality" }),
    ]);
    expect(figures).toMatchObject({ savedByFallback: 1, savedByRepair: 1 });
  });

  it("has the quantiles of accepted requests alone, and none without one", () => {
    const requests = Array.from({ length: 100 }, (_, index) => ended({ latencyMs: index + 1 }));
    const { latencyMs } = figuresOf([...requests, ended({ status: "failed", latencyMs: 30_000 })]);
    expect(latencyMs).toEqual({ p50: 50, p90: 90, p95: 95, p99: 99, max: 100 });
    expect(figuresOf([ended({ status: "failed" })]).latencyMs).toBeNull();
    expect(figuresOf([]).successShare).toBeNull();
  });
});
