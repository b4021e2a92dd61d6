import type { Comparison } from "./comparison.ts";
import { refusalOf } from "./revert-data.ts";

/** The reasons for which both refused the same calls. */
export interface Refusals {
  /** Hexadecimal data of the two reverts. */
  note(signature: string, before: string, after: string): void;
  readonly found: Comparison["refusals"];
}

/** `errors`: names of errors by their selectors. */
export function createRefusals(errors: readonly (readonly [string, string])[]): Refusals {
  const names = new Map(errors);
  const found = new Map<string, Map<string, Set<string>>>();
  const reasonIn = (data: string): string => names.get(data.slice(0, 8)) ?? refusalOf(data);
  return {
    found,
    note(signature, before, after) {
      const known = found.get(signature) ?? new Map<string, Set<string>>();
      found.set(signature, known);
      const why = reasonIn(before);
      known.set(why, (known.get(why) ?? new Set()).add(reasonIn(after)));
    },
  };
}
