import type { PythonResult } from "./result.ts";

/** A function or a variable of the module, as WebAssembly exports it. An address is an unsigned number of 32 bits. */
type ApiExports = Readonly<Record<string, unknown>>;
type ApiCall = (...args: number[]) => number;

/** What is used of the object that the loader calls Module. */
export interface Runtime {
  readonly exports: ApiExports;
  /** Gives a host function an address that C can call. */
  addFunction(host: ApiCall, signature: string): number;
}

const MOST_TEXT_BYTES = 2_000;
const MOST_FRAMES = 8;
/** `Py_file_input`: a module, rather than an expression. */
const FILE_INPUT = 257;
/** `PyCF_SOURCE_IS_UTF8 | PyCF_IGNORE_COOKIE`: a comment about the encoding does not change it. */
const COMPILE_FLAGS = 0x0100 | 0x0800;
const PYTHON_MINOR = 14;

/** The text of each file that was compiled, by name. */
export type Sources = ReadonlyMap<string, string>;
type Raised = Extract<PythonResult, { kind: "raised" }>;

/** The few functions of Python's C API that compile, run and report. All calls come from here, from outside of Python. */
export class CApi {
  readonly #exports: ApiExports;
  readonly #addFunction: Runtime["addFunction"];
  readonly #flags: number;

  constructor(runtime: Runtime) {
    this.#exports = runtime.exports;
    this.#addFunction = runtime.addFunction.bind(runtime);
    this.#flags = this.call("malloc", 8);
    new DataView(this.memory()).setUint32(this.#flags, COMPILE_FLAGS, true);
    new DataView(this.memory()).setUint32(this.#flags + 4, PYTHON_MINOR, true);
  }

  memory(): ArrayBuffer {
    return (this.#exports["memory"] as { readonly buffer: ArrayBuffer }).buffer;
  }

  call(name: string, ...args: number[]): number {
    return (this.#exports[name] as ApiCall)(...args) >>> 0;
  }

  /** The value of a pointer that the module exports. */
  pointer(name: string): number {
    const address = (this.#exports[name] as { readonly value: number }).value >>> 0;
    return this.uint32(address);
  }

  uint32(address: number): number {
    return new DataView(this.memory()).getUint32(address, true);
  }

  /** Calls a function that takes a text among its arguments. */
  withText(name: string, before: readonly number[], text: string, after: readonly number[] = []): number {
    const address = this.#bytes(text);
    try {
      return this.call(name, ...before, address, ...after);
    } finally {
      this.call("free", address);
    }
  }

  /** A C string, cut at a limit. */
  text(address: number, most = MOST_TEXT_BYTES): string {
    if (address === 0) return "";
    const bytes = new Uint8Array(this.memory());
    let end = address;
    while (end < address + most && end < bytes.length && bytes[end] !== 0) end += 1;
    return new TextDecoder().decode(bytes.slice(address, end));
  }

  /** Calls a Python function with texts. */
  callWithTexts(callable: number, texts: readonly string[]): number {
    const values = this.call("PyTuple_New", texts.length);
    texts.forEach((text, index) => {
      this.call("PyTuple_SetItem", values, index, this.withText("PyUnicode_FromString", [], text));
    });
    return this.call("PyObject_Call", callable, values, 0);
  }

  raise(type: string, message: string): void {
    this.withText("PyErr_SetString", [this.pointer(type)], message);
  }

  callback(host: ApiCall, signature: string): number {
    return this.#addFunction(host, signature);
  }

  /** The address of the code object, or 0 with Python's error set. */
  compile(source: string, file: string): number {
    const name = this.#bytes(file);
    try {
      return this.withText("Py_CompileStringExFlags", [], source, [name, FILE_INPUT, this.#flags, 0]);
    } finally {
      this.call("free", name);
    }
  }

  /** Takes away the error that is set and tells of it. `quietly` runs what looks at frames by order of the host. */
  takeError(sources: Sources, quietly: (look: () => string) => string = (look) => look()): Raised {
    const error = this.call("PyErr_GetRaisedException");
    const name =
      error === 0 ? "SystemError" : this.stringOf(this.call("PyType_GetName", this.call("PyObject_Type", error)));
    const traceback = quietly(() => this.#traceback(this.call("PyException_GetTraceback", error), sources));
    // This can run the answer's code: that the snippet raised is settled by now.
    const message = this.stringOf(this.call("PyObject_Str", error));
    this.call("PyErr_Clear");
    return { kind: "raised", error: name, message, traceback };
  }

  /** The lines of the code that was given, innermost last. The library's own frames are left out. */
  #traceback(start: number, sources: Sources): string {
    const lines: string[] = [];
    let entry = start;
    while (entry !== 0 && entry !== this.#none()) {
      const frame = this.#get(entry, "tb_frame");
      const code = this.call("PyFrame_GetCode", frame);
      const file = this.stringOf(this.#get(code, "co_filename"));
      const name = this.stringOf(this.#get(code, "co_name"));
      const line = this.#number(entry, "tb_lineno");
      const source = sources.get(file);
      if (source !== undefined) {
        lines.push(`${file}, line ${line}, in ${name}: ${(source.split("\n")[line - 1] ?? "").trim().slice(0, 200)}`);
        // Deep recursion: the first and the last calls say enough.
        if (lines.length > MOST_FRAMES) lines.splice(1, 1);
      }
      entry = this.#get(entry, "tb_next");
    }
    return lines.join("\n");
  }

  #get(object: number, name: string): number {
    return this.withText("PyObject_GetAttrString", [object], name);
  }

  /** A text as a C string, in memory that is to be given back. */
  #bytes(text: string): number {
    const bytes = new TextEncoder().encode(`${text}\0`);
    const address = this.call("malloc", bytes.length);
    if (address === 0) throw new RangeError("no memory for a text");
    new Uint8Array(this.memory()).set(bytes, address);
    return address;
  }

  #none(): number {
    return (this.#exports["_Py_NoneStruct"] as { readonly value: number }).value >>> 0;
  }

  #number(object: number, name: string): number {
    return this.call("PyLong_AsLong", this.#get(object, name)) | 0;
  }

  /** The text of a `str`; empty when there is none. */
  stringOf(object: number): string {
    if (object === 0) {
      this.call("PyErr_Clear");
      return "";
    }
    const address = this.call("PyUnicode_AsUTF8", object);
    if (address === 0) this.call("PyErr_Clear");
    return this.text(address);
  }
}
