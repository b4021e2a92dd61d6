import { breakerState, providerBreakerState, type BreakerState, type PastAttempt } from "./breaker.ts";
import type { Model, ModelId } from "./model.ts";
import type { OutageScope } from "./errors.ts";
import { accountKeys, type AccountsOf } from "./accounts.ts";
import type { Outage } from "./outage.ts";

/**
 * `failing`: its breaker is open. `refused`: the provider has said no (key, quota), which waiting alone does not mend.
 * `asked_to_wait`: the vendor has named the time at which it may be asked again.
 */
export type OpenWhy = "failing" | "refused" | "asked_to_wait";

/** Whether a model should be asked now. `half_open`: by one attempt at a time, which probes whether it is well again. */
export type Health =
  | { readonly state: "closed" }
  | {
      readonly state: "open";
      readonly untilMs: number;
      readonly reason: string;
      readonly why: OpenWhy;
    }
  | { readonly state: "half_open"; readonly reason: string; readonly probe: OutageScope };

/** What is further in the future than this was written before a clock was set back. */
export const CLOCK_SLACK_MS = 60_000;

/** What the ledger knows that bears on health. */
export interface HealthFacts {
  /** The recent attempts of each model, newest first. */
  readonly attempts: ReadonlyMap<ModelId, readonly PastAttempt[]>;
  /** By key; those that are over stay until something goes well. */
  readonly outages: ReadonlyMap<string, Outage>;
}

type Unwell = Exclude<Health, { state: "closed" }>;

/** The health of every model that is not well. Of several accounts at a provider the best one counts. */
export function unwellModels(
  models: readonly Model[],
  facts: HealthFacts,
  accountsOf: AccountsOf,
  nowMs: number,
): ReadonlyMap<ModelId, Health> {
  const found = new Map<ModelId, Health>();
  const anyTripped = [...facts.attempts.values()].some((list) => list.some(({ tripped }) => tripped));
  if (!anyTripped && facts.outages.size === 0) return found;
  const providers = new Map<string, BreakerState>();
  for (const { provider } of models) {
    if (providers.has(provider)) continue;
    const siblings = models.filter((model) => model.provider === provider);
    const byModel = siblings.map(({ id }) => facts.attempts.get(id) ?? []);
    providers.set(provider, providerBreakerState(byModel, nowMs));
  }
  for (const model of models) {
    const breakers = [
      breakerSign(providers.get(model.provider), "provider", model, nowMs),
      breakerSign(breakerState(facts.attempts.get(model.id) ?? [], nowMs), "model", model, nowMs),
    ];
    const accounts = accountsOf(model.provider);
    const worst = accounts
      .map((account) => {
        const keys = accountKeys(model.id, account, accounts);
        const outages = [keys.provider, keys.model].map((key) => outageSign(facts.outages.get(key), model, nowMs));
        return worstOf([...outages, ...breakers].filter((sign) => sign !== null));
      })
      .reduce<Unwell | null | undefined>(better, undefined);
    if (worst !== null && worst !== undefined) found.set(model.id, worst);
  }
  return found;
}

/** Well before half-open before open, then what is over first. `undefined`: there is none to compare with yet. */
function better(best: Unwell | null | undefined, sign: Unwell | null): Unwell | null {
  if (best === undefined || sign === null) return sign;
  if (best === null || best.state === "half_open") return best;
  return sign.state === "half_open" || sign.untilMs < best.untilMs ? sign : best;
}

/** Open before half-open, then what lasts longest. */
function worstOf(signs: readonly Unwell[]): Unwell | null {
  const open = signs.filter((sign) => sign.state === "open");
  if (open.length > 0) return open.reduce((worst, sign) => (sign.untilMs > worst.untilMs ? sign : worst));
  return signs[0] ?? null;
}

function breakerSign(state: BreakerState | undefined, probe: OutageScope, model: Model, nowMs: number): Unwell | null {
  if (state === undefined || state.state === "closed") return null;
  const who = probe === "model" ? "" : `provider ${model.provider} `;
  const reason = `${who}failed ${state.failures} times in a row`;
  if (state.state === "half_open") return { state: "half_open", reason, probe };
  return {
    state: "open",
    untilMs: state.untilMs,
    reason: `${reason}; ${skipped(state.untilMs, nowMs)}`,
    why: "failing",
  };
}

function outageSign(outage: Outage | undefined, model: Model, nowMs: number): Unwell | null {
  // One that begins in the future was written before a clock was set back.
  if (outage === undefined || outage.sinceMs > nowMs + CLOCK_SLACK_MS) return null;
  const { kind, scope, untilMs, message } = outage;
  const refused = scope === "provider";
  const why = refused ? "refused" : "asked_to_wait";
  const who = refused ? `provider ${model.provider}` : model.id;
  const reason = `${who}: ${kind} (${message})`;
  if (nowMs < untilMs) return { state: "open", untilMs, reason: `${reason}; ${skipped(untilMs, nowMs)}`, why };
  // A time that the vendor named has passed: that is that. What only a person can mend is probed.
  return refused ? { state: "half_open", reason, probe: scope } : null;
}

function skipped(untilMs: number, nowMs: number): string {
  return `skipped for another ${Math.max(1, Math.ceil((untilMs - nowMs) / 1000))} s`;
}
