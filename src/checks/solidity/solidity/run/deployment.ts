import { fromHex, joined } from "../../gas/abi.ts";
import { DEPLOYER, PEOPLE } from "../../gas/actors.ts";
import { nearby, type CallVariant } from "../../gas/call-variants.ts";
import { constantsIn } from "./constants.ts";
import type { Machine } from "../../gas/evm.ts";
import { createRandom } from "../../gas/random.ts";
import { drawAll } from "../../gas/random-arguments.ts";
import type { CompiledContract } from "../compile.ts";
import { argumentsFor, type Intent } from "./arguments.ts";
import { creationCode, deploy, keepIf, populate, START_S, worldOf, type TrialWorld } from "./world.ts";

export type Deployed =
  | { readonly state: "deployed"; readonly world: TrialWorld }
  /** `certain`: it takes no arguments, so none could mend it. */
  | { readonly state: "reverts"; readonly certain: boolean; readonly reason: string }
  /** It ran out of gas, or asks other contracts that are not here. */
  | { readonly state: "unknown"; readonly reason: string };

const ETHER = 10n ** 18n;
const MAX_DEPLOYS = 30;
const PROXY = 0x9090909090909090909090909090909090909090n;
const [, ALICE = 0n, BOB = 0n, CAROL = 0n] = PEOPLE;

/** What a deployer may have in mind: a round supply in tokens or in their smallest units, other accounts or its own. */
const INTENTS: readonly Intent[] = [
  { accounts: [DEPLOYER, ALICE, BOB], amount: 1_000_000n, id: 1n, nowS: START_S },
  { accounts: [DEPLOYER, ALICE, BOB], amount: 1_000_000n * ETHER, id: 1n, nowS: START_S },
  { accounts: [DEPLOYER, ALICE, BOB], amount: 10n, id: 1n, nowS: START_S },
  { accounts: [ALICE, BOB, CAROL], amount: 100n, id: 0n, nowS: START_S },
  { accounts: [DEPLOYER], amount: 1n, id: 0n, nowS: START_S },
];

/** Deploys a contract with arguments that make sense for it, and initialises it where that is done by a call. */
export async function deployContract(
  make: () => Promise<Machine>,
  contract: CompiledContract,
  sources: ReadonlyMap<string, string>,
): Promise<Deployed> {
  const machine = await make();
  await populate(machine, sources.values());
  const constructor = contract.abi.find(({ type }) => type === "constructor");
  const inputs = constructor?.inputs ?? [];
  const isPayable = constructor?.stateMutability === "payable";
  const random = createRandom(1);
  const own = sources.get(contract.path) ?? "";
  const constants = constantsIn(own);
  const pool = {
    constants: constants.numbers,
    addresses: constants.addresses,
    seen: [],
    used: [],
    texts: [],
    self: 0n,
    nowS: START_S,
  };
  const queue: CallVariant[] = INTENTS.flatMap((intent) => {
    const args = argumentsFor(inputs, intent);
    const attempt = { args, from: DEPLOYER, value: 0n, timestamp: START_S };
    return isPayable ? [attempt, { ...attempt, value: ETHER }] : [attempt];
  });
  const tries = inputs.length === 0 ? (isPayable ? 3 : 1) : MAX_DEPLOYS;
  let reason = "";
  let asksOthers = false;
  for (let turn = 0; turn < tries; turn += 1) {
    const drawn = (): CallVariant => ({
      args: drawAll(inputs, pool, random),
      from: DEPLOYER,
      value: 0n,
      timestamp: START_S,
    });
    const attempt = queue.shift() ?? drawn();
    machine.takeCompared();
    await machine.snapshot();
    const outcome = await deploy(machine, creationCode(contract, attempt.args), attempt.value);
    if (outcome.created !== null) {
      await machine.keep();
      const world = await initialised(machine, contract, outcome.created);
      return { state: "deployed", world };
    }
    await machine.rollBack();
    if (outcome.outOfGas) return { state: "unknown", reason: "it needs more gas to be deployed than was given" };
    reason = outcome.data;
    asksOthers ||= outcome.callsOthers;
    queue.unshift(...nearby(attempt, machine.takeCompared(), isPayable).exact.slice(0, 3));
    queue.length = Math.min(queue.length, 40);
  }
  // Another contract's answers, and arguments that were not thought of, may be what it wants.
  return { state: "reverts", certain: inputs.length === 0 && !asksOthers, reason };
}
/** Where an initialiser gives the contract its state, it is called; through a clone where the code itself refuses. */
async function initialised(machine: Machine, contract: CompiledContract, address: bigint): Promise<TrialWorld> {
  const world = worldOf(machine, contract, address);
  const initialiser = world.callables.find(
    ({ abi, isView }) => !isView && /^(?:initiali[sz]e|init|setUp)$/i.test(abi.name ?? ""),
  );
  if (initialiser === undefined) return world;
  const inputs = initialiser.abi.inputs ?? [];
  const clone = joined([
    fromHex("363d3d373d3d3d363d73"),
    fromHex(address.toString(16).padStart(40, "0")),
    fromHex("5af43d82803e903d91602b57fd5bf3"),
  ]);
  await machine.setCode(PROXY, clone);
  for (const target of [worldOf(machine, contract, PROXY), world]) {
    for (const intent of INTENTS) {
      const args = argumentsFor(inputs, intent);
      if (await keepIf(machine, async () => (await target.send(initialiser, args)).ok)) return target;
    }
  }
  return world;
}
