import type { Subject } from "../../kit/check.ts";
import type { Reading } from "../../kit/rule-check.ts";
import { auditedSource, type AuditedSource } from "./audited-source.ts";
import { citedIn, type Cited } from "./cited.ts";
import { ELEMENTARY_TYPE, LANGUAGE_NAMES, LIBRARY_NAMES, WORLD_NAMES } from "./solidity-builtins.ts";

export interface AuditReading {
  readonly source: AuditedSource;
  readonly cited: Cited;
}

export function readAudit(subject: Subject): Reading<AuditReading> {
  const source = auditedSource(subject);
  if (source === null) return { unmade: "no audited code in the prompt or the context" };
  return { input: { source, cited: citedIn(subject.text) } };
}

/** Names by whether the request holds them. Those that say nothing of a source, since every auditor uses them, are in neither. */
export function foundIn(
  names: ReadonlySet<string>,
  source: AuditedSource,
): { readonly known: readonly string[]; readonly unknown: readonly string[] } {
  const known: string[] = [];
  const unknown: string[] = [];
  for (const name of names) {
    const lower = name.toLowerCase();
    if (LANGUAGE_NAMES.has(lower) || WORLD_NAMES.has(lower) || ELEMENTARY_TYPE.test(name)) continue;
    if (source.declares(name)) known.push(name);
    else if (LIBRARY_NAMES.has(lower)) continue;
    else if (source.mentions(name)) known.push(name);
    else unknown.push(name);
  }
  return { known, unknown };
}
