import type { GasTable } from "./gas-meter.ts";

/** What came of running the original and the answer side by side. */
export interface Comparison {
  readonly contract: string;
  /** Functions that have succeeded in the original at least once, of all. */
  readonly reached: readonly string[];
  readonly unreached: readonly string[];
  readonly calls: number;
  /** By signature: the reasons for which the original refused calls, and those for which the answer refused the same. */
  readonly refusals: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
  readonly divergence: Divergence | null;
  readonly gas: GasTable;
  /** Why nothing was run. */
  readonly obstacle: string | null;
}

export interface Divergence {
  readonly signature: string;
  readonly difference: string;
  /** The calls that lead to it, the last one being that in which they differ. */
  readonly steps: readonly string[];
}

/** What a comparison needs besides the two contracts. */
export interface CompareSetting {
  /** Of the calls that all pairs may take. */
  readonly share: number;
  /** Names of the errors by their selectors. */
  readonly errors: readonly (readonly [string, string])[];
  /** The source of the answer. */
  readonly answer: string;
  /** Whether either counts in numbers of eight bits, which begin again after 256 steps. */
  readonly countsInBytes: boolean;
}
