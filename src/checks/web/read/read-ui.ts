import type { CodeFile } from "../../kit/answer/code-files.ts";
import { has, word, type UiElement } from "./element.ts";
import { placeIn, uiFilesOf, type Framework, type UiFiles, type ViewFile } from "./files.ts";
import { loadHtmlParser } from "./html-tree.ts";
import type { Problem } from "./html-problems.ts";
import { fromHtml } from "./html.ts";
import { fromJsx } from "./jsx.ts";
import { loadScriptParser, type Comment, type ParsedScript, type ScriptNode } from "./script.ts";
import { readStyleSheet } from "./style-sheet.ts";
import { readSvelte } from "./svelte.ts";
import { readVue, type ReadComponent, type SourceBlock } from "./vue.ts";

/** A script of an answer that parses. */
export interface Script {
  readonly program: ScriptNode;
  readonly comments: readonly Comment[];
  readonly code: string;
}

/** A page, a piece of one or a component, as a tree. */
export interface View {
  readonly file: CodeFile;
  readonly framework: Framework;
  /** A whole HTML document. */
  readonly isPage: boolean;
  /** In document order. */
  readonly elements: readonly UiElement[];
  /** Selectors of its own style elements that hide what they match. */
  readonly hiding: readonly string[];
  /** Its inline scripts, or the script that it is. */
  readonly scripts: readonly Script[];
  /** Of markup, scripts and styles. */
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
  /** What its compiler says about accessibility. */
  readonly warnings: readonly { readonly line: number; readonly problem: string }[];
}

/** A file of scripts alone, or of styles alone. */
export interface OtherFile {
  readonly file: CodeFile;
  readonly script: Script | null;
  readonly hiding: readonly string[];
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
}

/** The user interface of an answer, read once for all checks. */
export interface Ui extends UiFiles {
  readonly pages: readonly View[];
  readonly others: readonly OtherFile[];
  /** Why files could not be read here. */
  readonly unread: readonly string[];
}

const MAX_SCRIPTS = 20;
const MAX_STYLES = 20;

export async function readUi(text: string): Promise<Ui> {
  const files = uiFilesOf(text);
  const pages: View[] = [];
  const unread: string[] = [];
  for (const file of files.views) {
    try {
      pages.push({ file, framework: file.framework, ...(await readView(file)) });
    } catch (error) {
      unread.push(error instanceof Error ? error.message : String(error));
    }
  }
  const others: OtherFile[] = [];
  for (const file of files.scripts.slice(0, MAX_SCRIPTS)) others.push(await readScriptFile(file));
  for (const file of files.styles.slice(0, MAX_STYLES)) {
    // Sass and Less have the comments of CSS; parts with their own syntax are skipped.
    const { hiding, comments } = await readStyleSheet(file.content);
    others.push({ file, script: null, hiding, comments, problems: [] });
  }
  return { ...files, pages, others, unread };
}

/** Where something is in a view or another file of the answer. */
export function placeOf({ file }: Pick<View, "file">, line: number): string {
  return placeIn(file, line);
}

type ReadView = Omit<View, "file" | "framework">;

async function readView(file: ViewFile): Promise<ReadView> {
  if (file.framework === "html") return readHtml(file);
  if (file.framework === "jsx") return readJsx(file);
  return readComponent(await (file.framework === "vue" ? readVue(file.content) : readSvelte(file.content)));
}

async function readHtml(file: ViewFile): Promise<ReadView> {
  const parse = await loadHtmlParser();
  const parseScript = await loadScriptParser();
  const tree = parse(file.content);
  const elements = fromHtml(tree.elements);
  const problems: Problem[] = [...tree.problems];
  const scripts: Script[] = [];
  const rendered: UiElement[] = [];
  for (const each of elements.filter(({ tag }) => tag === "script").slice(0, MAX_SCRIPTS)) {
    const type = word(each, "type");
    if (has(each, "src") || !/^(?:|module|text\/(?:javascript|babel|jsx|typescript))$/.test(type)) continue;
    const isJsx = /babel|jsx/.test(type);
    const code = linesBefore(each.line) + rawText(each);
    const parsed = parseScript(code, { jsx: isJsx, typescript: type.endsWith("typescript") });
    if (parsed.ok) scripts.push({ ...parsed, code });
    else problems.push({ line: parsed.line, problem: `script: ${parsed.problem}`, kind: "lost" });
    if (parsed.ok && isJsx) rendered.push(...fromJsx(parsed.program, code));
  }
  const styles = await stylesOf(
    elements.filter(({ tag }) => tag === "style").map((each) => ({ code: rawText(each), line: each.line })),
  );
  const comments = [...tree.comments, ...scripts.flatMap((each) => each.comments), ...styles.comments];
  return {
    isPage: tree.isDocument,
    elements: [...elements, ...rendered],
    hiding: styles.hiding,
    scripts,
    comments,
    problems,
    warnings: [],
  };
}

async function readJsx(file: ViewFile): Promise<ReadView> {
  const parsed = await parseJsx(file);
  const none = { isPage: false, hiding: [], warnings: [] };
  if (!parsed.ok) {
    const problem: Problem = { line: parsed.line, problem: parsed.problem, kind: "lost" };
    return { ...none, elements: [], scripts: [], comments: [], problems: [problem] };
  }
  const script = { ...parsed, code: file.content };
  const elements = fromJsx(parsed.program, file.content);
  return { ...none, elements, scripts: [script], comments: parsed.comments, problems: [] };
}

async function readComponent(read: ReadComponent): Promise<ReadView> {
  const parse = await loadScriptParser();
  const scripts = read.scripts.flatMap(({ code: own, line }): readonly Script[] => {
    const code = linesBefore(line) + own;
    // The compiler decides whether it parses; this reading is only for names and comments.
    const parsed = parse(code, { jsx: false, typescript: true });
    return parsed.ok ? [{ ...parsed, code }] : [];
  });
  const styles = await stylesOf(read.styles);
  return {
    isPage: false,
    elements: read.elements,
    hiding: styles.hiding,
    scripts,
    comments: [...read.comments, ...scripts.flatMap((each) => each.comments), ...styles.comments],
    problems: read.errors.map((error) => ({ ...error, kind: "lost" })),
    warnings: read.warnings,
  };
}

async function readScriptFile(file: CodeFile): Promise<OtherFile> {
  const parse = await loadScriptParser();
  const language = file.language ?? "";
  const typescript = /^(?:ts|tsx|typescript)/.test(language);
  const parsed = parse(file.content, { jsx: language.endsWith("x"), typescript });
  const none = { file, hiding: [] };
  if (parsed.ok) return { ...none, script: { ...parsed, code: file.content }, comments: parsed.comments, problems: [] };
  const problem: Problem = { line: parsed.line, problem: parsed.problem, kind: "lost" };
  return { ...none, script: null, comments: [], problems: [problem] };
}

async function stylesOf(blocks: readonly SourceBlock[]): Promise<Pick<View, "hiding" | "comments">> {
  const sheets = [];
  for (const { code, line } of blocks.slice(0, MAX_STYLES)) {
    sheets.push(await readStyleSheet(code, line));
  }
  return { hiding: sheets.flatMap(({ hiding }) => hiding), comments: sheets.flatMap(({ comments }) => comments) };
}

/** Empty lines in front of a part of a file, so that places are those of the file. */
function linesBefore(line: number): string {
  return "\n".repeat(line - 1);
}

/** The text of a script or style element. */
export function rawText(each: UiElement): string {
  return each.children.map((child) => (child.kind === "text" ? child.text : "")).join("");
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
