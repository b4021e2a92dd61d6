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
  | {
      readonly ok: false;
      readonly error: string;
      /** It says nothing of the code: a limit was reached, or the sandbox lacks what it takes to judge. */
      readonly isUnmade?: true;
    };

/** What a criterion came to. `asserted`: how many assertions were reached. */
export type Judged = Evaluated & { readonly asserted: number };

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
  judge(source: string, names: readonly string[]): Judged;
  /** Evaluates an expression; a promise is awaited, with timers that pass at once. */
  evaluate(expression: string, limitMs?: number): Evaluated;
}

type Failed = Extract<Evaluated, { ok: false }>;

/** How the guest words it. */
const TOO_LARGE = "the result is too large to compare";
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
  const call = (name: string): unknown => {
    const result = context.callFunction(context.getProp(guest, name), context.undefined);
    if (result.error) {
      result.error.dispose();
      return undefined;
    }
    const value: unknown = context.dump(result.value);
    result.value.dispose();
    return value;
  };

  const limited = (work: () => Evaluated, mostMs = EVALUATION_LIMIT_MS): Evaluated => {
    limitMs = Math.min(endMs, performance.now() + mostMs);
    if (performance.now() > endMs) return { ok: false, error: "no time was left for it", isUnmade: true };
    try {
      const outcome = work();
      // Code that is interrupted can end with any error.
      if (outcome.ok || performance.now() <= limitMs) return outcome;
      return { ok: false, error: `did not end within ${mostMs} ms`, isUnmade: true };
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      return { ok: false, error: `the sandbox gave up: ${words}`, isUnmade: true };
    }
  };
  const encoded = (value: QuickJSHandle): Evaluated => {
    const result = context.callFunction(encode, context.undefined, value);
    if (result.error) {
      const failed = thrown(context, result.error);
      return failed.error.includes(TOO_LARGE) ? { ...failed, isUnmade: true } : failed;
    }
    const text = context.getString(result.value);
    result.value.dispose();
    return { ok: true, encoded: text };
  };

  const settled = (value: QuickJSHandle): Evaluated => {
    try {
      const loose = settle(runtime, context, tick, value);
      const state = context.getPromiseState(value);
      if (state.type === "pending" && loose !== null) return loose;
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
        const loose = settle(runtime, context, tick, null);
        call("expose");
        return loose ?? { ok: true, encoded: "" };
      }),
    evaluate: (expression, mostMs) =>
      limited(() => {
        const result = context.evalCode(`(${expression}\n)`, "example.js");
        return result.error ? thrown(context, result.error) : settled(result.value);
      }, mostMs),
    harden: () => {
      const harden = context.getProp(guest, "harden");
      context.unwrapResult(context.callFunction(harden, context.undefined)).dispose();
    },
    judge: (source, names) => {
      const outcome = limited(() => {
        const made = context.evalCode(`(${source}\n)`, "criterion.js");
        if (made.error) return thrown(context, made.error);
        const list = context.unwrapResult(context.evalCode(JSON.stringify(names)));
        const judge = context.getProp(guest, "judge");
        const called = context.callFunction(judge, context.undefined, made.value, list);
        if (called.error) return thrown(context, called.error);
        const early = settle(runtime, context, tick, called.value);
        const first = settled(called.value);
        // What is still to come may fail as well.
        const loose = early ?? settle(runtime, context, tick, null);
        const failed = call("failure");
        if (first.ok && typeof failed === "string") return { ok: false, error: `failed: ${failed}`.slice(0, 400) };
        return first.ok && loose !== null ? loose : first;
      });
      const asserted = Number(call("asserted") ?? 0);
      const beyond = call("beyond");
      if (typeof beyond === "string") return { ok: false, error: beyond.slice(0, 400), isUnmade: true, asserted };
      return { ...outcome, asserted };
    },
  };
}

/** Runs what is pending, timers too, until nothing is, or until the promise is settled. The first error that a timer threw. */
function settle(
  runtime: QuickJSRuntime,
  context: QuickJSContext,
  tick: QuickJSHandle,
  promise: QuickJSHandle | null,
): Failed | null {
  let first: Failed | null = null;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const jobs = runtime.executePendingJobs(MOST_TURNS);
    // What a job throws is a rejection: here it was cut off.
    if (jobs.error) {
      jobs.error.dispose();
      return first ?? { ok: false, error: `did not end within ${EVALUATION_LIMIT_MS} ms`, isUnmade: true };
    }
    if (promise !== null && context.getPromiseState(promise).type !== "pending") return first;
    const ticked = context.callFunction(tick, context.undefined);
    if (ticked.error) {
      const failed = thrown(context, ticked.error);
      first ??= failed;
      if (failed.isUnmade) return failed;
      continue;
    }
    const went = context.dump(ticked.value) === true;
    ticked.value.dispose();
    if (!went && !runtime.hasPendingJob()) return first;
  }
  return first;
}

function thrown(context: QuickJSContext, error: QuickJSHandle): Failed {
  const dumped: unknown = context.dump(error);
  error.dispose();
  const words = wordsOf(dumped);
  return words.startsWith("threw") ? { ok: false, error: words } : { ok: false, error: words, isUnmade: true };
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
