import type { Criterion } from "./criterion.ts";

/** A file that the caller hands over with the prompt. */
export interface ContextFile {
  readonly path: string;
  readonly content: string;
  /** Anything more that the caller says about the file. */
  readonly notes?: Readonly<Record<string, unknown>>;
}

/** What the caller knows beyond the prompt, sorted into what the model's API has a place for and what is rendered as text. */
export interface Context {
  readonly system: string | null;
  readonly files: readonly ContextFile[];
  /** Every other key, in the caller's order; `tests` too, so that the model knows what its answer will be checked for. */
  readonly notes: readonly { readonly key: string; readonly value: unknown }[];
  /** `context.tests`, read: the older name of `accept`. */
  readonly tests: readonly Criterion[];
}
