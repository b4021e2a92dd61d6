import { getEventListeners } from "node:events";
import { createHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { createService } from "../src/app.ts";
import { parseConfig } from "../src/config/parse.ts";
import { nanoFromUsd } from "../src/core/money.ts";
import type { Service } from "../src/core/service.ts";
import type { LoadPlan, LoadResult } from "./load/plan.ts";

/** So long that no call times out because the machine is busy with something else. */
const DEADLINE_MS = 120_000;

/** The process under load: as many requests in flight as the plan says, all of them with one signal, until the plan is done. */
class Load {
  readonly #service: Service;
  readonly #plan: LoadPlan;
  /** One signal for all requests, so that leaked listeners show. */
  readonly #signal = new AbortController().signal;
  readonly #latencyUs = createHistogram();
  readonly #failed = new Map<string, number>();
  readonly #failedAttempts = new Map<string, number>();
  readonly #thrown: string[] = [];
  #begun = 0;
  #answered = 0;
  #attempts = 0;
  #costNanoUsd = 0;

  constructor(plan: LoadPlan) {
    const parsed = parseConfig(null, plan.env);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    this.#plan = plan;
    this.#service = createService(parsed.config, plan.dbPath);
  }

  async run(): Promise<LoadResult> {
    const warnings: string[] = [];
    process.on("warning", (warning) => warnings.push(`${warning.name}: ${warning.message}`));
    await this.#keepBusy(this.#plan.warmUpRequests, Number.POSITIVE_INFINITY);
    this.#latencyUs.reset();
    this.#failed.clear();
    this.#answered = 0;
    const heapBeforeBytes = await heapBytes();
    const loop = monitorEventLoopDelay();
    loop.enable();
    const startMs = performance.now();
    const requests = await this.#keepBusy(this.#plan.requests, this.#plan.durationMs);
    const tookMs = performance.now() - startMs;
    loop.disable();
    const heapAfterBytes = await heapBytes();
    const spend = await this.#service.spendReport({});
    await this.#service.close();
    return {
      requests,
      answered: this.#answered,
      failedByCode: Object.fromEntries(this.#failed),
      failedAttempts: Object.fromEntries(this.#failedAttempts),
      thrown: this.#thrown,
      attempts: this.#attempts,
      costNanoUsd: this.#costNanoUsd,
      ledgerNanoUsd: spend.ok ? nanoFromUsd(spend.value.totals.cost_usd) : Number.NaN,
      tookMs,
      latencyP50Ms: this.#latencyUs.percentile(50) / 1e3,
      latencyP99Ms: this.#latencyUs.percentile(99) / 1e3,
      loopP50Ms: loop.percentile(50) / 1e6,
      loopP99Ms: loop.percentile(99) / 1e6,
      loopMaxMs: loop.max / 1e6,
      heapBeforeBytes,
      heapAfterBytes,
      listenersLeft: getEventListeners(this.#signal, "abort").length,
      warnings,
    };
  }

  /** Resolves with how many requests were made, when the last of them has ended. */
  async #keepBusy(requests: number, durationMs: number): Promise<number> {
    const endMs = performance.now() + durationMs;
    let left = requests;
    const worker = async (): Promise<void> => {
      while (left > 0 && performance.now() < endMs) {
        left -= 1;
        await this.#request();
      }
    };
    await Promise.all(Array.from({ length: this.#plan.inFlight }, worker));
    return requests - left;
  }

  async #request(): Promise<void> {
    const { models } = this.#plan;
    this.#begun += 1;
    // A primary of each vendor in turns, the others after it.
    const first = this.#begun % models.length;
    const order = [...models.slice(first), ...models.slice(0, first)];
    const prompt = `Note ${this.#begun}: what are railway signals for?`;
    const startMs = performance.now();
    try {
      const outcome = await this.#service.route(
        { task: "general", prompt, models: order, deadline_ms: DEADLINE_MS },
        { signal: this.#signal },
      );
      const { attempts, cost_usd: costUsd } = outcome.ok ? outcome.value : outcome.error;
      this.#attempts += attempts.length;
      for (const { model, error_kind: kind } of attempts) {
        if (kind !== undefined) count(this.#failedAttempts, `${model} ${kind}`);
      }
      this.#costNanoUsd += nanoFromUsd(costUsd);
      if (outcome.ok) this.#answered += 1;
      else count(this.#failed, outcome.error.code);
    } catch (error) {
      this.#thrown.push(String(error));
    }
    this.#latencyUs.record(Math.max(1, Math.round((performance.now() - startMs) * 1000)));
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The memory in use after garbage collection. */
async function heapBytes(): Promise<number | null> {
  if (globalThis.gc === undefined) return null;
  for (let round = 0; round < 4; round += 1) {
    await delay(100);
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

if (process.send !== undefined) {
  const result = await new Load(JSON.parse(process.argv[2] ?? "{}") as LoadPlan).run();
  process.send(result);
  process.disconnect();
}
