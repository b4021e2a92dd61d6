import { PEOPLE } from "../../gas/actors.ts";
import { restrictionOn } from "../request/restricted.ts";
import { argumentsFor } from "../run/arguments.ts";
import { RECEIVE, type Callable, type World } from "../run/world.ts";
import { STRANGER } from "./observe.ts";
import type { Stage } from "./stranger.ts";

const [, ALICE = 0n] = PEOPLE;
const MAX_FUNCTIONS = 8;

/** Functions that the request keeps for some role, and that an account with none can call to an effect. */
export async function unrestrictedOf(
  world: World,
  { ids, pot }: Stage,
  prose: string,
): Promise<readonly { readonly callable: Callable; readonly sentence: string }[]> {
  const kept = world.callables
    .filter(({ isView, signature }) => !isView && signature !== RECEIVE)
    .map((callable) => ({ callable, sentence: restrictionOn(callable.abi.name ?? "", prose) }))
    .filter((each): each is { callable: Callable; sentence: string } => each.sentence !== null);
  const found = [];
  for (const each of kept.slice(0, MAX_FUNCTIONS))
    if (await works(world, each.callable, ids[0] ?? 1n, pot)) found.push(each);
  return found;
}

/** Whether a stranger's call ends well and changes something that can be seen: an event, a view, a balance. */
async function works(world: World, callable: Callable, id: bigint, pot: bigint): Promise<boolean> {
  const inputs = callable.abi.inputs ?? [];
  const before = await visible(world);
  for (const accounts of [[STRANGER], [ALICE, STRANGER]]) {
    for (const amount of [1n, 7n, ...(pot > 0n ? [pot] : [])]) {
      const args = argumentsFor(inputs, { accounts, amount, id, nowS: world.nowS });
      const changed = await world.within(async () => {
        const { ok, logs } = await world.send(callable, args, { from: STRANGER });
        return ok && (logs.length > 0 || (await visible(world)) !== before);
      });
      if (changed) return true;
    }
  }
  return false;
}

/** What the views without parameters say, and the ether. */
async function visible(world: World): Promise<string> {
  const shown: string[] = [];
  for (const { signature, abi, isView } of world.callables) {
    if (isView && (abi.inputs ?? []).length === 0) shown.push((await world.look(signature)) ?? "");
  }
  shown.push(String(await world.machine.balanceOf(world.address)));
  return shown.join();
}
