import { CApi, type Runtime } from "./c-api.ts";
import { HostAccessRefused, type Lock } from "./host-functions.ts";
import type { PythonResult } from "./result.ts";
import { watchPython, type Watch } from "./watch.ts";

/** The module that the code is: not `__main__`, so that what stands behind `if __name__ == "__main__"` does not run. */
const MODULE = "answer";
const CODE_FILE = "answer.py";
/** Names for what the sandbox cannot do, by what Python says of it without asking the host. */
const NOT_HERE: readonly (readonly [RegExp, string])[] = [
  [/^RuntimeError: can't start new thread/u, "threads"],
  [/does not support processes/u, "processes"],
  [/^(?:ModuleNotFoundError|ZoneInfoNotFoundError|PackageNotFoundError): /u, "a package that is not installed"],
];

/** One Python, locked: loads code and runs snippets in its namespace. */
export class Interpreter {
  readonly #api: CApi;
  readonly #lock: Lock;
  readonly #watch: Watch;
  readonly #namespace: number;
  readonly #sources = new Map<string, string>();
  /** Something was thrown through the interpreter: it is between two states, and must not be used. */
  broken = false;

  constructor(runtime: Runtime, lock: Lock) {
    this.#lock = lock;
    this.#api = new CApi(runtime);
    lock.useMemory(() => this.#api.memory());
    const module = this.#api.withText("PyImport_AddModule", [], MODULE);
    this.#namespace = this.#api.call("PyModule_GetDict", module);
    const builtins = this.#api.withText("PyImport_ImportModule", [], "builtins");
    this.#api.withText("PyDict_SetItemString", [this.#namespace], "__builtins__", [builtins]);
    this.#watch = watchPython(this.#api);
    lock.lock();
  }

  load(code: string): PythonResult {
    return this.#run(code, CODE_FILE);
  }

  runSnippet(snippet: string, index: number): PythonResult {
    return this.#run(snippet, `snippet ${index + 1}`);
  }

  /** The syntax error of the code, in Python's words, or `null`. */
  compile(code: string): string | null {
    const outcome = this.#guarded(() => (this.#compiled(code, CODE_FILE) === 0 ? this.#raised() : { kind: "ok" }));
    if (outcome.kind === "ok") return null;
    if (outcome.kind !== "raised") throw new Error(`the compiler ran out of ${outcome.kind}`);
    return `${outcome.error}: ${outcome.message}`;
  }

  #run(source: string, file: string): PythonResult {
    return this.#guarded(() => {
      const code = this.#compiled(source, file);
      if (code === 0) return this.#raised();
      // What decides is what C returns: no name in Python, and no object that Python can reach, stands in between.
      const value = this.#api.call("PyEval_EvalCode", code, this.#namespace, this.#namespace);
      if (value === 0) return this.#raised();
      const doubt = this.#watch.doubt();
      return doubt === null ? { kind: "ok" } : { kind: "ok", doubt };
    });
  }

  #compiled(source: string, file: string): number {
    this.#sources.set(file, source);
    if (!source.includes("\0")) return this.#api.compile(source.replace(/^\u{FEFF}/u, ""), file);
    // C would take the text to end there; Python says this.
    this.#api.raise("PyExc_SyntaxError", "source code string cannot contain null bytes");
    return 0;
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
