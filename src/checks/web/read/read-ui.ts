import type { CodeFile } from "../../kit/answer/code-files.ts";
import { loadHtmlParser } from "./html-tree.ts";
import { has, isOpaque, word, type UiElement } from "./element.ts";
import { placeIn, uiFilesOf, type Framework, type UiFiles, type ViewFile } from "./files.ts";
import { fromHtml } from "./html.ts";
import { fromJsx } from "./jsx.ts";
import { readSvelte } from "./svelte.ts";
import { readVue } from "./vue.ts";
import { loadScriptParser, type ParsedScript } from "./script.ts";

/** A page, a piece of one or a component, as a tree. */
export interface View {
  readonly file: CodeFile;
  readonly framework: Framework;
  /** A whole HTML document. */
  readonly isPage: boolean;
  readonly hasDoctype: boolean;
  /** In document order. */
  readonly elements: readonly UiElement[];
  /** Texts of its own style elements. */
  readonly styles: readonly string[];
  /** Accessibility warnings of its compiler, each with its place. */
  readonly warnings: readonly string[];
}

/** The user interface of an answer, read once for all checks. */
export interface Ui extends UiFiles {
  readonly pages: readonly View[];
  /** What does not parse, each with its place. */
  readonly errors: readonly string[];
  /** Files that could not be read here, and why. */
  readonly unread: readonly string[];
  /** All code, without comments. */
  readonly source: string;
}

/** More elements than any page of worth has; the rules would take too long. */
export const MAX_ELEMENTS = 10_000;

const MAX_SCRIPTS = 20;

const recent = new Map<string, Promise<Ui>>();
const KEPT = 2;

export function readUi(text: string): Promise<Ui> {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const ui = read(text);
  recent.set(text, ui);
  for (const key of recent.keys()) if (recent.size > KEPT) recent.delete(key);
  return ui;
}

async function read(text: string): Promise<Ui> {
  const files = uiFilesOf(text);
  const pages: View[] = [];
  const errors: string[] = [];
  const unread: string[] = [];
  for (const file of files.views) {
    try {
      const { problems, ...view } = await readView(file);
      pages.push({ ...view, file, framework: file.framework });
      errors.push(...problems.map(({ line, problem }) => `${placeIn(file, line)}: ${problem}`));
    } catch (error) {
      unread.push(error instanceof Error ? error.message : String(error));
    }
  }
  for (const file of files.scripts) {
    if (!files.views.some((view) => view.framework === "html") && files.views.length > 0) break;
    const parsed = await parseScript(
      file.content,
      /^(?:ts|tsx|typescript)/.test(file.language ?? ""),
      (file.language ?? "").endsWith("x"),
    );
    if (!parsed.ok) errors.push(`${placeIn(file, parsed.line)}: ${parsed.problem}`);
  }
  const judged = [...files.views, ...files.styles, ...files.scripts];
  return { ...files, pages, errors, unread, source: withoutComments(judged.map((file) => file.content).join("\n")) };
}

interface Problem {
  readonly line: number;
  readonly problem: string;
}
type ReadView = Omit<View, "file" | "framework"> & { readonly problems: readonly Problem[] };

async function readView(file: ViewFile): Promise<ReadView> {
  const none = { isPage: false, hasDoctype: false, styles: [], warnings: [] };
  if (file.framework === "html") return readHtml(file);
  if (file.framework === "jsx") {
    const parsed = await parseJsx(file);
    if (!parsed.ok) return { ...none, elements: [], problems: [parsed] };
    return { ...none, elements: fromJsx(parsed.program, file.content), problems: [] };
  }
  const component = await (file.framework === "vue" ? readVue(file.content) : readSvelte(file.content));
  const warnings = component.warnings.map(({ line, problem }) => `${placeIn(file, line)}: ${problem}`);
  return { ...none, elements: component.elements, styles: component.styles, warnings, problems: component.errors };
}

async function readHtml(file: ViewFile): Promise<ReadView> {
  const parse = await loadHtmlParser();
  const tree = parse(file.content);
  const elements = fromHtml(tree.elements);
  const problems: Problem[] = [...tree.problems];
  const rendered: UiElement[] = [];
  for (const each of elements.filter(({ tag }) => tag === "script").slice(0, MAX_SCRIPTS)) {
    const type = word(each, "type");
    if (has(each, "src") || !/^(?:|module|text\/(?:javascript|babel|jsx|typescript))$/.test(type)) continue;
    const isJsx = /babel|jsx/.test(type);
    // Lines before it, so that places are those of the page.
    const code = "\n".repeat(each.line - 1) + scriptText(each);
    const parsed = await parseScript(code, type.endsWith("typescript"), isJsx);
    if (!parsed.ok) problems.push({ line: parsed.line, problem: `script: ${parsed.problem}` });
    else if (isJsx) rendered.push(...fromJsx(parsed.program, code));
  }
  const styles = elements.filter(({ tag }) => tag === "style").map(scriptText);
  return {
    isPage: tree.isDocument,
    hasDoctype: tree.hasDoctype,
    elements: [...elements, ...rendered],
    styles,
    warnings: [],
    problems,
  };
}

function scriptText(each: UiElement): string {
  return each.children.map((child) => (child.kind === "text" ? child.text : "")).join("");
}

/** Scripts that a browser reads must be what it reads; sources for a build may have types. */
async function parseScript(code: string, typescript: boolean, jsx: boolean): Promise<ParsedScript> {
  const parse = await loadScriptParser();
  return parse(code, { jsx, typescript });
}

async function parseJsx(file: ViewFile): Promise<ParsedScript> {
  const parse = await loadScriptParser();
  const typescript = /^(?:ts|tsx|typescript)/.test(file.language ?? "");
  const tries = [
    () => parse(file.content, { jsx: true, typescript }),
    () => parse(file.content, { jsx: true, typescript: true }),
    // Pieces that stand side by side.
    () => parse(`<>${file.content.replace(/;\s*$/, "")}</>`, { jsx: true, typescript: true }),
  ];
  let first: ParsedScript | null = null;
  for (const attempt of /^\s{0,99}</.test(file.content) ? tries : tries.slice(0, 2)) {
    const parsed = attempt();
    if (parsed.ok) return parsed;
    first ??= parsed;
  }
  return first ?? { ok: false, line: 1, problem: "it does not parse" };
}

/** In one pass: what is opened and never closed ends at the end. */
export function withoutComments(code: string): string {
  let kept = "";
  let at = 0;
  for (const match of code.matchAll(/<!--|\/\*|(?<=^|[\s;{}])\/\//g)) {
    if (match.index < at) continue;
    kept += `${code.slice(at, match.index)} `;
    const close = match[0] === "<!--" ? "-->" : match[0] === "/*" ? "*/" : "\n";
    const end = code.indexOf(close, match.index + match[0].length);
    if (end < 0) return kept;
    at = end + (close === "\n" ? 0 : close.length);
  }
  return kept + code.slice(at);
}

/** Whether a view holds parts whose content nobody sees from here. */
export function hasUnknownParts(view: View): boolean {
  return view.elements.some(
    (each) => isOpaque(each) || each.spread || each.children.some((child) => child.kind === "dynamic"),
  );
}
