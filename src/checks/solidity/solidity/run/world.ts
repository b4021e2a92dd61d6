import { encode, fromHex, joined, signatureOf, type EvmAbiEntry, type AbiValue } from "../../gas/abi.ts";
import { ACTORS, codeOf, DEPLOYER, FUNDS } from "../../gas/actors.ts";
import { constantsIn } from "./constants.ts";
import type { Machine, EvmOutcome } from "../../gas/evm.ts";
import type { CompiledContract } from "../compile.ts";
import { TOKEN, TOKEN_CODE } from "./token.ts";

/** The signature of what takes ether that comes without data. */
export const RECEIVE = "receive()";

/** A function that can be called, with its selector. */
export interface Callable {
  readonly signature: string;
  readonly abi: EvmAbiEntry;
  readonly selector: string;
  readonly isView: boolean;
  readonly isPayable: boolean;
}

export interface Call {
  readonly from?: bigint;
  readonly value?: bigint;
}

/** A deployed contract on a chain of its own. */
export interface TrialWorld {
  readonly contract: CompiledContract;
  readonly machine: Machine;
  readonly address: bigint;
  readonly callables: readonly Callable[];
  nowS: bigint;
  /** Sends a transaction, which stays. */
  send(callable: Callable, args: readonly AbiValue[], call?: Call): Promise<EvmOutcome>;
  /** Calls and forgets what it changed: what was returned in hexadecimal; `null`: it reverts. */
  look(signature: string, args?: readonly AbiValue[], from?: bigint): Promise<string | null>;
  has(signature: string): boolean;
  named(signature: string): Callable | null;
  /** Does something and undoes it. */
  within<T>(work: () => Promise<T>): Promise<T>;
}

export const START_S = 1_760_000_000n;
const BLOCK = 20_000_000n;
/**
 * What stands at every address that the sources name: it answers the questions after an exchange's other parts with itself
 * (`factory()`, `WETH()`, `createPair`, `getPair`), anything else with 1.
 */
const EXCHANGE_CODE = fromHex(
  "5f3560e01c8063c45a0155148163ad5c464814178163c9c653961417" +
    "9063e6a439051417" +
    "801590300201" +
    "5f52600160205260016040526001606052600160805260a05ff3",
);

/** A chain with funded accounts, a token, and something that answers at every address that the sources name. */
export async function populate(machine: Machine, sources: Iterable<string>): Promise<void> {
  for (const actor of ACTORS) {
    await machine.fund(actor, FUNDS);
    const own = codeOf(actor);
    if (own.length > 0) await machine.setCode(actor, own);
  }
  await machine.setCode(TOKEN, TOKEN_CODE);
  const mint = joined([fromHex("40c10f19"), new Uint8Array(12)]);
  for (const actor of ACTORS) {
    const data = joined([
      mint,
      fromHex(actor.toString(16).padStart(40, "0")),
      fromHex(FUNDS.toString(16).padStart(64, "0")),
    ]);
    await machine.send({ from: DEPLOYER, to: TOKEN, data, value: 0n, timestamp: START_S, number: BLOCK });
  }
  for (const source of sources) {
    for (const named of constantsIn(source).addresses) {
      if (named > 0xffffn) await machine.setCode(named, EXCHANGE_CODE);
    }
  }
}

/** Does something, and undoes it where it was of no use. */
export async function keepIf(machine: Machine, work: () => Promise<boolean>): Promise<boolean> {
  await machine.snapshot();
  const isKept = await work();
  await (isKept ? machine.keep() : machine.rollBack());
  return isKept;
}

/** Sends creation code. */
export function deploy(machine: Machine, code: Uint8Array, value: bigint, nowS = START_S): Promise<EvmOutcome> {
  return machine.send({ from: DEPLOYER, to: null, data: code, value, timestamp: nowS, number: BLOCK });
}

export function creationCode({ bytecode, abi }: CompiledContract, args: readonly AbiValue[]): Uint8Array {
  const inputs = abi.find(({ type }) => type === "constructor")?.inputs ?? [];
  return joined([fromHex(bytecode), encode(inputs, args)]);
}

export function callablesOf({ abi, methodIdentifiers }: CompiledContract): readonly Callable[] {
  return abi.flatMap((entry): Callable[] => {
    const signature = signatureOf(entry);
    if (entry.type === "receive") {
      return [{ signature: RECEIVE, abi: { ...entry, name: "receive" }, selector: "", isView: false, isPayable: true }];
    }
    const selector = methodIdentifiers[signature];
    if (entry.type !== "function" || selector === undefined) return [];
    const { stateMutability } = entry;
    const isView = stateMutability === "view" || stateMutability === "pure";
    return [{ signature, abi: entry, selector, isView, isPayable: stateMutability === "payable" }];
  });
}

export function dataOf({ abi, selector }: Callable, args: readonly AbiValue[]): Uint8Array {
  return joined([fromHex(selector), encode(abi.inputs ?? [], args)]);
}

/** The world of a contract that stands at an address. */
export function worldOf(machine: Machine, contract: CompiledContract, address: bigint): TrialWorld {
  const callables = callablesOf(contract);
  const bySignature = new Map(callables.map((each) => [each.signature, each]));
  const world: TrialWorld = {
    contract,
    machine,
    address,
    callables,
    nowS: START_S,
    send(callable, args, { from = DEPLOYER, value = 0n } = {}) {
      const data = dataOf(callable, args);
      return machine.send({ from, to: address, data, value, timestamp: world.nowS, number: BLOCK });
    },
    async look(signature, args = [], from = DEPLOYER) {
      const callable = bySignature.get(signature);
      if (callable === undefined) return null;
      const { ok, data } = await world.within(() => world.send(callable, args, { from }));
      return ok ? data : null;
    },
    has: (signature) => bySignature.has(signature),
    named: (signature) => bySignature.get(signature) ?? null,
    async within(work) {
      await machine.snapshot();
      try {
        return await work();
      } finally {
        await machine.rollBack();
      }
    },
  };
  return world;
}

/** The number in the first word of what was returned; `null` where there is none. */
export function numberIn(data: string | null): bigint | null {
  return data === null || data.length < 64 ? null : BigInt(`0x${data.slice(0, 64)}`);
}
