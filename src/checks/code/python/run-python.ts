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
 * after it go on in a new one. Throws {@link MissingPackageError} when Pyodide is not installed; rejects when the signal fires.
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
