import { PEOPLE } from "./actors.ts";
import { nearby, variationsOf, type CallVariant } from "./call-variants.ts";
import { createQueues } from "./attempt-queues.ts";
import { describe, money, sender } from "./random-calls.ts";
import type { CompareSetting, Comparison, Divergence } from "./comparison.ts";
import * as bounds from "./limits.ts";
import { constantsOf, newWidths } from "./constants.ts";
import { deployBoth, START_S } from "./deploy.ts";
import { drawAll, leavesOf, replaced, SHIFTS, type Pool } from "./random-arguments.ts";
import { entriesOf, typesOf, type EntryPoint } from "./entries.ts";
import { createMeter } from "./gas-meter.ts";
import type { ComparedPair, Machine } from "./evm.ts";
import { createMemory } from "./memory.ts";
import type { ContractPair } from "./contract-pairs.ts";
import { repeatCalls } from "./repeated-calls.ts";
import { sharedVariables, type SharedVariable } from "./storage-variables.ts";
import { agreeing, storageDifference } from "./storage-watch.ts";
import { createGuidedSearch } from "./guided-search.ts";
import { forEachPerson, notableNumbers } from "./search-goals.ts";
import { createRandom } from "./random.ts";
import { createRefusals } from "./refusals.ts";
import type { CompareOptions } from "./revert-data.ts";
import type { Both, Twins } from "./twin-deployment.ts";

/** Around the largest number of eight bits. */
const ROUND_BYTES = [254n, 255n, 256n, 257n];

/** How a call ended in the original. */
type Fate = "succeeded" | "idle" | "reverted" | "stuck";

