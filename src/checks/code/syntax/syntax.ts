import { compilePython } from "../python/run-python.ts";

/** What a language's own tool says of code. */
export interface Syntax {
  /** What is wrong, with its line; `null`: nothing. */
  readonly problem: string | null;
  /** "the Python compiler": what was asked. */
  readonly tool: string;
}

const SCRIPT_PLUGINS: ReadonlyMap<string, readonly ("jsx" | "typescript")[]> = new Map(
  Object.entries<readonly ("jsx" | "typescript")[]>({
    javascript: ["jsx"],
    jsx: ["jsx"],
    typescript: ["typescript"],
    tsx: ["typescript", "jsx"],
  }),
);

/** The first problem of code; `null`: there is no tool for its language here. Throws when the tool is not installed. */
export async function syntaxOf(language: string, code: string, signal: AbortSignal): Promise<Syntax | null> {
  const plugins = SCRIPT_PLUGINS.get(language);
  if (plugins !== undefined) {
    return {
      problem: await scriptProblem(code, plugins),
      tool: `the parser for ${plugins.includes("typescript") ? "TypeScript" : "JavaScript"}`,
    };
  }
  if (language === "python") {
    const { problem } = await compilePython(code, signal);
    return problem === null || isPlainPython(code) ? { problem, tool: "the Python compiler" } : null;
  }
  return null;
}

/** Neither a session, nor a notebook, nor a dialect or an older Python, nor statements of a function's inside. */
function isPlainPython(code: string): boolean {
  const other =
    /^(?:>>> |In \[\d|[%!][a-z]|\$ )|^[ \t]*print [^(=\n]|^[ \t]*except [\w.]+, \w+:|\bxrange\(|\braw_input\(|^[ \t]*c(?:p?def|import) |^(?:return|yield|await)\b|^\.\.\.|\.\.\.[ \t]*\n\s*[)\]}]/m;
  return !other.test(code);
}

async function scriptProblem(code: string, plugins: readonly ("jsx" | "typescript")[]): Promise<string | null> {
  const { parse } = await import("@babel/parser");
  try {
    parse(code, {
      sourceType: "unambiguous",
      plugins: [...plugins, "decorators"],
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
    });
    return null;
  } catch (error) {
    const { message, loc } = error as { readonly message: string; readonly loc?: { readonly line: number } };
    return `line ${loc?.line ?? "?"}: ${message.replace(/ \(\d+:\d+\)$/, "")}`;
  }
}
