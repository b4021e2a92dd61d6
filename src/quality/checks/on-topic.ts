import { fail, pass, SCAN_MAX_CHARS, type Check } from "../check.ts";
import { contentStems } from "../text/content-words.ts";
import { languageOf } from "../text/languages.ts";
import { givenText } from "../text/source-text.ts";

const MIN_PROMPT_STEMS = 6;
const MIN_ANSWER_STEMS = 40;
const MIN_SHARE = 0.1;

/** A long answer speaks of something that the request speaks of. */
export const onTopic: Check = {
  name: "on_topic",
  kind: "gate",
  cap: 0.2,
  maxChars: SCAN_MAX_CHARS,
  run(subject) {
    const asked = contentStems(subject.prompt);
    const answered = contentStems(subject.text);
    if (asked.size < MIN_PROMPT_STEMS || answered.size < MIN_ANSWER_STEMS) return pass("too short to tell");
    const spoken = languageOf(subject.text);
    // Texts in two languages share few words, whatever they speak of.
    if (spoken === null || spoken !== languageOf(givenText(subject).slice(0, 20_000)))
      return pass("in another language than the prompt");
    const given = contentStems(givenText(subject));
    const byPrompt = [...asked].filter((stem) => answered.has(stem)).length / asked.size;
    const byAnswer = [...answered].filter((stem) => given.has(stem)).length / answered.size;
    if (byPrompt >= MIN_SHARE || byAnswer >= MIN_SHARE) return pass("takes up the words of the prompt");
    const shares = { promptWordsTakenUp: byPrompt, answerWordsGiven: byAnswer };
    return fail(
      `the answer takes up ${Math.round(100 * byPrompt)}% of the prompt's words: it is about something else`,
      { evidence: shares },
    );
  },
};
