import type { parser } from "@lezer/python";
import { MissingPackageError } from "../kit/optional.ts";
import { otherGrammarProblem, pythonProblem } from "./cross-check-parsers.ts";

type Parser = typeof parser;
type Tree = ReturnType<Parser["parse"]>;

/** What is wrong with code of a language, or `null`; `unknown` where nobody here can tell. */
export type Syntax = { readonly problem: string | null } | { readonly unknown: string };

/** The grammars of an editor, by language. They forgive, and mark what they had to skip. */
const GRAMMARS: Readonly<Record<string, () => Promise<Parser>>> = {
  python: async () => (await import("@lezer/python")).parser,
  go: async () => (await import("@lezer/go")).parser,
  java: async () => (await import("@lezer/java")).parser,
  rust: async () => (await import("@lezer/rust")).parser,
  cpp: async () => (await import("@lezer/cpp")).parser,
  c: async () => (await import("@lezer/cpp")).parser,
};

const SCRIPT_PLUGINS: Readonly<Record<string, readonly ("jsx" | "typescript")[]>> = {
  javascript: ["jsx"],
  jsx: ["jsx"],
  typescript: ["typescript"],
  tsx: ["typescript", "jsx"],
};

/** Whether code parses, for the languages that have a parser here. */
export async function syntaxOf(language: string, code: string): Promise<Syntax> {
  const plugins = SCRIPT_PLUGINS[language];
  if (plugins !== undefined) return scriptSyntax(code, plugins);
  const grammar = GRAMMARS[language];
  if (grammar === undefined) return { unknown: `there is no parser for ${language} here` };
  const tree = (await grammar()).parse(code);
  const error = firstError(tree);
  if (error === null && language !== "python") return { problem: null };
  // Every grammar is behind its language somewhere: code is only told to be broken where its brackets are, or another parser says so.
  const unbalanced = error === null ? null : brackets(tree, code);
  if (unbalanced !== null) return { problem: unbalanced };
  return secondOpinion(language, code, error === null ? null : lineAt(code, error));
}

/** `line`: where the first parser stopped; `null`: nowhere. */
async function secondOpinion(language: string, code: string, line: number | null): Promise<Syntax> {
  try {
    if (language === "python") return isPlainPython(code) ? { problem: await pythonProblem(code) } : OTHER_PYTHON;
    const other = await otherGrammarProblem(language, code);
    if (typeof other === "string") return { problem: `line ${line ?? "?"} does not parse (${other})` };
  } catch (error) {
    if (!(error instanceof MissingPackageError)) throw error;
    if (line === null) return { problem: null };
    return { unknown: `line ${line} is beyond the parser for ${language}; another one ${error.message}` };
  }
  return { unknown: `line ${line} is beyond the parser for ${language}` };
}

const OTHER_PYTHON: Syntax = { unknown: "a session, a notebook or an older Python" };

/** Neither a session, nor a notebook, nor Python 2. */
function isPlainPython(code: string): boolean {
  return !/^(?:>>> |In \[\d|[%!][a-z]|\$ )|^\s*print [^(=\n]|^\s*except [\w.]+, \w+:|\bxrange\(|\braw_input\(/m.test(
    code,
  );
}

async function scriptSyntax(code: string, plugins: readonly ("jsx" | "typescript")[]): Promise<Syntax> {
  const { parse } = await import("@babel/parser");
  try {
    parse(code, {
      sourceType: "unambiguous",
      plugins: [...plugins, "decorators"],
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
    });
    return { problem: null };
  } catch (error) {
    const { message, loc } = error as { readonly message: string; readonly loc?: { readonly line: number } };
    return { problem: `line ${loc?.line ?? "?"}: ${message.replace(/ \(\d+:\d+\)$/, "")}` };
  }
}

function firstError(tree: Tree): number | null {
  let at: number | null = null;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError && at === null) at = node.from;
      return at === null;
    },
  });
  return at;
}

const CLOSES: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The first bracket without its partner, outside of strings and comments as the grammar sees them; `null`: all have one. */
function brackets(tree: Tree, code: string): string | null {
  const open: { readonly bracket: string; readonly at: number }[] = [];
  let problem: string | null = null;
  tree.iterate({
    enter: (node) => {
      if (problem !== null || /String|Comment|Char|Regex/i.test(node.type.name)) return false;
      if (node.node.firstChild !== null || node.to - node.from !== 1) return true;
      const text = code.slice(node.from, node.to);
      const line = lineAt(code, node.from);
      if (text === "(" || text === "[" || text === "{") open.push({ bracket: text, at: node.from });
      else if (CLOSES[text] !== undefined) {
        if (open.pop()?.bracket !== CLOSES[text]) problem = `line ${line}: "${text}" closes nothing that is open`;
      }
      return true;
    },
  });
  const left = open[0];
  return problem ?? (left === undefined ? null : `line ${lineAt(code, left.at)}: "${left.bracket}" is never closed`);
}

function lineAt(code: string, at: number): number {
  return code.slice(0, at).split("\n").length;
}
