import { shown, type AbiValue } from "../../gas/abi.ts";
import { DEPLOYER, FUNDS, nameOfActor, PEOPLE } from "../../gas/actors.ts";
import { leavesOf } from "../../gas/random-arguments.ts";
import { argumentsFor } from "../run/arguments.ts";
import { RECEIVE, type Callable, type TrialWorld } from "../run/world.ts";
import { observerOf, STRANGER, type ChainSnapshot } from "./observe.ts";

/** What a stranger could do. */
export interface Trespass {
  readonly kind:
    | "takes_tokens"
    | "burns_tokens"
    | "moves_tokens"
    | "takes_over"
    | "takes_ether"
    | "mints"
    | "gets_right"
    | "renames";
  readonly callable: Callable;
  /** The call, and what came of it. */
  readonly message: string;
}

const [, ALICE = 0n, BOB = 0n] = PEOPLE;
const ETHER = 10n ** 18n;
const FRESH_ID = 77n;
const MAX_CALLS = 240;

/** What holders own before the stranger comes. */
export interface Stage {
  /** Tokens of a collection that others own. */
  readonly ids: readonly bigint[];
  /** Ether that others put in. */
  readonly pot: bigint;
}

/** Calls every entry from an account with no rights, each from the same state, and tells what changed in its favour. */
export async function trespasses(world: TrialWorld, stage: Stage): Promise<readonly Trespass[]> {
  await world.machine.fund(STRANGER, FUNDS);
  const observer = observerOf(world, stage.ids);
  const before = await observer.look();
  const found = new Map<string, Trespass>();
  let calls = 0;
  for (const callable of world.callables.filter(({ isView, signature }) => !isView && signature !== RECEIVE)) {
    const inputs = callable.abi.inputs ?? [];
    for (const args of variantsOf(callable, stage, before, world.nowS)) {
      for (const value of callable.isPayable ? [0n, ETHER] : [0n]) {
        if ((calls += 1) > MAX_CALLS) return [...found.values()];
        await world.machine.snapshot();
        const { ok } = await world.send(callable, args, { from: STRANGER, value });
        if (ok) {
          const after = await observer.look();
          const list = inputs.map((each, at) => named(shown(each, args[at] ?? 0n))).join(", ");
          const call = `${callable.abi.name ?? ""}(${list.slice(0, 160)})`;
          const words = new Set(leavesOf(args).map((leaf) => leaf.value));
          for (const { kind, what } of changes(before, after, value, words)) {
            const key = `${kind} ${callable.signature}`;
            if (!found.has(key)) found.set(key, { kind, callable, message: `any account can call ${call}: ${what}` });
          }
        }
        await world.machine.rollBack();
      }
    }
  }
  return [...found.values()];
}

function variantsOf(
  callable: Callable,
  { ids, pot }: Stage,
  before: ChainSnapshot,
  nowS: bigint,
): readonly (readonly AbiValue[])[] {
  const inputs = callable.abi.inputs ?? [];
  if (inputs.length === 0) return [[]];
  const holding = [...before.balances.values()].filter((each) => each > 0n);
  const amounts = [1n, ...(holding[1] === undefined ? [] : [holding[1] / 2n]), ...(pot > 0n ? [pot] : [])];
  const hasAccount = inputs.some(({ type }) => type.startsWith("address"));
  const orders = hasAccount ? [[STRANGER], [ALICE, STRANGER], [STRANGER, ALICE], [ALICE, BOB, STRANGER]] : [[STRANGER]];
  const all = orders.flatMap((accounts) =>
    amounts.flatMap((amount) =>
      // A collection's tokens are numbers of any name: one that is owned, and one that is not there yet.
      (ids.length > 0 ? [...ids, FRESH_ID] : [0n, 1n]).map((id) => {
        const args = argumentsFor(inputs, { accounts, amount, id, nowS });
        return ids.length === 0
          ? args
          : args.map((value, at) => (inputs[at]?.type === "uint256" && value === amount ? id : value));
      }),
    ),
  );
  const text = (args: readonly AbiValue[]): string => inputs.map((each, at) => shown(each, args[at] ?? 0n)).join();
  return [...new Map(all.map((args) => [text(args), args])).values()].slice(0, 12);
}

function named(text: string): string {
  return text.replace(/0x[0-9a-f]{40}\b/g, (address) => {
    const actor = BigInt(address);
    return actor === STRANGER ? "itself" : nameOfActor(actor);
  });
}

/** `words`: what the arguments name. A call that names neither the holder nor the token may be a rule of the game. */
function changes(
  before: ChainSnapshot,
  after: ChainSnapshot,
  paid: bigint,
  words: ReadonlySet<bigint>,
): readonly Pick<Trespass & { what: string }, "kind" | "what">[] {
  const found: { kind: Trespass["kind"]; what: string }[] = [];
  for (const [holder, had] of before.balances) {
    const has = after.balances.get(holder) ?? 0n;
    // What happens to a token of a collection is told of the token.
    if (has >= had || paid > 0n || before.owners.size > 0) continue;
    const isTaken = after.own > before.own;
    found.push({
      kind: !words.has(holder) ? "moves_tokens" : isTaken ? "takes_tokens" : "burns_tokens",
      what: `${nameOfActor(holder)}, who approved nothing, then holds ${has} instead of ${had}`,
    });
  }
  for (const [id, owner] of before.owners) {
    const now = after.owners.get(id) ?? 0n;
    if (now === owner || paid > 0n) continue;
    found.push({
      kind: !words.has(id) ? "moves_tokens" : now === 0n ? "burns_tokens" : "takes_tokens",
      what: `token ${id} of ${nameOfActor(owner)}, who approved nothing, ${now === 0n ? "is gone" : "has another owner"}`,
    });
  }
  for (const [view, ruler] of before.rulers) {
    const now = after.rulers.get(view);
    if (now === STRANGER && ruler !== 0n && ruler !== STRANGER && paid === 0n) {
      found.push({ kind: ruler === DEPLOYER ? "takes_over" : "renames", what: `${view}() is then that account` });
    }
  }
  for (const right of after.rights) {
    if (!before.rights.has(right) && paid === 0n)
      found.push({ kind: "gets_right", what: `${right} is then true of it` });
  }
  if (after.strangersEther > before.strangersEther && after.ether < before.ether) {
    found.push({
      kind: "takes_ether",
      what: `it gets ${after.strangersEther - before.strangersEther} wei that others put in`,
    });
  }
  const grew = before.supply !== null && after.supply !== null && after.supply > before.supply;
  if (
    after.own > before.own &&
    paid === 0n &&
    (grew || before.supply === null) &&
    !found.some(({ kind }) => kind === "takes_tokens")
  ) {
    found.push({ kind: "mints", what: `it then holds ${after.own - before.own} that it paid nothing for` });
  }
  return found;
}
