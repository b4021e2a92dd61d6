import "better-sqlite3";
import { beforeAll, describe, expect, it } from "vitest";
import type { BatchInput, BatchOutput } from "../../src/core/contract.ts";
import type { Clock } from "../../src/core/ports.ts";
import type { Outcome } from "../../src/core/outcome.ts";
import { NOW_MS } from "../support/arbitraries.ts";
import { FIRST, GOOD, KEYS, SECOND, warmUp } from "../support/routed.ts";
import { HERE } from "../cases/request.ts";
import { sandboxService } from "../support/sandbox-service.ts";
import { answers, scriptedProviders, type Step } from "../support/scripted-provider.ts";
import { virtualClock } from "../support/virtual-clock.ts";

beforeAll(warmUp);

const PROMPT = "What are railway signals for?";
const task = (over: Partial<BatchInput["tasks"][number]> = {}): BatchInput["tasks"][number] => ({
  task: "general",
  prompt: PROMPT,
  models: [FIRST],
  max_output_tokens: 1000,
  repair: false,
  ...over,
});
const tasks = (count: number): BatchInput["tasks"] => Array.from({ length: count }, () => task());

interface World {
  readonly scripts: Readonly<Record<string, readonly (readonly Step[])[]>>;
  readonly config?: Record<string, unknown>;
  /** Runs beside the batch. */
  readonly meanwhile?: (
    app: Awaited<ReturnType<typeof sandboxService>>,
    clock: Clock,
    cancel: () => void,
  ) => Promise<void>;
}

async function runBatch(input: BatchInput, { scripts, config = {}, meanwhile }: World) {
  const clock = virtualClock(NOW_MS);
  const { create, calls } = scriptedProviders(scripts, clock);
  const running = { now: 0, most: 0 };
  const counted: typeof create = (settings) => {
    const provider = create(settings);
    return {
      ...provider,
      async *stream(call, signal) {
        running.now += 1;
        running.most = Math.max(running.most, running.now);
        try {
          yield* provider.stream(call, signal);
        } finally {
          running.now -= 1;
        }
      },
    };
  };
  const app = await sandboxService({ env: KEYS }, config, { clock, createProvider: counted, verifier: HERE });
  const control = new AbortController();
  const messages: string[] = [];
  const [outcome] = await Promise.all([
    app.service.routeBatch(input, { signal: control.signal, onProgress: ({ message }) => messages.push(message) }),
    meanwhile?.(app, clock, () => control.abort()),
  ]);
  const budget = await app.service.budget();
  const spend = await app.service.spendReport({});
  const receipts = await Promise.all(
    (outcome.ok ? outcome.value.results : []).map(async ({ route_id: id }) =>
      id === undefined ? null : app.service.receipt(id),
    ),
  );
  await app.close();
  return { outcome, calls, messages, most: running.most, budget, spend, receipts, tookMs: clock.elapsedMs() };
}

