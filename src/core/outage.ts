import type { ErrorKind } from "./errors.ts";
import type { Failure } from "./attempt.ts";

/** What is out of service: one model, or everything that one account at a provider can call. */
export type OutageScope = "model" | "provider";

/** Something that a vendor has said it will not do for a while. Shared through the ledger, so that nobody else asks for it. */
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

interface OutageRule {
  readonly scope: OutageScope;
  /** How long when the vendor names no time, doubled each time; `null`: then it is not out. */
  readonly baseMs: number | null;
  readonly maxMs: number;
}

const MINUTE_MS = 60_000;

/** Which failures take something out, for how long at the most. All others count with the breaker alone. */
export const OUTAGE_RULES = {
  auth: { scope: "provider", baseMs: MINUTE_MS / 4, maxMs: 15 * MINUTE_MS },
  quota: { scope: "provider", baseMs: MINUTE_MS, maxMs: 60 * MINUTE_MS },
  rate_limit: { scope: "model", baseMs: null, maxMs: 60 * MINUTE_MS },
  overloaded: { scope: "model", baseMs: null, maxMs: 60 * MINUTE_MS },
  timeout: null,
  network: null,
  bad_request: null,
  context_length: null,
  content_filter: null,
  refusal: null,
  truncated: null,
  empty: null,
  invalid_response: null,
  cancelled: null,
} as const satisfies Record<ErrorKind, OutageRule | null>;

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
  const rule: OutageRule | null = OUTAGE_RULES[failure.kind];
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
