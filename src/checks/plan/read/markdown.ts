import type { List, Root, RootContent, Table } from "mdast";
import { plain } from "../../kit/answer/markdown.ts";
import { isAside, isContainer } from "./non-step-sections.ts";
import { capital, readList } from "./list.ts";
import { readTable } from "./table.ts";
import { isGroupWord } from "../dependencies/reference.ts";
import { labelOf, type Label, type PlanReading, type Step } from "../step.ts";

interface Draft {
  step: Step;
  depth: number;
  /** Its own text, up to the first step within it. */
  lines: string[];
  hasSteps: boolean;
}

/** Deeper than any heading: a line of bold text that heads what follows. */
const BOLD_DEPTH = 7;
const MAX_QUOTES = 3;
const ASIDE_WORDS = 4;

/** Every way to read a Markdown answer as a plan that finds something. `withAsides`: sections about the plan hold steps as well. */
export function readMarkdown(root: Root, withAsides = false): readonly PlanReading[] {
  const outline = new Outline(withAsides);
  for (const node of root.children) outline.add(node);
  return outline.readings();
}

/** Walks the blocks in order and notes what each heading, list, table and bold line would be as a step. */
class Outline {
  readonly #headings: Draft[] = [];
  readonly #bold: Draft[] = [];
  readonly #listed: Step[] = [];
  readonly #bullets: Step[] = [];
  readonly #listGroups: Step[] = [];
  readonly #rows: Step[] = [];
  readonly #titles: { readonly draft: Draft; readonly kind: string }[] = [];
  readonly #titleCounts = new Map<string, number>();
  readonly #titledRows: Step[] = [];
  readonly #countByParent = new Map<string | null, number>();
  readonly #sectionOf = new Map<string, string>();
  readonly #sectionsWithLists = new Set<string>();
  /** Open headings, outermost first. */
  #open: Draft[] = [];
  #openBold: Draft | null = null;
  #openTitle: Draft | null = null;
  #asideDepth: number | null = null;
  /** The last heading that is no step: it tells apart lists that number anew. */
  #section = "";
  readonly #withAsides: boolean;

  constructor(withAsides: boolean) {
    this.#withAsides = withAsides;
  }

  add(node: RootContent, quotes = 0): void {
    if (node.type === "blockquote" && quotes < MAX_QUOTES)
      return node.children.forEach((child) => this.add(child, quotes + 1));
    if (node.type === "heading") return this.#addHeading(plain(node), node.depth);
    if (node.type === "code") return;
    const isParagraph = node.type === "paragraph";
    const pieces = isParagraph
      ? piecesOf(plain(node), node.children[0]?.type === "strong")
      : [{ label: null, text: plain(node) }];
    for (const { label, text } of pieces) this.#addText(node, label, text);
  }

  #addText(node: RootContent, label: Label | null, text: string): void {
    if (label !== null && this.#asideDepth === null) {
      const [first = "", ...rest] = text.split("\n");
      if (isGroupWord(label.word)) {
        this.#addStepHeading(label, first, BOLD_DEPTH);
        this.#open.at(-1)?.lines.push(...rest);
        return;
      }
      this.#openBold = this.#draft(label, first, BOLD_DEPTH + 1, this.#groupKey());
      this.#openBold.lines.push(...rest);
      this.#bold.push(this.#openBold);
    } else {
      this.#openBold?.lines.push(text);
      this.#addBoldTitle(node, text);
    }
    this.#openTitle?.lines.push(text);
    const innermost = this.#open.at(-1);
    const isGroup = innermost !== undefined && isGroupWord(innermost.step.word);
    if (isGroup) innermost.hasSteps ||= label !== null;
    const steps = this.#stepsIn(node);
    if (innermost === undefined) return;
    if (isGroup) innermost.hasSteps ||= steps > 0;
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
    if (label !== null && (label.word !== "" || !(isAside(label.title, 3) || isContainer(label.title)))) {
      this.#addStepHeading(label, text, depth);
      return;
    }
    if (!this.#withAsides && depth > 1 && isAside(label?.title ?? text, ASIDE_WORDS)) this.#asideDepth = depth;
    else {
      this.#open.at(-1)?.lines.push(text);
      if (depth > 1 && !isContainer(text)) this.#addTitle(text, `heading ${depth}`);
    }
    this.#section = text;
  }

