import type { AuditFinding } from "./finding.ts";
import { isGuarded, isLocked, settlesAfterCalling } from "./source-facts.ts";
import type { AuditedSource, SourceFunction } from "./source-model.ts";

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
/** Of what is open to anybody, what gives everything away. */
const TAKEOVER = /\bether away\b|\breplace the implementation\b/;

/** The weaknesses that the detectors are certain of; or why they could not look. */
export async function knownDefects(source: AuditedSource): Promise<readonly KnownDefect[] | string> {
  const [{ compileSources, isCompiled }, { programOf }, { findingsOf }] = await Promise.all([
    import("../solidity/compile.ts"),
    import("../solidity/program.ts"),
    import("../security/rules/index.ts"),
  ]);
  const files = source.texts.map(({ path, content }, at) => ({ path: path ?? `Source${at + 1}.sol`, content }));
  const compiled = await compileSources(files);
  if (!isCompiled(compiled)) return orPlain(source, compiled.unchecked);
  if (!compiled.ok)
    return orPlain(source, `the audited source does not compile here: ${compiled.errors[0]?.message ?? ""}`);
  const program = programOf(
    compiled,
    files.map(({ path }) => path),
  );
  return findingsOf(program, "")
    .filter(({ weight, rule }) => weight === "certain" && WORDS_OF_RULE[rule] !== undefined)
    .map(({ rule, line, message }) => {
      const within = source.functions.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
      return {
        rule,
        line,
        message,
        functionName: within?.name ?? "",
        isStrong: STRONG.has(rule) || TAKEOVER.test(message),
      };
    });
}

/** Without a compiler, for releases before 0.8 say: what the text of a function alone makes certain. */
function orPlain(source: AuditedSource, why: string): readonly KnownDefect[] | string {
  if (!source.isParsed) return why;
  const found = source.functions.flatMap((fn) => plainDefects(fn, source));
  return found.length > 0 ? found : why;
}

function plainDefects(fn: SourceFunction, source: AuditedSource): readonly KnownDefect[] {
  const isEntry = (fn.visibility === "external" || fn.visibility === "public") && !fn.isModifier;
  if (!isEntry || isGuarded(fn, source)) return [];
  const defect = (rule: string, message: string): KnownDefect => ({
    rule,
    line: fn.firstLine,
    message: `${fn.name} ${message}`,
    functionName: fn.name,
    isStrong: STRONG.has(rule),
  });
  const paysCaller = /\bmsg\.sender\s?\.\s?call\s?(?:\{\s?value|\.\s?value\s?\()/.test(fn.code);
  const ignoresSend = /[;{}]\s*[\w.[\]()]{1,80}\.send\s?\([^;]{1,200}\)\s?;/.test(fn.code);
  return [
    ...(paysCaller && !isLocked(fn) && settlesAfterCalling(fn, source)
      ? [defect("reentrancy", "writes its state after it has sent ether by a call")]
      : []),
    ...(ignoresSend ? [defect("unchecked call", "ignores whether its send succeeds")] : []),
  ];
}

/** The known defects that no finding speaks of. `byName`: its words cannot be read, so that naming the function is enough. */
export function missedDefects(
  defects: readonly KnownDefect[],
  findings: readonly AuditFinding[],
  byName = false,
): readonly KnownDefect[] {
  const texts = findings.map(({ title, location, claims, impact, fix }) =>
    [title, location, claims, impact, fix].join("\n"),
  );
  return defects.filter(({ rule, functionName }) => {
    const words = byName ? /(?:)/ : WORDS_OF_RULE[rule];
    const isOnly = new Set(defects.filter((each) => each.rule === rule).map((each) => each.functionName)).size === 1;
    return !texts.some((text) => words?.test(text) === true && ((isOnly && !byName) || text.includes(functionName)));
  });
}
