import type { AbiEntry } from "./abi.ts";
import { loadCompiler, type Compiler } from "./compiler.ts";
import { createImports, type Imports } from "./imports.ts";
import type { StandardContract, StandardMessage, StandardOutput } from "./output.ts";
import { isLibraryPath, type LibraryLine } from "./packages.ts";
import { fitPragma, type PragmaFit } from "./pragma.ts";
import type { SolcNode } from "./solc-ast.ts";

/** A Solidity source by its path. Paths are unique within a list. */
export interface SourceText {
  readonly path: string;
  readonly content: string;
}

export interface CompileOptions {
  /** Optimizer runs; 0 switches it off. Default 200. */
  readonly runs?: number;
  readonly viaIR?: boolean;
  /** Name of the EVM release to compile for; without it the compiler's own default. */
  readonly evmVersion?: string;
  /** Sources that may be imported but that nobody asks about; a file of the same path in `files` replaces one. */
  readonly context?: readonly SourceText[];
}

export interface CompiledContract {
  readonly path: string;
  readonly name: string;
  readonly abi: readonly AbiEntry[];
  /** Creation code, hexadecimal without `0x`; empty for what cannot be deployed. */
  readonly bytecode: string;
  readonly deployedBytecode: string;
  /** `{"transfer(address,uint256)": "a9059cbb"}`. */
  readonly methodIdentifiers: Readonly<Record<string, string>>;
  /** Whether the code has holes for the addresses of libraries, so that it cannot be deployed as it is. */
  readonly needsLinking: boolean;
  readonly storageLayout: unknown;
}

export interface CompilerMessage {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly path: string | null;
  /** From 1; `null` where the compiler names no place. */
  readonly line: number | null;
  /** As the compiler prints it, with the line of source. */
  readonly formatted: string;
}

export interface Compilation {
  readonly ok: boolean;
  /** Of the given files, in their order. Empty when `ok` is false. */
  readonly contracts: readonly CompiledContract[];
  readonly errors: readonly CompilerMessage[];
  readonly warnings: readonly CompilerMessage[];
  /** The syntax trees of every source that took part, imported ones too; with resolved references. Empty when `ok` is false. */
  readonly trees: ReadonlyMap<string, SolcNode>;
  /** Every source as it was compiled. */
  readonly sources: ReadonlyMap<string, string>;
  readonly version: string;
  /** The OpenZeppelin line that was imported; `null` when none was. */
  readonly library: LibraryLine | null;
  readonly viaIR: boolean;
  /** What was done to compile it: a pragma relaxed, a file found under another path. */
  readonly notes: readonly string[];
}

export interface Uncheckable {
  readonly unchecked: string;
}

const KEPT = 6;
const cache = new Map<string, Promise<Compilation | Uncheckable>>();

/**
 * Compiles sources with their imports: among themselves, from `context`, from OpenZeppelin 5 or else 4.9. Says `unchecked` where
 * this compiler or its libraries cannot judge. The last few results are kept. Throws when the compiler is not installed.
 */
export function compileSources(
  files: readonly SourceText[],
  options: CompileOptions = {},
): Promise<Compilation | Uncheckable> {
  const key = JSON.stringify([files, options]);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const result = loadCompiler().then((compiler) => compileAll(compiler, files, options));
  cache.set(key, result);
  result.catch(() => cache.delete(key));
  for (const old of [...cache.keys()].slice(0, -KEPT)) cache.delete(old);
  return result;
}

export function isCompiled(result: Compilation | Uncheckable): result is Compilation {
  return !("unchecked" in result);
}

function compileAll(compiler: Compiler, files: readonly SourceText[], options: CompileOptions): Compilation | Uncheckable {
  const fits = [...files, ...(options.context ?? [])].map((file) => ({ ...file, ...fitPragma(file.content) }));
  const own = fits.slice(0, files.length);
  const notes: string[] = [];
  for (const { path, fit } of own) {
    if (fit.fit === "other") return { unchecked: `${path} asks for solidity ${fit.text}; the compiler here is 0.8` };
    if (fit.fit === "pinned") notes.push(`${path}: pragma ${fit.text} was relaxed to 0.8`);
    if (fit.fit === "none") notes.push(`${path} has no pragma`);
  }
  const run = (line: LibraryLine, viaIR: boolean): Attempt => attempt(compiler, own, fits, line, { ...options, viaIR });
  const first = run(5, options.viaIR ?? false);
  const second = mayBeOlder(first) ? run(4, options.viaIR ?? false) : null;
  let best = second !== null && (second.ok || first.imports.missingLibrary.length > 0) ? second : first;
  if (!best.ok && best.errors.some(({ message, code }) => code === "1834" || /stack too deep/i.test(message))) {
    best = run(best.line, true);
  }
  const { imports } = best;
  if (!best.ok) {
    const reason = first.imports.unknown[0] ?? imports.unknown[0];
    if (reason !== undefined) return { unchecked: reason };
  }
  return compilationOf(compiler, best, [...notes, ...imports.notes]);
}

