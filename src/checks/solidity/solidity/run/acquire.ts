import type { AbiValue } from "../../gas/abi.ts";
import { DEPLOYER, PEOPLE } from "../../gas/actors.ts";
import { constantsIn } from "./constants.ts";
import { argumentsFor } from "./arguments.ts";
import { keepIf, numberIn, type Callable, type TrialWorld } from "./world.ts";

/** A call that gave an account something. */
export interface Acquisition {
  readonly callable: Callable;
  readonly args: readonly AbiValue[];
  readonly from: bigint;
  readonly value: bigint;
}

const ETHER = 10n ** 18n;
const [, ALICE = 0n] = PEOPLE;
const MAX_CALLS = 160;
/** Tried first: what usually hands out tokens. */
const HANDS_OUT = /mint|issue|buy|purchase|deposit|claim|create|register|stake|drop|distribute|fund|join|wrap/i;
const MOVES =
  /^(?:transfer|safeTransfer|approve|increase|decrease|permit|setApproval|renounce|pause|burn|withdraw|revoke)/i;
/** What opens a sale or trading. */
const OPENS =
  /^(?:un(?!stake|lock|wrap)|enable|open|start|activate|launch|resume|begin|toggle|flip|set\w*(?:active|enabled|open|status|state|sale|trading|public|mint|live))/i;

/** Prices that a payable function may ask for: 1 ether, and numbers of the source and of its views. */
export async function pricesOf(world: TrialWorld, sources: ReadonlyMap<string, string>): Promise<readonly bigint[]> {
  const own = sources.get(world.contract.path) ?? "";
  const prices = new Set<bigint>();
  for (const { signature, abi, isView } of world.callables) {
    if (!isView || (abi.inputs ?? []).length > 0 || !/price|cost|fee|amount|rate|minimum/i.test(abi.name ?? ""))
      continue;
    const price = numberIn(await world.look(signature));
    if (price !== null && price > 0n && price < 100n * ETHER) prices.add(price);
  }
  for (const number of constantsIn(own).numbers) if (number >= 10n ** 12n && number <= 100n * ETHER) prices.add(number);
  return [...prices, ETHER, 1n].slice(0, 6);
}

/** Calls what hands something out until `holding` of Alice has grown; the call stays. `null`: nothing that was tried did it. */
export async function acquire(
  world: TrialWorld,
  prices: readonly bigint[],
  holding: () => Promise<bigint | null>,
): Promise<Acquisition | null> {
  const before = (await holding()) ?? 0n;
  const given = await handOut(world, prices, holding, before);
  if (given !== null) return given;
  await openUp(world);
  return handOut(world, prices, holding, before);
}

async function handOut(
  world: TrialWorld,
  prices: readonly bigint[],
  holding: () => Promise<bigint | null>,
  before: bigint,
): Promise<Acquisition | null> {
  const writes = world.callables.filter(({ isView, abi }) => !isView && !MOVES.test(abi.name ?? ""));
  const likely = writes.filter(({ abi }) => HANDS_OUT.test(abi.name ?? ""));
  const ordered = [...likely, ...writes.filter((each) => !likely.includes(each))];
  let calls = 0;
  for (const callable of ordered) {
    for (const from of [DEPLOYER, ALICE]) {
      for (const amount of [1000n * ETHER, 2n]) {
        for (const value of callable.isPayable ? [...prices, 2n * (prices[0] ?? 0n), 0n] : [0n]) {
          const args = argumentsFor(callable.abi.inputs ?? [], { accounts: [ALICE], amount, id: 1n, nowS: world.nowS });
          if ((calls += 1) > MAX_CALLS) return null;
          const gave = await keepIf(world.machine, async () => {
            const { ok } = await world.send(callable, args, { from, value });
            return ok && ((await holding()) ?? 0n) > before;
          });
          if (gave) return { callable, args, from, value };
        }
        if ((callable.abi.inputs ?? []).length === 0) break;
      }
    }
  }
  return null;
}

/** Opens what the deployer can open: a sale, trading, a pause. */
export async function openUp(world: TrialWorld): Promise<void> {
  const switches = world.callables.filter(
    ({ abi, isView }) =>
      !isView &&
      OPENS.test(abi.name ?? "") &&
      (abi.inputs ?? []).length <= 1 &&
      (abi.inputs ?? []).every(({ type }) => /^(?:bool|uint8|uint256)$/.test(type)),
  );
  for (const callable of switches.slice(0, 6)) {
    await world.send(
      callable,
      argumentsFor(callable.abi.inputs ?? [], { accounts: [DEPLOYER], amount: 1n, id: 1n, nowS: world.nowS }),
    );
  }
}
