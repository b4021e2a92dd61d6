import type { Subject } from "../../kit/check.ts";
import { noteNamed } from "../text/source-text.ts";
import { labelsOf, type AllowedLabels, type Label } from "./label.ts";
import { labelsInPrompt } from "./prompt-labels.ts";

const NOTES = [
  "labels",
  "label",
  "allowed labels",
  "possible labels",
  "categories",
  "allowed categories",
  "classes",
  "options",
  "choices",
  "tags",
  "intents",
  "topics",
];
const MAX_DEPTH = 12;

/** The labels that a request allows: by its context, else its prompt, its system text or its response schema. */
export function allowedLabels(subject: Subject): AllowedLabels | null {
  const enums = subject.responseSchema === null ? [] : enumsOf(subject.responseSchema, 0);
  const bySchema = enums[0] === undefined ? null : labelsOf(enums[0], "the response schema");
  return (
    labelsOf(ofNote(noteNamed(subject, NOTES), 0), "the context") ??
    // The only list of a schema is what the answer is held to anyway.
    (enums.length === 1 ? bySchema : null) ??
    labelsInPrompt(subject.prompt) ??
    labelsInPrompt(subject.context.system ?? "") ??
    subject.notes.map(labelsInPrompt).find((list) => list !== null) ??
    bySchema
  );
}

function ofNote(value: unknown, depth: number): readonly Label[] {
  if (depth > 2) return [];
  if (typeof value === "string") return value.split(/[,;|\n]/).map((each) => label(each.replace(/^[\s*•-]+/, "")));
  if (typeof value === "number") return [label(String(value))];
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).flatMap((each) =>
      typeof each === "string" ? [label(each)] : ofNote(each, depth + 1),
    );
  }
  if (typeof value !== "object" || value === null) return [];
  const entry = value as Readonly<Record<string, unknown>>;
  const named = ["name", "label", "id", "value", "key", "title"]
    .map((key) => entry[key])
    .filter((each) => typeof each === "string");
  // In a list an entry describes one label; on its own an object maps labels to what they mean.
  return depth > 0 && named.length > 0 ? named.map(label).slice(0, 1) : Object.keys(entry).map(label);
}

function label(name: string): Label {
  return { name: name.trim(), key: null };
}

/** The lists of words that a schema allows. */
function enumsOf(schema: unknown, depth: number): readonly (readonly Label[])[] {
  if (typeof schema !== "object" || schema === null || depth > MAX_DEPTH) return [];
  const words = (schema as { readonly enum?: unknown }).enum;
  if (Array.isArray(words) && words.every((word) => typeof word === "string")) return [words.map(label)];
  return Object.values(schema).flatMap((inner) => enumsOf(inner, depth + 1));
}
