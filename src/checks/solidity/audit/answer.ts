import { jsonOf } from "../../kit/answer/json.ts";
import { loadMarkdownParser } from "../../kit/answer/markdown.ts";
import { withinMs } from "../../kit/time-limit.ts";
import { unwrapped, withoutCode, type AuditCode } from "./codes.ts";
import type { AuditFinding } from "./finding.ts";
import { readJsonFindings } from "./read-json.ts";
import { readFindings } from "./read.ts";

const TIME_LIMIT_MS = 1500;
/** Nobody acts on more; the rest is not looked at. */
const MAX_FINDINGS = 300;

/** Longer audits than this are not parsed. */
export const AUDIT_MAX_CHARS = 150_000;

/** What an answer says, finding by finding. */
export interface Audit {
  readonly form: "json" | "markdown";
  readonly findings: readonly AuditFinding[];
  readonly codes: readonly AuditCode[];
}

let last: { readonly text: string; readonly audit: Promise<Audit> } | null = null;

/** The findings of an audit, from JSON or Markdown. Throws `TimeLimitError`. Every check of one answer shares the reading, its failure too. */
export function auditOf(text: string): Promise<Audit> {
  if (last?.text !== text) last = { text, audit: read(text) };
  return last.audit;
}

async function read(text: string): Promise<Audit> {
  const parse = await loadMarkdownParser();
  return withinMs(TIME_LIMIT_MS, (): Audit => {
    const json = jsonOf(text);
    const codes: AuditCode[] = [];
    const found = json.ok ? readJsonFindings(json.value, codes) : [];
    if (found.length > 0 || (json.ok && json.from === "text")) {
      return { form: "json", findings: found.slice(0, MAX_FINDINGS), codes };
    }
    const root = parse(unwrapped(text.replaceAll("\r\n", "\n")));
    const blocks = withoutCode(root);
    return { form: "markdown", findings: readFindings(root).slice(0, MAX_FINDINGS), codes: blocks };
  });
}
