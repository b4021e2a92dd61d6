import type { Root, RootContent } from "mdast";
import { plain, rowsOf } from "../../kit/answer/markdown.ts";
import { fieldOfName, findingFrom, isLabel, labelled } from "./fields.ts";
import { lacksOf, severityIn, severityInProse, severityInTitle, type AuditFinding, type Severity } from "./finding.ts";
import { fromCells } from "./read-json.ts";

/** A piece of the answer that may be a finding. */
interface Piece {
  readonly title: string;
  readonly text: string;
  readonly inherited: Severity | null;
}

/** Headings of an audit's frame. */
const FRAME =
  /^\W*(?:\d+[.)] ?)?(?:(?:executive |audit |final |overall )?(?:summary|overview|introduction|scope|conclusions?|methodology|disclaimer|appendix|table of contents|findings?(?: summary| overview)?|issues|vulnerabilities|recommendations|general recommendations|assessment|audit report|positive \w+|strengths|system overview|severity \w+|risk \w+))\W*$/i;
const GROUP =
  /^\W*(critical|high|medium|low|informational|info|gas)\b[- ]?(?:severity|risk|priority)?[- ]?(?:issues?|findings?|vulnerabilities)?\W*$/i;
const NUMBERED = /^\W{0,3}(?:(?:finding|issue|vulnerability|bug) ?#?\d+|[A-Z]{1,4}-?\d{1,3}\b|\d{1,2}[.):])/i;

/** The findings of a Markdown answer, by the form that states them most fully: sections, bold lines, lists, paragraphs or tables. */
export function readFindings(root: Root): readonly AuditFinding[] {
  const readings = [sections(root), boldLines(root), items(root), paragraphs(root)].map((pieces) =>
    pieces.map(({ title, text, inherited }) => findingFrom(title, text, inherited)),
  );
  return fullest([...readings, tables(root)]);
}

/** The reading whose findings state most of their parts; of equal ones, the longest. One that sees few findings misreads the rest. */
function fullest(readings: readonly (readonly AuditFinding[])[]): readonly AuditFinding[] {
  const worth = (findings: readonly AuditFinding[]): number =>
    findings.length === 0 ? -1 : findings.reduce((sum, each) => sum + 4 - lacksOf(each).length, 0) / findings.length;
  const most = Math.max(...readings.map((findings) => findings.length));
  const comparable = readings.filter((findings) => findings.length * 2 >= most);
  return comparable.reduce((best, each) => {
    const gain = worth(each) - worth(best);
    return gain > 0 || (gain === 0 && each.length > best.length) ? each : best;
  }, []);
}

function sections(root: Root): readonly Piece[] {
  const pieces: Piece[] = [];
  const depths = new Set<number>();
  let group: { readonly severity: Severity | null; readonly depth: number } = { severity: null, depth: 0 };
  for (const [index, node] of root.children.entries()) {
    if (node.type !== "heading") continue;
    const title = plain(node);
    if (node.depth <= group.depth) group = { severity: null, depth: 0 };
    const grouped = GROUP.exec(title);
    if (grouped !== null) group = { severity: severityIn(grouped[1] ?? ""), depth: node.depth };
    if (grouped !== null || FRAME.test(title) || isLabel(title)) continue;
    const text = textUnder(root.children, index, node.depth);
    const isFinding =
      group.severity !== null ||
      severityInTitle(title) !== null ||
      NUMBERED.test(title) ||
      labelled(text.own).has("severity") ||
      (depths.has(node.depth) && isParted(text.own));
    if (isFinding) depths.add(node.depth);
    if (isFinding && !text.holdsFindings) pieces.push({ title, text: text.own, inherited: group.severity });
  }
  return pieces;
}

/** Whether it states the parts of a finding, as the one does that forgets its severity. */
function isParted(text: string): boolean {
  const fields = labelled(text);
  return fields.has("location") && (fields.has("impact") || fields.has("fix"));
}

/** The text up to the next heading of the same or a higher level, but for headings that name the finding's own parts. */
function textUnder(nodes: readonly RootContent[], at: number, depth: number): { own: string; holdsFindings: boolean } {
  const lines: string[] = [];
  for (const node of nodes.slice(at + 1)) {
    if (node.type === "heading") {
      const isPart = isLabel(plain(node));
      if (node.depth <= depth && !(isPart && node.depth === depth)) break;
      if (!isPart && (severityInTitle(plain(node)) !== null || NUMBERED.test(plain(node))))
        return { own: lines.join("\n"), holdsFindings: true };
    }
    if (node.type === "thematicBreak") continue;
    lines.push(plain(node));
  }
  return { own: lines.join("\n"), holdsFindings: false };
}

/** "Severity: High — Insolvency". */
const SEVERITY_AND_TITLE = /^\W{0,4}severity\W{1,4}\p{L}{2,20}\W{0,3}? ?[—–|:-] ?.{8}/iu;

/** Paragraphs that begin in bold, with all that follows up to the next one or a heading. */
function boldLines(root: Root): readonly Piece[] {
  const pieces: { title: string; lines: string[]; inherited: Severity | null }[] = [];
  let open = false;
  let inherited: Severity | null = null;
  for (const node of root.children) {
    if (node.type === "heading" || node.type === "thematicBreak") {
      open &&= node.type !== "heading" || isLabel(plain(node));
      if (node.type === "heading") inherited = severityIn(GROUP.exec(plain(node))?.[1] ?? "");
      continue;
    }
    const strong = node.type === "paragraph" && node.children[0]?.type === "strong" ? plain(node.children[0]) : null;
    const [first = "", ...rest] = plain(node).split("\n");
    const label = (strong ?? "").replace(/[:：.].*$/s, "");
    if (strong !== null && (!isLabel(label) || SEVERITY_AND_TITLE.test(strong))) {
      pieces.push({ title: first, lines: rest, inherited });
      open = true;
    } else if (open) {
      pieces.at(-1)?.lines.push(plain(node));
    }
  }
  return pieces
    .map(({ title, lines, inherited: above }) => ({ title, text: lines.join("\n"), inherited: above }))
    .map((piece) => (piece.text.trim() === "" ? { ...piece, text: piece.title } : piece))
    .filter(
      ({ title, text, inherited: above }) =>
        above !== null || NUMBERED.test(title) || severityInTitle(title) !== null || labelled(text).has("severity"),
    );
}

/** Shorter ones are captions and counts. */
const MIN_PARAGRAPH_CHARS = 80;

/** Paragraphs without any mark that say how severe what they describe is. */
function paragraphs(root: Root): readonly Piece[] {
  return root.children.flatMap((node) => {
    if (node.type !== "paragraph") return [];
    const text = plain(node);
    const [title = ""] = text.split(/(?<=[.!?]) |\n/, 1);
    const isFinding =
      text.length > MIN_PARAGRAPH_CHARS &&
      !isLabel(title.replace(/[:：].*$/s, "")) &&
      (severityInProse(text) !== null || severityInTitle(title) !== null || labelled(text).has("severity"));
    return isFinding ? [{ title, text, inherited: null }] : [];
  });
}

/** List items that state a severity. */
function items(root: Root): readonly Piece[] {
  let inherited: Severity | null = null;
  return root.children.flatMap((node) => {
    if (node.type === "heading") inherited = severityIn(GROUP.exec(plain(node))?.[1] ?? "");
    if (node.type !== "list") return [];
    const severity = inherited;
    return node.children.flatMap((item) => {
      const text = plain(item);
      const [title = ""] = text.split("\n", 1);
      const isFinding =
        severity !== null ||
        severityInTitle(title) !== null ||
        labelled(text).has("severity") ||
        severityInProse(text) !== null;
      // The title may be one paragraph that says it all.
      const isField = /^\W*severity\b/i.test(title) && !SEVERITY_AND_TITLE.test(title);
      return isFinding && !isField ? [{ title, text, inherited: severity }] : [];
    });
  });
}

function tables(root: Root): readonly AuditFinding[] {
  return root.children.flatMap((node) => {
    const [header = [], ...rows] = rowsOf(node);
    if (!header.some((name) => fieldOfName(name) === "severity" || /^sev/i.test(name))) return [];
    // A table of counts per severity is no table of findings.
    if (header.length < 3 && header.some((name) => /count|number|total|#/i.test(name))) return [];
    return rows.map((cells) => fromCells(cells.map((cell, at) => [header[at] ?? "", cell])));
  });
}
