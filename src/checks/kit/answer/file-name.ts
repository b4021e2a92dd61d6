/** Endings by which a word counts as a file's name, and the language that each stands for. */
const LANGUAGE_OF_ENDING: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sol: "solidity",
    html: "html",
    htm: "html",
    vue: "vue",
    svelte: "svelte",
    jsx: "jsx",
    tsx: "tsx",
    js: "javascript",
    mjs: "javascript",
    cjs: "javascript",
    ts: "typescript",
    css: "css",
    scss: "scss",
    json: "json",
    md: "markdown",
    py: "python",
    rs: "rust",
    go: "go",
    java: "java",
    yul: "yul",
    vy: "vyper",
    yml: "yaml",
    yaml: "yaml",
    toml: "toml",
    sh: "shell",
    txt: "text",
  }),
);

const MAX_PATH_CHARS = 200;

/** The language that a file's name stands for; `null` when the ending says nothing. */
export function languageOfPath(path: string): string | null {
  const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return LANGUAGE_OF_ENDING.get(ending) ?? null;
}

/** Whether a word reads as a file's name: a path with a known ending and no spaces. */
export function isPath(word: string): boolean {
  return word.length <= MAX_PATH_CHARS && /^[\w@./-]*\w\.[a-z]{2,6}$/i.test(word) && languageOfPath(word) !== null;
}

/** The file that a fence's info string names: `solidity src/A.sol`, `title="A.sol"`, `solidity:src/A.sol`, `src/A.sol`. */
export function pathInInfo(info: string): string | null {
  for (const word of info.slice(0, 2 * MAX_PATH_CHARS).split(/[\s,{}]+/)) {
    const bare = word.replace(/^(?:title|file|filename|name|path)=/i, "").replace(/^["']|["']$/g, "");
    if (isPath(bare)) return bare;
    const behindColon = bare.slice(bare.indexOf(":") + 1);
    if (bare.includes(":") && isPath(behindColon)) return behindColon;
  }
  return null;
}

/** The file that the first line of code names in a comment: `// src/A.sol`, `# File: a.py`, `<!-- index.html -->`. */
export function pathInFirstLine(content: string): string | null {
  const line = content.trimStart().split("\n", 1)[0]?.trim() ?? "";
  if (line.length > 2 * MAX_PATH_CHARS || !/^(?:\/\/|#|<!--|\/\*|--)/.test(line)) return null;
  return loneName(line.replace(/^(?:\/\/+|#+|<!--|\/\*+|--)/, "").replace(/(?:-->|\*\/)$/, ""));
}

/** The file that the line above a fence names and nothing else: `**src/A.sol**`, `### 1. src/A.sol`, `File: A.sol`. */
export function pathInLineBefore(line: string): string | null {
  return line.length > 2 * MAX_PATH_CHARS ? null : loneName(line.replace(/^[\s>#*-]*(?:\d{1,2}[.)])?/, ""));
}

function loneName(text: string): string | null {
  const bare = text
    .replace(/[`*"']/g, "")
    .trim()
    .replace(/^(?:file(?:name)?|path)\s?:\s?/i, "")
    .replace(/:$/, "")
    .trim();
  return isPath(bare) ? bare : null;
}
