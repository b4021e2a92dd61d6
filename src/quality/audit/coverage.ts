import type { AuditFinding } from "./finding.ts";
import type { AuditedSource } from "./source-model.ts";

/** A weakness that the source certainly has. */
export interface KnownDefect {
  readonly rule: string;
  readonly line: number;
  readonly functionName: string;
  readonly message: string;
  /** A fact that no auditor leaves out. */
  readonly isStrong: boolean;
}

const WORDS_OF_RULE: Readonly<Record<string, RegExp>> = {
  reentrancy:
    /re-?entr|checks?[- ]effects?|\bcei\b|(?:before|after) (?:the |an? )?(?:\w+ ){0,3}(?:call|updat|transfer)|wiedereintritt|reentrada/i,
  "open to anybody":
    /access|authori[sz]|any(?:one|body)|any (?:user|address|caller|account)|unprotected|unrestricted|permission|onlyowner|arbitrary|public(?:ly)?|everyone|guard|restrict|owner/i,
  "tx.origin": /tx\.origin|phish/i,
  "unchecked call": /unchecked|return(?:ed)? value|return(?:s|ed)? false|ignor|not check|success|silent|result/i,
  delegatecall: /delegatecall/i,
  "weak randomness": /random|predict|timestamp|blockhash|prevrandao|block\.|foresee|lottery|entropy|zufall|aleator/i,
};
const STRONG = new Set(["reentrancy", "unchecked call", "weak randomness"]);

/** The weaknesses that the detectors are certain of; or why they could not look. */
export async function knownDefects(source: AuditedSource): Promise<readonly KnownDefect[] | string> {
  const [{ compileSources, isCompiled }, { programOf }, { findingsOf }] = await Promise.all([
    import("../solidity/compile.ts"),
    import("../solidity/program.ts"),
    import("../solidity/security/index.ts"),
  ]);
  const files = source.texts.map(({ path, content }, at) => ({ path: path ?? `Source${at + 1}.sol`, content }));
  const compiled = await compileSources(files);
  if (!isCompiled(compiled)) return compiled.unchecked;
  if (!compiled.ok) return `the audited source does not compile here: ${compiled.errors[0]?.message ?? ""}`;
  const program = programOf(
    compiled,
    files.map(({ path }) => path),
  );
  return findingsOf(program, "")
    .filter(({ weight, rule }) => weight === "certain" && WORDS_OF_RULE[rule] !== undefined)
    .map(({ rule, line, message }) => {
      const within = source.functions.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
      return { rule, line, message, functionName: within?.name ?? "", isStrong: STRONG.has(rule) };
    });
}

/** The known defects that no finding speaks of. */
export function missedDefects(
  defects: readonly KnownDefect[],
  findings: readonly AuditFinding[],
): readonly KnownDefect[] {
  const texts = findings.map(({ title, location, claims, impact, fix }) =>
    [title, location, claims, impact, fix].join("\n"),
  );
  return defects.filter(({ rule, functionName }) => {
    const words = WORDS_OF_RULE[rule];
    const isOnly = new Set(defects.filter((each) => each.rule === rule).map((each) => each.functionName)).size === 1;
    return !texts.some((text) => words?.test(text) === true && (isOnly || text.includes(functionName)));
  });
}
