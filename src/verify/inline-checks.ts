import type { Check } from "../checks/kit/check.ts";
import { codePresent } from "../checks/text/checks/code-present.ts";
import { fencesClosed } from "../checks/text/checks/fences-closed.ts";
import { jsonAsked } from "../checks/text/checks/json-asked.ts";
import { labelsAllowed } from "../checks/text/checks/labels-allowed.ts";
import { lengthAsked } from "../checks/text/checks/length-asked.ts";
import { notDegenerate } from "../checks/text/checks/not-degenerate.ts";
import { notEmpty } from "../checks/text/checks/not-empty.ts";
import { notRefusal } from "../checks/text/checks/not-refusal.ts";
import { onTopic } from "../checks/text/checks/on-topic.ts";
import { proseEnds } from "../checks/text/checks/prose-ends.ts";
import { summaryForm } from "../checks/text/checks/summary-form.ts";
import { translationForm } from "../checks/text/checks/translation-form.ts";

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
  const { ownTest } = await import("../checks/text/checks/own-test.ts");
  const { acceptPage } = await import("../checks/web/accept-page.ts");
  const { pageInBrowser } = await import("../checks/web/page-in-browser.ts");
  return new Map([ownTest, acceptPage, pageInBrowser].map((check) => [check.name, check]));
}
