import { jsonOf } from "../json-answer.ts";
import { loadMarkdownParser } from "../markdown.ts";
import type { AuditFinding } from "./finding.ts";
import { readFindings, readJsonFindings } from "./read.ts";

/** Longer audits than this are not parsed. */
export const AUDIT_MAX_CHARS = 150_000;

/** The findings of an audit, from JSON or Markdown. */
export async function findingsOf(text: string): Promise<readonly AuditFinding[]> {
  const json = jsonOf(text);
  const found = json.ok ? readJsonFindings(json.value) : [];
  if (found.length > 0) return found;
  const parse = await loadMarkdownParser();
  return readFindings(parse(text));
}
