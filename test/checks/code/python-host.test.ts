import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import {
  ALLOWED,
  guardHostFunctions,
  HostAccessRefused,
  READ_ONLY,
  REPLACED,
  type HostFunctions,
} from "../../../src/checks/code/python/host-functions.ts";

interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
}
interface Wasm {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Module: { imports(module: object): readonly Import[] };
}

const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: Wasm };
const file = fileURLToPath(import.meta.resolve("pyodide/pyodide.asm.wasm"));
const IMPORTS = wasm.Module.imports(await wasm.compile(await readFile(file)));
const NAMES = [...new Set(IMPORTS.filter(({ kind }) => kind === "function").map(({ name }) => name))];

/** The whole import table, of functions that tell when they are called, guarded and locked. */
function locked(): {
  table: HostFunctions;
  host: ReadonlyMap<string, ReturnType<typeof vi.fn>>;
  refused: () => string[];
} {
  const host = new Map(NAMES.map((name) => [name, vi.fn(() => 0)]));
  const table: HostFunctions = Object.fromEntries(host);
  const lock = guardHostFunctions(table);
  const memory = new ArrayBuffer(65_536);
  lock.useMemory(() => memory);
  lock.lock();
  return { table, host, refused: () => lock.takeRefused() };
}

describe("what Python's module imports", () => {
  it("is functions of two modules, and addresses", () => {
    const kinds = new Set(IMPORTS.map(({ module, kind }) => `${module} ${kind}`));
    expect([...kinds].toSorted()).toEqual(["GOT.func global", "env function", "wasi_snapshot_preview1 function"]);
    expect(NAMES.length).toBeGreaterThan(200);
  });

  it("is listed when it is not refused, and nothing is listed that is not imported", () => {
    const listed = [...ALLOWED, ...READ_ONLY, ...REPLACED];
    expect(listed.filter((name) => !NAMES.includes(name))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it("is guarded whatever it is for", () => {
    const table: HostFunctions = Object.fromEntries(NAMES.map((name) => [name, () => 0]));
    const before = { ...table };
    const lock = guardHostFunctions(table);
    for (const name of NAMES) {
      expect(lock.isGuard(table[name]), name).toBe(true);
      expect(lock.isGuard(before[name]), name).toBe(false);
    }
  });

  it.for(NAMES)("reaches the host by %s only when that is allowed", (name) => {
    const { table, host, refused } = locked();
    const call = (...args: number[]): unknown => {
      try {
        return table[name]?.(...args);
      } catch (error) {
        expect(error).toBeInstanceOf(HostAccessRefused);
        return error;
      }
    };
    // File 0 is a stream of the host; 577 is to write, to create and to empty.
    for (const args of [[0, 8, 577, 8], [1, 8, 1, 8], [0, 0, 0, 0], []]) call(...args);
    const others = [...host]
      .filter(([other, spy]) => other !== name && spy.mock.calls.length > 0)
      .map(([other]) => other);
    if (ALLOWED.has(name)) {
      expect(host.get(name)).toHaveBeenCalled();
      expect(refused()).toEqual([]);
    } else if (name === "__syscall_openat") {
      expect(host.get(name)?.mock.calls.map((args: unknown[]) => args[2])).toEqual([0, 0]);
    } else {
      expect(host.get(name)).not.toHaveBeenCalled();
    }
    expect(others.filter((other) => other !== "_gmtime_js" && other !== "_timegm_js")).toEqual([]);
    if (!ALLOWED.has(name) && !REPLACED.has(name) && name !== "fd_fdstat_get") expect(refused()).toHaveLength(1);
  });

  it("lets files be read that Python opened itself", () => {
    const { table, host } = locked();
    for (const name of ["fd_read", "fd_pread", "fd_seek", "fd_close", "fd_fdstat_get"]) {
      table[name]?.(3, 0, 0, 0);
      expect(host.get(name), name).toHaveBeenCalledOnce();
    }
  });
});
