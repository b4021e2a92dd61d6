import { LANGUAGE_NAMES } from "./known-names.ts";
import type { AuditCode } from "./codes.ts";
import type { AuditedSource } from "./source-model.ts";

const QUOTES =
  /\b(?:vulnerable|affected|problematic|current(?:ly)?|existing|following|this|offending|relevant|original|before|snippet|where|location|buggy|insecure|here)\b/i;
/** What is before code that the auditor wrote. */
const OWN =
  /\b(?:fix\w*|recommend\w*|should|instead|secure|mitigat\w*|patch\w*|correct\w*|safe\w*|after|better|replac\w*|change|e\.g|for example|example|consider|add|use|implement|apply|attack\w*|exploit\w*|poc|proof|test|malicious|scenario|suggest\w*|improve\w*|refactor\w*|could|would|remediation|solution|rewrite|update|behebung|lösung|recomend\w*|solución|corrig\w*)\b/i;
const OWN_CODE =
  /✅|\/\/ ?(?:fix|added|good|safe|secure|recommend|after|new|correct|mitigat|effects?|interactions?|checks?)\b|^\+|\b(?:contract|is) \w*(?:attack|exploit|poc|evil|malicious|test|drain|hack)|\bvm\.|\battack\b|\bassert(?:Eq)?\(/im;
const FOREIGN_TAG = /^(?:js|javascript|ts|typescript|bash|sh|shell|python|py|json|ya?ml|diff|mermaid|console)\b/;
const MIN_CHARS = 10;

/** What is wrong with a block of code that the auditor gives as the source's; `null`: nothing that could be said. */
export function quoteProblem(
  { tag, content, before }: AuditCode,
  source: AuditedSource,
): { readonly text: string; readonly isCertain: boolean } | null {
  if (FOREIGN_TAG.test(tag) || OWN.test(before) || OWN_CODE.test(content)) return null;
  const lines = statementsOf(content);
  if (lines.length === 0) return null;
  const given = source.texts.map((text) => squeezed(text.code)).join("\n");
  const absent = lines.filter((line) => !occurs(squeezed(line), given));
  if (absent.length * 2 <= lines.length) return null;
  const strange = absent.some((line) => {
    const names: readonly string[] = line.replace(/"[^"]*"/g, "").match(/[A-Za-z_$][\w$]*/g) ?? [];
    return names.some((name) => !source.names.has(name.toLowerCase()) && !LANGUAGE_NAMES.has(name.toLowerCase()));
  });
  const isCertain = (QUOTES.test(before) || strange) && absent.length === lines.length;
  return { text: `quoted code is not in the source: ${absent[0]?.trim().slice(0, 100) ?? ""}`, isCertain };
}

/** The lines of code that say something: no comments, brackets, dots or line numbers. */
function statementsOf(content: string): readonly string[] {
  return content
    .replace(/\/\*[^]{0,4000}?\*\//g, " ")
    .split("\n")
    .map((line) => line.replace(/\/\/.*$/, "").replace(/^\s*(?:L?\d{1,5}\s*[:|.)]?\s+|[>-]\s+)/, ""))
    .filter((line) => squeezed(line).length >= MIN_CHARS);
}

/** Whether the parts around dots stand one after the other. */
function occurs(line: string, given: string): boolean {
  let from = 0;
  for (const part of line.split(/\.{3}|…/)) {
    const bare = part.replace(/^\{|[{}]+$/g, "");
    const at = given.indexOf(bare, from);
    if (at === -1) return false;
    from = at + bare.length;
  }
  return true;
}

function squeezed(code: string): string {
  return code.replace(/"[^"\n]*"|'[^'\n]*'/g, '""').replace(/\s+/g, "");
}
