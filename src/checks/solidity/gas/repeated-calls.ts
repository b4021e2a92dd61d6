import { arrayOf, isList, type AbiValue } from "./abi.ts";
import type { CallVariant } from "./call-variants.ts";
import type { EntryPoint } from "./entries.ts";
import { FINAL } from "./limits.ts";

/** The deployments in which calls are repeated. */
export interface Repeating {
  next(entry: EntryPoint, turn: number): CallVariant;
  /** Whether the call succeeded in the original. */
  perform(entry: EntryPoint, attempt: CallVariant): Promise<boolean>;
  isSpent(): boolean;
  /** Compares the state after the calls. */
  inspect(): Promise<void>;
}

/** More calls than an 8-bit counter can count. */
const OFTEN = 260;
const LOOK_EVERY = 130;
const MOST_FAILURES = 12;

/** Calls each function so often that an 8-bit counter wraps, and with lists of that length. */
export async function repeatCalls(entries: readonly EntryPoint[], world: Repeating): Promise<void> {
  for (const entry of entries) {
    const attempt = world.next(entry, 0);
    const args = lengthened(entry, attempt.args);
    if (args !== null && !world.isSpent()) await world.perform(entry, { ...attempt, args });
  }
  for (const entry of entries.filter(({ isView, signature }) => !isView && !FINAL.test(signature))) {
    let last: CallVariant | null = null;
    let failures = 0;
    for (let done = 0; done < OFTEN && failures < MOST_FAILURES && !world.isSpent();) {
      const fresh: CallVariant = world.next(entry, failures);
      const attempt: CallVariant = last === null || failures > 0 ? fresh : { ...last, timestamp: fresh.timestamp };
      if (await world.perform(entry, attempt)) {
        last = attempt;
        failures = 0;
        done += 1;
        if (done % LOOK_EVERY === 0) await world.inspect();
      } else failures += 1;
    }
    await world.inspect();
  }
}

/** The arguments with every list as long; `null` where there is none. */
function lengthened({ abi }: EntryPoint, args: readonly AbiValue[]): readonly AbiValue[] | null {
  const inputs = abi.inputs ?? [];
  if (!inputs.some((each) => arrayOf(each)?.length === null)) return null;
  return args.map((value, at) => {
    const input = inputs[at];
    if (input === undefined || arrayOf(input)?.length !== null || !isList(value)) return value;
    return Array.from({ length: OFTEN }, (_, index) => value[index % value.length] ?? 0n);
  });
}