interface Attempt {
  readonly ok: boolean;
  readonly output: StandardOutput;
  readonly errors: readonly CompilerMessage[];
  readonly imports: Imports;
  readonly line: LibraryLine;
  readonly viaIR: boolean;
  readonly own: readonly SourceText[];
}

function mayBeOlder(attempt: Attempt): boolean {
  return !attempt.ok && attempt.imports.usesLibrary;
}

interface FittedSource extends SourceText {
  readonly fit: PragmaFit;
  readonly source: string;
}

function attempt(
  compiler: Compiler,
  own: readonly FittedSource[],
  all: readonly FittedSource[],
  line: LibraryLine,
  options: CompileOptions,
): Attempt {
  const imports = createImports(
    all.map(({ path, source }) => ({ path, content: source })),
    line,
  );
  const { runs = 200, viaIR = false, evmVersion } = options;
  const evm = ["abi", "storageLayout", "evm.bytecode", "evm.deployedBytecode", "evm.methodIdentifiers"];
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(own.map(({ path, source }) => [path, { content: source }])),
    settings: {
      remappings: imports.remappings,
      optimizer: { enabled: runs > 0, runs: Math.max(1, runs) },
      viaIR,
      ...(evmVersion === undefined ? {} : { evmVersion }),
      metadata: { appendCBOR: false },
      // Code of the asked-about files alone: a library's contracts cost seconds.
      outputSelection: {
        "*": { "": ["ast"] },
        ...Object.fromEntries(own.map(({ path }) => [path, { "": ["ast"], "*": evm }])),
      },
    },
  };
  const output = JSON.parse(compiler.compile(JSON.stringify(input), imports.read)) as StandardOutput;
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
  const read = messageReader(imports.sources);
  return { ok: errors.length === 0, output, errors: errors.map(read), imports, line, viaIR, own };
}

function compilationOf(compiler: Compiler, from: Attempt, notes: readonly string[]): Compilation {
  const { ok, output, imports, own } = from;
  const paths = new Set(own.map(({ path }) => path));
  const read = messageReader(imports.sources);
  const warnings = (output.errors ?? [])
    // The file's own pragma, or its lack, is told as a note.
    .filter(({ severity, errorCode }) => severity === "warning" && errorCode !== "3420")
    .map(read)
    .filter(({ path }) => path === null || paths.has(path));
  const trees = new Map<string, SolcNode>();
  const compiled = ok ? Object.entries(output.sources ?? {}) : [];
  for (const [path, { ast }] of compiled) if (ast !== undefined) trees.set(path, ast);
  return {
    ok,
    contracts: ok ? own.flatMap(({ path }) => contractsOf(path, output.contracts?.[path] ?? {})) : [],
    errors: from.errors,
    warnings,
    trees,
    sources: imports.sources,
    version: compiler.version,
    library: imports.usesLibrary ? from.line : null,
    viaIR: from.viaIR,
    notes,
  };
}

function contractsOf(path: string, contracts: Readonly<Record<string, StandardContract>>): CompiledContract[] {
  return Object.entries(contracts).map(([name, { abi, storageLayout, evm }]) => ({
    path,
    name,
    abi,
    bytecode: evm.bytecode.object,
    deployedBytecode: evm.deployedBytecode.object,
    methodIdentifiers: evm.methodIdentifiers,
    needsLinking: Object.keys(evm.bytecode.linkReferences ?? {}).length > 0,
    storageLayout,
  }));
}

function messageReader(sources: ReadonlyMap<string, string>): (message: StandardMessage) => CompilerMessage {
  return ({ severity, errorCode, message, formattedMessage, sourceLocation, type }) => {
    const path = sourceLocation?.file ?? null;
    const source = path === null ? undefined : sources.get(path);
    const start = sourceLocation?.start ?? -1;
    const line = source === undefined || start < 0 ? null : lineAt(source, start);
    const code = errorCode ?? type;
    const formatted = (formattedMessage ?? message).trim();
    return { severity: severity === "error" ? "error" : "warning", code, message, path, line, formatted };
  };
}

/** The line of a place that the compiler counts in bytes. */
export function lineAt(source: string, byte: number): number {
  return Buffer.from(source).subarray(0, byte).toString().split("\n").length;
}

export { isLibraryPath };
