import { jsonOf } from "../json-answer.ts";
import { loadMarkdownParser } from "../markdown.ts";
import type { AuditFinding } from "./finding.ts";
import { readFindings, readJsonFindings } from "./read.ts";
import { withinMs } from "../time-limit.ts";

const TIME_LIMIT_MS = 1500;

/** Longer audits than this are not parsed. */
export const AUDIT_MAX_CHARS = 150_000;

/** The findings of an audit, from JSON or Markdown. Throws `TimeLimitError`. */
export async function findingsOf(text: string): Promise<readonly AuditFinding[]> {
  const parse = await loadMarkdownParser();
  return withinMs(TIME_LIMIT_MS, () => {
    const json = jsonOf(text);
    const found = json.ok ? readJsonFindings(json.value) : [];
    return found.length > 0 ? found : readFindings(parse(text));
  });
}
