/** Gas before and after, averaged over the same successful calls. */
export interface GasRow {
  readonly signature: string;
  readonly isView: boolean;
  readonly calls: number;
  readonly before: number;
  readonly after: number;
  /** Negative: it costs more than the original. */
  readonly savedPercent: number;
}

export interface GasTable {
  readonly functions: readonly GasRow[];
  readonly deployment: { readonly before: number; readonly after: number; readonly savedPercent: number } | null;
}

export interface Meter {
  call(signature: string, isView: boolean, before: bigint, after: bigint): void;
  deploy(before: bigint, after: bigint): void;
  table(): GasTable;
}

export function createMeter(): Meter {
  const sums = new Map<string, { isView: boolean; calls: number; before: bigint; after: bigint }>();
  const deployed = { count: 0n, before: 0n, after: 0n };
  return {
    call(signature, isView, before, after) {
      const sum = sums.get(signature) ?? { isView, calls: 0, before: 0n, after: 0n };
      sums.set(signature, { isView, calls: sum.calls + 1, before: sum.before + before, after: sum.after + after });
    },
    deploy(before, after) {
      deployed.count += 1n;
      deployed.before += before;
      deployed.after += after;
    },
    table() {
      const functions = [...sums].map(([signature, { isView, calls, before, after }]) => ({
        signature,
        isView,
        calls,
        before: Math.round(Number(before) / calls),
        after: Math.round(Number(after) / calls),
        savedPercent: percent(Number(before), Number(after)),
      }));
      if (deployed.count === 0n) return { functions, deployment: null };
      const [before, after] = [Number(deployed.before / deployed.count), Number(deployed.after / deployed.count)];
      return { functions, deployment: { before, after, savedPercent: percent(before, after) } };
    },
  };
}

/** To two digits. */
export function percent(before: number, after: number): number {
  return before === 0 ? 0 : Math.round(((before - after) / before) * 10_000) / 100;
}
