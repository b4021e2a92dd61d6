import { againstSchema } from "../json-schema/check-answer.ts";
import { notChecked, legacy } from "../../kit/legacy.ts";

/** The answer is JSON and matches the response schema. */
export const schema = legacy({
  name: "schema",
  kind: "gate",
  cap: 0.2,
  maxChars: 2_000_000,
  applies: ({ responseSchema }) => responseSchema !== null,
  async run({ text, responseSchema }) {
    return responseSchema === null ? notChecked("no response schema was given") : againstSchema(responseSchema, text);
  },
});
