import type { Subject } from "../../kit/check.ts";
import { noteNamed } from "../prompt/source-text.ts";
import { splitPrompt } from "../prompt/split-prompt.ts";
import { CODES_BY_NAME, languageCode } from "./names.ts";

const NAMES = [...CODES_BY_NAME.keys()]
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replace(/[()]/g, "\\$&"));
const NAME = `(${NAMES.join("|")})(?![\\p{L}])`;
const KIND =
  "(?:(?:natural|formal|informal|fluent|plain|simple|idiomatic|simplified|traditional|brazilian|european|mexican|latin american|canadian|modern|standard|british|american|us|uk|good|proper) )*";
const INTO = `(?:\\b(?:in|into|to|auf|ins|en|em|al?|na|naar|au)\\s+${KIND}|[→>]\\s*|译成|翻译成|翻譯成|译为)`;
const TRANSLATES =
  /\b(?:translat\w*|render|localiz\w*|übersetz\w*|tradui\w*|traduc\w*|traduz\w*|traduire|vertaal\w*)\b|翻译|翻譯|翻訳/iu;
/** "Translate into German", "the German translation of". */
const TARGET = new RegExp(`${INTO}${NAME}|\\b${NAME} (?:translation|version)\\b`, "giu");
/** "Answer in German", "Schreibe auf Deutsch", "respuesta … enteramente en alemán". */
const WRITTEN = new RegExp(
  `\\b(?:answer|respond|reply|response|written|write (?:it|this|your \\w+|everything)|entirely|output|antworte|schreibe?|répond\\w*|rédige\\w*|responde|responda|respuesta|réponse|escribe|escriba|rispondi|scrivi)\\b[^.!?\\n]{0,60}?\\s(?:in|auf|en|em)\\s+${KIND}${NAME}`,
  "giu",
);
const MAX_CHARS = 4_000;

/** ISO 639-1 code of the one language that a request requires; `null`: it names none or several. */
export function requiredLanguage(subject: Subject): string | null {
  const note = noteNamed(subject, ["target language", "language", "target locale", "locale"]);
  if (typeof note === "string") return languageCode(note);
  const { instruction } = splitPrompt(subject.prompt);
  const text = `${instruction.slice(0, MAX_CHARS)}\n${(subject.context.system ?? "").slice(0, MAX_CHARS)}`;
  const codes = new Set([...(TRANSLATES.test(text) ? codesIn(text, TARGET) : []), ...codesIn(text, WRITTEN)]);
  const [only] = codes;
  return codes.size === 1 && only !== undefined ? only : null;
}

function codesIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap((found) => {
    const name = found.slice(1).find((group) => group !== undefined);
    return CODES_BY_NAME.get(name?.toLowerCase() ?? "") ?? [];
  });
}
