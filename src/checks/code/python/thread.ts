import { stderr, stdout } from "node:process";
import { pathToFileURL } from "node:url";
import { parentPort as port, workerData } from "node:worker_threads";
import { guardHostFunctions, type HostFunctions, type Lock } from "./host-functions.ts";
import { Interpreter } from "./interpreter.ts";
import type { News, Order, ThreadData } from "./messages.ts";
import { BEFORE_LOCK, BEFORE_SNAPSHOT } from "./prelude.ts";

// A thread's output goes to the process's own, where the protocol is spoken.
for (const stream of [stdout, stderr]) stream.write = () => true;

const { folder, module, snapshot } = workerData as ThreadData;
const tell = (news: News): void => port?.postMessage(news);

/** What is used of the package. */
interface Pyodide {
  readonly _module: { addFunction(host: (...args: number[]) => number, signature: string): number };
  readonly FS: { readdir(path: string): string[]; unlink(path: string): void };
  runPython(code: string): unknown;
  makeMemorySnapshot(): Uint8Array;
}
type WasmImports = Readonly<Record<string, HostFunctions | undefined>>;
type Exports = Record<string, { readonly value: number; readonly buffer: ArrayBuffer }>;
interface WasmModule {
  instantiate(source: unknown, imports?: WasmImports): Promise<unknown>;
  readonly Module: { imports(module: object): { module: string; name: string; kind: string }[] };
}

/** Loads Pyodide with our module in the place of its own, and guards in the place of the host's functions. */
async function start(): Promise<{ readonly pyodide: Pyodide; readonly exports: Exports; readonly lock: Lock }> {
  const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: WasmModule };
  // With these, waiting for the host would get around the guards.
  Reflect.deleteProperty(wasm, "promising");
  Reflect.deleteProperty(wasm, "Suspending");
  const instantiate = wasm.instantiate.bind(wasm);
  let guarded: { exports: Exports; lock: Lock } | null = null;
  wasm.instantiate = async (source, imports) => {
    if (imports?.["env"] === undefined) return instantiate(source, imports);
    const lock = guardHostFunctions(imports["env"]);
    for (const { module: from, name, kind } of wasm.Module.imports(module)) {
      // Also holds for a version of Pyodide that gets its functions in another way than today's.
      if (kind === "function" && !lock.isGuard(imports[from]?.[name])) fail(`${from}.${name} is not guarded`);
    }
    const instance = (await instantiate(module, imports)) as { readonly exports: Exports };
    lock.useMemory(() => (instance.exports["memory"] as Exports[string]).buffer);
    guarded = { exports: instance.exports, lock };
    return { module, instance };
  };
  const { loadPyodide } = (await import(pathToFileURL(`${folder}pyodide.mjs`).href)) as {
    loadPyodide: (options: object) => Promise<Pyodide>;
  };
  const pyodide = await loadPyodide({
    indexURL: folder,
    // What `import js` gives.
    jsglobals: Object.create(null) as object,
    // Python's; the host's is not looked at. Sets of texts have the same order in each run.
    env: { HOME: "/home", LANG: "C.UTF-8", PYTHONHASHSEED: "0" },
    _sysExecutable: "/python",
    stdin: () => null,
    stdout: () => undefined,
    stderr: () => undefined,
    ...(snapshot === null ? { _makeSnapshot: true } : { _loadSnapshot: new Uint8Array(snapshot) }),
  });
  wasm.instantiate = instantiate;
  // Pyodide puts a `require` there, with the host's file system and processes.
  Reflect.deleteProperty(globalThis, "require");
  if (guarded === null) throw new Error("Pyodide was started without WebAssembly.instantiate");
  return { pyodide, ...(guarded as { exports: Exports; lock: Lock }) };
}

/** Ends the thread with an error: Pyodide would write what is thrown to the console, and wait. */
function fail(message: string): never {
  const error = new Error(message);
  setImmediate(() => {
    throw error;
  });
  throw error;
}

async function main(): Promise<void> {
  const { pyodide, exports, lock } = await start();
  if (snapshot === null) {
    pyodide.runPython(BEFORE_SNAPSHOT);
    const bytes = pyodide.makeMemorySnapshot();
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    return tell({ type: "snapshot", snapshot: shared });
  }
  pyodide.runPython(BEFORE_LOCK);
  // Of the devices, the terminals would read from the process's own input.
  for (const device of pyodide.FS.readdir("/dev")) {
    if (device !== "." && device !== ".." && device !== "shm") pyodide.FS.unlink(`/dev/${device}`);
  }
  const { _module: loader } = pyodide;
  const interpreter = new Interpreter(
    { exports, addFunction: (host, signature) => loader.addFunction(host, signature) },
    lock,
  );
  port?.once("message", (order: Order) => obey(interpreter, order));
  tell({ type: "ready" });
}

function obey(interpreter: Interpreter, order: Order): void {
  if (order.type === "compile") return tell({ type: "compiled", problem: interpreter.compile(order.code) });
  interpreter.prepare(order.snippets, order.first);
  const results = [
    () => interpreter.load(order.code),
    ...order.snippets.map((_, index) => () => interpreter.runSnippet(index)),
  ];
  for (const result of results) {
    tell({ type: "result", result: result(), broken: interpreter.broken });
    if (interpreter.broken) return;
  }
}

await main();
