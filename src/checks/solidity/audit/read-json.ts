import { marked, type AuditCode } from "./codes.ts";
import { fieldOfName, findingFrom } from "./fields.ts";
import { severityIn, type AuditFinding, type Severity } from "./finding.ts";

const MAX_DEPTH = 8;
const NAME_KEY = /^(?:function|contract|modifier|variable|event)(?:_?name)?s?$/i;

/** The findings of a JSON answer: the objects that have a severity, of their own or from the key above them. */
export function readJsonFindings(
  value: unknown,
  codes: AuditCode[],
  inherited: Severity | null = null,
  depth = 0,
): readonly AuditFinding[] {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return [];
  const inner = Object.entries(value).flatMap(([key, each]) => {
    const grouped = /^(?:critical|high|medium|low|info|informational|gas)(?:_|\b)/i.exec(key);
    return readJsonFindings(
      each,
      codes,
      grouped === null ? inherited : severityIn(grouped[0].replace("_", "")),
      depth + 1,
    );
  });
  if (Array.isArray(value) || inner.length > 0) return inner;
  const cells = Object.entries(value);
  const fields = new Set(cells.map(([name]) => fieldOfName(name)));
  const isFinding =
    (fields.has("severity") && (fields.has("title") || fields.has("description") || fields.has("fix"))) ||
    (inherited !== null && (fields.has("title") || fields.has("description")));
  return isFinding
    ? [
        fromCells(
          cells.map(([name, each]) => [name, worded(name, each, codes)]),
          inherited,
        ),
      ]
    : [];
}

/** A value as the text that stands for it in a report. */
function worded(name: string, value: unknown, codes: AuditCode[]): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) {
    const glue = /line/i.test(name) ? "-" : ", ";
    const parts = (value as readonly unknown[]).map((each) => worded(/line/i.test(name) ? "" : name, each, codes));
    return /line/i.test(name) ? `line ${parts.join(value.length === 2 ? glue : ", line ")}` : parts.join(glue);
  }
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([key, each]) => worded(key, each, codes))
      .join(", ");
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (/^(?:(?:vulnerable_?)?code(?:_?snippet)?|snippet)$/i.test(name)) {
    codes.push({ tag: "solidity", content: text, before: "vulnerable code" });
    return `⟦code ${codes.length - 1}⟧`;
  }
  if (/line|^start$|^end$/i.test(name) && /^L?\d/.test(text)) return `line ${text}`;
  if (NAME_KEY.test(name) && /^[A-Za-z_$][\w$.]*(?:\([^)]*\))?$/.test(text)) return `\`${text}\``;
  return marked(text, codes);
}

/** A finding from the columns of a table or the keys of an object. */
export function fromCells(
  cells: readonly (readonly [string, string])[],
  inherited: Severity | null = null,
): AuditFinding {
  const of = (field: string): string =>
    cells
      .filter(([name, value]) => fieldOfName(name) === field && value !== "")
      .map(([, value]) => (field === "location" ? value.replaceAll("\n", ", ") : value))
      .join(field === "location" ? ", " : "\n");
  const text = ["severity", "location", "impact", "fix", "description"]
    .filter((field) => of(field) !== "")
    .map((field) => `${field === "fix" ? "recommendation" : field}: ${of(field)}`);
  return findingFrom(of("title"), text.join("\n"), inherited);
}
