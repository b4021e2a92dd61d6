/** A variable of one word or less that both contracts keep under the same name. */
export interface SharedVariable {
  readonly name: string;
  readonly before: StoragePlace;
  readonly after: StoragePlace;
}

interface StoragePlace {
  readonly slot: bigint;
  readonly offset: number;
  readonly bytes: number;
}

interface Layout {
  readonly storage?: readonly LayoutEntry[];
  readonly types?: Readonly<Record<string, { readonly label: string; readonly numberOfBytes: string }>> | null;
}

interface LayoutEntry {
  readonly label: string;
  readonly slot: string;
  readonly offset: number;
  readonly type: string;
}

interface Variable extends StoragePlace {
  readonly name: string;
  /** Values of the same kind can be compared, of any widths. */
  readonly kind: string;
}

const MAX_VARIABLES = 24;

/**
 * The variables that both keep in storage under the same name and as the same kind of value, at any slot: an answer may pack, narrow
 * or make them constant. A renamed variable is another variable. Lists, maps and structs are compared by calls only.
 */
export function sharedVariables(before: unknown, after: unknown): readonly SharedVariable[] {
  const now = variablesOf(after);
  const shared = [...variablesOf(before)].flatMap(([name, was]) => {
    const is = now.get(name);
    return is === undefined || is.kind !== was.kind ? [] : [{ name, before: was, after: is }];
  });
  return shared.slice(0, MAX_VARIABLES);
}

export function valueAt(word: bigint, { offset, bytes }: StoragePlace): bigint {
  return (word >> BigInt(offset * 8)) & ((1n << BigInt(bytes * 8)) - 1n);
}

function variablesOf(given: unknown): ReadonlyMap<string, Variable> {
  const { storage = [], types } = (given ?? {}) as Layout;
  const found = new Map<string, Variable>();
  const repeated = new Set<string>();
  for (const { label, slot, offset, type } of storage) {
    if (found.has(label)) repeated.add(label);
    const described = types?.[type];
    const kind = described === undefined ? null : kindOf(described.label);
    if (described === undefined || kind === null) continue;
    found.set(label, { name: label, kind, slot: BigInt(slot), offset, bytes: Number(described.numberOfBytes) });
  }
  for (const name of repeated) found.delete(name);
  return found;
}

function kindOf(type: string): string | null {
  if (/^uint\d*$/.test(type)) return "number";
  if (/^(?:address(?: payable)?|contract [\w$.]+)$/.test(type)) return "address";
  // A narrower signed number has a different bit pattern.
  return /^(?:int\d*|bool|bytes\d+|enum [\w$.]+)$/.test(type) ? type : null;
}