/** Runs both with the same deterministic calls until they differ or the budget is spent. */
export async function compare(
  make: () => Promise<Machine>,
  { before, after }: ContractPair,
  source: string,
  options: CompareOptions & CompareSetting,
): Promise<Comparison> {
  const random = createRandom(77);
  const aside = createRandom(7);
  const constants = constantsOf(source);
  const widths = newWidths(source, options.answer);
  const { countsInBytes } = options;
  const entries = entriesOf(before, after);
  const shared = sharedVariables(before.storageLayout, after.storageLayout);
  let watched: readonly SharedVariable[] = [];
  const writes = entries.filter(({ isView }) => !isView);
  const views = entries.filter(({ isView }) => isView);
  const meter = createMeter();
  const reached = new Set<string>();
  const queues = createQueues(random);
  const refusals = createRefusals(options.errors);
  /** Moments that a function has compared the time with. */
  const edges = new Map<string, Map<bigint, CallVariant>>();
  let calls = 0;
  let gas = 0n;
  const memory = createMemory([...constants.numbers, ...(countsInBytes ? ROUND_BYTES : [])], constants.addresses);
  let steps: string[] = [];
  let nowS = START_S;
  let block = 1_000n;
  let callsBackShare = 0;
  let timeShare = 0.5;
  let divergence: Divergence | null = null;
  const maxCalls = bounds.MAX_CALLS * options.share;
  const isSpent = (): boolean => divergence !== null || calls >= maxCalls || gas >= bounds.MAX_GAS;
  const notable = notableNumbers([...constants.numbers, ...constantsOf(options.answer).numbers]);
  const search = createGuidedSearch({ entries, random, notable, isSpent, nowS: () => nowS });

  const pool = (self: bigint): Pool => memory.pool(self, nowS);

  function note(entry: EntryPoint, step: string, { before: was, after: is, difference, isUndecided }: Both): void {
    calls += 1;
    gas += was.gas > is.gas ? was.gas : is.gas;
    if (was.ok) {
      reached.add(entry.signature);
      memory.look(was.data);
      for (const log of was.logs) memory.look(log.split(" ").at(-1) ?? "");
      if (!entry.isView) steps = [...steps.slice(0, 1), ...[...steps.slice(1), step].slice(-bounds.SHOWN_STEPS)];
      if (is.ok && difference === null) meter.call(entry.signature, entry.isView, was.gas, is.gas);
    }
    if (!was.ok && !is.ok && !isUndecided) refusals.note(entry.signature, was.data, is.data);
    if (difference !== null) {
      const lead = was.ok && !entry.isView ? steps.slice(0, -1) : steps;
      divergence = { signature: entry.signature, difference, steps: [...lead, step] };
    }
  }

  async function deploy(): Promise<Twins | null> {
    const deployed = await deployBoth({ make, before, after, random, pool: pool(0n), options, meter });
    divergence ??= deployed.divergence;
    steps = deployed.step === null ? [] : [deployed.step];
    if (deployed.twins === null) return null;
    // Without callable functions, the storage after the constructor is all there is to compare.
    if (entries.length > 0) watched = await agreeing(deployed.twins, shared);
    else {
      watched = shared;
      await inspectStorage(deployed.twins);
    }
    return deployed.twins;
  }

  function next(entry: EntryPoint, twins: Twins, turn: number): CallVariant {
    const queued = queues.take(entry);
    // Going forward in time ends sales and votes: most attempts stay in the present.
    if (queued !== null)
      return queued.timestamp <= nowS || random.chance(timeShare)
        ? { ...queued, timestamp: later(queued.timestamp) }
        : { ...queued, timestamp: nowS };
    const args = drawAll(entry.abi.inputs ?? [], pool(twins.address), random);
    const value = entry.isPayable ? money(random, pool(twins.address)) : 0n;
    const from = sender(random, turn, callsBackShare);
    const taken = memory.takenUp(entry.abi, args, random);
    return { args, from, value, ...taken, ...(entry.isPayable ? {} : { value: 0n }), timestamp: nowS };
  }

  function later(timestamp: bigint): bigint {
    return timestamp > nowS ? timestamp : nowS;
  }

  async function perform(entry: EntryPoint, twins: Twins, attempt: CallVariant): Promise<Fate> {
    const { args, from, value, timestamp } = attempt;
    nowS = timestamp;
    const both = await twins.send({ from, value, timestamp, number: block, data: entry.dataOf(args) });
    note(entry, describe(entry, attempt, nowS), both);
    learn(entry, attempt, twins, both.before.ok);
    if (both.isUndecided) return "stuck";
    if (both.before.ok && !entry.isView) {
      memory.keep(entry.abi, attempt, both.before.data);
      await lookBack(entry, twins, attempt);
    }
    // A call that moves zero proves little.
    const isIdle = leavesOf(args).some(({ value: each, isLength }) => each === 0n && !isLength);
    if (!both.before.ok) return "reverted";
    return isIdle ? "idle" : "succeeded";
  }

  /** Views with the same parameter types, called with the call's arguments, show what it changed. */
  async function lookBack(entry: EntryPoint, twins: Twins, attempt: CallVariant): Promise<void> {
    const types = typesOf(entry);
    if (types === "") return;
    for (const view of views.filter((each) => typesOf(each) === types).slice(0, bounds.MAX_LOOKS_BACK)) {
      await glance(view, twins, attempt.args);
    }
  }

  /** Calls a view without using up calls and without influencing later ones. */
  async function glance(view: EntryPoint, twins: Twins, args: CallVariant["args"]): Promise<readonly ComparedPair[]> {
    if (isSpent()) return [];
    const kept = { calls, seen: memory.seen() };
    const attempt: CallVariant = { args, from: PEOPLE[0], value: 0n, timestamp: nowS };
    const both = await twins.send({ ...attempt, number: block, data: view.dataOf(args) });
    note(view, describe(view, attempt, nowS), both);
    calls = kept.calls;
    memory.recall(kept.seen);
    return twins.takeCompared();
  }

  function learn(entry: EntryPoint, attempt: CallVariant, twins: Twins, succeeded: boolean): void {
    const compared = twins.takeCompared();
    const near = nearby(attempt, compared, entry.isPayable);
    if (succeeded) search.succeeded(entry, attempt, compared);
    const moments = edges.get(entry.signature) ?? new Map<bigint, CallVariant>();
    edges.set(entry.signature, moments);
    for (const each of near.exact) {
      if (each.timestamp === attempt.timestamp) continue;
      if (moments.size < bounds.MAX_EDGES || moments.has(each.timestamp)) moments.set(each.timestamp, each);
    }
    const more = succeeded && !entry.isView ? variationsOf(attempt, entry.abi.inputs ?? [], widths) : [];
    queues.add(entry, [...more, ...near.exact], near.loose);
  }

  /** Compares, in storage, the variables that no function returns. */
  async function inspectStorage(twins: Twins): Promise<void> {
    const difference = isSpent() ? null : await storageDifference(twins, watched);
    if (difference !== null) divergence = { signature: "storage", difference, steps };
  }

  async function inspect(twins: Twins, most: number): Promise<void> {
    for (const view of random.shuffled(views).slice(0, most)) {
      const isPlain = (view.abi.inputs ?? []).length === 0;
      for (let turn = 0; turn < (isPlain ? 1 : 3) && !isSpent(); turn += 1) {
        await perform(view, twins, { ...next(view, twins, turn), timestamp: nowS });
      }
      if (most >= views.length) await probeKeys(view, twins);
    }
    await inspectStorage(twins);
  }

  /** Reads with keys that a narrower type would confuse with a key in use. */
  async function probeKeys(view: EntryPoint, twins: Twins): Promise<void> {
    const at = (view.abi.inputs ?? []).findIndex(({ type }) => /^uint(?:256)?$/.test(type));
    const key = memory.key();
    if (at === -1 || key === undefined) return;
    for (const shift of SHIFTS) {
      if (isSpent()) return;
      const attempt = { ...next(view, twins, 0), timestamp: nowS };
      await perform(view, twins, { ...attempt, args: replaced(attempt.args, [at], key + (1n << shift)) });
    }
  }

  async function play(episode: number, twins: Twins): Promise<void> {
    // A setter would hide a wrong initial value.
    for (const view of views) await glance(view, twins, drawAll(view.abi.inputs ?? [], pool(twins.address), aside));
    const repeated = random.any(writes);
    timeShare = episode % 2 === 0 ? 0.5 : 0;
    callsBackShare = episode === 1 ? 0.7 : 0.08;
    for (let round = 0; round < bounds.MAX_ROUNDS && !isSpent(); round += 1) {
      if (!(await playRound(twins, episode, round, repeated))) return;
      if (round > 0 && episode % 2 === 0 && random.chance(0.5)) nowS += random.pick(bounds.TIME_STEPS_S);
    }
    await search.run({
      perform: async (entry, attempt) => !/^(?:reverted|stuck)$/.test(await perform(entry, twins, attempt)),
      glance: (view, args) => glance(view, twins, args),
    });
    await waitFor(twins);
    // Calls that are possible only after a period has ended.
    await playRound(twins, episode, 0, null);
  }

  async function playRound(
    twins: Twins,
    episode: number,
    round: number,
    repeated: EntryPoint | null,
  ): Promise<boolean> {
    for (const entry of random.shuffled(writes)) {
      // An owner who gives the contract away at once learns little about it.
      if (bounds.FINAL.test(entry.signature) && round < 3 && repeated !== null) continue;
      let wins = 0;
      const usual = reached.has(entry.signature) ? bounds.TRIES : bounds.FIRST_TRIES;
      const most = entry === repeated ? usual + 4 : usual;
      for (let turn = 0; turn < most && wins < (entry === repeated ? 4 : 2) && !isSpent(); turn += 1) {
        const fate = await perform(entry, twins, next(entry, twins, turn + episode));
        if (fate === "stuck") return false;
        if (fate === "succeeded") wins += 1;
      }
      block += 1n;
      nowS += 12n;
    }
    await inspect(twins, round % 2 === 0 ? views.length : 6);
    return true;
  }

  /** Finally, in order, the moments at which conditions on time change. */
  async function waitFor(twins: Twins): Promise<void> {
    const due = entries
      .flatMap((entry) => [...(edges.get(entry.signature)?.values() ?? [])].map((attempt) => ({ entry, attempt })))
      .filter(({ attempt }) => attempt.timestamp >= nowS)
      .toSorted((a, b) => Number(a.attempt.timestamp - b.attempt.timestamp));
    for (const { entry, attempt } of due.slice(0, bounds.MAX_DUE)) {
      nowS = attempt.timestamp;
      for (const args of entry.isView ? forEachPerson(entry, attempt) : []) await glance(entry, twins, args);
      if (entry.isView) continue;
      let fate = await perform(entry, twins, attempt);
      for (let turn = 0; turn < bounds.EDGE_TRIES && fate === "reverted" && !isSpent(); turn += 1) {
        fate = await perform(entry, twins, { ...next(entry, twins, turn), timestamp: attempt.timestamp });
      }
      if (fate === "stuck" || isSpent()) return;
    }
  }

  let obstacle: string | null = null;
  for (let episode = 0; episode < bounds.EPISODES && !isSpent(); episode += 1) {
    nowS = START_S;
    memory.forget();
    edges.clear();
    search.begin();
    const twins = await deploy();
    if (twins !== null) await play(episode, twins);
    else if (episode === 0 && divergence === null) {
      obstacle = `${before.name} could not be deployed with made-up arguments`;
      break;
    }
  }
  const played = calls;
  if (countsInBytes && divergence === null && obstacle === null) {
    [calls, gas, nowS] = [0, 0n, START_S];
    memory.forget();
    const twins = await deploy();
    if (twins !== null) {
      await repeatCalls(entries, {
        next: (entry, turn) => next(entry, twins, turn),
        perform: async (entry, attempt) => !/^(?:reverted|stuck)$/.test(await perform(entry, twins, attempt)),
        isSpent,
        inspect: () => inspect(twins, views.length),
      });
    }
    calls += played;
  }
  const all = entries.map(({ signature }) => signature);
  return {
    contract: before.name,
    reached: all.filter((each) => reached.has(each)),
    unreached: all.filter((each) => !reached.has(each)),
    calls,
    refusals: refusals.found,
    divergence,
    gas: meter.table(),
    obstacle,
  };
}
