import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers, fits, leftOf, type BudgetState } from "../../src/core/budget.ts";
import type { Snapshot } from "../../src/core/planning.ts";
import type { Health } from "../../src/core/health.ts";
import { lifecycleAt, type Model } from "../../src/core/model.ts";
import { plan } from "../../src/core/plan.ts";
import type { PriceRow } from "../../src/core/price.ts";
import type { Request } from "../../src/core/request.ts";
import { sizeCandidate } from "../../src/core/candidate-sizing.ts";
import { modelNamed, NOW_MS, request as anyRequest, snapshot as anySnapshot } from "../support/arbitraries.ts";

const IDS = ["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7"];
/** Every way to name a model: by id, alias and wire id, and unknown names. */
const NAMES = [...IDS, ...IDS.flatMap((id) => [`${id}-latest`, `wire-${id}`]), "unknown", ""];
const PROVIDERS = ["anthropic", "openai", "together", "google"];
const RUNS = { numRuns: 800 };

const successor = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...IDS) }, fc.constantFrom(...NAMES));

/** Chains of successors, circles of them, and unknown successors. */
const lifecycle: fc.Arbitrary<Model["lifecycle"]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ state: "current" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      state: fc.constant("legacy" as const),
      successor,
      shutdownDate: fc.constantFrom("2026-01-01", "2027-01-01", "unannounced" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      state: fc.constant("retired" as const),
      successor,
      since: fc.constantFrom("2025-01-01", "unknown"),
    }),
  },
);

const models: fc.Arbitrary<readonly Model[]> = fc
  .subarray(IDS, { minLength: 3 })
  .chain((ids) => fc.tuple(...ids.map((id) => fc.tuple(modelNamed(id), lifecycle))))
  .map((rows) =>
    rows.map(([model, life]) => ({
      ...model,
      aliases: [`${model.id}-latest`],
      lifecycle: life,
      prices: model.prices === "unpriced" ? model.prices : longIsDearer(model.prices),
    })),
  );

/** No row of the catalogue asks less for a long prompt. */
function longIsDearer(row: PriceRow): PriceRow {
  const { longPrompt, ...base } = row;
  if (longPrompt === undefined) return base;
  const [inputUsd, outputUsd] = [base.inputUsd + longPrompt.inputUsd, base.outputUsd + longPrompt.outputUsd];
  return { ...base, longPrompt: { ...base, overTokens: longPrompt.overTokens, inputUsd, outputUsd } };
}

function catalogueOf(rows: readonly Model[]): Snapshot["catalogue"] {
  return {
    models: rows,
    find: (name) => rows.find(({ id, aliases, wireId }) => id === name || aliases.includes(name) || wireId === name),
  };
}

const budget: fc.Arbitrary<BudgetState> = fc
  .record({
    scope: fc.oneof(
      fc.record({ kind: fc.constantFrom("day" as const, "month" as const) }),
      fc.record({
        kind: fc.constant("task" as const),
        task: fc.constantFrom("planning", "coding"),
        per: fc.constantFrom("day" as const, "month" as const),
      }),
      fc.record({
        kind: fc.constant("provider" as const),
        provider: fc.constantFrom(...PROVIDERS),
        per: fc.constantFrom("day" as const, "month" as const),
      }),
    ),
    limitNanoUsd: fc.oneof(fc.nat(2_000_000_000), fc.nat(200_000_000_000)),
    // A config that was lowered leaves more spent than is allowed.
    spentNanoUsd: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(2_500_000_000)),
    heldNanoUsd: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(500_000_000)),
  })
  .map((state) => ({ ...state, heldUntilMs: state.heldNanoUsd > 0 ? NOW_MS + 1000 : null }));

const unwell: fc.Arbitrary<Health> = fc.oneof(
  fc.record({
    state: fc.constant("open" as const),
    untilMs: fc.integer({ min: NOW_MS + 1, max: NOW_MS + 90_000 }),
    reason: fc.constant("not well"),
    why: fc.constantFrom("failing" as const, "refused" as const, "asked_to_wait" as const),
  }),
  fc.record({
    state: fc.constant("half_open" as const),
    reason: fc.constant("was not well"),
    probe: fc.constantFrom("model" as const, "provider" as const),
  }),
);

const health: fc.Arbitrary<ReadonlyMap<string, Health>> = fc
  .array(fc.tuple(fc.constantFrom(...IDS), unwell), { maxLength: 6 })
  .map((rows) => new Map(rows));

/** Ids mostly, with other names among them and some twice. */
const names: fc.Arbitrary<readonly string[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...IDS) }, fc.constantFrom(...NAMES)),
  { minLength: 6, maxLength: 14 },
);

interface Scene {
  readonly request: Request;
  readonly snapshot: Snapshot;
}

const scene: fc.Arbitrary<Scene> = fc
  .record({
    request: anyRequest,
    snapshot: anySnapshot,
    models,
    health,
    off: fc.subarray(PROVIDERS, { maxLength: 2 }),
    budgets: fc.array(budget, { maxLength: 4 }),
    candidates: names,
    allowed: fc.option(fc.oneof({ weight: 9, arbitrary: names }, fc.constant([]))),
    callBudgetNanoUsd: fc.option(fc.oneof(fc.nat(1000), fc.nat(30_000_000_000))),
    deadlineMs: fc.oneof(fc.nat(5000), fc.integer({ min: 5000, max: 120_000 })),
  })
  .map((made) => ({
    request: {
      ...made.request,
      models: made.allowed,
      budgetNanoUsd: made.callBudgetNanoUsd,
      deadlineMs: made.deadlineMs,
      task: { ...made.request.task, candidates: made.candidates },
    },
    snapshot: {
      ...made.snapshot,
      catalogue: catalogueOf(made.models),
      providers: new Map(
        PROVIDERS.map((id) => [id, made.off.includes(id) ? { available: false, reason: "off" } : { available: true }]),
      ),
      health: made.health,
      budgets: made.budgets,
    },
  }));

