import type { GasTable } from "./gas-meter.ts";

/** The result of running the original and the answer side by side. */
export interface Comparison {
  readonly contract: string;
  /** Functions of the original that succeeded at least once. */
  readonly reached: readonly string[];
  readonly unreached: readonly string[];
  readonly calls: number;
  /** By signature: each reason for which the original refused a call, with the reasons that the answer gave for the same call. */
  readonly refusals: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
  readonly divergence: Divergence | null;
  readonly gas: GasTable;
  /** Why nothing was run. */
  readonly obstacle: string | null;
}

export interface Divergence {
  readonly signature: string;
  readonly difference: string;
  /** The calls that lead to it; in the last one the two differ. */
  readonly steps: readonly string[];
}

/** What a comparison needs besides the two contracts. */
export interface CompareSetting {
  /** This pair's share of the calls that all pairs may use. */
  readonly share: number;
  /** Names of the errors by their selectors. */
  readonly errors: readonly (readonly [string, string])[];
  /** The source of the answer. */
  readonly answer: string;
  /** Whether one of them counts in 8-bit numbers, which wrap after 256 steps. */
  readonly countsInBytes: boolean;
}
