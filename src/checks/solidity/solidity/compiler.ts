import { createRequire } from "node:module";
import process from "node:process";

/** Gives the source behind an import, or says why there is none. */
export type ReadSource = (path: string) => { readonly contents: string } | { readonly error: string };

/** The compiler: standard JSON in, standard JSON out. Synchronous; big imports take seconds. */
export interface Compiler {
  readonly version: string;
  compile(input: string, read: ReadSource): string;
}

interface SolcModule {
  version(): string;
  compile(input: string, callbacks: { readonly import: ReadSource }): string;
}

const HANDLED = ["unhandledRejection", "uncaughtException"] as const;

let loaded: Promise<Compiler> | null = null;

/** Loads the compiler once (some 350 ms, 130 MB). */
export function loadCompiler(): Promise<Compiler> {
  loaded ??= load().catch((error: unknown) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

// oxlint-disable-next-line require-await
async function load(): Promise<Compiler> {
  const before = HANDLED.map((event) => new Set<unknown>(process.rawListeners(event)));
  const require = createRequire(import.meta.url);
  // A compiler that broke stays broken: what is loaded in its place is a new one.
  for (const path of Object.keys(require.cache)) if (/[\\/]solc[\\/]/.test(path)) delete require.cache[path];
  const solc = require("solc") as SolcModule;
  // The compiler's loader takes over the process's last resorts, which are not its to decide.
  for (const [index, event] of HANDLED.entries()) {
    for (const listener of process.rawListeners(event)) {
      if (before[index]?.has(listener) !== true) process.off(event, listener as () => void);
    }
  }
  return {
    version: solc.version(),
    compile(input, read) {
      try {
        return solc.compile(input, { import: read });
      } catch (error) {
        loaded = null;
        throw new Error("the compiler broke down over the code", { cause: error });
      }
    },
  };
}
