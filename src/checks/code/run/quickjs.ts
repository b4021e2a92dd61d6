import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSSyncVariant,
  QuickJSWASMModule,
} from "quickjs-emscripten-core";
import { GUEST } from "./quickjs-guest.ts";

/** What an evaluation came to: a value in the encoding of the guest's encoder, or what was thrown. */
export type Evaluated =
  | { readonly ok: true; readonly encoded: string }
  | { readonly ok: false; readonly error: string };

/** A JavaScript world of its own, in WebAssembly: no host, no clock, no network, capped memory, stack and time. */
export interface ScriptSandbox {
  /** Runs code as a script in the global scope. */
  run(code: string): Evaluated;
  /** Makes the language's own objects unchangeable. Before anything of an answer is run. */
  harden(): void;
  /**
   * Calls an async function, given as source, with the named helpers that judge and built-ins as they were before anything was run.
   * What it resolves to; or the first failure of a helper, even of one whose promise the code let go.
   */
  judge(source: string, names: readonly string[]): Evaluated;
  /** Evaluates an expression; a promise is awaited, with timers that pass at once. */
  evaluate(expression: string, limitMs?: number): Evaluated;
}

const PAGES_OF_MB = 16;
const INITIAL_MB = 16;
const MAX_MB = 64;
const MEMORY_LIMIT_BYTES = 48 * 2 ** 20;
const STACK_BYTES = 256 * 1024;
/** One evaluation, and all of a sandbox together, milliseconds. */
const EVALUATION_LIMIT_MS = 1_000;
const TOTAL_LIMIT_MS = 4_000;
const MOST_TURNS = 10_000;

interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
/** Part of every runtime, but not of the language's own library of types. */
const { Memory } = (
  globalThis as unknown as {
    WebAssembly: { Memory: new (size: { initial: number; maximum: number }) => WasmMemory };
  }
).WebAssembly;

/** A module with a memory of its own: the runtime's limit alone lets a bomb grow the memory that modules share. */
async function loadModule(): Promise<QuickJSWASMModule> {
  const [{ newQuickJSWASMModuleFromVariant, newVariant }, variant] = await Promise.all([
    import("quickjs-emscripten-core"),
    import("@jitl/quickjs-wasmfile-release-sync"),
  ]);
  const wasmMemory = new Memory({ initial: INITIAL_MB * PAGES_OF_MB, maximum: MAX_MB * PAGES_OF_MB });
  const base = variant.default as unknown as QuickJSSyncVariant;
  return newQuickJSWASMModuleFromVariant(newVariant(base, { wasmMemory }));
}

/**
 * A fresh world. There is nothing to close: taking apart a world that ran out of memory is what the engine does not survive, so its
 * memory is left to the garbage collector as a whole.
 */
