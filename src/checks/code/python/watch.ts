import type { CApi } from "./c-api.ts";
import { COMPARISON } from "./judge.ts";

/**
 * Listens, from outside of Python, for what lets a snippet pass that should not: looking into the frame of a caller (where the
 * expected value can be read, or a line skipped), and changing what a snippet is written in (builtins, `math`). Nothing is refused,
 * as honest code does some of it too (logging looks at frames); an "ok" that comes after it is not to be trusted.
 */
export interface Watch {
  /** What was noticed since the interpreter started. */
  doubt(): string | null;
  /** Runs something of the host's that must not be noticed. */
  quietly<T>(run: () => T): T;
}

const FRAMES = "looks at the frames of its callers";
const MEMORY = "looks through the interpreter's memory";
const BYTECODE = "makes bytecode of its own";

/** Events of Python's audit hooks (PEP 578), and what they mean here. Hooks set from C cannot be removed from Python. */
const EVENTS: ReadonlyMap<string, string> = new Map([
  ["sys._getframe", FRAMES],
  ["sys._current_frames", FRAMES],
  ["sys._current_exceptions", FRAMES],
  ["sys.settrace", "traces the lines that are run"],
  ["sys.setprofile", "traces the calls that are made"],
  ["sys.monitoring.register_callback", "monitors what is run"],
  ["gc.get_objects", MEMORY],
  ["gc.get_referrers", MEMORY],
  ["gc.get_referents", MEMORY],
  // Made-up bytecode can do anything to the interpreter's memory.
  ["code.__new__", BYTECODE],
  ["marshal.loads", BYTECODE],
  [COMPARISON, "decides by a class of its own whether values are equal"],
]);
const GET_ATTRIBUTE = "object.__getattr__";
const FRAME_ATTRIBUTES: ReadonlySet<string> = new Set(["tb_frame", "gi_frame", "cr_frame", "ag_frame"]);

/** Python has about a hundred events; code can make up more. */
const MOST_NAMES = 1_000;

/** Modules in whose words snippets are written. */
const MODULES = [
  "bisect",
  "builtins",
  "cmath",
  "collections",
  "copy",
  "datetime",
  "decimal",
  "fractions",
  "functools",
  "heapq",
  "itertools",
  "json",
  "math",
  "operator",
  "random",
  "re",
  "statistics",
  "string",
  "unittest",
] as const;
/** Events of `PyDict_Watch`: modified, deleted, cleared. */
const CHANGES: ReadonlySet<number> = new Set([1, 2, 4]);

export function watchPython(api: CApi): Watch {
  let doubt: string | null = null;
  let quiet = false;
  const notice = (what: string): void => {
    if (!quiet) doubt ??= what;
  };

  // Names of events are constants of C: a text that Python code made up can only be noticed without need.
  const names = new Map<number, string>();
  const hook = api.callback((event = 0, values = 0) => {
    let name = names.get(event);
    if (name === undefined) {
      name = api.text(event);
      if (names.size < MOST_NAMES) names.set(event, name);
    }
    const meaning = EVENTS.get(name);
    if (meaning !== undefined) notice(meaning);
    else if (name === GET_ATTRIBUTE) {
      const attribute = api.stringOf(api.call("PyTuple_GetItem", values, 1));
      if (FRAME_ATTRIBUTES.has(attribute)) notice(FRAMES);
    }
    return 0;
  }, "iiii");
  api.call("PySys_AddAuditHook", hook, 0);

  const dictionaries = new Map<number, string>();
  const loaded = api.call("PyImport_GetModuleDict");
  const changed = api.callback((event = 0, dictionary = 0, key = 0) => {
    if (!CHANGES.has(event)) return 0;
    const name = key === 0 ? "" : api.stringOf(key);
    // The import machinery takes modules out and puts them in again.
    const matters = dictionary !== loaded || name === "" || MODULES.some((module) => module === name);
    if (matters) notice(`changes ${dictionaries.get(dictionary) ?? "a module"}.${name}`);
    return 0;
  }, "iiiii");
  const watcher = api.call("PyDict_AddWatcher", changed);
  const observe = (dictionary: number, name: string): void => {
    dictionaries.set(dictionary, name);
    api.call("PyDict_Watch", watcher, dictionary);
  };
  observe(loaded, "sys.modules");
  for (const module of MODULES) {
    observe(api.call("PyModule_GetDict", api.withText("PyImport_ImportModule", [], module)), module);
  }

  return {
    doubt: () => doubt,
    quietly: (run) => {
      quiet = true;
      try {
        return run();
      } finally {
        quiet = false;
      }
    },
  };
}