/** Who answers to a name: itself, or the first of its successors that is alive. */
function answering(name: string, { catalogue, nowMs }: Snapshot): Model | null {
  const asked = new Set<Model>();
  let model = catalogue.find(name);
  while (model !== undefined && !asked.has(model)) {
    const life = lifecycleAt(model, nowMs);
    if (life.alive) return model;
    asked.add(model);
    model = catalogue.find(life.successor);
  }
  return null;
}

/** One that is to be probed may be asked, once. */
function isWell({ health }: Snapshot, id: string): boolean {
  return health.get(id)?.state !== "open";
}

/** The ids that may be in the order, as the allow-list or the task has them. */
function eligible({ request, snapshot }: Scene): readonly string[] {
  const named = (request.models ?? request.task.candidates).map((name) => answering(name, snapshot));
  const able = [...new Set(named.filter((model) => model !== null))].filter(
    (model) => sizeCandidate(model, request, snapshot, { spentNanoUsd: 0, elapsedMs: 0 }).ok,
  );
  const well = able.filter(({ id }) => isWell(snapshot, id));
  const worthATry = able.filter(({ id }) => {
    const unwell = snapshot.health.get(id);
    return (
      unwell?.state === "open" &&
      (unwell.why !== "asked_to_wait" || unwell.untilMs - snapshot.nowMs < request.deadlineMs)
    );
  });
  return (well.length > 0 ? well : worthATry).map(({ id }) => id);
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

const orderOf = (made: ReturnType<typeof plan>): readonly string[] => made.order.map(({ model }) => model.id);

describe("a plan over any catalogue", () => {
  it("puts every known model either in the order or among the rejections, and no other model, once", () => {
    fc.assert(
      fc.property(scene, ({ request, snapshot }) => {
        const made = plan(request, snapshot);
        const rejected = made.rejected.map(({ model }) => model);
        expect([...orderOf(made), ...rejected].toSorted()).toEqual(
          snapshot.catalogue.models.map(({ id }) => id).toSorted(),
        );
        for (const { reason } of made.rejected) expect(reason).not.toBe("");
      }),
      RUNS,
    );
  });

  it("has an order that is a permutation of the models that may be asked, in the caller's order unless the request says otherwise", () => {
    fc.assert(
      fc.property(scene, (each) => {
        const { request, snapshot } = each;
        const order = orderOf(plan(request, snapshot));
        expect(order.toSorted()).toEqual(eligible(each).toSorted());
        const hasWell = order.some((id) => isWell(snapshot, id));
        if (request.optimize === "quality" && hasWell) expect(order).toEqual(eligible(each));
      }),
      RUNS,
    );
  });

  it("never holds a model whose worst case exceeds the call's budget or a standing one that covers it", () => {
    fc.assert(
      fc.property(scene, ({ request, snapshot }) => {
        for (const { model, costMaxNanoUsd, costExpectedNanoUsd } of plan(request, snapshot).order) {
          expect(Number.isSafeInteger(costMaxNanoUsd)).toBe(true);
          expect(costMaxNanoUsd).toBeLessThanOrEqual(request.budgetNanoUsd ?? Number.MAX_SAFE_INTEGER);
          if (model.prices !== "unpriced") expect(costExpectedNanoUsd).toBeLessThanOrEqual(costMaxNanoUsd);
          for (const state of snapshot.budgets) {
            if (!covers(state.scope, request.task.id, model.provider)) continue;
            expect(costMaxNanoUsd).toBeLessThanOrEqual(leftOf(state));
            if (costMaxNanoUsd > 0) expect(fits(state, costMaxNanoUsd)).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  it("asks no model that is gone, off, unpriced without leave, or slower than the deadline", () => {
    fc.assert(
      fc.property(scene, ({ request, snapshot }) => {
        for (const { model } of plan(request, snapshot).order) {
          expect(lifecycleAt(model, snapshot.nowMs).alive).toBe(true);
          expect(snapshot.providers.get(model.provider)?.available).toBe(true);
          if (!snapshot.allowUnpriced) expect(model.prices).not.toBe("unpriced");
          expect(model.floorMs).toBeLessThanOrEqual(request.deadlineMs);
        }
      }),
      RUNS,
    );
  });

  it("is the same every time, changes nothing it is given, and does not depend on how the catalogue is sorted", () => {
    fc.assert(
      fc.property(scene, fc.nat(), ({ request, snapshot }, turn) => {
        const first = plan(frozen(request), frozen(snapshot));
        expect(plan(request, snapshot)).toEqual(first);
        const rows = snapshot.catalogue.models;
        const cut = turn % rows.length;
        const turned = { ...snapshot, catalogue: catalogueOf([...rows.slice(cut), ...rows.slice(0, cut)]) };
        const again = plan(request, turned);
        expect(again.order).toEqual(first.order);
        expect(new Set(again.rejected)).toEqual(new Set(first.rejected));
      }),
      RUNS,
    );
  });
});
