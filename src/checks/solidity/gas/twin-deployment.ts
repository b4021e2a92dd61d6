import type { Compared, Machine, Message, Outcome } from "./evm.ts";
import { ACTORS, CALLS_BACK, callingBack, codeOf, FUNDS } from "./actors.ts";

/** The same world twice: one with the original, one with the answer. */
export interface Rig {
  readonly address: bigint;
  send(message: Omit<Message, "to">): Promise<Both>;
  /** What the two have compared since the last call of this; what only the answer has comes last. */
  takeCompared: Machine["takeCompared"];
  readonly deployment: Both;
}

export interface Both {
  readonly before: Outcome;
  readonly after: Outcome;
  /** The first thing that differs, in words; `null`: nothing that can be seen. */
  readonly difference: string | null;
  /** Whether nothing can be concluded since one of them ran out of gas. */
  readonly isUndecided: boolean;
}

export interface CompareOptions {
  /** Whether the data of a revert counts. */
  readonly exactReverts: boolean;
}

export type Deployed = { readonly rig: Rig } | { readonly failed: Both };

/** Deploys both. Fails when the original cannot be deployed with these arguments. */
export async function createRig(
  make: () => Promise<Machine>,
  code: { readonly before: Uint8Array; readonly after: Uint8Array },
  message: Omit<Message, "to" | "data">,
  options: CompareOptions,
): Promise<Deployed & { readonly compared: readonly Compared[] }> {
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
  const isUndecided = before.outOfGas || after.outOfGas;
  if (address === null || !before.ok) {
    const difference = isUndecided ? null : outcomeDifference({ ...before, data: "" }, { ...after, data: "" }, options);
    return { failed: { before, after, difference, isUndecided }, compared };
  }
  const difference = await differenceOf({ ...before, data: "" }, { ...after, data: "" }, address);
  async function differenceOf(a: Outcome, b: Outcome, self: bigint): Promise<string | null> {
    return outcomeDifference(a, b, options) ?? (await balanceDifference(one, other, self));
  }
  const rig: Rig = {
    address,
    deployment: { before, after, difference, isUndecided },
    takeCompared: () => {
      const [was, is] = [one.takeCompared(), other.takeCompared()];
      const known = new Set(was.map(String));
      return [...was, ...is.filter((each) => !known.has(String(each)))];
    },
    async send(wanted) {
      if (wanted.from === CALLS_BACK) {
        for (const machine of machines) await machine.setCode(CALLS_BACK, callingBack(wanted.data));
      }
      const a = await one.send({ ...wanted, to: address });
      const b = await other.send({ ...wanted, to: address });
      const undecided = a.outOfGas || b.outOfGas;
      return {
        before: a,
        after: b,
        isUndecided: undecided,
        difference: undecided ? null : await differenceOf(a, b, address),
      };
    },
  };
  return { rig, compared };
}

function outcomeDifference(before: Outcome, after: Outcome, { exactReverts }: CompareOptions): string | null {
  if (before.ok !== after.ok) return `the original ${fate(before)}, the answer ${fate(after)}`;
  if (!before.ok && !exactReverts) return null;
  if (before.data !== after.data) {
    return before.ok
      ? `the original returns ${clip(before.data)}, the answer ${clip(after.data)}`
      : `the original ${fate(before)}, the answer ${fate(after)}`;
  }
  const logs = listDifference(before.logs, after.logs, "event");
  return logs ?? listDifference(before.calls, after.calls, "call to another contract");
}

function fate({ ok, data }: Outcome): string {
  return ok ? "succeeds" : `reverts${reasonOf(data)}`;
}

function reasonOf(data: string): string {
  const text = refusalOf(data);
  return text === ""
    ? ""
    : ` with ${text.startsWith("panic ") || text.startsWith("error ") ? text : JSON.stringify(text)}`;
}

/** The text of a `require`, `panic 0x11`, `error 0x…`, or nothing. */
export function refusalOf(data: string): string {
  if (data.startsWith("08c379a0")) {
    const length = Number(BigInt(`0x${data.slice(72, 136) || "0"}`) & 0xffffn);
    return Buffer.from(data.slice(136, 136 + length * 2), "hex").toString("utf8");
  }
  if (data.startsWith("4e487b71")) return `panic 0x${data.slice(-2)}`;
  return data === "" ? "" : `error 0x${data.slice(0, 8)}`;
}

function listDifference(before: readonly string[], after: readonly string[], what: string): string | null {
  if (before.length !== after.length) {
    return `the original makes ${count(before.length, what)}, the answer ${count(after.length, what)}`;
  }
  const at = before.findIndex((each, index) => each !== after[index]);
  if (at === -1) return null;
  const [was, is] = [before[at] ?? "", after[at] ?? ""];
  // The word in which they differ.
  const same = was.split("").findIndex((char, index) => char !== is[index]);
  const from = Math.max(0, same - (same % 64));
  return `${what} ${at + 1} differs: …${clip(is.slice(from))} instead of …${clip(was.slice(from))}`;
}

function count(number: number, what: string): string {
  if (number === 1) return `1 ${what}`;
  return what === "event" ? `${number} events` : `${number} calls to other contracts`;
}

function clip(text: string): string {
  const short = /^(?:0{48})[0-9a-f]{16}$/.test(text) ? BigInt(`0x${text}`).toString() : text;
  if (short === "") return "nothing";
  return short.length > 160 ? `${short.slice(0, 160)}…` : short;
}

async function balanceDifference(one: Machine, other: Machine, self: bigint): Promise<string | null> {
  for (const actor of [self, ...ACTORS]) {
    const [a, b] = [await one.balanceOf(actor), await other.balanceOf(actor)];
    if (a !== b)
      return `afterwards ${actor === self ? "the contract" : "an account"} has ${a} wei in the original, ${b} in the answer`;
  }
  return null;
}
