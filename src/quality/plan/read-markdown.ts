import type { List, Root, RootContent, Table } from "mdast";
import { plain, rowsOf } from "../markdown.ts";
import { GROUP_WORDS, labelOf, type Label, type Reading, type Step } from "./step.ts";

/** Sections about the plan, whose lists and tables are not its steps. */
const ASIDE =
  /\b(?:risks?|assumptions?|success|metrics?|scope|goals?|objectives?|overview|summary|timeline|schedule|resources?|questions?|notes?|references?|acceptance|constraints?|requirements?|prerequisites|deliverables|context|background|dependenc(?:y|ies)|critical path|next steps|contingenc(?:y|ies)|roles|team|budget|legend)\b/i;
/** Headings that announce the steps instead of being one. */
const CONTAINER = /\b(?:steps|plan|tasks|phases|roadmap|breakdown|milestones)\b/i;
const ASIDE_WORDS = 4;
const IS_GROUP = new RegExp(`^(?:${GROUP_WORDS})$`);

interface Draft {
  step: Step;
  depth: number;
  /** Its own text, up to the first step within it. */
  lines: string[];
  hasSteps: boolean;
}

/** Every way to read a Markdown answer as a plan that finds something. */
export function readMarkdown(root: Root): readonly Reading[] {
  const outline = new Outline();
  for (const node of root.children) outline.add(node);
  return outline.readings();
}

/** Walks the blocks in order and notes what each heading, list, table and bold line would be as a step. */
class Outline {
  readonly #headings: Draft[] = [];
  readonly #bold: Draft[] = [];
  readonly #listed: (Step & { readonly section: string })[] = [];
  readonly #rows: Step[] = [];
  /** Open headings, outermost first. */
  #open: Draft[] = [];
  #openBold: Draft | null = null;
  #asideDepth: number | null = null;
  /** The last heading that is no step: it tells apart lists that number anew. */
  #section = "";

  add(node: RootContent): void {
    if (node.type === "heading") return this.#addHeading(plain(node), node.depth);
    const text = plain(node);
    const bold = boldLabel(node);
    if (bold !== null && this.#asideDepth === null) {
      const [first = "", ...rest] = text.split("\n");
      this.#openBold = this.#draft(bold, first, 7, this.#groupKey());
      this.#openBold.lines.push(...rest);
      this.#bold.push(this.#openBold);
    } else {
      this.#openBold?.lines.push(text);
    }
    const innermost = this.#open.at(-1);
    if (innermost !== undefined && IS_GROUP.test(innermost.step.word)) innermost.hasSteps ||= bold !== null;
    const steps = this.#stepsIn(node);
    if (innermost === undefined) return;
    if (IS_GROUP.test(innermost.step.word)) innermost.hasSteps ||= steps > 0;
    if (!innermost.hasSteps) innermost.lines.push(text);
  }

  /** How many steps a list or table adds. */
  #stepsIn(node: RootContent): number {
    const before = this.#listed.length + this.#rows.length;
    if (node.type === "list" && this.#asideDepth === null) this.#addList(node);
    if (node.type === "table") this.#addTable(node);
    return this.#listed.length + this.#rows.length - before;
  }

  #addHeading(text: string, depth: number): void {
    this.#open = this.#open.filter((draft) => draft.depth < depth);
    this.#openBold = null;
    if (this.#asideDepth !== null && depth <= this.#asideDepth) this.#asideDepth = null;
    if (this.#asideDepth !== null) return;
    const label = labelOf(text);
    if (label === null || (label.word === "" && (isAside(label.title, 3) || CONTAINER.test(label.title)))) {
      if (depth > 1 && isAside(label?.title ?? text, ASIDE_WORDS)) this.#asideDepth = depth;
      else this.#open.at(-1)?.lines.push(text);
      this.#section = text;
      return;
    }
    const draft = this.#draft(label, text, depth, this.#open.at(-1)?.step.key ?? null);
    this.#headings.push(draft);
    this.#open.push(draft);
  }

  #draft(label: Label, text: string, depth: number, parent: string | null): Draft {
    const name = label.word === "" ? label.id : `${capital(label.word)} ${label.id}`;
    const title = label.title === "" ? text : label.title;
    const key = parent === null ? name : `${parent} / ${name}`;
    const step = { key, id: label.id, word: label.word, title, body: "", parent, idWritten: true, dependsOn: [] };
    return { step, depth, lines: [], hasSteps: false };
  }

