import type { Check } from "../../kit/check.ts";
import { checkOf, type Tested, type TextCriterion } from "../../kit/criterion.ts";
import { runTextCriterion } from "../criteria/text-criterion.ts";

/** Runs one criterion of the caller on the answer's text. */
export const acceptText: Check = {
  name: "accept_text",
  maxChars: 2_000_000,
  async run({ text, criterion }) {
    return criterion !== null && isTextCriterion(criterion) ? runTextCriterion(criterion, text) : null;
  },
};

export function isTextCriterion(criterion: Tested): criterion is TextCriterion {
  return checkOf(criterion) === "accept_text";
}
