import type { PromptValue } from "../values/value.ts";

/** The one function that examples without a call are about. */
export interface Wanted {
  readonly name: string;
  /** `null`: the prompt does not show them. */
  readonly parameters: readonly string[] | null;
}

/** Arguments of the function, and what it comes to. */
export interface Pair {
  readonly values: readonly PromptValue[];
  readonly expected: PromptValue;
}
