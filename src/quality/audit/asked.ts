import { outsideFences } from "./language.ts";
import type { Audit } from "./answer.ts";
import type { AuditFinding, Severity } from "./finding.ts";

const NUMBER_OF_WORD: Readonly<Record<string, number>> = {
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, single: 1,
}; // prettier-ignore
const COUNT = String.raw`(\d{1,3}|${Object.keys(NUMBER_OF_WORD).join("|")})`;
const THINGS = String.raw`(?:\w+ ){0,3}(?:findings?|issues?|vulnerabilit(?:y|ies)|problems?|bugs?)`;
const AT_MOST = new RegExp(
  String.raw`\b(?:at most|no more than|up to|max(?:imum)?(?: of)?|top|limit (?:\w+ ){0,3}to) ${COUNT} ${THINGS}`,
  "i",
);
const EXACTLY = new RegExp(String.raw`\b(?:exactly|precisely) ${COUNT} ${THINGS}`, "i");
const ONLY =
  /\b(?:only|just|solely|nothing but|limit\w* (?:\w+ ){0,3}to)(?: \w+){0,3}? ((?:critical|high|medium)(?:(?:,? ?(?:and|or|\/|&|,) ?)(?:critical|high|medium))?)\b(?:[- ]?(?:severity|risk|impact|level))?(?: (?:\w+ )?(?:findings|issues|vulnerabilities|bugs|ones|problems))?/i;
const AS_JSON =
  /\b(?:as|in|with|return|output|respond(?: with| in)?|valid|only|a) (?:an? )?(?:\w+ )?json\b|\bjson (?:array|object|only|format|output)\b/i;
const FOCUS =
  /\b(?:focus(?:ing)? (?:only |solely |exclusively )?on|only (?:audit|review|look at|check|analy[sz]e)|limit (?:\w+ ){0,4}to) (?:the )?(?:function )?`?(\w{2,80})(?:\(\))?`?(?: function)?/i;

/** What a prompt demands of the audit's form. */
export interface Demands {
  readonly json: boolean;
  readonly atMost: number | null;
  readonly exactly: number | null;
  readonly severities: readonly Severity[] | null;
  /** Whether it narrows what the audit is to speak of. */
  readonly isNarrowed: boolean;
}

/** Reads the demands of a prompt, code left out. */
export function demandsOf(prompt: string): Demands {
  const words = outsideFences(prompt).slice(0, 6000);
  const atMost = numberOf(AT_MOST.exec(words)?.[1]);
  const exactly = numberOf(EXACTLY.exec(words)?.[1]);
  const only = ONLY.exec(words)?.[1]?.toLowerCase() ?? null;
  const named = (["critical", "high", "medium"] as const).filter((each) => only?.includes(each) === true);
  const orAbove = only !== null && /\b(?:or|and) (?:above|higher)\b/i.test(words);
  // Who asks for high ones wants the critical ones as well.
  const severities: readonly Severity[] | null =
    only === null ? null : named.includes("high") || orAbove ? ["critical", ...named] : named;
  const isNarrowed = atMost !== null || exactly !== null || severities !== null || FOCUS.test(words);
  return { json: AS_JSON.test(words), atMost, exactly, severities, isNarrowed };
}

function numberOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  return NUMBER_OF_WORD[word.toLowerCase()] ?? Number(word);
}

/** The demands that an audit does not meet. */
export function unmetDemands(demands: Demands, { form }: Audit, findings: readonly AuditFinding[]): readonly string[] {
  const { json, atMost, exactly, severities } = demands;
  const others =
    severities === null ? [] : findings.filter(({ severity }) => severity !== null && !severities.includes(severity));
  return [
    ...(json && form !== "json" ? ["JSON was asked for"] : []),
    ...(atMost !== null && findings.length > atMost
      ? [`at most ${atMost} findings were asked for, there are ${findings.length}`]
      : []),
    ...(exactly !== null && findings.length !== exactly
      ? [`${exactly} findings were asked for, there are ${findings.length}`]
      : []),
    ...(others.length > 0
      ? [`only ${severities?.join(" and ")} findings were asked for, ${others.length} are others`]
      : []),
  ];
}