function valueOf(outcome: Outcome<BatchOutput>): BatchOutput {
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

const slow = (ms: number): readonly Step[] => [{ waitMs: ms }, ...answers(GOOD)];
/** An answer for which the vendor bills all 1,000 tokens: $0.02 and a little. */
const dear: readonly Step[] = [
  {
    report: {
      inputTokens: 10,
      cacheReadTokens: null,
      cacheWriteTokens: null,
      outputTokens: 1000,
      reasoningTokens: null,
    },
  },
  ...answers(GOOD),
];

describe("a batch", () => {
  it("gives each task its result, in order, whatever becomes of the others, and a receipt of its own", async () => {
    const input = {
      tasks: [task(), task({ models: ["unknown"] }), task({ models: [SECOND] }), task()],
      parallelism: 2,
    };
    const ran = await runBatch(input, { scripts: { [FIRST]: [answers(GOOD)], [SECOND]: [[{ fail: "auth" }]] } });
    const { results, totals } = valueOf(ran.outcome);
    expect(results.map(({ status, error }) => error?.code ?? status)).toEqual([
      "accepted",
      "invalid_request",
      "all_failed",
      "accepted",
    ]);
    expect(results[0]).toMatchObject({ text: GOOD, model: FIRST, cost_usd: 0.0014 });
    expect(totals).toMatchObject({ tasks: 4, accepted: 2, below_quality: 0, failed: 2, cost_usd: 0.0028 });
    expect(ran.receipts.map((receipt) => receipt?.ok)).toEqual([true, undefined, true, true]);
    expect(ran.spend).toMatchObject({ value: { totals: { requests: 3, cost_usd: 0.0028 } } });
  });

  it("tells how many tasks are done", async () => {
    const ran = await runBatch({ tasks: tasks(3), parallelism: 1 }, { scripts: { [FIRST]: [answers(GOOD)] } });
    expect(ran.messages).toEqual(["0 of 3 done", "1 of 3 done", "2 of 3 done", "3 of 3 done"]);
  });

  it.each([
    [1, 1],
    [3, 3],
    [undefined, 4],
    [16, 6],
  ])("with parallelism %s asks %d models at a time", async (parallelism, most) => {
    const input = { tasks: tasks(6), ...(parallelism === undefined ? {} : { parallelism }) };
    expect((await runBatch(input, { scripts: { [FIRST]: [slow(1000)] } })).most).toBe(most);
  });

  it.each([
    [{ tasks: [] }, /tasks must be 1 to 100 tasks; got 0/],
    [{ tasks: tasks(101) }, /got 101/],
    [{ tasks: tasks(1), parallelism: 17 }, /parallelism must be a whole number from 1 to 16; got 17/],
    [{ tasks: tasks(1), parallelism: 1.5 }, /got 1.5/],
    [{ tasks: tasks(1), budget_usd: -1, deadline_ms: 0 }, /budget_usd must be .*; deadline_ms must be/],
  ])("that cannot be one is refused by name", async (input, words) => {
    const ran = await runBatch(input, { scripts: {} });
    expect(ran.outcome).toMatchObject({ ok: false, error: { code: "invalid_request", cost_usd: 0 } });
    expect(ran.outcome.ok ? "" : ran.outcome.error.message).toMatch(words);
  });
});

describe("the money of a batch", () => {
  const scripts = { [FIRST]: [slow(1000)] };

  it("is refused as a whole, before any model is called, when a standing budget has less than its worst case", async () => {
    const ran = await runBatch({ tasks: tasks(10) }, { scripts, config: { budgets: { day_usd: 0.3 } } });
    expect(ran.outcome).toMatchObject({ ok: false, error: { code: "budget_exceeded", cost_usd: 0 } });
    expect(ran.outcome.ok ? "" : ran.outcome.error.message).toMatch(
      /worst case of these 10 tasks is \$\d.*the day budget of \$0.3000 has \$0.00 spent.*budget_usd of at most 0.300000/,
    );
    expect(ran.calls).toEqual([]);
    expect(ran.budget).toMatchObject({ value: { budgets: [{ held_usd: 0, spent_usd: 0 }] } });
  });

  it("fits under the same budget when the caller caps it, and is held while it runs", async () => {
    const held: unknown[] = [];
    const ran = await runBatch(
      { tasks: tasks(10), budget_usd: 0.25 },
      {
        scripts,
        config: { budgets: { day_usd: 0.3 } },
        meanwhile: async (app, clock) => {
          await clock.sleep(1500, new AbortController().signal);
          held.push(await app.service.budget());
          const other = { task: "general", prompt: PROMPT, models: [FIRST], max_output_tokens: 4000 };
          held.push(await app.service.route(other, { signal: new AbortController().signal }));
        },
      },
    );
    expect(valueOf(ran.outcome).totals).toMatchObject({ accepted: 10, reserved_usd: 0.25, cost_usd: 0.014 });
    const [budget, other] = held as [{ value: { budgets: [{ held_usd: number; spent_usd: number }] } }, unknown];
    const [day] = budget.value.budgets;
    expect(day.held_usd + day.spent_usd).toBeCloseTo(0.25, 9);
    // What the batch holds is not there for others: their answer is shortened to what is left, or refused.
    expect(JSON.stringify(other)).toMatch(/day budget/);
    expect(ran.budget).toMatchObject({ value: { budgets: [{ held_usd: 0 }] } });
  });

  it("that cheap tasks leave over serves the later ones", async () => {
    // Two worst cases at a time fit into the budget, ten would not.
    const ran = await runBatch({ tasks: tasks(10), budget_usd: 0.2 }, { scripts });
    expect(valueOf(ran.outcome).totals).toMatchObject({ accepted: 10, failed: 0, reserved_usd: 0.2 });
  });

  it("never exceeds its budget: when it is used up the rest fails with the reason", async () => {
    const ran = await runBatch(
      { tasks: tasks(10), budget_usd: 0.12, parallelism: 3 },
      { scripts: { [FIRST]: [dear] } },
    );
    const { results, totals } = valueOf(ran.outcome);
    expect(totals.cost_usd).toBeLessThanOrEqual(0.12);
    expect(totals.accepted).toBeGreaterThanOrEqual(2);
    expect(totals.failed).toBeGreaterThanOrEqual(1);
    const codes = new Set(results.flatMap(({ error }) => error?.code ?? []));
    expect(codes).toEqual(new Set(["budget_exceeded"]));
    expect(ran.spend).toMatchObject({ value: { totals: { cost_usd: totals.cost_usd } } });
  });

  it("needs no budget at all: then the worst case is held", async () => {
    const ran = await runBatch({ tasks: tasks(4) }, { scripts, config: { budgets: { day_usd: 100 } } });
    const { totals } = valueOf(ran.outcome);
    expect(totals.reserved_usd).toBeGreaterThan(totals.cost_usd * 10);
    expect(ran.budget).toMatchObject({ value: { budgets: [{ held_usd: 0, spent_usd: totals.cost_usd }] } });
  });

  it("asks free models alone on a budget of 0", async () => {
    const ran = await runBatch({ tasks: tasks(2), budget_usd: 0 }, { scripts });
    expect(valueOf(ran.outcome).results.map(({ error }) => error?.code)).toEqual([
      "budget_exceeded",
      "budget_exceeded",
    ]);
    expect(ran.calls).toEqual([]);
  });
});

describe("the time of a batch", () => {
  it("is one deadline: what was not begun says so, what was accepted stays", async () => {
    const input = { tasks: tasks(6), parallelism: 1, deadline_ms: 5000 };
    const ran = await runBatch(input, { scripts: { [FIRST]: [slow(2000)] } });
    const { results } = valueOf(ran.outcome);
    expect(results.map(({ status, error }) => error?.code ?? status)).toEqual([
      "accepted",
      "accepted",
      ...Array.from({ length: 4 }, () => "deadline_exceeded"),
    ]);
    expect(results.at(-1)?.error?.message).toContain("Raise deadline_ms");
    expect(ran.tookMs).toBeLessThan(6000);
  });

  it("ends when the caller cancels: what runs is settled, nothing more is begun or held", async () => {
    const ran = await runBatch(
      { tasks: tasks(8), parallelism: 2 },
      {
        scripts: { [FIRST]: [slow(2000)] },
        config: { budgets: { day_usd: 100 } },
        meanwhile: async (_app, clock, cancel) => {
          await clock.sleep(3000, new AbortController().signal);
          cancel();
        },
      },
    );
    const { results } = valueOf(ran.outcome);
    expect(results.map(({ status, error }) => error?.code ?? status)).toEqual([
      "accepted",
      "accepted",
      ...Array.from({ length: 6 }, () => "cancelled"),
    ]);
    expect(ran.calls).toHaveLength(4);
    expect(ran.budget).toMatchObject({ value: { budgets: [{ held_usd: 0 }] } });
  });
});
