import { defineRule } from "../../kit/rule.ts";
import { ruleCheck } from "../../kit/rule-check.ts";
import { againstSchema, type AgainstSchema } from "../json-schema/check-answer.ts";

const PERSON = { type: "object", properties: { age: { type: "integer" } }, required: ["age"] } as const;

const violated = defineRule<AgainstSchema>({
  id: "schema/violated",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The answer is no JSON, or its JSON does not match the response schema.",
    why: "The program that reads it fails.",
    references: ["https://json-schema.org/draft/2020-12"],
  },
  good: [
    { responseSchema: PERSON, answer: '{"age": 42}' },
    { responseSchema: PERSON, answer: 'Here it is:\n```json\n{"age": 42}\n```' },
    { responseSchema: { type: "array" }, answer: "[]" },
  ],
  bad: [
    { responseSchema: PERSON, answer: '{"age": "42"}' },
    { responseSchema: PERSON, answer: '{"age": 42' },
  ],
  run: ({ problems = [] }) => problems.map((problem) => ({ message: problem })),
});

/** The answer is JSON and matches the response schema. That proves its form and nothing else. */
export const schema = ruleCheck<AgainstSchema>({
  name: "schema",
  maxChars: 2_000_000,
  applies: ({ responseSchema }) => responseSchema !== null,
  async read({ text, responseSchema }) {
    const result = await againstSchema(responseSchema ?? {}, text);
    return result.unusable === undefined ? { input: result } : { unmade: result.unusable };
  },
  rules: [violated],
  conclude: ({ matched, problems }) => (problems === undefined ? { looked: matched } : {}),
});
