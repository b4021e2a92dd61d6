import { CODE_MARK, severityIn, severityInProse, severityInTitle, type AuditFinding } from "./finding.ts";

type Field = "severity" | "location" | "impact" | "fix" | "description" | "other" | "poc";

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
  exploit: "poc",
  "exploit scenario": "poc",
  "attack scenario": "poc",
  "attack vector": "poc",
  exploitation: "poc",
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
  "proof of concept": "poc",
  poc: "poc",
  "attack steps": "poc",
  "steps to reproduce": "poc",
  "attack path": "poc",
  "proof of code": "poc",
  "root cause": "description",
  "vulnerability details": "description",
  "vulnerability detail": "description",
  "technical details": "description",
  "what is wrong": "description",
  "what happens": "description",
  finding: "description",
  "vulnerable code": "location",
  "code snippet": "location",
  "code reference": "location",
  snippet: "location",
  "lines of code": "location",
  "links to affected code": "location",
  "code links": "location",
  "tools used": "other",
  sev: "severity",
  code: "location",
  place: "location",
  "line number": "location",
  "line(s)": "location",
  "why it matters": "impact",
  "potential impact": "impact",
  harm: "impact",
  damage: "impact",
  "recommended action": "fix",
  "recommended change": "fix",
  "recommended mitigation step": "fix",
  "suggested remediation": "fix",
  "remediation steps": "fix",
  "mitigation steps": "fix",
  "recommended code": "fix",
  "fixed code": "fix",
  after: "fix",
  advice: "fix",
  remedy: "fix",
  schweregrad: "severity",
  gravedad: "severity",
  severidad: "severity",
  severidade: "severity",
  gravité: "severity",
  sévérité: "severity",
  gravità: "severity",
  严重程度: "severity",
  严重性: "severity",
  ort: "location",
  stelle: "location",
  fundstelle: "location",
  ubicación: "location",
  ubicacion: "location",
  emplacement: "location",
  localisation: "location",
  localização: "location",
  posizione: "location",
  位置: "location",
  auswirkung: "impact",
  auswirkungen: "impact",
  impacto: "impact",
  impatto: "impact",
  影响: "impact",
  empfehlung: "fix",
  behebung: "fix",
  abhilfe: "fix",
  lösung: "fix",
  recomendación: "fix",
  solución: "fix",
  corrección: "fix",
  recommandation: "fix",
  correction: "fix",
  correctif: "fix",
  recomendação: "fix",
  correção: "fix",
  raccomandazione: "fix",
  correzione: "fix",
  rimedio: "fix",
  soluzione: "fix",
  修复建议: "fix",
  修复: "fix",
  建议: "fix",
  beschreibung: "description",
  descripción: "description",
  descrição: "description",
  描述: "description",
};
const LABELS = Object.keys(FIELD_OF_LABEL)
  .sort((a, b) => b.length - a.length)
  .join("|");
/** "Impact: …", "Impact – …" anywhere after a sentence or a line begins; "Impact" alone on its line. */
const LABEL = new RegExp(
  String.raw`(?:^|[.;|)\x60—–-] {1,2}|\n)[^\p{L}\n]{0,8}(${LABELS})(?:\(s\))? ?(?:[:：]|[–—-](?= )|(?=\n|$))`,
  "giu",
);

