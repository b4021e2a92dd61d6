import { accountKeys, type AccountsOf } from "../core/accounts.ts";
import type { Failure } from "../core/attempt.ts";
import type { OutageScope } from "../core/errors.ts";
import type { Model, ModelId, ProviderId } from "../core/model.ts";
import type { Outage } from "../core/outage.ts";
import type { Refusal } from "./reserve.ts";

/** How many calls each provider has had, so that its accounts take turns. One for a process. */
export type AccountTurns = Map<ProviderId, number>;

/** Failures that another account of the same provider may not have. */
const OF_THE_ACCOUNT: ReadonlySet<Failure["kind"]> = new Set(["auth", "quota", "rate_limit"]);

/** The accounts that one request can use: they take turns, and one that said no to this request is not asked by it again. */
export class AccountQueue {
  readonly #accountsOf: AccountsOf;
  readonly #outages: ReadonlyMap<string, Outage>;
  readonly #turns: AccountTurns;
  /** The keys of what said no to this request. */
  readonly #refused = new Set<string>();

  constructor(accountsOf: AccountsOf, outages: ReadonlyMap<string, Outage>, turns: AccountTurns) {
    this.#accountsOf = accountsOf;
    this.#outages = outages;
    this.#turns = turns;
  }

  keysOf(model: ModelId, provider: ProviderId, account: string): Readonly<Record<OutageScope, string>> {
    return accountKeys(model, account, this.#accountsOf(provider));
  }

  /** The accounts that may be asked for a model: in turn, those that are well before those that were out when the plan was made. */
  take(model: Model, nowMs: number): readonly string[] {
    const left = this.#left(model);
    if (left.length < 2) return left;
    const turn = this.#turns.get(model.provider) ?? 0;
    this.#turns.set(model.provider, turn + 1);
    const at = turn % left.length;
    const untilMs = (account: string): number =>
      Math.max(nowMs, ...this.#outagesOf(model, account).map((outage) => outage.untilMs));
    return [...left.slice(at), ...left.slice(0, at)].toSorted((one, other) => untilMs(one) - untilMs(other));
  }

  /** Takes note of a failure; true when another account that is well may do better with the same model. */
  failed(model: Model, account: string, { kind }: Pick<Failure, "kind">): boolean {
    if (!OF_THE_ACCOUNT.has(kind)) return false;
    const keys = this.keysOf(model.id, model.provider, account);
    const several = this.#accountsOf(model.provider).length > 1;
    if (kind !== "rate_limit") this.#refused.add(keys.provider);
    // The only account may be asked again once the time that it named is over.
    else if (several) this.#refused.add(keys.model);
    return this.#left(model).some((other) => other !== account && this.#outagesOf(model, other).length === 0);
  }

  #left(model: Model): readonly string[] {
    return this.#accountsOf(model.provider).filter((account) => {
      const keys = this.keysOf(model.id, model.provider, account);
      return !this.#refused.has(keys.provider) && !this.#refused.has(keys.model);
    });
  }

  #outagesOf(model: Model, account: string): readonly Outage[] {
    const keys = this.keysOf(model.id, model.provider, account);
    return [keys.provider, keys.model].flatMap((key) => this.#outages.get(key) ?? []);
  }
}

/** What this request has heard from all accounts of a provider holds for its other models as well. */
export function refusedBefore(provider: ProviderId): Refusal {
  const reason = `provider ${provider} refused this request's key or has no money left, as said above`;
  return { ok: false, why: "out", reason, heldByOthers: false, retryAtMs: null, isFinal: true };
}
