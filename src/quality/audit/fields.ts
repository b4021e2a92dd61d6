import { severityIn, severityInTitle, type AuditFinding } from "./finding.ts";

type Field = "severity" | "location" | "impact" | "fix" | "description" | "other";

/** What auditors write before the parts of a finding. */
const FIELD_OF_LABEL: Readonly<Record<string, Field>> = {
  severity: "severity",
  "severity level": "severity",
  "risk level": "severity",
  "risk rating": "severity",
  criticality: "severity",
  rating: "severity",
  location: "location",
  locations: "location",
  where: "location",
  function: "location",
  functions: "location",
  line: "location",
  lines: "location",
  file: "location",
  files: "location",
  contract: "location",
  "affected code": "location",
  "affected function": "location",
  "affected functions": "location",
  "affected contract": "location",
  "affected lines": "location",
  affected: "location",
  instances: "location",
  "code location": "location",
  "line numbers": "location",
  impact: "impact",
  risk: "impact",
  consequence: "impact",
  consequences: "impact",
  effect: "impact",
  exploit: "impact",
  "exploit scenario": "impact",
  "attack scenario": "impact",
  "attack vector": "impact",
  exploitation: "impact",
  recommendation: "fix",
  recommendations: "fix",
  "recommended fix": "fix",
  "recommended mitigation": "fix",
  "recommended mitigation steps": "fix",
  remediation: "fix",
  mitigation: "fix",
  fix: "fix",
  "suggested fix": "fix",
  "proposed fix": "fix",
  solution: "fix",
  resolution: "fix",
  patch: "fix",
  "how to fix": "fix",
  suggestion: "fix",
  description: "description",
  details: "description",
  detail: "description",
  issue: "description",
  vulnerability: "description",
  problem: "description",
  explanation: "description",
  summary: "description",
  category: "other",
  type: "other",
  swc: "other",
  likelihood: "other",
  confidence: "other",
  status: "other",
  references: "other",
  reference: "other",
  title: "other",
  id: "other",
  "proof of concept": "other",
  poc: "other",
};
const LABELS = Object.keys(FIELD_OF_LABEL)
  .sort((a, b) => b.length - a.length)
  .join("|");
/** "Impact: …", "Impact – …" anywhere after a sentence or a line begins; "Impact" alone on its line. */
const LABEL = new RegExp(
  String.raw`(?:^|[.;|)\x60] {1,2}|\n)[^\p{L}\n]{0,8}(${LABELS})(?:\(s\))? ?(?:[:：]|[–—-](?= )|(?=\n|$))`,
  "giu",
);

/** The location that a sentence names: `withdraw()`, `Vault.sol:42`, line 42. */
const IN_PASSING =
  /`[^`\n]{0,60}\w\(?[^`\n]{0,60}`|\b\w{1,60}\.sol\b|\b(?:lines?|L) ?#?\d{1,5}\b|\b\w{2,60}\(\)|\b(?:function|modifier|constructor) \w{2,60}/i;
const HARM =
  /\b(?:attackers?|malicious|anyone|drain\w*|steal\w*|theft|loss|lose[sd]?|lead(?:s|ing)? to|result(?:s|ing)? in|allow(?:s|ing)?|enabl(?:es|ing)|bypass\w*|denial|dos|lock(?:s|ed)?|stuck|manipulat\w*|front-?run\w*|re-?ent\w+|inflat\w*|revert(?:s|ed)?|brick\w*|takeover|take over|mint unlimited|arbitrary)\b/i;
const REMEDY =
  /\b(?:(?:use|using|add|adding|replace|apply|implement|ensure|consider|restrict|move|update|follow|remove|validate|check|require|emit|adopt|introduce|set|cap|limit|wrap|inherit|switch|avoid|make|declare|mark|store|perform|bound|lock|upgrade|fix)) (?:\p{L}|`)|\bshould be\b/iu;

/** Reads the parts of a finding from its title and text: labelled ones first, then what the sentences say. */
export function findingFrom(title: string, text: string, inherited: AuditFinding["severity"] = null): AuditFinding {
  const fields = labelled(text);
  const free = [fields.get("description") ?? "", fields.get("other") ?? "", fields.get("rest") ?? ""].join("\n");
  const passing = IN_PASSING.exec(title)?.[0] ?? IN_PASSING.exec(free)?.[0] ?? null;
  return {
    title,
    severity: severityIn(fields.get("severity") ?? "") ?? severityInTitle(title) ?? inherited,
    location: stated(fields.get("location")) ?? passing,
    impact: stated(fields.get("impact")) ?? (HARM.test(free) ? free : null),
    fix: stated(fields.get("fix")) ?? sentenceWith(REMEDY, free),
  };
}

/** A field with something in it; "N/A" is not. */
function stated(value: string | undefined): string | null {
  if (value === undefined || !/[\p{L}\p{N}]{2}|\d/u.test(value)) return null;
  return /^\W*(?:n\/?a|none|unknown|tbd|todo)\W*$/i.test(value) ? null : value;
}

function sentenceWith(pattern: RegExp, text: string): string | null {
  return text.split(/[.\n] ?/).find((sentence) => pattern.test(sentence)) ?? null;
}

/** The text by field; what stands before the first label is `rest`. */
export function labelled(text: string): ReadonlyMap<Field | "rest", string> {
  const found = [...text.matchAll(LABEL)];
  const fields = new Map<Field | "rest", string>([["rest", text.slice(0, found[0]?.index ?? text.length)]]);
  for (const [at, match] of found.entries()) {
    const field = FIELD_OF_LABEL[(match[1] ?? "").toLowerCase()] ?? "other";
    const value = text.slice(match.index + match[0].length, found[at + 1]?.index ?? text.length).trim();
    // A severity or a place is said in one line; what follows it is the finding's text again.
    const [line = "", ...others] = field === "severity" || field === "location" ? value.split("\n") : [value];
    append(fields, field, line);
    if (others.length > 0) append(fields, /^\W*[-*`\d]/.test(others[0] ?? "") ? field : "rest", others.join("\n"));
  }
  return fields;
}

function append(fields: Map<Field | "rest", string>, field: Field | "rest", value: string): void {
  const before = fields.get(field);
  fields.set(field, before === undefined ? value : `${before}\n${value}`);
}

/** The field that a column or a JSON key stands for. */
export function fieldOfName(name: string): Field | "title" | null {
  const bare = name
    .toLowerCase()
    .replace(/[_-]/g, " ")
    .replace(/[^a-z ]/g, "")
    .trim();
  if (/^(?:title|name|finding|issue|vulnerability|bug)$/.test(bare)) return "title";
  return FIELD_OF_LABEL[bare] ?? (/^(?:recommend|remediat|mitigat|fix)/.test(bare) ? "fix" : null);
}
