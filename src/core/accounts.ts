import type { ModelId, ProviderId } from "./model.ts";
import { outageKeys } from "./outage.ts";
import type { OutageScope } from "./errors.ts";

/** The accounts at a provider that this process can use, by names that tell nothing about their keys. At least one. */
export type AccountsOf = (provider: ProviderId) => readonly string[];

/**
 * The keys under which an attempt of this model on one account can be out. Where a provider has several accounts, what takes a model
 * out takes it out for one account alone: a used-up limit of one key is not that of another.
 */
export function accountKeys(
  model: ModelId,
  account: string,
  accounts: readonly string[],
): Readonly<Record<OutageScope, string>> {
  const keys = outageKeys(model, account);
  return accounts.length > 1 ? { ...keys, model: `${keys.model} by ${account}` } : keys;
}
