import type { CallOutcome } from "../core/attempt.ts";
import type { Candidate } from "../core/planning.ts";

/** What the receipt says of a call beside its figures. */
export function callNotes({ model, nativeSchema }: Candidate, called: CallOutcome): readonly string[] {
  const instead = called.cost.exact ? "" : "; the cost is booked as an estimate";
  const doubts = called.doubts.map((doubt) => `the endpoint of ${model.id} ${doubt}${instead}`);
  const inPrompt = `${model.id} was given the schema of its answer in the prompt alone`;
  if (nativeSchema?.ok === false)
    return [...doubts, `${inPrompt}: its vendor's form cannot say ${nativeSchema.reason}`];
  const refusal = called.schemaRefusal;
  return refusal === null ? doubts : [...doubts, `${inPrompt}: its vendor refused it ("${refusal}")`];
}
