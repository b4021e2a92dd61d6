import { ERROR_RULES, MODEL_MISSING_OUTAGE, type ErrorKind, type OutageScope } from "./errors.ts";
import type { Failure } from "./attempt.ts";

/** Something that a vendor has said it will not do for a while. Shared through the ledger, so that no other process asks for it. */
export interface Outage {
  /** "model gpt-6-luna", or "provider openai" with a fingerprint of the account: another key is not out because this one is. */
  readonly key: string;
  readonly scope: OutageScope;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly sinceMs: number;
  readonly untilMs: number;
  /** How often in a row: each time it stays out for longer. */
  readonly times: number;
}

/** The keys under which an attempt of this model can be out. */
export function outageKeys(model: string, account: string): Readonly<Record<OutageScope, string>> {
  return { model: `model ${model}`, provider: `provider ${account}` };
}

/** What a failure takes out, or `null`. `earlier`: the outage under the same key, if there was one and nothing went well since. */
export function outageOf(
  failure: Failure,
  keys: Readonly<Record<OutageScope, string>>,
  earlier: (key: string) => Outage | undefined,
  nowMs: number,
): Outage | null {
  const rule = failure.modelMissing === true ? MODEL_MISSING_OUTAGE : ERROR_RULES[failure.kind].outage;
  if (rule === null) return null;
  const key = keys[rule.scope];
  const times = (earlier(key)?.times ?? 0) + 1;
  const ownMs = rule.baseMs === null ? null : rule.baseMs * 2 ** Math.min(times - 1, 10);
  const forMs = failure.retryAfterMs ?? ownMs;
  if (forMs === null || forMs <= 0) return null;
  return {
    key,
    scope: rule.scope,
    kind: failure.kind,
    message: failure.message,
    sinceMs: nowMs,
    untilMs: nowMs + Math.min(rule.maxMs, forMs),
    times,
  };
}
