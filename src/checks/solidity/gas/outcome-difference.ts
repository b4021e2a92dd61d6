import { CALL_GAS, type EvmOutcome } from "./evm.ts";
import { refusalOf, revertDataDifference, type CompareOptions } from "./revert-data.ts";

/** A call that needs at most this gas in one of the two and runs out in the other has not merely become more expensive. */
const CHEAP_GAS = CALL_GAS / 4n;
/** A revert may cost this much more: the way to the condition may be longer. */
const MAX_DEARER_REVERT_GAS = 1_000_000n;

/** Whether nothing can be concluded: one of the two ran out of gas, and the other may have needed nearly as much. */
export function isUndecided(before: EvmOutcome, after: EvmOutcome): boolean {
  return before.outOfGas || (after.outOfGas && before.gas > CHEAP_GAS);
}

/** The first difference between two outcomes, in words; `null`: no observable difference. */
export function outcomeDifference(before: EvmOutcome, after: EvmOutcome, options: CompareOptions): string | null {
  if (after.outOfGas && !before.outOfGas && before.gas <= CHEAP_GAS) {
    return `the original ${fate(before)} for ${before.gas} gas, the answer uses up all of its ${CALL_GAS}`;
  }
  if (before.ok !== after.ok) return `the original ${fate(before)}, the answer ${fate(after)}`;
  if (!before.ok) {
    if (after.gas > before.gas + MAX_DEARER_REVERT_GAS) {
      return `the original ${fate(before)} for ${before.gas} gas, the answer for ${after.gas}`;
    }
    const what = revertDataDifference(before.data, after.data, options);
    return what === null ? null : `the original ${fate(before)}, the answer ${what}`;
  }
  if (before.data !== after.data) return `the original returns ${clip(before.data)}, the answer ${clip(after.data)}`;
  const logs = listDifference(before.logs, after.logs, "event");
  return logs ?? listDifference(before.calls, after.calls, "call to another contract");
}

function fate({ ok, data }: EvmOutcome): string {
  if (ok) return "succeeds";
  const text = refusalOf(data);
  if (text === "") return "reverts";
  return `reverts with ${/^(?:panic|error) /.test(text) ? text : JSON.stringify(text)}`;
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
