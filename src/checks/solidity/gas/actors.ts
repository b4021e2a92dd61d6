import { fromHex, joined } from "./abi.ts";

const address = (digits: string): bigint => BigInt(`0x${digits.repeat(40 / digits.length)}`);

/** Who deploys. */
export const DEPLOYER = address("d1");
/** Accounts that call: the deployer first, then others, then one whose code calls back. */
export const PEOPLE: readonly [bigint, ...bigint[]] = [DEPLOYER, address("a2"), address("b3"), address("c4")];
/** A contract that calls its caller back with the data that it was set up with, once per transaction. */
export const CALLS_BACK = address("e5");
/** A contract that answers every call: with a large balance or allowance, else with `true`. */
export const OBLIGING = address("70");
/** A contract that reverts. */
export const REFUSING = address("f6");
export const ACTORS: readonly bigint[] = [...PEOPLE, CALLS_BACK, OBLIGING, REFUSING];
export const FUNDS = 10n ** 24n;

const NAMES = new Map<bigint, string>([
  [DEPLOYER, "deployer"],
  [address("a2"), "alice"],
  [address("b3"), "bob"],
  [address("c4"), "carol"],
  [CALLS_BACK, "a contract that calls back"],
  [OBLIGING, "a token"],
  [REFUSING, "a contract that reverts"],
]);

export function nameOfActor(actor: bigint): string {
  return NAMES.get(actor) ?? `0x${actor.toString(16)}`;
}

// selector in (balanceOf, allowance, totalSupply) ? 1e24 : 1, then four more words of 1.
const OBLIGING_CODE = fromHex(
  "5f3560e01c806370a08231148163dd62ed3e1417906318160ddd1417" +
    "69d3c21bcecceda0ffffff02600101" +
    "5f526001602052600160405260016060526001608052" +
    "60a05ff3",
);
const REFUSING_CODE = fromHex("5f5ffd");

export function codeOf(actor: bigint): Uint8Array {
  if (actor === OBLIGING) return OBLIGING_CODE;
  return actor === REFUSING ? REFUSING_CODE : new Uint8Array(0);
}

/** Code that sends `data` to its caller on the first call within a transaction. */
export function callingBack(data: Uint8Array): Uint8Array {
  const two = (value: number): string => value.toString(16).padStart(4, "0");
  // TLOAD(0) == 0 ? go on : stop; TSTORE(0, 1); CODECOPY(0, 36, length); CALL(gas, caller, 0, 0, length, 0, 0); stop
  const head = `5f5c15600757005b60015f5d61${two(data.length)}6100245f395f5f61${two(data.length)}5f5f335af100`;
  return joined([fromHex(head.padEnd(36 * 2, "0")), data]);
}
