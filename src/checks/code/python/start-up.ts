import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { programFile } from "../../kit/program-file.ts";
import type { News, ThreadData } from "./messages.ts";

const THREAD = fileURLToPath(programFile("checks/code/python/thread"));

/** Python's own memory, in pages of 64 KiB: 256 MB. */
const MOST_PAGES = 4096;
/** The thread's JavaScript, which is Pyodide's loader and the library's archive. */
const MAX_HEAP_MB = 192;
/** Deep recursion in C (nested lists, parsers) has Python's own limit first. */
const STACK_MB = 8;

interface Wasm {
  compile(bytes: Uint8Array): Promise<object>;
}

let prepared: Promise<ThreadData> | null = null;

/** The compiled module and a snapshot of a started interpreter: made with the first need, then shared by all interpreters. */
export function prepare(): Promise<ThreadData> {
  prepared ??= make().catch((error: unknown) => {
    prepared = null;
    throw error;
  });
  return prepared;
}

/** A thread without the process's environment and streams, with limits of its own. */
export function startThread(data: ThreadData): Worker {
  return new Worker(THREAD, {
    workerData: data,
    env: {},
    argv: [],
    execArgv: ["--no-warnings"],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, stackSizeMb: STACK_MB },
  });
}

async function make(): Promise<ThreadData> {
  const folder = packageFolder();
  const bytes = await readFile(`${folder}pyodide.asm.wasm`);
  capMemory(bytes);
  const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: Wasm };
  const data: ThreadData = { folder, module: await wasm.compile(bytes), snapshot: null };
  return { ...data, snapshot: await makeSnapshot(data) };
}

/** Where the package is, with a slash at its end. */
function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("pyodide/package.json")) + sep;
}

function makeSnapshot(data: ThreadData): Promise<SharedArrayBuffer> {
  const thread = startThread(data);
  return new Promise<SharedArrayBuffer>((resolve, reject) => {
    thread.once("message", (news: News) => {
      if (news.type === "snapshot") resolve(news.snapshot);
    });
    thread.once("error", reject);
    thread.once("exit", () => reject(new Error("Python's thread ended while starting")));
  }).finally(() => void thread.terminate());
}

const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;

/**
 * Lowers the maximum that the module declares for its memory, in its bytes: the engine then refuses to grow past it, for every caller.
 * The declared maximum (4 GB) takes three bytes, which the lower one is padded to.
 */
function capMemory(bytes: Uint8Array): void {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const size = number();
    if (section !== MEMORY_SECTION) {
      at += size;
      continue;
    }
    const [memories, flags] = [number(), number()];
    number();
    const maximum = at;
    number();
    if (memories !== 1 || flags !== HAS_MAXIMUM || at - maximum !== 3) break;
    bytes.set([0x80 | (MOST_PAGES & 0x7f), 0x80 | ((MOST_PAGES >> 7) & 0x7f), MOST_PAGES >> 14], maximum);
    return;
  }
  throw new Error("this version of Pyodide declares its memory in another way: it cannot be capped");
}
