import type { PythonResult } from "./result.ts";

/** What a thread is started with. */
export interface ThreadData {
  /** Folder of the package `pyodide`, with a slash at its end. */
  readonly folder: string;
  /** The compiled `WebAssembly.Module`, with the cap of its memory. */
  readonly module: object;
  /** Memory of an interpreter that has started; `null` asks the thread to make it. */
  readonly snapshot: SharedArrayBuffer | null;
}

/** What a thread is asked, once. `first`: how many snippets ran before, in threads that ended. */
export type Order =
  | { readonly type: "run"; readonly code: string; readonly snippets: readonly string[]; readonly first: number }
  | { readonly type: "compile"; readonly code: string };

/** What a thread tells. */
export type News =
  | { readonly type: "snapshot"; readonly snapshot: SharedArrayBuffer }
  | { readonly type: "ready" }
  /** One for the code, then one for each snippet. `broken`: the interpreter cannot go on. */
  | { readonly type: "result"; readonly result: PythonResult; readonly broken: boolean }
  | { readonly type: "compiled"; readonly problem: string | null };
