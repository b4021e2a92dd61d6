import { DEPLOYER, PEOPLE } from "../../gas/actors.ts";
import { argumentsFor } from "./arguments.ts";
import { keepIf, type Callable, type TrialWorld } from "./world.ts";

const ETHER = 10n ** 18n;
const [, ALICE = 0n, BOB = 0n] = PEOPLE;
const ROUNDS = 2;
const MAX_CALLS = 260;
const TIME_STEP_S = 86_400n;
/** What would end the trial. */
const FINAL =
  /^(?:renounce|transferOwner|setOwner|changeOwner|pause|stop|destroy|kill|shutdown|close|lock|end|finalize|cancel)/i;

/** Signatures of the functions that ran to their end at least once, when a deployer and others call them in turn. */
export async function exercise(world: TrialWorld, prices: readonly bigint[]): Promise<ReadonlySet<string>> {
  const ran = new Set<string>();
  let calls = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const callable of inOrder(world.callables)) {
      if (ran.has(callable.signature)) continue;
      for (const { from, args, value } of waysOf(world, callable, prices)) {
        if ((calls += 1) > MAX_CALLS) return ran;
        let ok = false;
        await keepIf(world.machine, async () => {
          ({ ok } = await world.send(callable, args, { from, value }));
          return ok && !callable.isView && !FINAL.test(callable.abi.name ?? "");
        });
        if (!ok) continue;
        ran.add(callable.signature);
        break;
      }
    }
    world.nowS += 40n * TIME_STEP_S;
  }
  return ran;
}

function inOrder(callables: readonly Callable[]): readonly Callable[] {
  const last = (each: Callable): number => (each.isView ? 1 : FINAL.test(each.abi.name ?? "") ? 2 : 0);
  return [...callables].toSorted((a, b) => last(a) - last(b));
}

function* waysOf(world: TrialWorld, callable: Callable, prices: readonly bigint[]) {
  const inputs = callable.abi.inputs ?? [];
  const values = callable.isPayable ? [0n, ...prices.slice(0, 3)] : [0n];
  for (const from of [DEPLOYER, ALICE]) {
    for (const value of values) {
      for (const amount of inputs.length === 0 ? [1n] : [1n, 0n, ETHER]) {
        for (const accounts of inputs.some(({ type }) => type.startsWith("address"))
          ? [
              [ALICE, BOB],
              [DEPLOYER, ALICE],
            ]
          : [[ALICE]]) {
          for (const id of inputs.length === 0 ? [0n] : [1n, 0n]) {
            yield { from, value, args: argumentsFor(inputs, { accounts, amount, id, nowS: world.nowS }) };
          }
        }
      }
    }
  }
}