  /** The phase under which a list stands; a heading that is itself a step is none. */
  #groupKey(): string | null {
    return this.#open.findLast((draft) => IS_GROUP.test(draft.step.word))?.step.key ?? null;
  }

  #addList(list: List): void {
    if (this.#openBold !== null && list.ordered !== true) return;
    if (this.#open.some((draft) => !IS_GROUP.test(draft.step.word))) return;
    const group = this.#groupKey();
    const restarts =
      group === null && this.#listed.length > 0 && this.#listed.every((step) => step.section !== this.#section);
    const parent = restarts ? this.#section : group;
    // Code between two items ends a list, and the next one begins at 1 again though the plan goes on.
    const before = this.#listed.filter((step) => step.parent === parent).length;
    const start = (list.start ?? 1) > before ? (list.start ?? 1) : before + 1;
    for (const [index, item] of list.children.entries()) {
      const [first = "", ...rest] = plain(item).split("\n");
      const found = labelOf(first);
      const label = found === null || (found.word === "" && /^\d+[A-Z]?$/.test(found.id)) ? null : found;
      const isTicked = /^\[[ xX]\] /.test(first);
      if (list.ordered !== true && label === null && !isTicked) continue;
      const id = label?.id ?? String(start + index);
      const name = parent === null ? id : `${parent} / ${id}`;
      this.#listed.push({
        key: name,
        id,
        word: label?.word ?? "",
        title: label === null || label.title === "" ? first : label.title,
        body: rest.join("\n"),
        parent,
        idWritten: label !== null,
        dependsOn: [],
        section: this.#section,
      });
    }
  }

  #addTable(table: Table): void {
    const [header = [], ...rows] = rowsOf(table);
    const columns = header.map((cell) => cell.toLowerCase());
    const find = (pattern: RegExp): number => columns.findIndex((column) => pattern.test(column));
    const idAt = find(/^(?:#|id|no\.?|nr\.?|(?:step|task|phase) ?(?:#|id|no\.?|number)?|order)$/);
    const dependsAt = find(/depend|prereq|predecessor|blocked|^after$|requires/);
    const isPlan =
      idAt !== -1 && (dependsAt !== -1 || find(/step|task|action|activity|phase|title|description|what/) !== -1);
    if (!isPlan) return;
    const parent = this.#groupKey();
    for (const cells of rows) {
      const cell = (cells[idAt] ?? "").replace(/[*_`]/g, "");
      const label = labelOf(cell) ?? labelOf(`${cell}:`);
      if (label === null) continue;
      const others = cells.filter((_, at) => at !== idAt && at !== dependsAt);
      this.#rows.push({
        key: parent === null ? label.id : `${parent} / ${label.id}`,
        id: label.id,
        word: label.word,
        title: label.title === "" ? (others[0] ?? "") : label.title,
        body: others.join("\n"),
        parent,
        idWritten: true,
        dependsOn: dependsAt === -1 ? [] : [cells[dependsAt] ?? ""],
      });
    }
  }

  readings(): readonly Reading[] {
    const headings = this.#headings.map(finished);
    const parents = new Set(headings.map((step) => step.parent));
    const isParent = (step: Step): boolean => parents.has(step.key);
    const phases = headings.filter((step) => IS_GROUP.test(step.word));
    const readings: Reading[] = [
      { form: "headings", steps: headings.filter((step) => !isParent(step)), groups: headings.filter(isParent) },
      { form: "list", steps: this.#listed, groups: phases },
      { form: "table", steps: this.#rows, groups: phases },
      { form: "bold", steps: this.#bold.map(finished), groups: phases },
    ];
    return readings.filter((reading) => reading.steps.length > 0);
  }
}

function finished({ step, lines }: Draft): Step {
  return { ...step, body: lines.join("\n") };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The label of a paragraph that begins with bold text: "**Step 1: Do it**", "**1.** Do it". */
function boldLabel(node: RootContent): Label | null {
  if (node.type !== "paragraph" || node.children[0]?.type !== "strong") return null;
  return labelOf(plain(node).split("\n", 1)[0] ?? "");
}

function isAside(title: string, maxWords: number): boolean {
  return title.split(/\s+/).length <= maxWords && ASIDE.test(title) && !CONTAINER.test(title);
}
