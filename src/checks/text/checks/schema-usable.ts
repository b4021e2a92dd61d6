import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";

/** Not a check of an answer: whether a response schema can be used at all, worked out where it can do no harm. */
export const schemaUsable = legacy({
  name: "schema_usable",
  kind: "gate",
  maxChars: 0,
  async run({ responseSchema }) {
    if (responseSchema === null) return notChecked("no response schema was given");
    const { schemaProblem } = await import("../json-schema/validate.ts");
    const problem = schemaProblem(responseSchema);
    return problem === null ? pass("can be used") : fail(problem);
  },
});
