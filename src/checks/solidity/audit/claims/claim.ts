import type { AuditFinding } from "../finding.ts";
import { functionsNamed } from "../grounding.ts";
import type { AuditedSource, SourceFunction } from "../source-model.ts";

/** A statement of a finding about some functions of the source. */
export interface Claim {
  readonly sentence: string;
  readonly isTitle: boolean;
  /** The functions that the sentence names, or else those of the finding's location. */
  readonly functions: readonly SourceFunction[];
  readonly finding: AuditFinding;
  readonly source: AuditedSource;
}

/** Says what is false in a claim; `null` where nothing certainly is. */
export type ClaimRule = (claim: Claim) => string | null;

export function functionsIn(sentence: string, source: AuditedSource): readonly SourceFunction[] {
  const marked = [
    ...sentence.matchAll(
      /`(?:\w{1,80}\.)?([A-Za-z_$][\w$]{0,80})(?:\([^)`]{0,200}\))?`|(?<![\w$.])([A-Za-z_$][\w$]{1,80})\(\)/g,
    ),
  ];
  const names = marked.map((match) => match[1] ?? match[2] ?? "");
  return functionsNamed(names, source).filter(({ isModifier }) => !isModifier);
}

export function named(functions: readonly SourceFunction[]): string {
  return [...new Set(functions.map(({ name }) => name))].slice(0, 3).join(", ");
}

/** A remark may well say that a known defect is absent. */
export function isRemark({ severity }: AuditFinding): boolean {
  return severity === "informational" || severity === "gas";
}
