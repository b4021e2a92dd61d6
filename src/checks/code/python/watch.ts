import type { CApi } from "./c-api.ts";

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

/** Events of Python's audit hooks (PEP 578); hooks set from C cannot be removed from Python. */
const EVENTS: ReadonlySet<string> = new Set([
  "sys._getframe",
  "sys._current_frames",
  "sys._current_exceptions",
  "sys.settrace",
  "sys.setprofile",
  "sys.monitoring.register_callback",
  "gc.get_objects",
  "gc.get_referrers",
  "gc.get_referents",
  // Made-up bytecode can do anything to the interpreter's memory.
  "code.__new__",
  "marshal.loads",
  // The judge's own word.
  "signalbox.comparison",
]);
const GET_ATTRIBUTE = "object.__getattr__";
const FRAME_ATTRIBUTES: ReadonlySet<string> = new Set(["tb_frame", "gi_frame", "cr_frame", "ag_frame"]);

/** Modules in whose words snippets are written. */
const MODULES = [
  "builtins",
  "math",
  "operator",
  "re",
  "json",
  "collections",
  "itertools",
  "functools",
  "statistics",
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
    if (name === undefined) names.set(event, (name = api.text(event)));
    if (EVENTS.has(name)) notice(name);
    else if (name === GET_ATTRIBUTE) {
      const attribute = api.stringOf(api.call("PyTuple_GetItem", values, 1));
      if (FRAME_ATTRIBUTES.has(attribute)) notice(attribute);
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
