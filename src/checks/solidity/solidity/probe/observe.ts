import { signatureOf, type EvmAbiEntry } from "../../gas/abi.ts";
import { DEPLOYER, PEOPLE } from "../../gas/actors.ts";
import { numberIn, type Callable, type TrialWorld } from "../run/world.ts";

/** An account with no rights. */
export const STRANGER = 0x5757575757575757575757575757575757575757n;
const [, ALICE = 0n, BOB = 0n] = PEOPLE;
const HOLDERS: readonly bigint[] = [DEPLOYER, ALICE, BOB];
const RIGHT =
  /owner|admin|govern|authori|control|minter|operator|manager|keeper|guardian|pauser|signer|oracle|treasur|beneficiar|wallet|collector|recipient/i;
const MAX_WATCHED = 8;

/** What of a contract's state shows who owns and who rules. */
export interface ChainSnapshot {
  /** By view, who rules. */
  readonly rulers: ReadonlyMap<string, bigint>;
  /** What the holders hold of a token, by account. */
  readonly balances: ReadonlyMap<bigint, bigint>;
  readonly owners: ReadonlyMap<bigint, bigint>;
  readonly supply: bigint | null;
  /** What the stranger holds. */
  readonly own: bigint;
  /** Views by which the stranger has a right. */
  readonly rights: ReadonlySet<string>;
  readonly ether: bigint;
  readonly strangersEther: bigint;
}

/** Looks at a world before and after a call. The same views are asked each time. */
export interface Observer {
  look(): Promise<ChainSnapshot>;
}

/** Whether some account rules the contract: a view names the deployer. */
export async function rulersOf(world: TrialWorld): Promise<{ readonly isRuled: boolean }> {
  const { rulers } = await observerOf(world, []).look();
  return { isRuled: [...rulers.values()].some((ruler) => ruler === DEPLOYER) };
}

export function observerOf(world: TrialWorld, ids: readonly bigint[]): Observer {
  const views = world.callables.filter(({ isView }) => isView);
  const rulers = views
    .filter(({ abi }) => isOneAddress(abi) && (abi.inputs ?? []).length === 0 && RIGHT.test(abi.name ?? ""))
    .slice(0, MAX_WATCHED);
  const rights = views.filter(isRightOf).slice(0, MAX_WATCHED);
  const isToken = world.has("balanceOf(address)");
  const isCollection = world.has("ownerOf(uint256)");
  return {
    async look() {
      const ruling = new Map<string, bigint>();
      for (const { signature, abi } of rulers) {
        const ruler = numberIn(await world.look(signature));
        if (ruler !== null) ruling.set(abi.name ?? signature, ruler);
      }
      const balances = new Map<bigint, bigint>();
      const balanceOf = async (account: bigint): Promise<bigint> =>
        numberIn(await world.look("balanceOf(address)", [account])) ?? 0n;
      if (isToken) for (const holder of HOLDERS) balances.set(holder, await balanceOf(holder));
      const owners = new Map<bigint, bigint>();
      if (isCollection) {
        for (const id of ids) owners.set(id, numberIn(await world.look("ownerOf(uint256)", [id])) ?? 0n);
      }
      const granted = new Set<string>();
      for (const { signature, abi } of rights) {
        if (numberIn(await world.look(signature, [STRANGER])) === 1n) granted.add(abi.name ?? signature);
      }
      return {
        rulers: ruling,
        balances,
        owners,
        supply: numberIn(await world.look("totalSupply()")),
        own: isToken ? await balanceOf(STRANGER) : 0n,
        rights: granted,
        ether: await world.machine.balanceOf(world.address),
        strangersEther: await world.machine.balanceOf(STRANGER),
      };
    },
  };
}

function isOneAddress({ outputs = [] }: EvmAbiEntry): boolean {
  return outputs.length === 1 && outputs[0]?.type === "address";
}

/** `isOwner(address) returns (bool)`. */
function isRightOf({ abi }: Callable): boolean {
  return (
    signatureOf(abi).endsWith("(address)") &&
    (abi.outputs ?? []).length === 1 &&
    abi.outputs?.[0]?.type === "bool" &&
    /owner|admin|auth|minter|operator|manager|keeper|guardian|pauser|signer|oracle|whitelist|allowed|approved|role|ward|member/i.test(
      abi.name ?? "",
    )
  );
}
