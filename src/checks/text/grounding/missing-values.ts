import type { Subject } from "../../kit/check.ts";
import { splitPrompt } from "../text/split-prompt.ts";
import { sourceTexts } from "../text/source-text.ts";
import { isAbsent } from "./match-value.ts";
import type { Leaf } from "./leaves.ts";

const EMAIL = /[\p{L}\d._%+-]{1,64}@[\p{L}\d.-]{1,190}\.\p{L}{2,24}/gu;

/** Some of them only: "from the sales team", but not "from the text below". */
const LIMITED =
  /\bexcept|\bonly\b|\bwho\b|\bwhose\b|\bfrom the\b(?! (?:(?:following|given|above|below|provided|attached) )?(?:text|e-?mails?|messages?|document|article|page|content|passage|letter|source|input|thread|conversation|log|string|paragraph|file|data|list|notes?|following)\b)/i;

/**
 * What is wrong when an e-mail address of the source was passed over: the field for it is empty, or all of them were asked for
 * and some are missing. Addresses alone: nothing else is so certainly recognised.
 */
export function missedAddresses(subject: Subject, leaves: readonly Leaf[]): string | null {
  const inSource = new Set(
    sourceTexts(subject)
      .flatMap((text) => text.match(EMAIL) ?? [])
      .map((each) => each.toLowerCase()),
  );
  if (inSource.size === 0) return null;
  const answer = subject.text.toLowerCase();
  const fields = leaves.filter(({ key }) => /e-?mail/i.test(key));
  const [only] = inSource;
  if (
    inSource.size === 1 &&
    fields.length === 1 &&
    fields.every(({ value }) => isAbsent(value)) &&
    only !== undefined
  ) {
    return `${fields[0]?.path} is empty, but the source gives ${only}`;
  }
  const { instruction } = splitPrompt(subject.prompt);
  if (!/\b(?:all|every|each)\b[^.\n]{0,30}\be-?mail/i.test(instruction) || LIMITED.test(instruction)) return null;
  const missing = [...inSource].filter((address) => !answer.includes(address));
  return missing.length === 0 ? null : `every e-mail address was asked for; missing: ${missing.slice(0, 5).join(", ")}`;
}
