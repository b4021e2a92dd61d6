import { SCAN_MAX_CHARS } from "../../kit/check.ts";
import { fail, pass, legacy } from "../../kit/legacy.ts";
import { contentStems } from "../text/content-words.ts";
import { languageOf } from "../text/languages.ts";
import { givenText } from "../text/source-text.ts";

const MIN_PROMPT_STEMS = 5;
const MIN_ANSWER_STEMS = 25;
/** A story or an example need not take up a word of its prompt; an explanation cannot help it. */
const EXPLAINS =
  /^(?:please |can you |could you |hi,? |hello,? )*(?:explain|describe|what|why|how|compare|define|discuss|who|when|where|which|is|are|do|does|tell me (?:about|how|why|what)|give (?:me )?an? (?:overview|introduction|explanation))\b/i;
const MIN_SHARE = 0.1;

/** A long answer speaks of something that the request speaks of. */
export const onTopic = legacy({
  name: "on_topic",
  kind: "gate",
  cap: 0.2,
  maxChars: SCAN_MAX_CHARS,
  run(subject) {
    const asked = contentStems(subject.prompt);
    const answered = contentStems(subject.text);
    if (!EXPLAINS.test(subject.prompt.trimStart())) return pass("the prompt does not ask for an explanation");
    if (asked.size < MIN_PROMPT_STEMS || answered.size < MIN_ANSWER_STEMS) return pass("too short to tell");
    // Texts in two languages share few words, whatever they speak of; the prompt is in English, as its first word shows.
    if (languageOf(subject.text) !== "en") return pass("in another language than the prompt");
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
});
