import { jsonOf } from "../../kit/answer/json.ts";
import { TimeLimitError } from "../../kit/time-limit.ts";

/** Whether the JSON of an answer matches a schema. */
export interface AgainstSchema {
  /** Why the schema cannot be used, or took too long. */
  readonly unusable?: string;
  /** What is wrong with the answer. */
  readonly problems?: readonly string[];
  /** The clause for an answer without problems. */
  readonly matched: string;
}

/** Validates the JSON of an answer against a schema. The validator is loaded with the first schema. */
export async function againstSchema(schema: Readonly<Record<string, unknown>>, text: string): Promise<AgainstSchema> {
  const { schemaProblem, validatorOf } = await import("./validate.ts");
  const matched = "matches the schema";
  const problem = schemaProblem(schema);
  if (problem !== null) return { matched, unusable: `the schema cannot be used: ${problem}` };
  const answer = jsonOf(text);
  if (!answer.ok) return { matched, problems: [answer.problem] };
  try {
    const problems = validatorOf(schema)(answer.value);
    return {
      matched: answer.from === "text" ? matched : "its fenced JSON matches the schema",
      ...(problems === null ? {} : { problems }),
    };
  } catch (error) {
    if (error instanceof TimeLimitError) return { matched, unusable: `the schema's pattern ${error.message}` };
    throw error;
  }
}
