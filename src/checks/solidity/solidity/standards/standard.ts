import type { EvmOutcome } from "../../gas/evm.ts";
import type { TrialWorld } from "../run/world.ts";

export type StandardName = "ERC20" | "ERC721" | "ERC1155" | "ERC4626";

/** One thing that a standard says of a contract, and whether it holds when it is tried. */
export interface Behaviour {
  /** As a clause about the contract: "transfer moves the amount". */
  readonly rule: string;
  /** `null`: it could not be brought about. */
  readonly held: boolean | null;
  /** What was found instead. */
  readonly found?: string;
  /** It lets an account take what belongs to another, or makes something of nothing. */
  readonly isTheft?: true;
}

/** A token standard: what an ABI must have, and how a contract is tried. */
export interface Standard {
  readonly name: StandardName;
  /** As people write it. */
  readonly title: string;
  readonly functions: readonly string[];
  readonly events: readonly string[];
  /** What makes an ABI that standard's, even if other parts are missing. */
  readonly marks: readonly string[];
  tryOut(world: TrialWorld, prices: readonly bigint[]): Promise<readonly Behaviour[]>;
}

export const held = (rule: string): Behaviour => ({ rule, held: true });
export const open = (rule: string): Behaviour => ({ rule, held: null });
export const broken = (rule: string, found: string): Behaviour => ({ rule, held: false, found });
export const theft = (rule: string, found: string): Behaviour => ({ rule, held: false, found, isTheft: true });

export function judged(rule: string, holds: boolean | null, found: string): Behaviour {
  return holds === null ? open(rule) : holds ? held(rule) : broken(rule, found);
}

/** An account as a 32-byte word in hexadecimal. */
export function asWord(value: bigint): string {
  return value.toString(16).padStart(64, "0");
}

/** Whether a call logged an event with this topic that has all of these words in its topics or data. */
export function logs({ logs: all }: EvmOutcome, topic: string, words: readonly bigint[]): boolean {
  return all.some((log) => {
    const [, first, ...rest] = log.split(" ");
    const text = rest.join("");
    return first === topic && words.every((each) => text.includes(asWord(each)));
  });
}

/** Calls by signature; `null` where the contract has no such function. */
export async function sendTo(
  world: TrialWorld,
  signature: string,
  args: readonly (bigint | Uint8Array | readonly bigint[])[],
  from: bigint,
): Promise<EvmOutcome | null> {
  const callable = world.named(signature);
  return callable === null ? null : world.send(callable, args, { from });
}

/** Whether a call neither reverted nor answered `false`. */
export function succeeded(outcome: EvmOutcome | null): boolean {
  return outcome?.ok === true && !/^0{64}$/.test(outcome.data);
}