  #addStepHeading(label: Label, text: string, depth: number): void {
    this.#open = this.#open.filter((draft) => draft.depth < depth);
    this.#openBold = null;
    const draft = this.#draft(label, text, depth, this.#open.at(-1)?.step.key ?? null);
    this.#headings.push(draft);
    this.#open.push(draft);
  }

  #addTitle(text: string, kind: string): void {
    const id = String((this.#titleCounts.get(kind) ?? 0) + 1);
    this.#titleCounts.set(kind, Number(id));
    const step = { key: id, id, word: "", title: text, body: "", parent: null, idWritten: false, dependsOn: [] };
    this.#openTitle = { step, depth: 0, lines: [], hasSteps: false };
    this.#titles.push({ draft: this.#openTitle, kind });
  }

  /** A paragraph that is bold, or begins so, heads a step where nothing is numbered. */
  #addBoldTitle(node: RootContent, text: string): void {
    const [first] = node.type === "paragraph" ? node.children : [];
    if (first?.type !== "strong" || this.#asideDepth !== null) return;
    const title = plain(first);
    if (!isAside(title, ASIDE_WORDS) && !isContainer(title) && title.length > 4)
      this.#addTitle(text.split("\n", 1)[0] ?? "", "bold");
  }

  #draft(label: Label, text: string, depth: number, parent: string | null): Draft {
    const name = label.word === "" ? label.id : `${capital(label.word)} ${label.id}`;
    const title = label.title === "" ? text : label.title;
    // "Step 1" again in another section of the document is another step.
    const known = this.#sectionOf.get(name);
    if (known === undefined) this.#sectionOf.set(name, this.#section);
    const isAnew = parent === null && known !== undefined && known !== this.#section && !/^[A-Z]/.test(label.id);
    const holder = isAnew ? this.#section : parent;
    const key = holder === null ? name : `${holder} / ${name}`;
    const step = {
      key,
      id: label.id,
      word: label.word,
      title,
      body: "",
      parent: holder,
      idWritten: true,
      dependsOn: [],
    };
    return { step, depth, lines: [], hasSteps: false };
  }

  /** The phase under which a list stands; a heading that is itself a step is none. */
  #groupKey(): string | null {
    return this.#open.findLast((draft) => isGroupWord(draft.step.word))?.step.key ?? null;
  }

  #addList(list: List): void {
    if (this.#openBold !== null && list.ordered !== true) return;
    if (this.#open.some((draft) => !isGroupWord(draft.step.word))) return;
    const group = this.#groupKey();
    const restarts = group === null && this.#listed.length > 0 && !this.#sectionsWithLists.has(this.#section);
    const parent = restarts ? this.#section : group;
    // Code between two items ends a list, and the next one begins at 1 again though the plan goes on.
    const before = this.#countByParent.get(parent) ?? 0;
    const start = (list.start ?? 1) > before ? (list.start ?? 1) : before + 1;
    const { steps, groups, bullets } = readList(list, parent, start);
    if (steps.length > 0 && parent === null) this.#sectionsWithLists.add(this.#section);
    this.#countByParent.set(parent, before + steps.filter((step) => step.parent === parent).length);
    for (const step of steps) this.#listed.push(step);
    for (const phase of groups) this.#listGroups.push(phase);
    for (const bullet of bullets) this.#bullets.push({ ...bullet, id: "", key: `bullet ${this.#bullets.length + 1}` });
  }

  #addTable(table: Table): void {
    const found = readTable(table, this.#groupKey());
    if (found === null || (this.#asideDepth !== null && !found.hasDependencies)) return;
    for (const step of found.steps) (found.areNumbered ? this.#rows : this.#titledRows).push(step);
  }

  readings(): readonly PlanReading[] {
    const headings = this.#headings.map(finished);
    const parents = new Set(headings.map((step) => step.parent));
    const isParent = (step: Step): boolean => parents.has(step.key);
    const phases = headings.filter((step) => isGroupWord(step.word));
    const readings: PlanReading[] = [
      { form: "headings", steps: headings.filter((step) => !isParent(step)), groups: headings.filter(isParent) },
      { form: "list", steps: this.#listed, groups: [...phases, ...this.#listGroups] },
      { form: "table", steps: this.#rows, groups: phases },
      { form: "bold", steps: this.#bold.map(finished), groups: phases },
      { form: "bullets", steps: this.#bullets, groups: phases },
      { form: "titles", steps: this.#titledRows, groups: phases },
      ...[...new Set(this.#titles.map(({ kind }) => kind))].map((kind): PlanReading => {
        const steps = this.#titles.filter((title) => title.kind === kind).map(({ draft }) => finished(draft));
        return { form: "titles", steps, groups: [] };
      }),
    ];
    return readings.filter((reading) => reading.steps.length > 0);
  }
}

function finished({ step, lines }: Draft): Step {
  return { ...step, body: lines.join("\n") };
}

/** "1.2 Draw it". */
const POINT = /^\W{0,4}\d{1,2}\.\d{1,2}\W{1,3}\p{L}/u;

/** A paragraph, cut at each line that begins with a label: "**Step 1: Do it**", "T1: Do it". */
function piecesOf(text: string, isBold: boolean): readonly { readonly label: Label | null; readonly text: string }[] {
  const pieces: { label: Label | null; lines: string[] }[] = [];
  const lines = text.split("\n");
  const arePoints = lines.filter((line) => POINT.test(line)).length > 1 && POINT.test(lines[0] ?? "");
  for (const [at, line] of lines.entries()) {
    const label = labelOf(line);
    const isPoint = arePoints && POINT.test(line);
    const isHead = label !== null && ((isBold && at === 0) || isPoint || isMarked(line, label));
    const last = pieces.at(-1);
    if (isHead || last === undefined) pieces.push({ label: isHead ? label : null, lines: [line] });
    else last.lines.push(line);
  }
  return pieces.map(({ label, lines }) => ({ label, text: lines.join("\n") }));
}

/** Without bold type a label needs a word or a letter, and a mark behind it: "Step 3 needs care" is a sentence. */
function isMarked(line: string, label: Label): boolean {
  const head = label.title === "" ? line : line.slice(0, Math.max(0, line.length - label.title.length));
  return (
    (label.word !== "" || /^[A-Z]/.test(label.id)) &&
    head.length < 40 &&
    /[:.)–—|：-]\s{0,40}\*{0,40}\s{0,40}$/u.test(head.trimEnd())
  );
}
