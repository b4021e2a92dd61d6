import { extractFiles, type CodeFile } from "../kit/answer/code-files.ts";
import type { Subject } from "../kit/check.ts";

const SCRIPTS = new Set(["javascript", "typescript", "jsx", "tsx"]);
/** What a fence may hold beside the code: how to call it, what it prints. */
const BESIDE = new Set([
  "shell",
  "text",
  "json",
  "markdown",
  "mermaid",
  "csv",
  "log",
  "output",
  "yaml",
  "toml",
  "diff",
]);

/** How a prompt names each language that it may ask for. */
const NAMED: readonly (readonly [string, RegExp])[] = [
  ["typescript", /\btypescript\b|\bTS\b(?! config)|```ts\b/i],
  ["javascript", /\bjavascript\b|(?<![.\w])js\b(?! framework)|\bnode(?:\.js|js)?\b|\bes6\b|```(?:js|javascript)\b/i],
  ["python", /\bpython\b|```py/i],
  ["rust", /\brust\b|```rust/i],
  ["go", /\bgolang\b|\bin go\b|\bgo (?:function|program|package|code)\b|```go\b/i],
  ["java", /\bjava\b(?!\s*script)|```java\b/i],
  ["cpp", /\bc\+\+|```cpp\b/i],
  ["c", /\bin c\b(?![+#])|\bc (?:function|program)\b|```c\b/i],
  ["csharp", /\bc#|\bcsharp\b/i],
  ["ruby", /\bruby\b/i],
  ["php", /\bphp\b/i],
  ["kotlin", /\bkotlin\b/i],
  ["swift", /\bswift\b/i],
  ["sql", /\bsql\b/i],
  ["shell", /\bbash\b|\bshell script\b/i],
];

/** The one language that the prompt asks for; `null` when it names none or several. */
export function askedLanguage({ prompt }: Pick<Subject, "prompt">): string | null {
  // "Convert this Python to Go" asks for Go.
  const target =
    /\b(?:convert|translate|port|rewrite|migrate|turn)\b[^.?!\n]{0,80}?\b(?:in)?to\s+([A-Za-z+#]{1,12})/i.exec(
      prompt,
    )?.[1];
  const wanted = target === undefined ? prompt : `in ${target}`;
  const named = NAMED.filter(([, pattern]) => pattern.test(wanted)).map(([name]) => name);
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** The code of an answer, without what only stands beside it. */
export function codeOf(text: string): readonly CodeFile[] {
  const files = extractFiles(text).filter((file) => /\w/.test(file.content));
  const code = files.filter((file) => file.language !== null && !BESIDE.has(file.language));
  if (code.length > 0) return code;
  const untagged = files.filter((file) => file.language === null);
  if (untagged.length > 0) return untagged;
  return looksLikeCode(text) ? [{ path: null, language: null, content: text, firstLine: 1 }] : [];
}

/** A whole answer without a fence that begins and goes on as code does, in a language that nobody tagged. */
function looksLikeCode(text: string): boolean {
  const lines = text.trim().split("\n").slice(0, 200);
  const first =
    /^(?:#!|#include|import\s|from\s+\w+\s+import|def\s+\w+\(|class\s+\w+|package\s+\w+|func\s+\w+\(|(?:pub\s+)?fn\s+\w+|use\s+\w+::|public\s|async\s+def\s)/;
  return (
    first.test(lines[0] ?? "") &&
    lines.every((line) => line.trim() === "" || !/[a-z] [a-z]+ [a-z]+ [a-z]+\.$/.test(line))
  );
}

export function isScript(file: CodeFile): boolean {
  return file.language !== null && SCRIPTS.has(file.language);
}

/** The files as JavaScript where they carry no tag but the prompt asks for it. */
export function scriptsOf(subject: Pick<Subject, "prompt" | "text">): readonly CodeFile[] {
  const asked = askedLanguage(subject);
  const files = codeOf(subject.text);
  const untagged = asked === "javascript" || asked === "typescript" ? asked : null;
  return files
    .map((file) => (file.language === null && untagged !== null ? { ...file, language: untagged } : file))
    .filter(isScript);
}

/** "src/a.ts" or "the code at line 12 of the answer". */
export function placeOf(file: CodeFile): string {
  return file.path ?? `the code at line ${file.firstLine} of the answer`;
}
