import { PEOPLE } from "../../gas/actors.ts";
import { restrictionOn } from "../request/restricted.ts";
import { argumentsFor } from "../run/arguments.ts";
import { RECEIVE, type Callable, type TrialWorld } from "../run/world.ts";
import { STANDARDS } from "../standards/standards.ts";
import { STRANGER } from "./observe.ts";
import type { Stage } from "./stranger.ts";

const [, ALICE = 0n] = PEOPLE;
const MAX_FUNCTIONS = 8;
/** What concerns the caller's own holdings alone. */
const OWN_AFFAIR = /^(?:receive|burn|increase|decrease|permit|delegate|renounce|approve|transfer|multicall)/i;

/** Functions that the request keeps for some role, and that an account with none can call to an effect. */
export async function unrestrictedOf(
  world: TrialWorld,
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

/** Names of functions that an account with no rights can call to an effect, though no standard has them. */
export async function openBeyondStandard(world: TrialWorld, { ids, pot }: Stage): Promise<readonly string[]> {
  const standard = new Set(Object.values(STANDARDS).flatMap(({ functions }) => functions));
  const found: string[] = [];
  for (const callable of world.callables.filter(({ isView, signature }) => !isView && !standard.has(signature))) {
    const name = callable.abi.name ?? "";
    if (!OWN_AFFAIR.test(name) && (await works(world, callable, ids[0] ?? 1n, pot))) found.push(name);
  }
  return found;
}

/** Whether a stranger's call ends well and changes something that can be seen: an event, a view, a balance. */
async function works(world: TrialWorld, callable: Callable, id: bigint, pot: bigint): Promise<boolean> {
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
      if (inputs.length > 0) continue;
      // What undoes something can only be done after that: `unpause` after `pause`.
      for (const prior of switchesOf(world, callable)) {
        const undone = await world.within(async () => {
          const { ok } = await world.send(prior, []);
          return ok && (await world.send(callable, args, { from: STRANGER })).ok;
        });
        if (undone) return true;
      }
    }
  }
  return false;
}

/** Other functions without parameters. */
function switchesOf(world: TrialWorld, callable: Callable): readonly Callable[] {
  return world.callables
    .filter(
      ({ abi, isView, signature }) =>
        !isView &&
        (abi.inputs ?? []).length === 0 &&
        signature !== callable.signature &&
        /^(?:pause|stop|freeze|lock|halt|close|disable)/i.test(abi.name ?? ""),
    )
    .slice(0, 2);
}

/** What the views say, those of an account for two of them, and the ether. */
async function visible(world: TrialWorld): Promise<string> {
  const shown: string[] = [];
  for (const { signature, abi, isView } of world.callables) {
    if (!isView) continue;
    const inputs = abi.inputs ?? [];
    if (inputs.length === 0) shown.push((await world.look(signature)) ?? "");
    if (inputs.length !== 1 || inputs[0]?.type !== "address") continue;
    for (const account of [STRANGER, ALICE]) shown.push((await world.look(signature, [account])) ?? "");
  }
  shown.push(String(await world.machine.balanceOf(world.address)));
  return shown.join();
}
