import { encode, fromHex, joined, shown, typesOf, type Value } from "./abi.ts";
import { CALLS_BACK, DEPLOYER, nameOfActor, PEOPLE } from "./actors.ts";
import { nearby, variationsOf, type Attempt } from "./attempts.ts";
import { constantsOf } from "./constants.ts";
import { draw, leavesOf, type Pool } from "./draw.ts";
import { entriesOf, type Entry } from "./entries.ts";
import { createMeter, type GasTable } from "./meter.ts";
import type { Machine } from "./machine.ts";
import type { Pair } from "./pair.ts";
import { createRandom, type Random } from "./random.ts";
import { createRig, refusalOf, type Both, type CompareOptions, type Rig } from "./rig.ts";

/** What came of running the original and the answer side by side. */
export interface Comparison {
  readonly contract: string;
  /** Functions that have succeeded in the original at least once, of all. */
  readonly reached: readonly string[];
  readonly unreached: readonly string[];
  readonly calls: number;
  /** By signature: the reasons for which the original refused calls, and those for which the answer refused the same. */
  readonly refusals: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
  readonly divergence: Divergence | null;
  readonly gas: GasTable;
  /** Why nothing was run. */
  readonly obstacle: string | null;
}

export interface Divergence {
  readonly signature: string;
  readonly difference: string;
  /** The calls that lead to it, the last one being that in which they differ. */
  readonly steps: readonly string[];
}

/** What came of a call in the original. */
type Fate = "succeeded" | "idle" | "reverted" | "stuck";

const EPISODES = 5;
const MAX_ROUNDS = 6;
const TRIES = 5;
/** For what has not succeeded yet. */
const FIRST_TRIES = 12;
const MAX_DEPLOYS = 40;
const MIN_DEPLOYS = 10;
/** Pairs of calls; one takes about a millisecond. */
const MAX_CALLS = 1_200;
const MAX_GAS = 60_000_000n;
const START_S = 1_760_000_000n;
const MAX_QUEUE = 60;
const MAX_SEEN = 40;
const MAX_USED = 24;
const TIME_STEPS_S = [1n, 3600n, 86_400n, 604_800n, 31n * 86_400n] as const;
const MAX_DUE = 24;
const EDGE_TRIES = 4;
const MAX_EDGES = 12;
const SHOWN_STEPS = 8;

