import type { Check } from "../kit/check.ts";
import { aboutSource } from "./checks/about-source.ts";
import { acceptText } from "./checks/accept-text.ts";
import { labels } from "./checks/labels.ts";
import { ownTest } from "./checks/own-test.ts";
import { schema } from "./checks/schema.ts";
import { text } from "./checks/text.ts";
import { values } from "./checks/values.ts";

/** The checks of this room. */
export const TEXT_CHECKS: readonly Check[] = [text, schema, values, labels, aboutSource, acceptText, ownTest];