export async function openSandbox(): Promise<ScriptSandbox> {
  const runtime = (await loadModule()).newRuntime();
  runtime.setMemoryLimit(MEMORY_LIMIT_BYTES);
  runtime.setMaxStackSize(STACK_BYTES);
  const endMs = performance.now() + TOTAL_LIMIT_MS;
  let limitMs = endMs;
  runtime.setInterruptHandler(() => performance.now() > limitMs);
  const context = runtime.newContext();
  const guest = context.unwrapResult(context.evalCode(GUEST));
  const encode = context.getProp(guest, "encode");
  const tick = context.getProp(guest, "tick");
  const [judge, failure, harden] = ["judge", "failure", "harden"].map((name) => context.getProp(guest, name)) as [
    QuickJSHandle,
    QuickJSHandle,
    QuickJSHandle,
  ];

  const limited = (work: () => Evaluated, mostMs = EVALUATION_LIMIT_MS): Evaluated => {
    limitMs = Math.min(endMs, performance.now() + mostMs);
    if (performance.now() > endMs) return { ok: false, error: "no time was left for it" };
    try {
      return work();
    } catch (error) {
      return { ok: false, error: `the sandbox gave up: ${error instanceof Error ? error.message : String(error)}` };
    }
  };
  const encoded = (value: QuickJSHandle): Evaluated => {
    const result = context.callFunction(encode, context.undefined, value);
    if (result.error) return thrown(context, result.error);
    const text = context.getString(result.value);
    result.value.dispose();
    return { ok: true, encoded: text };
  };

  const settled = (value: QuickJSHandle): Evaluated => {
    try {
      settle(runtime, context, tick, value);
      const state = context.getPromiseState(value);
      if (state.type === "pending") return { ok: false, error: "its promise is never settled" };
      if (state.type === "rejected") return thrown(context, state.error);
      return encoded(state.value);
    } finally {
      value.dispose();
    }
  };

  return {
    run: (code) =>
      limited(() => {
        const result = context.evalCode(code, "answer.js");
        if (result.error) return thrown(context, result.error);
        result.value.dispose();
        settle(runtime, context, tick, null);
        return { ok: true, encoded: "" };
      }),
    evaluate: (expression, mostMs) =>
      limited(() => {
        const result = context.evalCode(`(${expression}\n)`, "example.js");
        return result.error ? thrown(context, result.error) : settled(result.value);
      }, mostMs),
    harden: () => context.unwrapResult(context.callFunction(harden, context.undefined)).dispose(),
    judge: (source, names) =>
      limited(() => {
        const made = context.evalCode(`(${source}\n)`, "criterion.js");
        if (made.error) return thrown(context, made.error);
        const list = context.unwrapResult(context.evalCode(JSON.stringify(names)));
        const called = context.callFunction(judge, context.undefined, made.value, list);
        if (called.error) return thrown(context, called.error);
        const outcome = settled(called.value);
        // What is still to come may fail as well.
        settle(runtime, context, tick, null);
        const failed = context.unwrapResult(context.callFunction(failure, context.undefined));
        const words: unknown = context.dump(failed);
        failed.dispose();
        return outcome.ok && typeof words === "string"
          ? { ok: false, error: `failed: ${words}`.slice(0, 400) }
          : outcome;
      }),
  };
}

/** Runs what is pending, timers too, until nothing is, or until the promise is settled. */
function settle(
  runtime: QuickJSRuntime,
  context: QuickJSContext,
  tick: QuickJSHandle,
  promise: QuickJSHandle | null,
): void {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const jobs = runtime.executePendingJobs(MOST_TURNS);
    if (jobs.error) {
      jobs.error.dispose();
      return;
    }
    if (promise !== null && context.getPromiseState(promise).type !== "pending") return;
    const ticked = context.callFunction(tick, context.undefined);
    if (ticked.error) {
      ticked.error.dispose();
      return;
    }
    const went = context.dump(ticked.value) === true;
    ticked.value.dispose();
    if (!went && !runtime.hasPendingJob()) return;
  }
}

function thrown(context: QuickJSContext, error: QuickJSHandle): Evaluated {
  const dumped: unknown = context.dump(error);
  error.dispose();
  return { ok: false, error: wordsOf(dumped) };
}

function wordsOf(dumped: unknown): string {
  if (typeof dumped !== "object" || dumped === null) return `threw ${String(dumped)}`.slice(0, 300);
  const said = dumped as Readonly<Record<string, unknown>>;
  const part = (key: string): string => (typeof said[key] === "string" ? said[key] : "");
  const text = part("message");
  if (text === "interrupted") return `did not end within ${EVALUATION_LIMIT_MS} ms`;
  if (text === "out of memory") return `used more than ${MEMORY_LIMIT_BYTES / 2 ** 20} MB of memory`;
  const line = /answer\.js:(\d+)/.exec(part("stack"))?.[1];
  const where = line === undefined ? "" : ` (line ${line} of the code)`;
  return `threw ${part("name") || "Error"}: ${text}${where}`.slice(0, 400);
}
