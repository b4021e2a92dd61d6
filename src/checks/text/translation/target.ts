import type { Subject } from "../../kit/check.ts";
import { LANGUAGES, type NaturalLanguage } from "../text/languages.ts";
import { noteNamed } from "../text/source-text.ts";
import { splitPrompt } from "../text/split-prompt.ts";

const NAMES = LANGUAGES.flatMap((language) => language.names.map((name) => [name, language] as const)).sort(
  ([a], [b]) => b.length - a.length,
);
const ANY = NAMES.map(([name]) => name).join("|");
const TO = new RegExp(
  `(?:\\b(?:in|into|to|auf|ins|en|em|a|al|na|naar|au)\\s+(?:(?:natural|formal|informal|fluent|plain|simple|idiomatic|simplified|traditional|brazilian|european|mexican|latin american|canadian|swiss|modern|standard|the|colloquial|polite|british|american|us|uk)\\s+)*|[→>]\\s*|译成|翻译成|翻譯成|译为)(${ANY})(?![\\p{L}])|\\b(${ANY}) (?:translation|version)\\b`,
  "iu",
);
const TO_ALL = new RegExp(TO.source, "giu");

/** The language that a request wants its text in; `null` when it names none, or several. */
export function targetLanguage(subject: Subject): NaturalLanguage | null {
  const note = noteNamed(subject, ["target language", "language", "target", "to", "target locale", "locale"]);
  if (typeof note === "string") return named(note);
  const { instruction } = splitPrompt(subject.prompt);
  const found = [...`${instruction}\n${subject.context.system ?? ""}`.matchAll(TO_ALL)].map((match) =>
    named(match[1] ?? match[2] ?? ""),
  );
  const codes = new Set(found.map((language) => language?.code));
  return codes.size === 1 ? (found[0] ?? null) : null;
}

function named(text: string): NaturalLanguage | null {
  const plain = text.trim().toLowerCase();
  const byCode = LANGUAGES.find(
    ({ code }) => plain === code || plain.startsWith(`${code}-`) || plain.startsWith(`${code}_`),
  );
  return byCode ?? NAMES.find(([name]) => plain.includes(name))?.[1] ?? null;
}
