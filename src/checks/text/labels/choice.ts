import { jsonOf } from "../../kit/answer/json.ts";

const MAX_WORDS = 8;
/** Words that stand before a label: "Label:", "The sentiment is". */
const LEAD = /^(?:(?:the |this |final |predicted )*\w+(?: of \w+ \w+)?\s*(?:is|[:：=])\s*)(?=\S)/i;
/** Answers that are allowed with any list. */
const NONE = /^(?:none|other|unknown|n\/?a|null|neither|unclear|not sure|no label)\b/i;

/** The label that an answer gives, if it gives little else; `null` for answers in prose and for several labels. */
export function choiceOf(text: string): string | null {
  const json = jsonOf(text);
  if (json.ok) return inJson(json.value);
  const plain = text
    .trim()
    .replace(/^```\w*\n([^`]*)\n```$/, "$1")
    .trim();
  const line = plain.replace(/\*\*|["'`“”]/g, "").trim();
  if (line === "" || line.includes("\n") || /[,;|]|\band\b/.test(line) || line.split(/\s+/).length > MAX_WORDS)
    return null;
  return line.replace(/[.!]$/, "");
}

function inJson(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const [only, ...others] = Object.values(value);
  return typeof only === "string" && others.length === 0 ? only : null;
}

/** Whether a choice names one of the labels, or says that none fits. Case, marks, an ending and words around it do not matter. */
export function isAmong(choice: string, labels: readonly string[]): boolean {
  const plain = ` ${evened(choice)} `;
  const own = evened(choice.replace(LEAD, ""));
  if (NONE.test(own) || own === "" || /^(?:[a-z]|\d{1,3})$/.test(own)) return true;
  return labels
    .map(evened)
    .some((label) => plain.includes(` ${label} `) || (own.length >= 4 && (label.includes(own) || own.includes(label))));
}

function evened(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
