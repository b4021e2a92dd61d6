import { createHash } from "node:crypto";
import type { CheckResult } from "../../checks/kit/check-result.ts";
import type { Criterion } from "../../checks/kit/criterion.ts";
import { testsSchema } from "../../core/tests-schema.ts";
import { testWriterFor } from "../../core/evidence.ts";
import type { Model, ProviderId } from "../../core/model.ts";
import type { Request } from "../../core/request.ts";
import {
  noTestsRow,
  parseWrittenTests,
  testableKinds,
  testWriterPrompt,
  TESTS_OUTPUT_TOKENS,
  writtenTestsRow,
  type WrittenTests,
} from "../../core/written-tests.ts";
import type { RequestContext } from "../request-context.ts";
import { verifyInTime } from "../verify.ts";
import { askForEvidence, type AnswerInQuestion } from "./ask.ts";
import { precisionOf } from "./precision.ts";

/** Holds an answer against tests that a model of another provider wrote from the prompt, which never saw the answer. */
export async function tested(
  about: AnswerInQuestion,
  verifyMs: () => number,
  context: RequestContext,
): Promise<CheckResult> {
  const { request, deps } = context;
  if (testableKinds(request.task).length === 0)
    return noTestsRow(`answers of task ${request.task.id} cannot be tested by machine`);
  const { provider: own } = about.started.candidate.model;
  const writer = testWriterFor(own, request, context.snapshot);
  if (writer === undefined)
    return noTestsRow(`there is no model of another provider than ${own} that could write tests`);
  const tests = await testsOf(writer, about, context);
  if (typeof tests === "string") return noTestsRow(tests);
  const { criteria } = tests;
  // The tests alone: the other checks have been made.
  const only: Request = { ...request, accept: criteria, responseSchema: null, task: { ...request.task, checks: [] } };
  const { signal } = about.started;
  const verdict = await verifyInTime(about.text, only, verifyMs(), signal, deps.verifier, deps.clock);
  const results = verdict.checks.filter(({ criterion }) => criterion === true);
  if (results.length < criteria.length) return noTestsRow("there was no time to run the tests");
  return writtenTestsRow(tests.writer, results, precisionOf("written_tests", [tests.writer], context).words);
}

/** The tests for the request: those that are kept for its prompt, else written now. A text says why there are none. */
async function testsOf(
  writer: Model,
  about: AnswerInQuestion,
  context: RequestContext,
): Promise<WrittenTests | string> {
  const kept = context.deps.writtenTests.get(keyOf(writer, context.request));
  if (kept !== undefined) return kept.value ?? UNUSABLE;
  // Asked once in a request: a repair, a fallback or an answer beside this one must not pay again, not even for a failure.
  const asked = context.testsBy.get(writer.id) ?? written(writer, about, context);
  context.testsBy.set(writer.id, asked);
  return asked;
}

async function written(
  writer: Model,
  about: AnswerInQuestion,
  context: RequestContext,
): Promise<WrittenTests | string> {
  const { request, deps } = context;
  const rendered = testWriterPrompt(request, deps.ids.next());
  const answer = await askForEvidence(
    {
      model: writer,
      role: "tests",
      stage: "writing_tests",
      request: {
        ...request,
        rendered,
        responseSchema: testsSchema(request.task),
        maxOutputTokens: TESTS_OUTPUT_TOKENS,
      },
      // What cannot be used was an answer all the same: it is kept as such.
      read: (text) => ({ criteria: parseWrittenTests(text, request) }),
      form: "tests",
    },
    about,
    context,
  );
  if (!answer.ok) return answer.reason;
  const { criteria } = answer.value;
  const tests = criteria === null ? null : { writer: writer.id, provider: writer.provider, criteria };
  deps.writtenTests.set(keyOf(writer, request), tests);
  return tests ?? UNUSABLE;
}

const UNUSABLE = "fewer than two of the tests that were written for it can be used";

/** The tests that were written for the request already, for an answer of this provider. */
export function keptTests(own: ProviderId, { request, deps, snapshot }: RequestContext): readonly Criterion[] {
  const writer = testWriterFor(own, request, snapshot);
  return writer === undefined ? [] : (deps.writtenTests.get(keyOf(writer, request))?.value?.criteria ?? []);
}

/** One caller's prompts never decide what another's are tested by. */
function keyOf(writer: Model, { principal, task, rendered }: Request): string {
  return createHash("sha256")
    .update(JSON.stringify([principal, task.id, writer.id, rendered.system, rendered.user]))
    .digest("hex");
}
