import { fail, failToMend, notChecked, pass, type LegacyOutcome } from "../../kit/legacy.ts";
import { jsonOf } from "../../kit/answer/json.ts";

/** Holds the JSON of an answer against a schema. The validator is loaded with the first schema. */
export async function againstSchema(schema: Readonly<Record<string, unknown>>, text: string): Promise<LegacyOutcome> {
  const { schemaProblem, validatorOf } = await import("./validate.ts");
  const problem = schemaProblem(schema);
  if (problem !== null) return notChecked(`the response schema cannot be used: ${problem}`);
  const answer = jsonOf(text);
  if (!answer.ok) return failToMend(answer.problem);
  const problems = validatorOf(schema)(answer.value);
  if (problems !== null) return fail(problems.join("; "), { repair: problems.join("\n") });
  return pass(answer.from === "text" ? "matches the schema" : "the fenced JSON matches the schema");
}
