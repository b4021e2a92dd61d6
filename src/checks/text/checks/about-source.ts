import { listed } from "../../kit/check.ts";
import { defineRule } from "../../kit/rule.ts";
import { ruleCheck } from "../../kit/rule-check.ts";
import { requiredLanguage } from "../language/required-language.ts";
import { loadDetector } from "../language/detect.ts";
import { sourceTexts } from "../prompt/source-text.ts";
import { anchorsOf, looker } from "../source/anchors.ts";
import { missingPlaceholders } from "../source/placeholders.ts";
import { evened } from "../values/source.ts";

interface TextPair {
  readonly source: string;
  readonly text: string;
  readonly isTranslation: boolean;
  /** The source is already in the required language, or the request requires none. */
  readonly isInTarget: boolean;
}

/** With fewer names and figures, a correct text too often has none of them in the same form. */
const MIN_ANCHORS = 2;
const MIN_SAME_CHARS = 15;
const MIN_SOURCE_CHARS = 20;
const MAX_SOURCE_CHARS = 400_000;

const otherText = defineRule<TextPair>({
  id: "source/other-text",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "A summary shares none of its names and figures with its source, or a translation none of the figures of both.",
    why: "It is about another text.",
  },
  good: [
    {
      taskId: "summarization",
      prompt: "Summarize: In Rabat, King Mohammed welcomed the vote of the 54 members of the union.",
      answer: "The king, Mohammed, is glad that all 54 members voted.",
    },
    {
      taskId: "translation",
      prompt: "Translate into German: It cost 1,250 dollars in 1998.",
      answer: "Es kostete 1998 1.250 Dollar.",
    },
  ],
  bad: [
    {
      taskId: "summarization",
      prompt: "Summarize: In Rabat, King Mohammed welcomed the vote of the 54 members of the union.",
      answer: "After the World Cup in 2015 the managing director, Paul Downton, was sacked.",
    },
    {
      taskId: "translation",
      prompt: "Translate into German: It cost 1,250 dollars in 1998.",
      answer: "Der Standard läuft auf 2,4 und 5,0 GHz.",
    },
  ],
  run({ source, text, isTranslation }) {
    const own = anchorsOf(text);
    const inSource = looker(source);
    const shared = own.figures.some(inSource.figure);
    if (isTranslation) {
      const theirs = anchorsOf(source).figures;
      const count = new Set([...own.figures, ...theirs]).size;
      if (count < MIN_ANCHORS || shared || theirs.some(looker(text).figure)) return [];
      return [
        {
          message: `none of the ${count} figures stands both in the source and in the translation: it is of another text`,
        },
      ];
    }
    const count = own.names.length + own.figures.length;
    if (count < MIN_ANCHORS || shared || own.names.some(inSource.name)) return [];
    const named = listed([...own.names, ...own.figures], 3).replaceAll("; ", ", ");
    return [
      { message: `none of its ${count} names and figures (${named}) stands in the source: it is about another text` },
    ];
  },
});

const untranslated = defineRule<TextPair>({
  id: "source/untranslated",
  severity: "critical",
  certainty: "fact",
  docs: { summary: "A translation repeats its source word for word.", why: "Nothing was translated." },
  good: [
    { taskId: "translation", prompt: "Translate into German: Where is the station?", answer: "Wo ist der Bahnhof?" },
  ],
  bad: [
    { taskId: "translation", prompt: "Translate into German: Where is the station?", answer: "Where is the station?" },
  ],
  run({ source, text, isTranslation, isInTarget }) {
    const plain = evened(text);
    const isSame = isTranslation && !isInTarget && plain.length >= MIN_SAME_CHARS && plain === evened(source);
    // Names and titles stay as they are.
    return isSame && /\p{Ll}{3} \p{Ll}|\p{Lo}/u.test(source)
      ? [{ message: "the translation repeats the source word for word" }]
      : [];
  },
});

const placeholders = defineRule<TextPair>({
  id: "source/placeholders",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary: "A placeholder of the source ({name}, {{name}}, ${name}, %s) is not in the translation.",
    why: "The program that fills it in does not find it.",
    references: ["https://unicode-org.github.io/icu/userguide/format_parse/messages/"],
  },
  good: [
    {
      taskId: "translation",
      prompt: "Translate into German: Hello {name}, you have %d letters.",
      answer: "Hallo {name}, du hast %d Briefe.",
    },
  ],
  bad: [
    {
      taskId: "translation",
      prompt: "Translate into German: Hello {name}, you have %d letters.",
      answer: "Hallo {Name}, du hast %d Briefe.",
    },
  ],
  run({ source, text, isTranslation }) {
    const missing = isTranslation ? missingPlaceholders(source, text) : [];
    if (missing.length === 0) return [];
    return [{ message: `the translation lacks ${listed(missing, 8)}, which must be kept as in the source` }];
  },
});

/** A summary or a translation is about the given text. */
export const aboutSource = ruleCheck<TextPair>({
  name: "about_source",
  maxChars: MAX_SOURCE_CHARS,
  async read(subject) {
    const source = sourceTexts(subject).join("\n\n");
    if (source.length > MAX_SOURCE_CHARS) return { unmade: `the source is over ${MAX_SOURCE_CHARS} characters` };
    if (source.trim().length < MIN_SOURCE_CHARS) return null;
    const required = requiredLanguage(subject);
    const isInTarget = required === null || (await loadDetector())(source, required).fit === "is";
    return { input: { source, text: subject.text, isTranslation: subject.taskId !== "summarization", isInTarget } };
  },
  rules: [otherText, untranslated, placeholders],
});
