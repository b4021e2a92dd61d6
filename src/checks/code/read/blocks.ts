import { extractFiles, type CodeFile } from "../../kit/answer/code-files.ts";

/** What a fence may hold beside the code: how to call it, what it prints, what it is set up with. */
const BESIDE = new Set(
  "shell text json markdown mermaid csv log output yaml toml ini xml diff sql html css scss dockerfile makefile plantuml http latex tex".split(
    " ",
  ),
);

/** A piece of an answer's code. `language` is `null` where neither tag nor content tells. */
export type CodeBlock = CodeFile;

/** The code of an answer, without what only stands beside it. */
export function codeOf(text: string): readonly CodeBlock[] {
  const files = extractFiles(text).filter((file) => /\w/.test(file.content));
  const known = files.map((file) => ({ ...file, language: file.language ?? guessed(file.content) }));
  const code = known.filter(({ language }) => language !== null && !BESIDE.has(language));
  if (code.length > 0) return code;
  const untagged = known.filter(({ language }) => language === null);
  if (untagged.length > 0 || files.length > 0) return untagged;
  return isUnfencedPython(text) ? [{ path: null, language: "python", content: text, firstLine: 1 }] : [];
}

const PYTHON_LINE = /^(?:from [\w.]+ import |import \w[\w.]*(?: as \w+)?$|(?:async )?def \w+\(.*:|class \w.*:$|@\w+)/;

function guessed(content: string): string | null {
  const first = content.split("\n").find((line) => line.trim() !== "" && !/^\s*#/.test(line));
  return PYTHON_LINE.test(first?.trimEnd() ?? "") ? "python" : null;
}

/** A whole answer without a fence that begins as Python does and goes on without sentences. */
function isUnfencedPython(text: string): boolean {
  const lines = text.trim().split("\n").slice(0, 200);
  return (
    guessed(text) === "python" &&
    lines.every((line) => /^\s*#/.test(line) || !/^[A-Z][a-z]+ [a-z]+ [a-z]+ [^=(]*\.$/.test(line))
  );
}

const SCRIPTS = new Set(["javascript", "typescript", "jsx", "tsx"]);

export function isScript({ language }: CodeBlock): boolean {
  return language !== null && SCRIPTS.has(language);
}

/** "src/a.ts" or "the code at line 12 of the answer". */
export function placeOf(block: CodeBlock): string {
  return block.path ?? `the code at line ${block.firstLine} of the answer`;
}