/** Runs both with the same deterministic calls until they differ or the budget is spent. */
export async function compare(
  make: () => Promise<Machine>,
  { before, after }: Pair,
  source: string,
  options: CompareOptions & { readonly share: number; readonly errors: readonly (readonly [string, string])[] },
): Promise<Comparison> {
  const random = createRandom(20_231);
  const constants = constantsOf(source);
  const entries = entriesOf(before, after);
  const writes = entries.filter(({ isView }) => !isView);
  const views = entries.filter(({ isView }) => isView);
  const meter = createMeter();
  const reached = new Set<string>();
  const queues = new Map<string, Attempt[]>();
  const refusals = new Map<string, Map<string, Set<string>>>();
  const errorNames = new Map(options.errors);
  const looseQueues = new Map<string, Attempt[]>();
  const tried = new Map<string, Set<string>>();
  /** Moments that a function has compared the time with. */
  const edges = new Map<string, Map<bigint, Attempt>>();
  const inputs = before.abi.find(({ type }) => type === "constructor")?.inputs ?? [];
  const takesMoney = before.abi.some(
    ({ type, stateMutability }) => type === "constructor" && stateMutability === "payable",
  );
  let calls = 0;
  let gas = 0n;
  let seen: bigint[] = [];
  let used: bigint[] = [];
  let steps: string[] = [];
  let nowS = START_S;
  let block = 1_000n;
  let callsBackShare = 0;
  let parties: { readonly by: bigint; readonly named: bigint }[] = [];
  let timeShare = 0.5;
  let divergence: Divergence | null = null;
  const maxCalls = MAX_CALLS * options.share;
  const isSpent = (): boolean => divergence !== null || calls >= maxCalls || gas >= MAX_GAS;

  function look(data: string): void {
    const words = data.match(/[0-9a-f]{64}/g) ?? [];
    seen = [...new Set([...words.slice(0, 4).map((each) => BigInt(`0x${each}`)), ...seen])].slice(0, MAX_SEEN);
  }

  function reasonIn(data: string): string {
    return errorNames.get(data.slice(0, 8)) ?? refusalOf(data);
  }

  function pool(self: bigint): Pool {
    return { constants: constants.numbers, addresses: constants.addresses, seen, used, self, nowS };
  }

  function note(entry: Entry, step: string, { before: was, after: is, difference, isUndecided }: Both): void {
    calls += 1;
    gas += was.gas > is.gas ? was.gas : is.gas;
    if (was.ok) {
      reached.add(entry.signature);
      look(was.data);
      for (const log of was.logs) look(log.split(" ").at(-1) ?? "");
      if (!entry.isView) steps = [...steps, step].slice(-SHOWN_STEPS);
      if (is.ok && difference === null) meter.call(entry.signature, entry.isView, was.gas, is.gas);
    }
    if (!was.ok && !is.ok && !isUndecided) {
      const known = refusals.get(entry.signature) ?? new Map<string, Set<string>>();
      refusals.set(entry.signature, known);
      const why = reasonIn(was.data);
      known.set(why, (known.get(why) ?? new Set()).add(reasonIn(is.data)));
    }
    if (difference !== null) {
      const lead = was.ok && !entry.isView ? steps.slice(0, -1) : steps;
      divergence = { signature: entry.signature, difference, steps: [...lead, step] };
    }
  }

  async function deploy(): Promise<Rig | null> {
    const queue: Attempt[] = [];
    let rig: Rig | null = null;
    // The first that succeeds is used; some more are tried so that the constructor's own conditions are met.
    for (let attempt = 0; attempt < MAX_DEPLOYS && divergence === null; attempt += 1) {
      if (rig !== null && (inputs.length === 0 || attempt >= MIN_DEPLOYS)) break;
      const drawn = (): Attempt => ({
        args: inputs.map((each) => draw(each, pool(0n), random)),
        from: DEPLOYER,
        value: takesMoney && random.chance(0.6) ? 10n ** 18n : 0n,
        timestamp: START_S,
      });
      const made = (random.chance(0.5) ? queue.shift() : null) ?? drawn();
      const encoded = encode(inputs, made.args);
      const code = {
        before: joined([fromHex(before.bytecode), encoded]),
        after: joined([fromHex(after.bytecode), encoded]),
      };
      const came = await createRig(
        make,
        code,
        { from: DEPLOYER, value: made.value, timestamp: nowS, number: block },
        options,
      );
      const list = inputs.map((each, index) => shown(each, made.args[index] ?? 0n)).join(", ");
      const step = `deploy ${before.name}(${list})${made.value > 0n ? ` with ${made.value} wei` : ""}`;
      const both = "rig" in came ? came.rig.deployment : came.failed;
      if (both.difference !== null)
        divergence = { signature: "constructor", difference: both.difference, steps: [step] };
      const near = nearby(made, came.compared, takesMoney);
      queue.unshift(
        ...random.shuffled(near.exact).slice(0, 6),
        ...("rig" in came ? variationsOf(made, inputs).slice(2, 6) : []),
      );
      queue.length = Math.min(queue.length, MAX_QUEUE);
      if (!("rig" in came)) {
        if (inputs.length === 0 && attempt > 2) return null;
        continue;
      }
      meter.deploy(both.before.gas, both.after.gas);
      if (rig === null) {
        rig = came.rig;
        steps = [step];
      }
    }
    return rig;
  }

  function next(entry: Entry, rig: Rig, turn: number): Attempt {
    const exact = queues.get(entry.signature) ?? [];
    const queue = exact.length > 0 && random.chance(0.65) ? exact : (looseQueues.get(entry.signature) ?? []);
    if (queue.length > 0 && random.chance(0.65)) {
      // The latest fit the state as it is.
      const latest = Math.max(0, queue.length - 8);
      const at = random.chance(0.6) ? latest + random.below(queue.length - latest) : random.below(queue.length);
      const [from] = queue.splice(at, 1);
      // Going forward in time ends sales and votes: most attempts stay in the present.
      if (from !== undefined)
        return from.timestamp <= nowS || random.chance(timeShare)
          ? { ...from, timestamp: later(from.timestamp) }
          : { ...from, timestamp: nowS };
    }
    const args = (entry.abi.inputs ?? []).map((each) => draw(each, pool(rig.address), random));
    return {
      args,
      from: sender(random, turn, callsBackShare),
      value: entry.isPayable ? money(random, pool(rig.address)) : 0n,
      timestamp: nowS,
    };
  }

  function later(timestamp: bigint): bigint {
    return timestamp > nowS ? timestamp : nowS;
  }

  async function perform(entry: Entry, rig: Rig, attempt: Attempt): Promise<Fate> {
    const { args, from, value, timestamp } = attempt;
    nowS = timestamp;
    const both = await rig.send({ from, value, timestamp, number: block, data: entry.dataOf(args) });
    note(entry, describe(entry, attempt, nowS), both);
    learn(entry, attempt, rig, both.before.ok);
    if (both.isUndecided) return "stuck";
    if (both.before.ok && !entry.isView) {
      const words = leavesOf(args).flatMap((leaf) => (leaf.isLength ? [] : [leaf.value]));
      used = [...new Set([...words, from, ...used])].slice(0, MAX_USED);
      const named = leavesOf(args).find((leaf) => leaf.value !== from && PEOPLE.includes(leaf.value))?.value;
      if (named !== undefined) parties = [{ by: from, named }, ...parties].slice(0, 8);
    }
    // That nothing is moved by a zero says little.
    const isIdle = leavesOf(args).some(({ value: each, isLength }) => each === 0n && !isLength);
    if (!both.before.ok) return "reverted";
    return isIdle ? "idle" : "succeeded";
  }

  function learn(entry: Entry, attempt: Attempt, rig: Rig, succeeded: boolean): void {
    const near = nearby(attempt, rig.takeCompared(), entry.isPayable);
    const moments = edges.get(entry.signature) ?? new Map<bigint, Attempt>();
    edges.set(entry.signature, moments);
    for (const each of near.exact) {
      if (each.timestamp === attempt.timestamp) continue;
      if (moments.size < MAX_EDGES || moments.has(each.timestamp)) moments.set(each.timestamp, each);
    }
    const more = succeeded && !entry.isView ? variationsOf(attempt, entry.abi.inputs ?? []) : [];
    enqueue(queues, entry, [...more, ...near.exact]);
    enqueue(looseQueues, entry, near.loose);
  }

  function enqueue(all: Map<string, Attempt[]>, entry: Entry, attempts: readonly Attempt[]): void {
    const known = tried.get(entry.signature) ?? new Set();
    tried.set(entry.signature, known);
    const queue = all.get(entry.signature) ?? [];
    all.set(entry.signature, queue);
    for (const each of attempts) {
      const key = describe(entry, each, each.timestamp);
      if (known.has(key)) continue;
      known.add(key);
      if (queue.length < MAX_QUEUE) queue.push(each);
      else queue[random.below(queue.length)] = each;
    }
  }

  async function inspect(rig: Rig, most: number): Promise<void> {
    for (const view of random.shuffled(views).slice(0, most)) {
      const isPlain = (view.abi.inputs ?? []).length === 0;
      for (let turn = 0; turn < (isPlain ? 1 : 3) && !isSpent(); turn += 1) {
        await perform(view, rig, { ...next(view, rig, turn), timestamp: nowS });
      }
    }
  }

  async function play(episode: number, rig: Rig): Promise<void> {
    const repeated = random.any(writes);
    timeShare = episode % 2 === 0 ? 0.5 : 0;
    callsBackShare = episode === 1 ? 0.7 : 0.08;
    for (let round = 0; round < MAX_ROUNDS && !isSpent(); round += 1) {
      if (!(await playRound(rig, episode, round, repeated))) return;
      if (round > 0 && episode % 2 === 0 && random.chance(0.5)) nowS += random.pick(TIME_STEPS_S);
    }
    await waitFor(rig);
    // What can be done only after something has ended.
    await playRound(rig, episode, 0, null);
  }

  async function playRound(rig: Rig, episode: number, round: number, repeated: Entry | null): Promise<boolean> {
    for (const entry of random.shuffled(writes)) {
      let wins = 0;
      const usual = reached.has(entry.signature) ? TRIES : FIRST_TRIES;
      const most = entry === repeated ? usual + 4 : usual;
      for (let turn = 0; turn < most && wins < (entry === repeated ? 4 : 2) && !isSpent(); turn += 1) {
        const came = await perform(entry, rig, next(entry, rig, turn + episode));
        if (came === "stuck") return false;
        if (came === "succeeded") wins += 1;
      }
      block += 1n;
      nowS += 12n;
    }
    await inspect(rig, round % 2 === 0 ? views.length : 6);
    return true;
  }

  /** At last the moments at which the conditions on time change, in their order. */
  async function waitFor(rig: Rig): Promise<void> {
    const due = writes
      .flatMap((entry) => [...(edges.get(entry.signature)?.values() ?? [])].map((attempt) => ({ entry, attempt })))
      .filter(({ attempt }) => attempt.timestamp >= nowS)
      .toSorted((a, b) => Number(a.attempt.timestamp - b.attempt.timestamp));
    for (const { entry, attempt } of due.slice(0, MAX_DUE)) {
      let came = await perform(entry, rig, attempt);
      for (let turn = 0; turn < EDGE_TRIES && came === "reverted" && !isSpent(); turn += 1) {
        came = await perform(entry, rig, { ...next(entry, rig, turn), timestamp: attempt.timestamp });
      }
      if (came === "stuck" || isSpent()) return;
    }
  }

  let obstacle: string | null = null;
  for (let episode = 0; episode < EPISODES && !isSpent(); episode += 1) {
    nowS = START_S;
    seen = [];
    parties = [];
    used = [];
    edges.clear();
    const rig = await deploy();
    if (rig !== null) await play(episode, rig);
    else if (episode === 0 && divergence === null) {
      obstacle = `${before.name} could not be deployed with made-up arguments (${typesOf(inputs)})`;
      break;
    }
  }
  const all = entries.map(({ signature }) => signature);
  return {
    contract: before.name,
    reached: all.filter((each) => reached.has(each)),
    unreached: all.filter((each) => !reached.has(each)),
    calls,
    refusals,
    divergence,
    gas: meter.table(),
    obstacle,
  };
}

function sender(random: Random, turn: number, callsBackShare: number): bigint {
  if (random.chance(callsBackShare)) return CALLS_BACK;
  return turn % 3 === 0 ? DEPLOYER : random.pick(PEOPLE);
}

function money(random: Random, pool: Pool): bigint {
  const value = random.chance(0.25)
    ? (random.any(pool.constants) ?? 1n)
    : random.pick([10n ** 18n, 10n ** 15n, 1000n, 2n * 10n ** 18n, 0n, 1n]);
  return value > 10n ** 21n ? 10n ** 18n : value;
}

function describe({ signature, abi }: Entry, { args, from, value }: Attempt, nowS: bigint): string {
  const name = abi.name ?? signature;
  const list = (abi.inputs ?? []).map((each, index) => shown(each, args[index] ?? 0n)).join(", ");
  const money = value === 0n ? "" : ` with ${value} wei`;
  return `${name}(${list.length > 300 ? `${list.slice(0, 300)}…` : list}) from ${nameOfActor(from)}${money} at time ${nowS}`;
}
