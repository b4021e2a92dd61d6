import type { AuditFinding } from "./finding.ts";

/** What a finding points at. */
export interface Citation {
  /** Names in a row: `Vault.withdraw` is two. */
  readonly names: readonly string[];
  readonly files: readonly string[];
  /** Lines, from 1. */
  readonly lines: readonly number[];
}

const NAME = String.raw`[A-Za-z_$][\w$]{0,80}`;
/** A code span that is a name, a dotted name or a signature. */
const SPAN = new RegExp(
  String.raw`^(?:function |modifier |contract |event |mapping )?(${NAME}(?:(?:\.|::|#)${NAME}){0,3})(?:\([^)]{0,300}\))?;?$`,
);
const CALL = new RegExp(String.raw`(?<![\w$.])(${NAME}(?:(?:\.|::|#)${NAME}){0,3})\([^)\n]{0,200}\)`, "g");
const WORDED = new RegExp(
  String.raw`\b(?:functions?|modifier|contract|variable) (${NAME})(?![\w$])|(?<![\w$])(${NAME}) (?:function|modifier|contract)\b`,
  "g",
);
const FILE = /(?<![\w/.-])([\w./-]{1,120}\.sol)\b/g;
const LINES = /(?:\blines?[ :#~]{1,3}|\.sol[:#]L?|(?<![\w])#?L)(\d{1,6})(?: ?(?:-|–|—|to|,|and) ?L?(\d{1,6}))?/gi;
/** Titles that speak of what is not there. */
const ABSENCE =
  /\b(?:missing|lacks?|lacking|no|absence|absent|without|not|never|should|un\w+ed|instead|use of|floating|insufficient)\b/i;
/** Words that name no single thing of the source. */
const GENERAL = new Set(
  "constructor fallback receive contract function modifier public external internal private view pure payable virtual override this super msg tx block abi type address all entire whole global multiple various several the a an and in of line lines file state variable variables each every any functions contracts code see both".split(
    " ",
  ),
);

/** What the location of a finding cites, and its title unless that speaks of something missing. */
export function citationOf(finding: AuditFinding): Citation {
  const location = finding.location ?? "";
  const texts = ABSENCE.test(finding.title) ? [location] : [location, finding.title];
  const names = texts.flatMap(spanNames);
  const bare = location.trim().replace(/[.,;]$/, "");
  if (SPAN.test(bare)) names.push(...namesIn(SPAN.exec(bare)?.[1] ?? ""));
  const outside = location.replace(/`[^`\n]*`/g, " ");
  for (const match of outside.matchAll(CALL)) names.push(...namesIn(match[1] ?? ""));
  for (const match of outside.matchAll(WORDED)) names.push(...namesIn(match[1] ?? match[2] ?? ""));
  return {
    names: [...new Set(names)].filter(
      (name) => !GENERAL.has(name.toLowerCase()) && !/^u?int\d*$|^bytes\d*$|^(?:string|bool)$/.test(name),
    ),
    files: [...new Set([...location.matchAll(FILE)].map((match) => match[1] ?? ""))],
    lines: [...location.matchAll(LINES)]
      .flatMap((match) => [match[1], match[2]])
      .filter((line) => line !== undefined)
      .map(Number),
  };
}

function spanNames(text: string): readonly string[] {
  return [...text.matchAll(/`([^`\n]{1,400})`/g)].flatMap((match) =>
    namesIn(SPAN.exec((match[1] ?? "").trim())?.[1] ?? ""),
  );
}

/** `Vault.sol` is a file, `Vault.withdraw` are two names. */
function namesIn(dotted: string): readonly string[] {
  const names = dotted.split(/\.|::|#/).filter((name) => name !== "");
  return names.includes("sol") ? [] : names;
}
