import { describe, expect, it } from "vitest";
import { BatchBudget } from "../../src/service/batch/batch-budget.ts";
import { attemptRecord, NOON, requestEnd, reserveInput } from "../ledger/records.ts";
import { ledgerAt } from "../ledger/support.ts";
import { manualClock, settle } from "../mcp/support/manual-clock.ts";

function batchBudget(budgetNanoUsd: number | null) {
  const clock = manualClock();
  const made = new BatchBudget("b1", budgetNanoUsd, NOON + 60_000, ledgerAt(), clock);
  const cancel = new AbortController();
  const ledger = made.ledgerFor(60_000, cancel.signal);
  const results: string[] = [];
  /** Reserves and notes how it came out, once it does. */
  const ask = (route: string, attempt: string, amountNanoUsd: number): void => {
    void ledger
      .reserve(reserveInput(route, attempt, { amountNanoUsd, nowMs: NOON }))
      .then((result) => results.push(`${attempt} ${result.ok ? "held" : result.why}`));
  };
  const end = (route: string, attempt: string, nanoUsd: number) =>
    ledger.settle(attemptRecord(route, attempt, { cost: { nanoUsd, exact: true } }), requestEnd(route, attempt));
  return { made, clock, cancel, ledger, results, ask, end };
}

describe("the shared money of a batch", () => {
  it("lets a task wait for a sibling's call, and gives it what that leaves", async () => {
    const { ask, end, results, made } = batchBudget(1000);
    ask("r1", "a1", 800);
    await settle();
    ask("r2", "a2", 700);
    await settle();
    expect(results).toEqual(["a1 held"]);
    await end("r1", "a1", 100);
    await settle();
    expect(results).toEqual(["a1 held", "a2 held"]);
    expect(made.budgets).toMatchObject([{ limitNanoUsd: 1000, spentNanoUsd: 100, heldNanoUsd: 0 }]);
  });

  it("refuses when what the sibling leaves is not enough, and when there is no sibling", async () => {
    const { ask, end, results } = batchBudget(1000);
    ask("r1", "a1", 800);
    await settle();
    ask("r2", "a2", 700);
    await end("r1", "a1", 500);
    await settle();
    expect(results).toEqual(["a1 held", "a2 over_budget"]);
  });

  it("wakes those who wait as soon as the call has ended, before its verdict is there", async () => {
    const { ask, ledger, results } = batchBudget(1000);
    ask("r1", "a1", 800);
    await settle();
    ask("r2", "a2", 700);
    await settle();
    await ledger.answered("a1", 50);
    await settle();
    expect(results).toEqual(["a1 held", "a2 held"]);
  });

  it("never lets a task wait for itself: a task that starts a second model beside a late one is refused at once", async () => {
    const { ask, results } = batchBudget(1000);
    ask("r1", "a1", 800);
    await settle();
    ask("r1", "a2", 700);
    await settle();
    expect(results).toEqual(["a1 held", "a2 over_budget"]);
  });

  it("ends the wait with the time of the task, and with its cancel", async () => {
    const first = batchBudget(1000);
    first.ask("r1", "a1", 800);
    await settle();
    first.ask("r2", "a2", 700);
    await first.clock.advance(60_000);
    expect(first.results).toEqual(["a1 held", "a2 over_budget"]);

    const second = batchBudget(1000);
    second.ask("r1", "a1", 800);
    await settle();
    second.ask("r2", "a2", 700);
    await settle();
    second.cancel.abort();
    await settle();
    expect(second.results).toEqual(["a1 held", "a2 over_budget"]);
  });

  it("has no bottom of its own without a budget", async () => {
    const { ask, results, made } = batchBudget(null);
    ask("r1", "a1", 1e12);
    await settle();
    expect(results).toEqual(["a1 held"]);
    expect(made.budgets).toEqual([]);
  });
});
