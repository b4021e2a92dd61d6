import { periodStart, scopeName } from "../core/budget.ts";
import type { BreakerEvent, BudgetEvent, EventObserver } from "../core/events.ts";
import { isLedgerUnavailable } from "../core/errors.ts";
import { usdFromNano } from "../core/money.ts";
import type { NotifySettings } from "../core/notify-settings.ts";

/** A budget is told of when so much of it is spent, percent. */
const THRESHOLDS = [50, 80, 100] as const;
/** A breaker that opens again within this time is told of once, milliseconds. */
const BREAKER_QUIET_MS = 3_600_000;
/** A claim outlives its period by the longest there is. */
const BUDGET_QUIET_MS = 40 * 86_400_000;
const PAUSES_MS = [0, 1000, 5000] as const;
const TIMEOUT_MS = 5000;
/** Messages that wait: a dead receiver must not fill the memory. */
const MOST_WAITING = 100;

/** The body of a message. `text` is what chat programs show. */
export type WebhookMessage =
  | {
      readonly event: "budget";
      readonly text: string;
      readonly at: string;
      readonly scope: string;
      readonly threshold_percent: number;
      readonly spent_usd: number;
      readonly limit_usd: number;
      readonly period_start: string | null;
    }
  | {
      readonly event: "breaker";
      readonly text: string;
      readonly at: string;
      readonly model: string;
      readonly provider: string;
      readonly until: string | null;
    };

/** What sending needs of the world. */
export interface WebhookParts {
  readonly settings: NotifySettings;
  /** True for the first who claims the key, among all processes. Throws `ledger_unavailable`. */
  claim(key: string, untilMs: number): Promise<boolean>;
  /** Hears what could not be sent; never the token. */
  readonly warn: (message: string) => void;
  /** For tests: the pauses before each try. */
  readonly pausesMs?: readonly number[];
}

/** Sends a message when a budget passes a threshold or a breaker opens: once for each threshold and period. */
export class Webhook {
  readonly #parts: WebhookParts;
  /** What this process has claimed, or seen claimed by another one. */
  readonly #told = new Map<string, number>();
  readonly #end = new AbortController();
  #waiting = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(parts: WebhookParts) {
    this.#parts = parts;
  }

  /** Returns at once: what is sent is sent behind the requests' backs. */
  readonly observer: EventObserver = (event) => {
    if (event.type === "budget") this.#heardBudget(event);
    if (event.type === "breaker" && event.state === "open") {
      this.#queue(`breaker ${event.model}`, event.atMs + BREAKER_QUIET_MS, event.atMs, breakerMessage(event));
    }
  };

  /** Waits for what is on its way, for so long at most, milliseconds. */
  async close(waitMs: number): Promise<void> {
    const enough = setTimeout(() => this.#end.abort(), waitMs);
    await this.#sending;
    clearTimeout(enough);
  }

  #heardBudget(event: BudgetEvent): void {
    const { budget, atMs } = event;
    const { limitNanoUsd, spentNanoUsd, scope } = budget;
    const percent = limitNanoUsd === 0 ? 0 : (spentNanoUsd / limitNanoUsd) * 100;
    // One message for the highest: whoever reads that all is spent need not read that half of it is.
    const reached = THRESHOLDS.filter((threshold) => percent >= threshold);
    const highest = reached.at(-1);
    if (highest === undefined) return;
    const key = (threshold: number): string =>
      `budget ${scopeName(scope)} ${periodStart(scope, atMs)} ${limitNanoUsd} ${threshold}`;
    const lower = reached.slice(0, -1).map(key);
    this.#queue(key(highest), atMs + BUDGET_QUIET_MS, atMs, budgetMessage(event, highest), lower);
  }

  /** `also`: claimed without a message. */
  #queue(key: string, untilMs: number, nowMs: number, message: WebhookMessage, also: readonly string[] = []): void {
    if ((this.#told.get(key) ?? 0) > nowMs || this.#waiting >= MOST_WAITING) return;
    this.#told.set(key, untilMs);
    this.#waiting += 1;
    this.#sending = this.#sending.then(() => this.#claimAndSend(key, untilMs, message, also));
  }

  async #claimAndSend(key: string, untilMs: number, message: WebhookMessage, also: readonly string[]): Promise<void> {
    try {
      for (const lower of also) await this.#claimed(lower, untilMs);
      if (await this.#claimed(key, untilMs)) await this.#send(message);
    } catch (error) {
      // The reason alone: an address may hold a secret.
      this.#parts.warn(`the webhook was not told (${message.text}): ${reasonOf(error)}`);
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Without a ledger each process tells for itself: rather twice than not at all. */
  async #claimed(key: string, untilMs: number): Promise<boolean> {
    try {
      return await this.#parts.claim(key, untilMs);
    } catch (error) {
      if (!isLedgerUnavailable(error)) throw error;
      return true;
    }
  }

  async #send(message: WebhookMessage): Promise<void> {
    let last: unknown = null;
    for (const pauseMs of this.#parts.pausesMs ?? PAUSES_MS) {
      await pause(pauseMs, this.#end.signal);
      if (this.#end.signal.aborted) break;
      try {
        const status = await this.#post(message);
        if (status < 300) return;
        last = `it answered ${status}`;
        // A redirect is not followed: the token would go to an address that no one has set.
        if (status < 500 && status !== 429) break;
      } catch (error) {
        last = error;
      }
    }
    throw last instanceof Error ? last : new SendFailure(typeof last === "string" ? last : "the process ends");
  }

  async #post(message: WebhookMessage): Promise<number> {
    const { webhookUrl, token } = this.#parts.settings;
    const response = await fetch(webhookUrl, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        "user-agent": "signalbox",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(message),
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#end.signal]),
    });
    // What it says is not read.
    await response.body?.cancel();
    return response.status;
  }
}

class SendFailure extends Error {}

function reasonOf(error: unknown): string {
  if (error instanceof SendFailure) return error.message;
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = (cause as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? code : error instanceof Error ? error.name : "it could not be reached";
}

function budgetMessage({ budget, atMs }: BudgetEvent, threshold: number): WebhookMessage {
  const scope = scopeName(budget.scope);
  const spentUsd = usdFromNano(budget.spentNanoUsd);
  const limitUsd = usdFromNano(budget.limitNanoUsd);
  return {
    event: "budget",
    text: `Signalbox: ${threshold}% of the budget "${scope}" is spent: $${spentUsd} of $${limitUsd}`,
    at: new Date(atMs).toISOString(),
    scope,
    threshold_percent: threshold,
    spent_usd: spentUsd,
    limit_usd: limitUsd,
    period_start: periodStart(budget.scope, atMs),
  };
}

function breakerMessage({ model, provider, untilMs, atMs }: BreakerEvent): WebhookMessage {
  const until = untilMs === null ? null : new Date(untilMs).toISOString();
  return {
    event: "breaker",
    text: `Signalbox: ${model} is skipped${until === null ? "" : ` until ${until}`}: its calls fail`,
    at: new Date(atMs).toISOString(),
    model,
    provider,
    until,
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms === 0 || signal.aborted) return resolve();
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener("abort", wake);
  });
}
