import { defineRule } from "../../kit/rule.ts";
import { textOf, word } from "../read/element.ts";
import { placeOf, type View } from "../read/read-ui.ts";
import type { PageInput } from "./page-input.ts";

/** The request says which language the page's texts are to be in, and they are in another. */
export const otherLanguage = defineRule<PageInput>({
  id: "web/other-language",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "A page whose texts are in another language than the one that the request wants for all of them",
    why: "Its readers asked for their own language.",
  },
  good: [
    {
      prompt: "Eine HTML-Seite auf Deutsch.",
      answer:
        "```html\n<main><h1>Tee</h1><p>Wir haben den besten Tee der Stadt und liefern ihn auch nach Hause.</p></main>\n```",
    },
    {
      prompt: "A page that shows a dialog in Spanish.",
      answer: "```html\n<main><p>The tea is hot and the cup is full, so wait for it to cool.</p></main>\n```",
    },
  ],
  bad: [
    {
      prompt: "Eine HTML-Seite auf Deutsch.",
      answer:
        "```html\n<main><h1>Tea</h1><p>We have the best tea of the town, and we bring it to your home for free.</p></main>\n```",
    },
    {
      prompt: "A tea page; all texts must be in French.",
      answer:
        "```html\n<main><h1>Tea</h1><p>We have the best tea of the town, and we bring it to your home for free.</p></main>\n```",
    },
  ],
  run({ ui, prompt }) {
    const requested = requestedLanguage(prompt.slice(0, 20_000));
    if (requested === null) return [];
    return ui.pages
      .filter(({ framework }) => framework === "html")
      .flatMap((view) => {
        const counts = wordsOf(view);
        const own = counts.get(requested) ?? 0;
        const [most] = [...counts].sort(([, a], [, b]) => b - a);
        if (most === undefined || most[0] === requested || own * MOST_SHARE > most[1]) return [];
        if (most[1] < (declares(view, most[0]) ? LEAST_DECLARED : LEAST_WORDS)) return [];
        return [
          {
            message: `${placeOf(view, 1)}: the texts were to be in ${NAMES[requested].english}, and they are in ${NAMES[most[0]].english}`,
          },
        ];
      });
  },
});

type Language = "en" | "de" | "es" | "fr" | "it" | "pt";

/** So many function words of another language, and at most one of the asked one for five of them. */
const LEAST_WORDS = 8;
/** Of a page that says itself that it is in that other language. */
const LEAST_DECLARED = 4;
const MOST_SHARE = 5;

const NAMES: Readonly<Record<Language, { readonly english: string; readonly own: string }>> = {
  en: { english: "English", own: "english" },
  de: { english: "German", own: "deutsch|deutscher sprache" },
  es: { english: "Spanish", own: "español|espanol|castellano" },
  fr: { english: "French", own: "français|francais" },
  it: { english: "Italian", own: "italiano" },
  pt: { english: "Portuguese", own: "português|portugues" },
};
/** Words that hold a sentence together and that the other languages here do not have. */
const WORDS: Readonly<Record<Language, string>> = {
  en: "the and of to with your you is are this that from have our was will can or by not it be for at us day call about",
  de: "der das und ist mit für auf nicht ein eine einen wir sie ihr ihre zum zur den dem des auch oder bei wird werden können alle",
  es: "el los las y con para una por que su sus del es más tu tus está como pero todos puede",
  fr: "le les et des avec pour une est dans vous votre vos nous sur pas qui aux ou plus tout sont cette",
  it: "il gli e con per una di che della sono nel alla più il tuo tua non delle questo anche",
  pt: "o os e com para uma do da dos das em não seu sua que você mais ou são pelo pela",
};

/** The language that a request wants of all texts, by a phrase that says so; `null`: none, or several. */
function requestedLanguage(prompt: string): Language | null {
  const languages = (Object.keys(NAMES) as Language[]).filter((language) => {
    const { english, own } = NAMES[language];
    const phrases = [
      `\\b(?:all|every|its|the) (?:\\w+ ){0,2}(?:texts?|copy|content|labels|strings|ui|interface|page|site)(?: [\\w/-]+){0,4} (?:must |should |is |are |to |be )*in ${english}\\b`,
      `(?:seite|webseite|startseite|website|formular|texte)(?: \\S+){0,3} (?:auf|in) (?:${own})(?![\\p{L}])`,
      `(?:textos?|página|pagina|sitio|interfaz|interface|testi|sito|textes?|page|site)(?: \\S+){0,5} (?:en|in|em) (?:${own})(?![\\p{L}])`,
    ];
    return phrases.some((pattern) => new RegExp(pattern, "iu").test(prompt));
  });
  return languages.length === 1 ? (languages[0] ?? null) : null;
}

function declares({ elements }: View, language: Language): boolean {
  return elements.some((each) => each.tag === "html" && word(each, "lang").startsWith(language));
}

/** How many function words of each language the shown texts hold. */
function wordsOf({ elements }: View): ReadonlyMap<Language, number> {
  const texts = elements
    .filter(({ parent, tag }) => parent === null || tag === "body")
    .map((each) => textOf(each).text);
  const words = (
    texts
      .join(" ")
      .slice(0, 50_000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).slice(0, 5_000);
  return new Map(
    (Object.keys(WORDS) as Language[]).map((language) => {
      const own = new Set(WORDS[language].split(" "));
      return [language, words.filter((each) => own.has(each)).length];
    }),
  );
}
