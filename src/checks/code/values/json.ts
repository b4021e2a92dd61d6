import type { PromptValue } from "./value.ts";

/** JSON as a value: its objects are tagged. */
export function valueOfJson(json: unknown): PromptValue {
  if (Array.isArray(json)) return (json as readonly unknown[]).map(valueOfJson);
  if (typeof json === "object" && json !== null) {
    return { t: "object", v: Object.entries(json).map(([key, inner]) => [key, valueOfJson(inner)] as const) };
  }
  return typeof json === "string" || typeof json === "number" || typeof json === "boolean" ? json : null;
}
