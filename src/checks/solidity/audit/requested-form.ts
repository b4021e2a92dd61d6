import { isForeign, outsideFences } from "./language.ts";
import type { Audit } from "./answer.ts";
import { lacksOf, type AuditFinding, type Severity } from "./finding.ts";

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

const EVERY = /\b(?:for )?(?:every|each) (?:finding|issue|vulnerability|one|problem|bug)\b[^.!?\n]{0,200}/i;
const POC_ASKED =
  /(?<!\bno )(?<!\bwithout )(?<!\bwithout a )\b(?:proofs?[- ]of[- ]concepts?|pocs?|exploit scenarios?|attack scenarios?)\b/i;
/** A scenario by any name, or told as a story. */
const POC_GIVEN =
  /proofs?[- ]of[- ]concept|\bpocs?\b|exploit|attack (?:scenario|path|vector|steps|sequence|contract)|steps to reproduce|scenario|reproduc|example|\b(?:attacker|alice|bob|mallory)s? (?:\w+ ){0,3}(?:calls?|deploys?|deposits?|sends?|re-?enters?|invokes?|creates?|stakes?|transfers?|borrows?|front-?runs?)\b/i;
/** From this share of findings on, a part that the prompt asks of every one is missing for good. */
const LACKING_SHARE = 0.2;

/** What a prompt demands of the audit's form. */
export interface Demands {
  readonly json: boolean;
  readonly atMost: number | null;
  readonly exactly: number | null;
  readonly severities: readonly Severity[] | null;
  /** Whether it narrows what the audit is to speak of. */
  readonly isNarrowed: boolean;
  /** Parts that it wants of every finding, by the names that `lacksOf` gives them. */
  readonly parts: readonly string[];
  readonly poc: boolean;
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
  const every = EVERY.exec(words)?.[0] ?? "";
  const parts = PARTS.flatMap(([part, asked]) => (asked.test(every) ? [part] : []));
  return { json: AS_JSON.test(words), atMost, exactly, severities, isNarrowed, parts, poc: POC_ASKED.test(words) };
}

const PARTS: readonly (readonly [part: string, asked: RegExp])[] = [
  ["severity", /\bseverity\b/i],
  ["location", /\b(?:location|line|function)/i],
  ["fix", /\b(?:fix|recommend|remediation|mitigation)/i],
];

/** The parts asked of every finding that too many lack, and a proof of concept that none has. */
export function unmetParts(demands: Demands, findings: readonly AuditFinding[], text: string): readonly string[] {
  if (findings.length === 0 || isForeign(text)) return [];
  const lacking = demands.parts.flatMap((part) => {
    const count = findings.filter((finding) => lacksOf(finding).includes(part)).length;
    return count / findings.length > LACKING_SHARE ? [`${count} findings state no ${part}, which was asked for`] : [];
  });
  const hasPoc = !demands.poc || POC_GIVEN.test(text);
  return hasPoc ? lacking : [...lacking, "a proof of concept was asked for, no finding has one"];
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
