import { readFile } from "node:fs/promises";
import type { Parser as TreeSitter } from "@vscode/tree-sitter-wasm";
import { optional } from "../kit/optional.ts";

/** What a parser says: the first problem, or `null`. */
export type Opinion = string | null;

/** Problems that depend on where code stands, not on how it is written: pieces of a notebook, statements of a function. */
const OF_PLACE = /outside|top[- ]level|`(?:await|yield|return)`|nonlocal|global declaration|future feature/i;

/** Python, by the parser of its linter, which keeps pace with the language. Throws when it is not installed. */
export async function pythonProblem(code: string): Promise<Opinion> {
  const { Workspace, PositionEncoding } = await optional("python", () => import("@astral-sh/ruff-wasm-nodejs"));
  const workspace = new Workspace({ lint: { select: [] }, "target-version": "py314" }, PositionEncoding.Utf16);
  try {
    const found = workspace.check(code) as readonly {
      readonly code: string | null;
      readonly message: string;
      readonly start_location: { readonly row: number };
    }[];
    const grave = found.find((each) => each.code === "invalid-syntax" && !OF_PLACE.test(each.message));
    return grave === undefined ? null : `line ${grave.start_location.row}: ${grave.message}`;
  } finally {
    workspace.free();
  }
}

/** Languages with a grammar here besides the one that is asked first. */
const GRAMMARS: Readonly<Record<string, string>> = { java: "java", go: "go", rust: "rust", c: "cpp", cpp: "cpp" };
const parsers = new Map<string, Promise<TreeSitter>>();

/** The place where a grammar of another make stops, too; `undefined`: there is none for the language. Throws when it is not installed. */
export async function otherGrammarProblem(language: string, code: string): Promise<Opinion | undefined> {
  const grammar = GRAMMARS[language];
  if (grammar === undefined) return undefined;
  const loading = parsers.get(grammar) ?? load(grammar);
  parsers.set(grammar, loading);
  const parser = await loading;
  const tree = parser.parse(code);
  if (tree === null) return undefined;
  try {
    if (!tree.rootNode.hasError) return null;
    const [bad] = tree.rootNode.descendantsOfType("ERROR");
    return bad == null ? "something is missing" : `line ${bad.startPosition.row + 1} is no ${language}`;
  } finally {
    tree.delete();
  }
}

async function load(grammar: string): Promise<TreeSitter> {
  const { default: library } = await optional("grammars", () => import("@vscode/tree-sitter-wasm"));
  const folder = new URL(".", import.meta.resolve("@vscode/tree-sitter-wasm"));
  await library.Parser.init();
  const language = await library.Language.load(
    new Uint8Array(await readFile(new URL(`tree-sitter-${grammar}.wasm`, folder))),
  );
  const parser = new library.Parser();
  parser.setLanguage(language);
  return parser;
}
