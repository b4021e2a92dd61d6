import type { EvmAbiEntry, AbiValue } from "./abi.ts";
import { isList } from "./abi.ts";
import { PEOPLE } from "./actors.ts";
import type { CallVariant } from "./call-variants.ts";
import { MAX_KEY, MAX_SEEN, MAX_USED } from "./limits.ts";
import { leavesOf, replaced, type Pool } from "./random-arguments.ts";
import type { Random } from "./random.ts";

/** What is remembered of the calls on one deployment, for later calls to use. */
export interface Memory {
  /** After a new deployment. */
  forget(): void;
  /** Words that were returned or logged. */
  look(data: string): void;
  /** A call that changed something, and what it returned. */
  keep(entry: EvmAbiEntry, attempt: CallVariant, returned: string): void;
  /** Small numbers of earlier calls: the keys of mappings. */
  key(): bigint | undefined;
  pool(self: bigint, nowS: bigint): Pool;
  /** The call as a follow-up to an earlier one: by an account named in it, or by its caller with its result. `null`: no follow-up. */
  takenUp(abi: EvmAbiEntry, args: readonly AbiValue[], random: Random): Partial<CallVariant> | null;
  /** What to restore after a call that only looks. */
  seen(): readonly bigint[];
  recall(seen: readonly bigint[]): void;
}

const MAX_PARTIES = 8;
const MAX_TEXTS = 6;

/** A call that an account made, and the number (such as an id) by which later calls may refer to it. */
interface Deed {
  readonly types: readonly string[];
  readonly attempt: CallVariant;
  readonly made: bigint | null;
}

export function createMemory(numbers: readonly bigint[], addresses: readonly bigint[]): Memory {
  let seen: readonly bigint[] = [];
  let used: readonly bigint[] = [];
  let texts: readonly Uint8Array[] = [];
  let parties: readonly { readonly by: bigint; readonly named: bigint }[] = [];
  let deeds: readonly Deed[] = [];
  return {
    forget() {
      [seen, used, texts, parties, deeds] = [[], [], [], [], []];
    },
    look(data) {
      const words = data.match(/[0-9a-f]{64}/g) ?? [];
      seen = [...new Set([...words.slice(0, 4).map((each) => BigInt(`0x${each}`)), ...seen])].slice(0, MAX_SEEN);
    },
    keep({ inputs = [] }, attempt, returned) {
      const { args, from } = attempt;
      const leaves = leavesOf(args).filter(({ isLength }) => !isLength);
      used = [...new Set([...leaves.map(({ value }) => value), from, ...used])].slice(0, MAX_USED);
      texts = [...textsIn(args), ...texts].slice(0, MAX_TEXTS);
      const named = leaves.find(({ value }) => value !== from && PEOPLE.includes(value))?.value;
      if (named !== undefined) parties = [{ by: from, named }, ...parties].slice(0, MAX_PARTIES);
      const word =
        returned.length === 64 ? BigInt(`0x${returned}`) : leaves.find(({ value }) => value < MAX_KEY)?.value;
      const made = word !== undefined && word < MAX_KEY ? word : null;
      deeds = [{ types: inputs.map(({ type }) => type), attempt, made }, ...deeds].slice(0, MAX_PARTIES);
    },
    key: () => used.find((each) => each < MAX_KEY),
    pool: (self, nowS) => ({ constants: numbers, addresses, seen, used, texts, self, nowS }),
    takenUp({ inputs = [] }, args, random) {
      const at = (type: RegExp): number => inputs.findIndex((each) => type.test(each.type));
      const put = (place: number, value: bigint): readonly AbiValue[] =>
        place === -1 ? args : replaced(args, [place], value);
      // The account that registered may renew, the account that staked may withdraw: with the same arguments where they fit.
      const fits = ({ types }: Deed): boolean =>
        inputs.length > 0 && inputs.every(({ type }, place) => types[place] === type);
      const alike = random.chance(0.2) ? random.any(deeds.filter(fits)) : null;
      if (alike !== null) return { ...alike.attempt, args: alike.attempt.args.slice(0, inputs.length) };
      const deed = random.chance(0.15) ? random.any(deeds) : null;
      if (deed !== null)
        return { args: deed.made === null ? args : put(at(/^uint/), deed.made), from: deed.attempt.from };
      const party = random.chance(0.35) ? random.any(parties) : null;
      // An account named in a call now acts, mostly on the caller: spenders, delegates, new owners.
      return party === null ? null : { args: put(at(/^address$/), party.by), from: party.named };
    },
    seen: () => seen,
    recall(earlier) {
      seen = earlier;
    },
  };
}

function textsIn(values: readonly AbiValue[]): readonly Uint8Array[] {
  return values.flatMap((value) => (value instanceof Uint8Array ? [value] : isList(value) ? textsIn(value) : []));
}
