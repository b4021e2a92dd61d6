import { MODELS } from "../../../src/catalog/models.ts";
import type { RouteOutput } from "../../../src/core/contract.ts";
import type { Outcome } from "../../../src/core/outcome.ts";
import { createRandom, type Random } from "../../../src/checks/solidity/gas/random.ts";
import { FAULT_KINDS, type Fault, type FaultKind } from "../../../src/sandbox/faults.ts";
import { HERE } from "../../cases/request.ts";
import { sandboxService } from "../sandbox-service.ts";
import { OFFLINE } from "../station.ts";
import { virtualClock } from "../virtual-clock.ts";
import { answerTo, questionOf, tagIn, tagOf } from "./questions.ts";
import { virtualVendors, type LatencyEstimate, type VirtualCall } from "./vendors.ts";

export const DEADLINE_MS = 30_000;

const START_MS = Date.UTC(2026, 10, 23, 6);
const OUTAGE_MS = 120_000;
/** On the average between two requests; and every so many a burst of so many at once. */
const BETWEEN_MS = 500;
const BURST_EVERY = 250;
const BURST = 64;

/** A state of the world: the share of calls that fail, an outage of one vendor in the middle, or what every call suffers. */
export interface Scenario {
  readonly name: string;
  readonly requests: number;
  readonly seed: number;
  /** 0..1: of every vendor's calls, with a seeded mix of all faults. */
  readonly faultShare: number;
  readonly outageOf: string | null;
  /** One of these befalls every call, in place of the share. */
  readonly always?: readonly Fault[];
}

/** What a scenario came to. Times in virtual milliseconds, money in nano-USD. */
export interface Measured {
  readonly scenario: Scenario;
  readonly calls: ReadonlyMap<Fault["kind"] | "well", number>;
  readonly verified: number;
  readonly unchecked: number;
  /** Answers that are not the whole, unmixed answer of the model that is named. */
  readonly wrong: number;
  /** Typed failures, by code. */
  readonly failures: ReadonlyMap<string, number>;
  readonly thrown: number;
  readonly latenciesMs: readonly number[];
  readonly late: number;
  readonly reportedNanoUsd: number;
  readonly ledgerNanoUsd: number;
  readonly billedNanoUsd: number;
  /** Requests whose reported cost is not what the vendors bill for them. */
  readonly unequal: number;
  readonly virtualMs: number;
}

/** A fault with seeded figures. */
function faultOf(kind: FaultKind, random: Random): Fault {
  if (kind === "latency") return { kind, ms: 1000 + random.below(6000) };
  if (kind === "rate_limit") return { kind, retryAfterS: 1 + random.below(20) };
  if (kind === "drip") return { kind, everyMs: 400 };
  return { kind };
}

const OUTAGE: readonly [FaultKind, ...FaultKind[]] = ["unavailable", "unavailable", "hang", "reset"];

function worldOf(scenario: Scenario, random: Random, elapsedMs: () => number): (call: VirtualCall) => Fault | null {
  const outageFromMs = (scenario.requests * BETWEEN_MS) / 2;
  return ({ provider }) => {
    const { always } = scenario;
    if (always !== undefined) return random.any(always);
    const inOutageMs = elapsedMs() - outageFromMs;
    if (provider === scenario.outageOf && inOutageMs >= 0 && inOutageMs < OUTAGE_MS) {
      return faultOf(random.pick(OUTAGE), random);
    }
    const kind = random.any(FAULT_KINDS);
    return kind !== null && random.chance(scenario.faultShare) ? faultOf(kind, random) : null;
  };
}

/** A first token after 0.2 to 1.2 s, and a whole answer within some seconds. */
const estimateLatency = (random: Random): LatencyEstimate => ({
  firstMs: 200 + random.below(1000),
  betweenMs: 50 + random.below(400),
});

/** Runs the requests of a scenario through the real service and ledger, on virtual vendors and virtual time. */
export async function runScenario(scenario: Scenario): Promise<Measured> {
  const clock = virtualClock(START_MS);
  const random = createRandom(scenario.seed);
  const vendors = virtualVendors({
    clock,
    faultFor: worldOf(scenario, random, clock.elapsedMs),
    answerFor: ({ user, model }, bad) => answerTo(user, model, bad),
    estimateLatency: () => estimateLatency(random),
  });
  const app = await sandboxService(
    { env: OFFLINE },
    { budgets: { day_usd: 10_000 } },
    { clock, createProvider: vendors.create, verifier: HERE },
  );
  const ended: Promise<Ended>[] = [];
  for (let n = 0; n < scenario.requests; n += 1) {
    if (n % BURST_EVERY >= BURST) {
      // Twice the mean at most: as many come close together as far apart.
      await clock.sleep(random.below(2 * BETWEEN_MS), new AbortController().signal);
    }
    ended.push(ask(n, app.service, clock));
  }
  const all = await Promise.all(ended);
  const spend = await app.service.spendReport({});
  await app.close();
  if (!spend.ok) throw new Error(spend.error.message);
  const billed = Map.groupBy(vendors.bill(), ({ user }) => tagIn(user));
  const billOf = (tag: string): number => (billed.get(tag) ?? []).reduce((sum, line) => sum + line.nanoUsd, 0);
  const costs = all.map(costOf);
  return {
    scenario,
    calls: vendors.calls,
    ...answersIn(all),
    latenciesMs: all.map(({ tookMs }) => tookMs),
    late: all.filter(({ tookMs }) => tookMs > DEADLINE_MS).length,
    reportedNanoUsd: costs.reduce((sum, cost) => sum + cost, 0),
    ledgerNanoUsd: nano(spend.value.totals.cost_usd),
    billedNanoUsd: vendors.billedNanoUsd(),
    unequal: all.filter((each, index) => costs[index] !== billOf(tagOf(each.n))).length,
    virtualMs: clock.elapsedMs(),
  };
}

interface Ended {
  readonly n: number;
  readonly tookMs: number;
  readonly outcome: Outcome<RouteOutput> | null;
}

async function ask(
  n: number,
  service: Awaited<ReturnType<typeof sandboxService>>["service"],
  clock: ReturnType<typeof virtualClock>,
): Promise<Ended> {
  const startedMs = clock.monotonicMs();
  const input = { ...questionOf(n), deadline_ms: DEADLINE_MS };
  const outcome = await service.route(input, { signal: new AbortController().signal }).catch(() => null);
  return { n, tookMs: clock.monotonicMs() - startedMs, outcome };
}

const nano = (usd: number): number => Math.round(usd * 1e9);
const costOf = ({ outcome }: Ended): number =>
  outcome === null ? 0 : nano(outcome.ok ? outcome.value.cost_usd : outcome.error.cost_usd);

function answersIn(all: readonly Ended[]) {
  const counted = { verified: 0, unchecked: 0, wrong: 0, thrown: 0, failures: new Map<string, number>() };
  const fail = (code: string): void => void counted.failures.set(code, (counted.failures.get(code) ?? 0) + 1);
  for (const { n, outcome } of all) {
    if (outcome === null) counted.thrown += 1;
    else if (!outcome.ok) fail(outcome.error.code);
    else if (outcome.value.status === "below_quality") fail("below_quality");
    else if (!isRight(n, outcome.value)) counted.wrong += 1;
    else if (outcome.value.verdict.status === "verified") counted.verified += 1;
    else counted.unchecked += 1;
  }
  return counted;
}

function isRight(n: number, { text, model }: RouteOutput): boolean {
  return MODELS.some(({ id }) => id === model) && text === answerTo(questionOf(n).prompt, model, false);
}
