import type { ComparedPair, Machine, Message, EvmOutcome } from "./evm.ts";
import { isUndecided, outcomeDifference } from "./outcome-difference.ts";
import type { CompareOptions } from "./revert-data.ts";
import { ACTORS, CALLS_BACK, callingBack, codeOf, FUNDS } from "./actors.ts";

/** Two equal EVMs: one with the original deployed, one with the answer. */
export interface Twins {
  readonly address: bigint;
  send(message: Omit<Message, "to">): Promise<Both>;
  /** The comparisons that the two made since the last call of this method; those that only the answer made come last. */
  takeCompared: Machine["takeCompared"];
  readonly deployment: Both;
  /** A word of the storage of each. */
  storageAt(before: bigint, after: bigint): Promise<readonly [bigint, bigint]>;
}

export interface Both {
  readonly before: EvmOutcome;
  readonly after: EvmOutcome;
  /** The first difference, in words; `null`: no observable difference. */
  readonly difference: string | null;
  /** Whether nothing can be concluded because one of them ran out of gas. */
  readonly isUndecided: boolean;
}

export type DeployedTwins = { readonly twins: Twins } | { readonly failed: Both };

/** Deploys both. Fails when the original cannot be deployed with these arguments. */
export async function deployTwins(
  make: () => Promise<Machine>,
  code: { readonly before: Uint8Array; readonly after: Uint8Array },
  message: Omit<Message, "to" | "data">,
  options: CompareOptions,
): Promise<DeployedTwins & { readonly compared: readonly ComparedPair[] }> {
  const machines = await Promise.all([make(), make()]);
  const [one, other] = machines;
  for (const machine of machines) {
    for (const actor of ACTORS) {
      await machine.fund(actor, FUNDS);
      const own = codeOf(actor);
      if (own.length > 0) await machine.setCode(actor, own);
    }
  }
  const before = await one.send({ ...message, to: null, data: code.before });
  const after = await other.send({ ...message, to: null, data: code.after });
  const address = before.created ?? after.created;
  const compared = one.takeCompared();
  const undecided = before.outOfGas || after.outOfGas;
  if (address === null || !before.ok) {
    const difference = undecided ? null : outcomeDifference({ ...before, data: "" }, { ...after, data: "" }, options);
    return { failed: { before, after, difference, isUndecided: undecided }, compared };
  }
  const difference = await differenceOf({ ...before, data: "" }, { ...after, data: "" }, address);
  async function differenceOf(a: EvmOutcome, b: EvmOutcome, self: bigint): Promise<string | null> {
    return outcomeDifference(a, b, options) ?? (await balanceDifference(one, other, self));
  }
  const twins: Twins = {
    address,
    deployment: { before, after, difference, isUndecided: undecided },
    storageAt: (was, is) => Promise.all([one.storageAt(address, was), other.storageAt(address, is)]),
    takeCompared: () => {
      const [was, is] = [one.takeCompared(), other.takeCompared()];
      const known = new Set(was.map(String));
      return [...was, ...is.filter((each) => !known.has(String(each)))];
    },
    async send(call) {
      if (call.from === CALLS_BACK) {
        for (const machine of machines) await machine.setCode(CALLS_BACK, callingBack(call.data));
      }
      const a = await one.send({ ...call, to: address });
      const b = await other.send({ ...call, to: address });
      const undecided = isUndecided(a, b);
      return {
        before: a,
        after: b,
        isUndecided: undecided,
        difference: undecided ? null : await differenceOf(a, b, address),
      };
    },
  };
  return { twins, compared };
}

async function balanceDifference(one: Machine, other: Machine, self: bigint): Promise<string | null> {
  for (const actor of [self, ...ACTORS]) {
    const [a, b] = [await one.balanceOf(actor), await other.balanceOf(actor)];
    if (a !== b)
      return `afterwards ${actor === self ? "the contract" : "an account"} has ${a} wei in the original, ${b} in the answer`;
  }
  return null;
}
