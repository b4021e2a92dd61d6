import { languageOfPath } from "./file-name.ts";

const LANGUAGE_OF_TAG: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sol: "solidity",
    htm: "html",
    xhtml: "html",
    js: "javascript",
    mjs: "javascript",
    cjs: "javascript",
    node: "javascript",
    ts: "typescript",
    py: "python",
    python3: "python",
    rs: "rust",
    golang: "go",
    md: "markdown",
    mdx: "markdown",
    yml: "yaml",
    bash: "shell",
    sh: "shell",
    zsh: "shell",
    console: "shell",
    "shell-session": "shell",
    powershell: "shell",
    ps1: "shell",
    txt: "text",
    plain: "text",
    plaintext: "text",
    patch: "diff",
    jsonc: "json",
    json5: "json",
  }),
);

/** Tags that models also put on Solidity, which highlighters long did not know. */
const LOOSE_TAGS = new Set(["text", "code", "javascript", "java", "c", "cpp", "c++", "rust"]);

/** The language of a fenced block: by its tag, else its file's name, else its content. */
export function languageOfTag(info: string, path: string | null, content: string): string | null {
  const tag = /^[\w+#-]{1,20}(?![\w./])/.exec(info.replace(/^\{?\.?/, ""))?.[0]?.toLowerCase() ?? "";
  const named = path === null ? null : languageOfPath(path);
  if (tag === "") return named ?? guessLanguage(content);
  const tagged = LANGUAGE_OF_TAG.get(tag) ?? tag;
  if (LOOSE_TAGS.has(tagged)) return named ?? (looksLikeSolidity(content) ? "solidity" : tagged);
  return tagged;
}

/** The language of untagged code; `null` for prose and for unknown languages. */
export function guessLanguage(content: string): string | null {
  const trimmed = content.trim();
  if (trimmed === "") return null;
  if (looksLikeSolidity(trimmed)) return "solidity";
  if (/^(?:<!--[^>]{0,400}-->\s{0,20})?<(?:!doctype html|[a-z][a-z0-9-]*(?=[\s>/]))/i.test(trimmed)) {
    return trimmed.endsWith(">") || /^<!doctype html/i.test(trimmed) ? "html" : null;
  }
  return looksLikeScript(trimmed) ? "javascript" : null;
}

/** Begins as a Solidity file or function does. A comment or an SPDX line may come first. */
function looksLikeSolidity(content: string): boolean {
  const code = content.slice(0, 20_000).trimStart();
  if (/^(?:\/\/|\/\*)/.test(code)) {
    return /^[ \t]{0,8}(?:pragma solidity\b|(?:abstract )?contract \w|library \w+ ?\{|interface I[A-Z])/m.test(code);
  }
  return (
    /^(?:pragma (?:solidity|abicoder|experimental)\b|abstract contract \w|contract \w+[^{;.]{0,400}\{)/.test(code) ||
    /^(?:library \w+ ?\{|interface I[A-Z]\w* ?(?:is [^{]{0,200})?\{|import [^;\n]{0,200}\.sol["'];)/.test(code) ||
    /^function \w{1,80} ?\([^)]{0,500}\)[^{;]{0,200}\b(?:external|public|internal|private)\b/.test(code)
  );
}

function looksLikeScript(content: string): boolean {
  const begins =
    /^(?:"use (?:strict|client)"|import [\w{*]|export (?:default|const|function)|const \w+ ?=|function \w+ ?\()/;
  return begins.test(content) && /[};)]$/.test(content);
}
