import { isList, isTagged, type RunLanguage, type PromptValue } from "./value.ts";

/** A literal as source of a language; `null`: it has none there. */
export function sourceOf(value: PromptValue, language: RunLanguage): string | null {
  if (isList(value)) return bracketed("[", value, "]", language);
  if (typeof value === "boolean" && language === "python") return value ? "True" : "False";
  if (value === null) return language === "python" ? "None" : "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (!isTagged(value)) return String(value);
  switch (value.t) {
    case "none":
      return language === "python" ? "None" : "null";
    case "undefined":
      return language === "python" ? "None" : "undefined";
    case "number":
      return language === "python" ? `float("${value.v}")` : value.v;
    case "bigint":
      return value.v;
    case "tuple":
      if (language === "javascript") return bracketed("[", value.v, "]", language);
      return bracketed("(", value.v, value.v.length === 1 ? ",)" : ")", language);
    case "set":
      if (language === "javascript") return bracketed("new Set([", value.v, "])", language);
      return value.v.length === 0 ? "set()" : bracketed("{", value.v, "}", language);
    case "dict":
      return dictionary(value.v, language);
    case "map":
      if (language === "python") return dictionary(value.v, language);
      return bracketed("new Map([", value.v, "])", language);
    case "object":
    case "function":
    case "symbol":
    case "date":
    case "error":
    case "other":
      return null;
  }
}

function bracketed(open: string, items: readonly PromptValue[], close: string, language: RunLanguage): string | null {
  const parts = items.map((item) => sourceOf(item, language));
  return parts.every((part) => part !== null) ? `${open}${parts.join(", ")}${close}` : null;
}

function dictionary(entries: readonly (readonly [PromptValue, PromptValue])[], language: RunLanguage): string | null {
  const parts = entries.map(([key, inner]) => {
    const [left, right] = [sourceOf(key, language), sourceOf(inner, language)];
    if (left === null || right === null) return null;
    return `${language === "javascript" ? `[${left}]` : left}: ${right}`;
  });
  return parts.every((part) => part !== null) ? `{${parts.join(", ")}}` : null;
}
