import { againstSchema } from "../against-schema.ts";
import { notChecked, type Check } from "../check.ts";

/** The answer is JSON and matches the response schema. */
export const schema: Check = {
  name: "schema",
  kind: "gate",
  cap: 0.2,
  maxChars: 2_000_000,
  applies: ({ responseSchema }) => responseSchema !== null,
  async run({ text, responseSchema }) {
    return responseSchema === null ? notChecked("no response schema was given") : againstSchema(responseSchema, text);
  },
};
