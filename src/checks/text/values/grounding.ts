import type { DateForm } from "./date-form.ts";
import type { Source } from "./source.ts";

/**
 * `grounded`: it stands in the source. `follows`: the schema or the rest of the request brings it along (a default, a chosen word,
 * yes or no, "nothing"), which neither proves nor hinders. `open`: derived, reworded, worked out: it cannot be looked up.
 * `invented`: it stands nowhere in the request and can come of nothing in it.
 */
export type Grounding = "grounded" | "follows" | "open" | "invented";

export interface GroundingTexts {
  /** The text that values are taken from. */
  readonly source: Source;
  /** Everything that the model was given, the schema too. */
  readonly all: Source;
  /** What is asked for, without the text. */
  readonly instruction: string;
  /** The required date format; `null`: any. */
  readonly dateForm: DateForm | null;
}