/** The location that a sentence names: `withdraw()`, `Vault.sol:42`, line 42. */
const IN_PASSING =
  /`[^`\n]{0,60}\w\(?[^`\n]{0,60}`|\b\w{1,60}\.sol\b|\b(?:lines?|L) ?#?\d{1,5}\b|⟦code \d+⟧|\b\w{2,60}\(\)|\b(?:function|modifier|constructor) \w{2,60}/i;
const HARM =
  /\b(?:attackers?|malicious|anyone|drain\w*|steal\w*|theft|loss|lose[sd]?|lost|rug\w*|fr(?:ee|o)ze\w*|break(?:s|ing)?|broken|mislead\w*|overwrit\w*|destroy\w*|insolven\w*|unfair\w*|exploit\w*|abuse\w*|unauthori[sz]ed|incorrect\w*|fail(?:s|ed|ure)?|cannot|confiscat\w*|trapped|compromise[sd]?|confus\w*|lead(?:s|ing)? to|result(?:s|ing)? in|allow(?:s|ing)?|enabl(?:es|ing)|bypass\w*|denial|dos|lock(?:s|ed)?|stuck|manipul\w*|flash[- ]?loans?|sandwich\w*|dilut\w*|(?:can|could|may|might|would) (?:\w+ ){0,2}\w+|front-?run\w*|re-?ent\w+|inflat\w*|revert(?:s|ed)?|brick\w*|takeover|take over|mint unlimited|arbitrary)\b/i;
/** An imperative: a verb at the beginning of a clause, or one that something should be done by. */
const REMEDY =
  /(?:(?:^|[,;:(—–-] ?|\n|\b(?:and|or|then|should|must|by|please|instead|simply|either|also|better|(?:must|needs? to) be|need(?:s|ed)? to|recommend(?:ed)?(?: to)?|consider|could|best to)\b )[^\p{L}\p{N}]{0,4}(?:use|using|add|adding|replace|apply|implement|ensure|consider|restrict|move|update|follow|remove|validate|check|require|emit|adopt|introduce|set|cap|limit|wrap|inherit|switch|avoid|make|declare|mark|store|perform|bound|lock|upgrade|fix|pull|call|delete|emitting|checking|following|moving|require|guard|initialize|call|track|give|put|prefer|leave|keep|include|document|reorder|swap|change|let|take|pin|specify|rename) (?:\p{L}|`))|\bshould be\b/iu;

/** Under a title alone nothing is said. */
const MIN_TEXT_CHARS = 20;
/** A title of this length is a sentence. */
const MIN_TITLE_CHARS = 40;

/** Reads the parts of a finding from its title and text: labelled ones first, then what the sentences say. */
export function findingFrom(title: string, text: string, inherited: AuditFinding["severity"] = null): AuditFinding {
  const fields = labelled(text);
  const of = (...names: readonly (Field | "rest")[]): string =>
    names.flatMap((name) => fields.get(name) ?? []).join("\n");
  const free = of("description", "other", "rest");
  const passing = IN_PASSING.exec(title)?.[0] ?? IN_PASSING.exec(`${free}\n${of("impact")}`)?.[0] ?? null;
  const labelledSeverity = severityIn(of("severity"));
  const titled = severityInTitle(title);
  const disagree = labelledSeverity !== null && titled !== null && labelledSeverity !== titled;
  const claims = of("rest", "description", "impact");
  return {
    title,
    severity: labelledSeverity ?? titled ?? inherited ?? severityInProse(text),
    location: stated(fields.get("location")) ?? passing,
    impact:
      stated(fields.get("impact")) ??
      stated(fields.get("poc")) ??
      (HARM.test(free.trim().length > MIN_TEXT_CHARS || title.length > MIN_TITLE_CHARS ? `${title}\n${free}` : free)
        ? free || title
        : null),
    fix: stated(fields.get("fix")) ?? sentenceWith(REMEDY, free),
    claims,
    codes: [...`${of("location")}\n${claims}`.matchAll(CODE_MARK)].map((match) => Number(match[1])),
    disagreement: disagree ? [titled, labelledSeverity] : null,
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
    // A severity or a place is said in one line or sentence; what follows it is the finding's text again.
    const isShort = field === "severity" || field === "location";
    const [line = "", ...others] = isShort ? value.split(/\n|(?<=[\w)`*])\.\s+(?=\p{Lu}\p{Ll}*[ '])/u) : [value];
    append(fields, field, line);
    // Places may be listed below the label; prose that begins with a name is no place.
    const end = others.findIndex(
      (other) => !/^\W*[-*`\d]/.test(other) || (/^\s*`/.test(other) && /(?:[a-z]{2,} ){2}[a-z]{2,}/.test(other)),
    );
    const [places, rest] = end === -1 ? [others, []] : [others.slice(0, end), others.slice(end)];
    if (places.length > 0) append(fields, field, places.join("\n"));
    if (rest.length > 0) append(fields, "rest", rest.join("\n"));
  }
  return fields;
}

function append(fields: Map<Field | "rest", string>, field: Field | "rest", value: string): void {
  const before = fields.get(field);
  fields.set(field, before === undefined ? value : `${before}\n${value}`);
}

/** Whether the words are the name of a finding's part and nothing else. */
export function isLabel(words: string): boolean {
  const bare = words
    .toLowerCase()
    .replace(/^[^\p{L}]+|[^\p{L}\p{N})]+$/gu, "")
    .replace(/\(s\)$/, "");
  return Object.hasOwn(FIELD_OF_LABEL, bare) && bare !== "title";
}

/** The field that a column or a JSON key stands for. */
export function fieldOfName(name: string): Field | "title" | null {
  const spaced = name.replace(/([a-z])([A-Z])/g, "$1 $2");
  const bare = spaced
    .toLowerCase()
    .replace(/[_-]/g, " ")
    .replace(/[^\p{L} ]/gu, "")
    .trim();
  if (/^(?:title|name|finding|issue|vulnerability|bug)$/.test(bare)) return "title";
  const known = Object.hasOwn(FIELD_OF_LABEL, bare) ? FIELD_OF_LABEL[bare] : undefined;
  if (known !== undefined) return known;
  if (/recommend|remediat|mitigat|\bfix/.test(bare)) return "fix";
  if (/\b(?:line|lines|function|contract|location|file)\b/.test(bare)) return "location";
  return /impact|consequence/.test(bare) ? "impact" : null;
}
