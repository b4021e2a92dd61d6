import { signatureOf } from "../../gas/abi.ts";
import { CALLS_BACK, callingBack, PEOPLE } from "../../gas/actors.ts";
import { argumentsFor } from "../run/arguments.ts";
import { dataOf, keepIf, numberIn, type Callable, type TrialWorld } from "../run/world.ts";

/** Ether that others put in. */
export interface Pot {
  readonly entry: Callable | null;
  readonly ether: bigint;
  /** Whether the contract remembers who put in what. */
  readonly isRecorded: boolean;
}

const ETHER = 10n ** 18n;
const [, ALICE = 0n, BOB = 0n] = PEOPLE;

/** Alice and Bob put ether in by the first payable function that takes it; it stays. */
export async function fillPot(world: TrialWorld, prices: readonly bigint[]): Promise<Pot> {
  for (const entry of world.callables.filter(({ isPayable }) => isPayable)) {
    for (const value of [ETHER, ...prices]) {
      const put = (from: bigint): Promise<boolean> => putIn(world, entry, from, value);
      const before = await world.machine.balanceOf(world.address);
      if (!(await put(ALICE))) continue;
      await put(BOB);
      const ether = (await world.machine.balanceOf(world.address)) - before;
      // What is passed on at once is no pot.
      if (ether > 0n) return { entry, ether, isRecorded: await isRecorded(world, value) };
    }
  }
  return { entry: null, ether: 0n, isRecorded: false };
}

async function putIn(world: TrialWorld, entry: Callable, from: bigint, value: bigint): Promise<boolean> {
  for (const id of [1n, 0n]) {
    const args = argumentsFor(entry.abi.inputs ?? [], { accounts: [from], amount: value, id, nowS: world.nowS });
    if (await keepIf(world.machine, async () => (await world.send(entry, args, { from, value })).ok)) return true;
  }
  return false;
}

/** Some view of one account shows what Alice put in. */
async function isRecorded(world: TrialWorld, value: bigint): Promise<boolean> {
  for (const { abi, isView, signature } of world.callables) {
    if (!isView || !signatureOf(abi).endsWith("(address)")) continue;
    if (numberIn(await world.look(signature, [ALICE])) === value) return true;
  }
  return false;
}

/** A depositor whose code calls back within a payment takes out more than it put in: the call that does it, or `null`. */
export async function takesMoreByCallingBack(world: TrialWorld, { entry, ether }: Pot): Promise<Callable | null> {
  if (entry === null || ether < 2n) return null;
  const share = ether / 2n;
  for (const callable of world.callables.filter(({ isView, isPayable }) => !isView && !isPayable)) {
    for (const amount of [share, 1n]) {
      const args = argumentsFor(callable.abi.inputs ?? [], {
        accounts: [CALLS_BACK],
        amount,
        id: 1n,
        nowS: world.nowS,
      });
      const gain = (code: Uint8Array): Promise<bigint> =>
        world.within(async () => {
          await world.machine.setCode(CALLS_BACK, code);
          if (!(await putIn(world, entry, CALLS_BACK, share))) return 0n;
          const before = await world.machine.balanceOf(CALLS_BACK);
          await world.send(callable, args, { from: CALLS_BACK });
          return (await world.machine.balanceOf(CALLS_BACK)) - before;
        });
      const twice = await gain(callingBack(dataOf(callable, args)));
      if (twice <= share) continue;
      // The same without calling back: what it may have.
      const once = await gain(Uint8Array.of(0));
      if (twice > once && once <= share) return callable;
    }
  }
  return null;
}
