import { readFile } from "node:fs/promises";
import type { Parser } from "@vscode/tree-sitter-wasm";
import { optional } from "../../kit/optional.ts";

/** Languages with a grammar here, by the file that it is in. */
const GRAMMARS: Readonly<Record<string, string>> = {
  java: "java",
  go: "go",
  rust: "rust",
  c: "cpp",
  cpp: "cpp",
  ruby: "ruby",
  php: "php",
  csharp: "c-sharp",
  shell: "bash",
};
const parsers = new Map<string, Promise<Parser>>();

/** Where an editor's grammar stops in code; `null`: nowhere; `undefined`: there is none for the language. Throws when it is not installed. */
export async function grammarProblem(language: string, code: string): Promise<string | null | undefined> {
  const grammar = GRAMMARS[language];
  if (grammar === undefined) return undefined;
  const loading = parsers.get(grammar) ?? load(grammar);
  parsers.set(grammar, loading);
  const tree = (await loading).parse(code);
  if (tree === null) return undefined;
  try {
    if (!tree.rootNode.hasError) return null;
    const [bad] = tree.rootNode.descendantsOfType("ERROR");
    return bad == null ? "something is missing" : `line ${bad.startPosition.row + 1} does not parse`;
  } finally {
    tree.delete();
  }
}

async function load(grammar: string): Promise<Parser> {
  const { default: library } = await optional("grammars", () => import("@vscode/tree-sitter-wasm"));
  const folder = new URL(".", import.meta.resolve("@vscode/tree-sitter-wasm"));
  await library.Parser.init();
  const file = new URL(`tree-sitter-${grammar}.wasm`, folder);
  const language = await library.Language.load(new Uint8Array(await readFile(file)));
  const parser = new library.Parser();
  parser.setLanguage(language);
  return parser;
}
