import { fail, notChecked, pass, type Check } from "../check.ts";
import { jsonOf } from "../json-answer.ts";

/** The answer is JSON and matches the response schema. */
export const schema: Check = {
  name: "schema",
  kind: "gate",
  cap: 0.2,
  maxChars: 2_000_000,
  applies: ({ responseSchema }) => responseSchema !== null,
  async run({ text, responseSchema }) {
    if (responseSchema === null) return notChecked("no response schema was given");
    const { schemaProblem, validatorOf } = await import("../schema.ts");
    const problem = schemaProblem(responseSchema);
    if (problem !== null) return notChecked(`the response schema cannot be used: ${problem}`);
    const answer = jsonOf(text);
    if (!answer.ok) return fail(answer.problem, { repair: answer.problem });
    const problems = validatorOf(responseSchema)(answer.value);
    if (problems !== null) return fail(problems.join("; "), { repair: problems.join("\n") });
    return pass(answer.from === "text" ? "matches the schema" : "the fenced JSON matches the schema");
  },
};
