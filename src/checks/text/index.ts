import type { Check } from "../kit/check.ts";
import { callerTests } from "./checks/caller-tests.ts";
import { codePresent } from "./checks/code-present.ts";
import { fencesClosed } from "./checks/fences-closed.ts";
import { jsonAsked } from "./checks/json-asked.ts";
import { labelsAllowed } from "./checks/labels-allowed.ts";
import { lengthAsked } from "./checks/length-asked.ts";
import { notDegenerate } from "./checks/not-degenerate.ts";
import { notEmpty } from "./checks/not-empty.ts";
import { notRefusal } from "./checks/not-refusal.ts";
import { onTopic } from "./checks/on-topic.ts";
import { ownTest } from "./checks/own-test.ts";
import { proseEnds } from "./checks/prose-ends.ts";
import { schemaUsable } from "./checks/schema-usable.ts";
import { schema } from "./checks/schema.ts";
import { summaryForm } from "./checks/summary-form.ts";
import { translationForm } from "./checks/translation-form.ts";
import { valuesGrounded } from "./checks/values-grounded.ts";

/** The checks of this room. */
export const TEXT_CHECKS: readonly Check[] = [
  callerTests,
  codePresent,
  fencesClosed,
  jsonAsked,
  labelsAllowed,
  lengthAsked,
  notDegenerate,
  notEmpty,
  notRefusal,
  onTopic,
  ownTest,
  proseEnds,
  schemaUsable,
  schema,
  summaryForm,
  translationForm,
  valuesGrounded,
];
