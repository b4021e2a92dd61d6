import { CApi, type Runtime } from "./c-api.ts";
import { hiddenBuiltins } from "./hidden-builtins.ts";
import { HostAccessRefused, type Lock } from "./host-functions.ts";
import { JUDGE } from "./judge.ts";
import type { PythonResult } from "./result.ts";
import { removeModules } from "./removed-modules.ts";
import { watchPython, type Watch } from "./watch.ts";

/** The module that the code is: not `__main__`, so that what stands behind `if __name__ == "__main__"` does not run. */
const MODULE = "answer";
const CODE_FILE = "answer.py";
const BUILTINS = "__builtins__";
/** Names for what the sandbox cannot do, by what Python says of it without asking the host. */
const NOT_HERE: readonly (readonly [RegExp, string])[] = [
  [/^RuntimeError: can't start new thread/u, "threads"],
  [/does not support processes/u, "processes"],
  [/^(?:ModuleNotFoundError|ZoneInfoNotFoundError|PackageNotFoundError): /u, "a package that is not installed"],
];

interface Compiled {
  readonly source: string;
  /** Address of the code object. */
  readonly code: number;
  readonly doubt: string | null;
  /** What stands in the way of running it. */
  readonly problem: PythonResult | null;
}
const UNPREPARED: Compiled = {
  source: "",
  code: 0,
  doubt: null,
  problem: { kind: "raised", error: "SystemError", message: "", traceback: "" },
};

/** One Python, locked: loads code and runs snippets in its namespace. */
export class Interpreter {
  readonly #api: CApi;
  readonly #lock: Lock;
  readonly #watch: Watch;
  readonly #namespace: number;
  readonly #builtins: number;
  readonly #compileSnippet: number;
  readonly #sources = new Map<string, string>();
  #snippets: readonly Compiled[] = [];
  /** Something was thrown through the interpreter: it is between two states, and must not be used. */
  broken = false;

  constructor(runtime: Runtime, lock: Lock) {
    this.#lock = lock;
    this.#api = new CApi(runtime);
    removeModules(this.#api);
    const module = this.#api.withText("PyImport_AddModule", [], MODULE);
    this.#namespace = this.#api.call("PyModule_GetDict", module);
    this.#builtins = this.#api.withText("PyImport_ImportModule", [], "builtins");
    this.#compileSnippet = this.#defineJudge();
    this.#watch = watchPython(this.#api);
    lock.lock();
  }

  /** Compiles the snippets, with the judge in their comparisons, while there is no other code that could meddle. */
  prepare(snippets: readonly string[], first: number): void {
    this.#snippets = snippets.map((snippet, index) => this.#prepared(snippet, `snippet ${first + index + 1}`));
  }

  load(code: string): PythonResult {
    return this.#guarded(() => {
      const compiled = this.#compiled(code, CODE_FILE);
      const result = compiled === 0 ? this.#raised() : this.#evaluated(compiled, null);
      // Before the snippets add names of theirs.
      if (result.kind === "ok") this.#snippets = this.#snippets.map((snippet) => this.#looked(snippet));
      return result;
    });
  }

  runSnippet(index: number): PythonResult {
    const { code, doubt, problem } = this.#snippets[index] ?? UNPREPARED;
    return problem ?? this.#guarded(() => this.#evaluated(code, doubt));
  }

  /** The syntax error of the code, in Python's words, or `null`. */
  compile(code: string): string | null {
    const outcome = this.#guarded(() => (this.#compiled(code, CODE_FILE) === 0 ? this.#raised() : { kind: "ok" }));
    if (outcome.kind === "ok") return null;
    if (outcome.kind !== "raised") throw new Error(`the compiler ran out of ${outcome.kind}`);
    return `${outcome.error}: ${outcome.message}`;
  }

  #evaluated(code: number, ownDoubt: string | null): PythonResult {
    const builtins = (): number => this.#api.withText("PyDict_GetItemString", [this.#namespace], BUILTINS);
    this.#api.withText("PyDict_SetItemString", [this.#namespace], BUILTINS, [this.#builtins]);
    // What decides is what C returns: no name in Python, and no object that Python can reach, stands in between.
    const value = this.#api.call("PyEval_EvalCode", code, this.#namespace, this.#namespace);
    if (value === 0) return this.#raised();
    const replaced = builtins() === this.#builtins ? null : "replaces the builtins";
    const doubt = ownDoubt ?? this.#watch.doubt() ?? replaced;
    return doubt === null ? { kind: "ok" } : { kind: "ok", doubt };
  }

  #looked(snippet: Compiled): Compiled {
    const builtins = this.#api.call("PyModule_GetDict", this.#builtins);
    return { ...snippet, doubt: snippet.doubt ?? hiddenBuiltins(this.#api, this.#namespace, builtins, snippet.source) };
  }

  /** In a namespace of its own, which no module has. */
  #defineJudge(): number {
    const namespace = this.#api.call("PyDict_New");
    this.#api.withText("PyDict_SetItemString", [namespace], BUILTINS, [this.#builtins]);
    this.#api.call("PyEval_EvalCode", this.#api.compile(JUDGE, "judge"), namespace, namespace);
    const defined = this.#api.withText("PyDict_GetItemString", [namespace], "compile_snippet");
    if (defined === 0) throw new Error(`the judge is not there: ${JSON.stringify(this.#api.takeError(this.#sources))}`);
    return defined;
  }

  #prepared(snippet: string, file: string): Compiled {
    this.#sources.set(file, snippet);
    let doubt: string | null = null;
    let code = 0;
    const result = this.#guarded(() => {
      const source = this.#source(snippet);
      if (source !== null) {
        code = this.#watch.quietly(() => this.#api.callWithTexts(this.#compileSnippet, [source, file]));
      }
      return code === 0 ? this.#raised() : { kind: "ok" };
    });
    if (result.kind === "raised" && result.error === "RecursionError" && !this.broken) {
      doubt = "is nested too deeply to be looked into";
      code = this.#compiled(snippet, file);
    }
    return { source: snippet, code, doubt, problem: code === 0 ? result : null };
  }

  #compiled(source: string, file: string): number {
    this.#sources.set(file, source);
    const text = this.#source(source);
    return text === null ? 0 : this.#api.compile(text, file);
  }

  /** The text for C, or `null` with Python's error set: C would take the text to end at a zero. */
  #source(source: string): string | null {
    if (!source.includes("\0")) return source.replace(/^\u{FEFF}/u, "");
    this.#api.raise("PyExc_SyntaxError", "source code string cannot contain null bytes");
    return null;
  }

  #raised(): PythonResult {
    const outOfMemory = this.#lock.takeOutOfMemory();
    const raised = this.#api.takeError(this.#sources, (look) => this.#watch.quietly(look));
    // Also for a request that is too large to be passed on.
    if (outOfMemory || raised.error === "MemoryError") {
      this.broken = true;
      return { kind: "memory" };
    }
    const refused = this.#lock.takeRefused();
    const said = `${raised.error}: ${raised.message}`;
    const missing = NOT_HERE.find(([pattern]) => pattern.test(said))?.[1];
    if (missing !== undefined) refused.push(missing);
    return refused.length === 0 ? raised : { ...raised, refused: refused.join(", ") };
  }

  /** Turns what is thrown through the interpreter, rather than raised in it, into a result. */
  #guarded(run: () => PythonResult): PythonResult {
    this.#lock.takeRefused();
    this.#lock.takeOutOfMemory();
    try {
      return run();
    } catch (error) {
      this.broken = true;
      if (this.#lock.takeOutOfMemory()) return { kind: "memory" };
      const refused = this.#lock.takeRefused().join(", ");
      return { ...described(error), ...(refused === "" ? {} : { refused }) };
    }
  }
}

function described(error: unknown): Extract<PythonResult, { kind: "raised" }> {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof HostAccessRefused) {
    return { kind: "raised", error: "PermissionError", message: `asks the host for ${message}`, traceback: "" };
  }
  if (error instanceof RangeError) {
    return { kind: "raised", error: "RecursionError", message: "the stack is full", traceback: "" };
  }
  return { kind: "raised", error: "SystemError", message: `the interpreter broke: ${message}`, traceback: "" };
}
