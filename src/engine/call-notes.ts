import type { CallOutcome } from "../core/attempt.ts";
import type { Candidate } from "../core/planning.ts";

/** What the receipt says of a call beside its figures. */
export function callNotes(candidate: Candidate, called: CallOutcome): readonly string[] {
  const instead = called.cost.exact ? "" : "; the cost is booked as an estimate";
  const doubts = called.doubts.map((doubt) => `the endpoint of ${candidate.model.id} ${doubt}${instead}`);
  return [...doubts, ...schemaNotes(candidate, called), ...tierNotes(candidate, called)];
}

function schemaNotes({ model, nativeSchema }: Candidate, { schemaRefusal }: CallOutcome): readonly string[] {
  const inPrompt = `${model.id} was given the schema of its answer in the prompt alone`;
  if (nativeSchema?.ok === false) return [`${inPrompt}: its vendor's form cannot say ${nativeSchema.reason}`];
  return schemaRefusal === null ? [] : [`${inPrompt}: its vendor refused it ("${schemaRefusal}")`];
}

/** Nothing of a call that was billed nothing because it failed. */
function tierNotes({ model, tier: asked }: Candidate, { flexRefusal, cost, result }: CallOutcome): readonly string[] {
  if (asked !== "flex") return [];
  if (flexRefusal !== null)
    return [`${model.id} was asked at the standard price: its flex tier had no room ("${flexRefusal}")`];
  if (cost.tier === "flex") return [`${model.id} was served at the price of its flex tier`];
  return result.ok
    ? [`${model.id} is booked at the standard price: its vendor did not say that it served the flex tier`]
    : [];
}
