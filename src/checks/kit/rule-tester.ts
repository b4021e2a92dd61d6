import type { Check, Subject } from "./check.ts";
import type { Finding } from "./check-result.ts";
import type { Example } from "./rule.ts";

/** What a check finds in an example of one of its rules. Throws when the example could not be checked. */
export async function findingsIn(check: Check, example: Example): Promise<readonly Finding[]> {
  const { taskId = "example", prompt = "", answer, files = [], responseSchema = null } = example;
  const subject: Subject = {
    text: answer,
    taskId,
    checks: [check.name],
    prompt,
    context: { system: null, files, notes: [], tests: [] },
    files,
    notes: [],
    responseSchema,
    criterion: null,
  };
  if (check.applies?.(subject) === false) return [];
  const outcome = await check.run(subject, new AbortController().signal);
  if (outcome?.unmade !== undefined) throw new Error(`${check.name} could not check an example: ${outcome.unmade}`);
  return outcome?.findings ?? [];
}
