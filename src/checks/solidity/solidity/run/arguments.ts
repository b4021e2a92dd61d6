import { arrayOf, type EvmAbiParameter, type AbiValue } from "../../gas/abi.ts";
import { TOKEN } from "./token.ts";

/** Who and how much a call is about. */
export interface Intent {
  /** Accounts in the order in which the parameters of a call take them; the last stands for all further ones. */
  readonly accounts: readonly bigint[];
  readonly amount: bigint;
  /** For numbers that name something: an index, a token. */
  readonly id: bigint;
  readonly nowS: bigint;
}

const DAY_S = 86_400n;
const MAX_DEPTH = 4;
const NAMES_A_THING = /(?:^|_)(?:token_?)?ids?_?$|Ids?_?$|index|round|proposal|nonce/i;

/** Arguments that a caller with this intent would give, by the types and names of the parameters. */
export function argumentsFor(parameters: readonly EvmAbiParameter[], intent: Intent): readonly AbiValue[] {
  // Lists that go together have the same length.
  const lists = parameters.filter((each) => arrayOf(each)?.length === null).length;
  let next = 0;
  const account = (): bigint => {
    const found = intent.accounts[Math.min(next, intent.accounts.length - 1)] ?? 0n;
    next += 1;
    return found;
  };
  const one = (parameter: EvmAbiParameter, depth: number): AbiValue => {
    const array = arrayOf(parameter);
    if (array !== null) {
      const free = lists > 1 ? 2 : array.item.type === "address" ? 3 : 1;
      const length = depth > MAX_DEPTH ? 0 : Math.min(array.length ?? free, 8);
      // A list of accounts holds different ones.
      return Array.from({ length }, (_, at) =>
        array.item.type === "address" && array.length === null
          ? (intent.accounts[at] ?? 0xa11_0000n + BigInt(at))
          : one(array.item, depth + 1),
      );
    }
    const { type, name } = parameter;
    if (type === "tuple") return (parameter.components ?? []).map((each) => one(each, depth + 1));
    if (type === "string")
      return Buffer.from(/symbol/i.test(name) ? "SYM" : /uri|url/i.test(name) ? "ipfs://x/" : "Name");
    if (type === "bytes") return new Uint8Array(0);
    if (type === "bool") return 1n;
    if (type === "address") return isToken(parameter) ? TOKEN : account();
    if (type.startsWith("bytes")) return 0xabn << 248n;
    return numberFor(parameter, intent);
  };
  return parameters.map((parameter) => one(parameter, 0));
}

function isToken({ name, internalType = "" }: EvmAbiParameter): boolean {
  return (
    internalType.startsWith("contract ") || /token|asset|currency|usdc|usdt|weth|dai|underlying|collateral/i.test(name)
  );
}

function numberFor({ name, type, internalType = "" }: EvmAbiParameter, { amount, id, nowS }: Intent): bigint {
  if (internalType.startsWith("enum ")) return 0n;
  const bits = Number(/(?<!\d)\d+$/.exec(type)?.[0] ?? 256);
  const fits = (value: bigint): bigint => (bits >= 64 || value < 1n << BigInt(bits - 1) ? value : 1n);
  if (NAMES_A_THING.test(name)) return fits(id);
  if (/decimals/i.test(name)) return fits(18n);
  if (/deadline|expir|until|unlock|release|end(?!point)|close|finish/i.test(name)) return fits(nowS + 30n * DAY_S);
  if (/start|begin|open/i.test(name)) return fits(nowS + 60n);
  if (/duration|period|delay|lock|interval|window|cooldown|vesting|cliff|time/i.test(name)) return fits(7n * DAY_S);
  if (/quorum|threshold|required|confirmations|approvals|minimum|min[A-Z_]/i.test(name)) return fits(2n);
  if (/fee|tax|bps|percent|rate|royalt/i.test(name)) return fits(3n);
  return fits(amount);
}
