import { jsonOf } from "./json.ts";

/** An answer out of a closed set, in a form in which two that mean the same are equal. */
export interface ClosedAnswer {
  readonly kind: "json" | "number" | "label";
  readonly normal: string;
}

const MOST_JSON_CHARS = 200_000;
const MOST_LABEL_CHARS = 60;
const MOST_TEXT_CHARS = 200;
const DEEPEST = 60;

/** JSON, a number or a label; `null`: a text that can be said in many ways. */
export function closedAnswer(text: string): ClosedAnswer | null {
  if (text.length > MOST_JSON_CHARS) return null;
  const json = jsonOf(text);
  if (json.ok && typeof json.value === "object" && json.value !== null) {
    const normal = canonical(json.value, 0);
    return normal === null ? null : { kind: "json", normal };
  }
  const line = text.trim();
  if (line.length > MOST_TEXT_CHARS || line.includes("\n")) return null;
  const bare = line.replace(/^[\s"'`*_]{0,8}/, "").replace(/[\s"'`*_.]{0,8}$/, "");
  const number = /^[-+]?[$€£]?(\d{1,30}(?:,\d{3}){0,9}(?:\.\d{1,30})?)\s?%?$/.exec(bare)?.[1];
  if (number !== undefined) {
    const value = Number(number.replaceAll(",", ""));
    return { kind: "number", normal: `${bare.startsWith("-") ? "-" : ""}${value}${bare.endsWith("%") ? "%" : ""}` };
  }
  return bare === "" || bare.length > MOST_LABEL_CHARS ? null : { kind: "label", normal: words(bare) };
}

/** Keys in order, texts without differences of case, spacing and form. `null`: nested too deeply. */
function canonical(value: unknown, depth: number): string | null {
  if (depth > DEEPEST) return null;
  if (typeof value === "string") return JSON.stringify(words(value));
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((each: unknown) => ["", each] as const)
    : Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const parts: string[] = [];
  for (const [key, each] of entries) {
    const part = canonical(each, depth + 1);
    if (part === null) return null;
    parts.push(Array.isArray(value) ? part : `${JSON.stringify(key)}:${part}`);
  }
  return Array.isArray(value) ? `[${parts.join(",")}]` : `{${parts.join(",")}}`;
}

function words(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ");
}
