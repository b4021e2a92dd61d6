import { setTimeout as delay } from "node:timers/promises";
import type { Service } from "../../src/core/service.ts";
import { nanoFromUsd } from "../../src/core/money.ts";

/** The day budget as `signalbox://budget` reports it, nano-USD. */
export interface DayBudget {
  readonly spentNanoUsd: number;
  readonly heldNanoUsd: number;
}

/** What was seen while the processes ran. */
export interface Seen {
  readonly samples: number;
  readonly mostBilledNanoUsd: number;
  /** Settled and held together. */
  readonly mostBookedNanoUsd: number;
  /** How often the vendors had billed more than was settled and held a moment later. */
  readonly billAboveBooks: number;
}

export async function dayBudget(service: Service): Promise<DayBudget> {
  const outcome = await service.budget();
  if (!outcome.ok) throw new Error(outcome.error.message);
  const { budgets } = outcome.value as {
    readonly budgets: readonly { readonly scope: string; readonly spent_usd: number; readonly held_usd: number }[];
  };
  const day = budgets.find(({ scope }) => scope === "day");
  if (day === undefined) throw new Error("There is no day budget");
  return { spentNanoUsd: nanoFromUsd(day.spent_usd), heldNanoUsd: nanoFromUsd(day.held_usd) };
}

/** A database that is being restarted: there is nothing to be seen of it. */
function isAway(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("The ledger postgres://");
}

/** Looks at bill and ledger again and again until `stop` fires. */
export async function watch(
  service: Service,
  billedNanoUsd: () => Promise<number>,
  everyMs: number,
  stop: AbortSignal,
): Promise<Seen> {
  let seen: Seen = { samples: 0, mostBilledNanoUsd: 0, mostBookedNanoUsd: 0, billAboveBooks: 0 };
  while (!stop.aborted) {
    // Read the bill first: everything on it was reserved before.
    const billed = await billedNanoUsd();
    const budget = await dayBudget(service).catch((error: unknown) => (isAway(error) ? null : Promise.reject(error)));
    if (budget === null) {
      await delay(everyMs);
      continue;
    }
    const { spentNanoUsd, heldNanoUsd } = budget;
    const booked = spentNanoUsd + heldNanoUsd;
    seen = {
      samples: seen.samples + 1,
      mostBilledNanoUsd: Math.max(seen.mostBilledNanoUsd, billed),
      mostBookedNanoUsd: Math.max(seen.mostBookedNanoUsd, booked),
      billAboveBooks: seen.billAboveBooks + (billed > booked ? 1 : 0),
    };
    await delay(everyMs);
  }
  return seen;
}
