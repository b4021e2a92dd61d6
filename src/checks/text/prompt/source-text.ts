import type { Subject } from "../../kit/check.ts";
import { splitPrompt } from "./split-prompt.ts";

/** Context keys that hold instructions, not material. */
const DIRECTIVES =
  /^(?:tests?|labels?|allowed_?labels|categories|classes|options|choices|tags|language|target|target_?language|to|from|source_?language|locale|target_?locale|tone|style|audience|format|length|glossary|fields|schema|instructions?|rules?|notes?|constraints?|examples?)$/i;

/** The texts that a request hands over to be worked on: files, notes, and what the prompt brings besides its instruction. */
export function sourceTexts(subject: Subject): readonly string[] {
  const notes = subject.context.notes
    .filter(({ key }) => !DIRECTIVES.test(key))
    .map(({ value }) => (typeof value === "string" ? value : jsonText(value)));
  const { body } = splitPrompt(subject.prompt);
  return [...subject.files.map((file) => file.content), ...notes, body].filter((text) => text.trim() !== "");
}

/** Everything that the model was given: an answer may take values from any of it. */
export function givenText({ prompt, context, files }: Subject): string {
  const notes = context.notes.filter(({ key }) => key !== "tests").map(({ value }) => jsonText(value));
  return [prompt, ...files.map((file) => `${file.path}\n${file.content}`), ...notes, context.system ?? ""].join("\n\n");
}

/** A note by one of its names, in any case and with or without underscores. */
export function noteNamed({ context }: Subject, names: readonly string[]): unknown {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, "");
  const keys = new Set(names.map(plain));
  return context.notes.find(({ key }) => keys.has(plain(key)))?.value;
}

function jsonText(value: unknown): string {
  if (typeof value === "string") return value;
  // Strings unchanged: a line break must not become a backslash and an n.
  if (Array.isArray(value)) return (value as readonly unknown[]).map(jsonText).join("\n");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${jsonText(inner)}`)
    .join("\n");
}
