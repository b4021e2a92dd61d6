/**
 * A value of a program, as data: what a sandbox hands out, and what a prompt says that a call comes to. Plain JSON is itself; the
 * rest is tagged.
 */
export type PromptValue = null | boolean | number | string | readonly PromptValue[] | Tagged;

export type Tagged =
  | { readonly t: "undefined" | "function" | "symbol" }
  /** What Python calls `None`; a prompt for JavaScript that says so means `null` or `undefined`. */
  | { readonly t: "none" }
  /** What JSON has no form for: NaN, the infinities, -0. */
  | { readonly t: "number"; readonly v: string }
  | { readonly t: "bigint"; readonly v: string }
  | { readonly t: "tuple" | "set"; readonly v: readonly PromptValue[] }
  | { readonly t: "object" | "map" | "dict"; readonly v: readonly (readonly [PromptValue | string, PromptValue])[] }
  | { readonly t: "date" | "error" | "other"; readonly v: PromptValue };

/** Languages whose programs are run here. */
export type RunLanguage = "javascript" | "python";

export function isTagged(value: PromptValue): value is Tagged {
  return typeof value === "object" && value !== null && "t" in value;
}

export function isList(value: PromptValue): value is readonly PromptValue[] {
  return Array.isArray(value);
}

const MOST_CHARS = 200;

/** A value as a person would write it. */
export function printed(value: PromptValue): string {
  const text = print(value);
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS).toWellFormed()}…` : text;
}

function print(value: PromptValue): string {
  if (isList(value)) return `[${value.map(print).join(", ")}]`;
  if (!isTagged(value)) return JSON.stringify(value);
  switch (value.t) {
    case "tuple":
      return `(${value.v.map(print).join(", ")}${value.v.length === 1 ? "," : ""})`;
    case "set":
      return `set {${value.v.map(print).join(", ")}}`;
    case "object":
    case "dict":
    case "map":
      return `${value.t === "map" ? "map " : ""}{${value.v.map(([key, inner]) => `${print(key)}: ${print(inner)}`).join(", ")}}`;
    case "none":
      return "None";
    case "number":
    case "bigint":
      return value.v;
    case "date":
    case "error":
    case "other":
      return `${value.t} ${print(value.v)}`;
    case "undefined":
    case "function":
    case "symbol":
      return value.t;
  }
}
