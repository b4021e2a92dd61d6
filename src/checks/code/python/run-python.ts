/**
 * Runs Python that strangers wrote.
 *
 * The interpreter is CPython, compiled to WebAssembly (Pyodide), in a worker thread. WebAssembly reaches nothing but its own memory
 * and the functions that it imports, of which there are about 270. Each of them is guarded, and once start-up is done each is
 * refused without being called, but for those listed in `host-functions.ts` (Python does not start when one is not guarded):
 *
 * - allowed: growing the memory, reading the clock, computing dates, and looking up names in a file system in memory, which holds
 *   Python's library and nothing else;
 * - allowed for the library's files, for reading: opening, reading, seeking, closing. Never to write or create, and never on the
 *   streams that the interpreter starts with. The devices are removed: the terminals read the process's own input;
 * - answered by us: what is printed is dropped, input is empty, random numbers are the same in each run, the time zone is UTC.
 *
 * So there is no shell and no process (`_emscripten_system` would be one), no file, no environment, no network, no JavaScript (what
 * `js`, `pyodide.ffi` and `run_js` call are imports like any other), no library to load, no thread and no signal. A refused system
 * call is a PermissionError; anything else that is refused is thrown through the interpreter, which ends it. This holds for whatever
 * Python does to its own memory. That `ctypes` and Pyodide's modules are taken out is for clear errors and for the judge.
 *
 * Limits: memory by the maximum in the module (256 MB), which the engine keeps; time from outside, by ending the thread; stack and
 * heap of the thread by its resource limits; texts of errors are cut. Each call has a new interpreter, from a snapshot that no
 * answer has touched. The thread has no environment, and its streams go nowhere.
 *
 * The judge: a snippet's outcome is what the C function that evaluates it returns, read from outside. No name and no object of
 * Python stands in between, so that `sys.exit`, another `AssertionError`, handlers and hooks do not make a failed assertion pass.
 * What Python itself allows is watched (`watch.ts`: frames, tracing, changed builtins and modules; `judge.ts`: classes that call
 * themselves equal to everything, also where they say that they are the library's), and an "ok" after it has a `doubt`: it must not
 * count as evidence. Not noticed are changes to methods of the library's classes that neither compare nor compute, and what a
 * snippet calls that decides by itself (a `unittest` case).
 */

import type { PythonResult } from "./result.ts";
import { ThreadOutOfMemory, withThread } from "./session.ts";

export type { PythonResult } from "./result.ts";

export interface PythonRun {
  /** Run first, as a module whose `__name__` is not `__main__`. */
  readonly code: string;
  /** Run one after the other in the same namespace, each judged alone. */
  readonly snippets: readonly string[];
  /** For loading the code, and for each snippet. */
  readonly timeoutMs: number;
}

export interface PythonOutcome {
  readonly loaded: PythonResult;
  /** One for each snippet. When the code does not load, no snippet is run, and each has the result of loading. */
  readonly results: readonly PythonResult[];
}

const COMPILE_LIMIT_MS = 10_000;
const FULL = { type: "result", result: { kind: "memory" }, broken: true } as const;

/**
 * Runs Python code and then snippets against it. A snippet that breaks its interpreter (time, memory) has that result, and those
 * after it go on in a new one. Rejects when the signal fires.
 */
export async function runPython(run: PythonRun, signal: AbortSignal): Promise<PythonOutcome> {
  const results: PythonResult[] = [];
  let loaded: PythonResult | null = null;
  do {
    const rest = run.snippets.slice(results.length);
    const [load, ...made] = await inThread(run.code, rest, results.length, run.timeoutMs, signal);
    if (load === undefined) throw new Error("Python's thread gave no result");
    loaded ??= load;
    if (load.kind !== "ok") return { loaded, results: [...results, ...rest.map(() => load)] };
    results.push(...made);
  } while (results.length < run.snippets.length);
  return { loaded, results };
}

/** What Python's compiler says of the code, with the line; nothing is run. */
export async function compilePython(code: string, signal: AbortSignal): Promise<{ readonly problem: string | null }> {
  const problem = await withThread({ type: "compile", code }, signal, async (next) => {
    const news = await next(COMPILE_LIMIT_MS);
    if (news?.type !== "compiled") throw new Error("Python's compiler took too long, or broke");
    return news.problem;
  });
  return { problem };
}

/** The results of loading and of the snippets, up to the first that broke the interpreter. */
function inThread(
  code: string,
  snippets: readonly string[],
  first: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<readonly PythonResult[]> {
  return withThread({ type: "run", code, snippets, first }, signal, async (next) => {
    const results: PythonResult[] = [];
    while (results.length <= snippets.length) {
      const news = await next(timeoutMs).catch((error: unknown) => {
        if (error instanceof ThreadOutOfMemory) return FULL;
        throw error;
      });
      if (news === null) return [...results, { kind: "timeout" }];
      if (news.type !== "result") throw new Error("Python's thread spoke out of turn");
      results.push(news.result);
      if (news.broken) break;
    }
    return results;
  });
}
