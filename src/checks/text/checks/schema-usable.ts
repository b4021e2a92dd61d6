import type { Check } from "../../kit/check.ts";

/** Not a check of an answer: tests in a worker thread, where a slow schema does no harm, whether the schema of a request is usable. */
export const schemaUsable: Check = {
  name: "schema_usable",
  maxChars: 0,
  async run({ criterion }) {
    if (criterion?.kind !== "json_schema") return null;
    const { schemaProblem } = await import("../json-schema/validate.ts");
    const message = schemaProblem(criterion.schema);
    const findings =
      message === null
        ? []
        : [{ rule: "schema/unusable", certainty: "fact" as const, severity: "critical" as const, message }];
    return { findings, evidence: [] };
  },
};
