import { shown } from "./abi.ts";
import { CALLS_BACK, DEPLOYER, nameOfActor, PEOPLE } from "./actors.ts";
import type { CallVariant } from "./call-variants.ts";
import type { Pool } from "./random-arguments.ts";
import type { EntryPoint } from "./entries.ts";
import type { Random } from "./random.ts";

/** The caller: mostly the deployer and other accounts, sometimes a contract that calls back. */
export function sender(random: Random, turn: number, callsBackShare: number): bigint {
  if (random.chance(callsBackShare)) return CALLS_BACK;
  return turn % 3 === 0 ? DEPLOYER : random.pick(PEOPLE);
}

/** Wei to send along. */
export function money(random: Random, pool: Pool): bigint {
  const value = random.chance(0.25)
    ? (random.any(pool.constants) ?? 1n)
    : random.pick([10n ** 18n, 10n ** 15n, 1000n, 2n * 10n ** 18n, 0n, 1n]);
  return value > 10n ** 21n ? 10n ** 18n : value;
}

/** A call for people. */
export function describe({ signature, abi }: EntryPoint, { args, from, value }: CallVariant, nowS: bigint): string {
  const name = abi.name ?? signature;
  const list = (abi.inputs ?? []).map((each, index) => shown(each, args[index] ?? 0n)).join(", ");
  const money = value === 0n ? "" : ` with ${value} wei`;
  return `${name}(${list.length > 300 ? `${list.slice(0, 300)}…` : list}) from ${nameOfActor(from)}${money} at time ${nowS}`;
}
