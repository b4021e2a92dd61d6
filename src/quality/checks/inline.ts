import type { Check } from "../check.ts";
import { codePresent } from "./code-present.ts";
import { fencesClosed } from "./fences-closed.ts";
import { jsonAsked } from "./json-asked.ts";
import { labelsAllowed } from "./labels-allowed.ts";
import { lengthAsked } from "./length-asked.ts";
import { notDegenerate } from "./not-degenerate.ts";
import { notEmpty } from "./not-empty.ts";
import { notRefusal } from "./not-refusal.ts";
import { onTopic } from "./on-topic.ts";
import { proseEnds } from "./prose-ends.ts";
import { summaryForm } from "./summary-form.ts";
import { translationForm } from "./translation-form.ts";

const SCANS = [notEmpty, notRefusal, notDegenerate, fencesClosed, codePresent] as const;
/** Of the tasks that ask for words. */
const OF_WORDS = [labelsAllowed, jsonAsked, lengthAsked, proseEnds, onTopic, summaryForm, translationForm] as const;

/** The checks that only scan: cheap enough, below a size, for the thread that serves requests. */
export const INLINE_CHECKS: ReadonlyMap<string, Check> = new Map(
  [...SCANS, ...OF_WORDS].map((check): [string, Check] => [check.name, check]),
);

/**
 * Up to so many characters of answer and request together. The slowest of the checks above took 112 ms for the worst 50,000
 * characters on a busy machine, and no check here may hold everybody else for 50.
 */
export const INLINE_MAX_CHARS = 16_000;

/** The gates that hold for every task to which they apply. They weigh nothing. */
export const UNIVERSAL_CHECKS: readonly string[] = SCANS.map(({ name }) => name);

/** The checks that wait for a program elsewhere. */
export async function MAIN_CHECKS(): Promise<ReadonlyMap<string, Check>> {
  const { ownTest } = await import("./own-test.ts");
  return new Map([[ownTest.name, ownTest]]);
}
