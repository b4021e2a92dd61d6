import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createService } from "../src/app.ts";
import { parseConfig } from "../src/config/parse.ts";
import type { Service } from "../src/core/service.ts";
import { conclude, printMarkdown } from "./markdown.ts";
import { hostileInput, ORDINARY } from "./soak/prompts.ts";
import { quantile } from "./stats.ts";

/**
 * `npm run bench:soak [rounds]`: one caller sends the worst answers without pause, with four requests in flight; another asks for
 * estimates and verdicts. Its figures beside those of the same calls while all is quiet, in turns in one run, so that what else the
 * machine does falls on both; ends with 1 when a promise is broken. The vendors answer at once, from a process of their own.
 */
const QUIET_MS = 10_000;
const ATTACK_MS = 20_000;
/** For the threads of a hostile caller to be busy. */
const RISE_MS = 1_000;
const HOSTILE_IN_FLIGHT = 4;
const PAUSE_MS = 20;
const ESTIMATE_P99_MS = 100;
const VERDICT_RATIO = 2;

class Figures {
  readonly estimateMs: number[] = [];
  readonly verdictMs: number[] = [];
  /** How the ordinary answers were judged. */
  readonly verdicts = new Map<string, number>();
  readonly loop = monitorEventLoopDelay({ resolution: 1 });
}

const signal = new AbortController().signal;

/** The other caller, for so long: estimates and verdicts, each one at a time. */
async function ordinary(service: Service, durationMs: number, figures: Figures): Promise<void> {
  const endMs = performance.now() + durationMs;
  const { estimateMs, verdictMs, verdicts, loop } = figures;
  loop.enable();
  const again = async (samples: number[], work: () => Promise<unknown>): Promise<void> => {
    while (performance.now() < endMs) {
      const startMs = performance.now();
      await work();
      samples.push(performance.now() - startMs);
      await delay(PAUSE_MS);
    }
  };
  await Promise.all([
    again(estimateMs, () => service.estimate(ORDINARY)),
    again(verdictMs, async () => {
      const routed = await service.route(ORDINARY, { signal });
      const verdict = routed.ok ? routed.value.verdict.status : routed.error.code;
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    }),
  ]);
  loop.disable();
}

/** The hostile caller, until it is stopped: what its answers came to. */
class Attack {
  readonly counts = new Map<string, number>();
  readonly #service: Service;
  #next = 0;

  constructor(service: Service) {
    this.#service = service;
  }

  async during(work: () => Promise<void>): Promise<void> {
    const control = new AbortController();
    const callers = Array.from({ length: HOSTILE_IN_FLIGHT }, () => this.#caller(control.signal));
    await delay(RISE_MS);
    await work();
    control.abort();
    await Promise.all(callers);
  }

  async #caller(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const routed = await this.#service.route(hostileInput(this.#next++), { signal: stop });
      // An answer of the only model that failed its checks is no answer.
      const kind = routed.ok ? undefined : routed.error.attempts.at(-1)?.error_kind;
      const ended = routed.ok ? routed.value.verdict.status : (kind ?? routed.error.code);
      this.counts.set(ended, (this.counts.get(ended) ?? 0) + 1);
    }
  }
}

const rounds = Number(process.argv[2] ?? 4);
const folder = mkdtempSync(join(tmpdir(), "signalbox-soak-"));
const vendor = fork(fileURLToPath(new URL("./soak/vendor.ts", import.meta.url)), { execArgv: [] });
const [{ env }] = (await once(vendor, "message")) as [{ readonly env: Record<string, string> }];
const parsed = parseConfig(null, env);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const service = createService(parsed.config, join(folder, "ledger.sqlite"));
const other = service.as("other");
const hostile = new Attack(service.as("hostile"));
const [quiet, under] = [new Figures(), new Figures()];

// Both callers' threads are started, and what they load is loaded.
await hostile.during(() => ordinary(other, QUIET_MS, new Figures()));
hostile.counts.clear();
for (let round = 0; round < rounds; round += 1) {
  await ordinary(other, QUIET_MS, quiet);
  await hostile.during(() => ordinary(other, ATTACK_MS, under));
}
await service.close();
vendor.kill();
rmSync(folder, { recursive: true, force: true });

const loopP99Ms = ({ loop }: Figures): number => loop.percentile(99) / 1e6;
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const of = (samples: readonly number[]): string =>
  `${ms(quantile(samples, 0.5))}, ${ms(quantile(samples, 0.99))} (${samples.length})`;
const ratio = (share: number, kind: "estimateMs" | "verdictMs"): number =>
  quantile(under[kind], share) / quantile(quiet[kind], share);
const ratios = (kind: "estimateMs" | "verdictMs"): string =>
  `x${ratio(0.5, kind).toFixed(2)}, x${ratio(0.99, kind).toFixed(2)}`;
const countsOf = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([what, count]) => `${count} ${what}`).join(", ");

printMarkdown(
  `One caller sends the worst answers, ${rounds} times for ${ATTACK_MS / 1000} s; what another one has of the service`,
  [
    ["what", "quiet", "under attack", "ratio"],
    ["`estimate_cost` p50, p99 (calls)", of(quiet.estimateMs), of(under.estimateMs), ratios("estimateMs")],
    ["`route_task` with its verdict p50, p99 (calls)", of(quiet.verdictMs), of(under.verdictMs), ratios("verdictMs")],
    ["verdicts", countsOf(quiet.verdicts), countsOf(under.verdicts), ""],
    [
      "event loop p99",
      ms(loopP99Ms(quiet)),
      ms(loopP99Ms(under)),
      `x${(loopP99Ms(under) / loopP99Ms(quiet)).toFixed(2)}`,
    ],
    ["the hostile caller's answers", "", countsOf(hostile.counts), ""],
  ],
);
const estimateP99Ms = quantile(under.estimateMs, 0.99);
const unverified = [...under.verdicts].filter(([verdict]) => verdict !== "verified");
conclude([
  ...(estimateP99Ms < ESTIMATE_P99_MS ? [] : [`estimate_cost: p99 is ${ms(estimateP99Ms)}, not under 100 ms`]),
  ...(ratio(0.99, "verdictMs") < VERDICT_RATIO
    ? []
    : [`verdicts: p99 is ${ratio(0.99, "verdictMs").toFixed(2)} times the quiet one, not under ${VERDICT_RATIO}`]),
  ...(unverified.length === 0 ? [] : [`ordinary answers were not verified: ${countsOf(new Map(unverified))}`]),
  ...(hostile.counts.has("verified") ? ["a hostile answer was verified"] : []),
]);
