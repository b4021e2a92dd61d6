import { SCAN_MAX_CHARS } from "../../kit/check.ts";
import { ruleCheck } from "../../kit/rule-check.ts";
import { requiredLanguage } from "../language/required-language.ts";
import { loadDetector } from "../language/detect.ts";
import { cutOff } from "../rules/cut-off.ts";
import { empty } from "../rules/empty.ts";
import type { TextInput } from "../rules/input.ts";
import { loop } from "../rules/loop.ts";
import { refusal } from "../rules/refusal.ts";
import { unfinished } from "../rules/unfinished.ts";
import { wrongLanguage } from "../rules/wrong-language.ts";

/** Defects of any text: it is empty, a refusal, cut off, a loop, or in another language than requested. Takes linear time. */
export const text = ruleCheck<TextInput>({
  name: "text",
  maxChars: SCAN_MAX_CHARS,
  async read(subject) {
    const required = requiredLanguage(subject);
    const language = required === null ? null : { required, ...(await loadDetector())(subject.text, required) };
    return { input: { text: subject.text, subject, language } };
  },
  rules: [empty, refusal, cutOff, unfinished, loop, wrongLanguage],
  conclude: ({ language }) => (language?.fit === "is" ? { looked: `in the language asked for` } : {}),
});
