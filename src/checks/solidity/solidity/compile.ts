import type { AbiEntry } from "./abi.ts";
import { loadCompiler, type Compiler } from "./compiler.ts";
import { createImports, type Imports } from "./imports.ts";
import { newerFeatures } from "./features.ts";
import { messageReader, type CompilerMessage } from "./messages.ts";
import type { StandardContract, StandardOutput } from "./output.ts";
import type { LibraryLine } from "./packages.ts";
import { fitPragma, type PragmaFit } from "./pragma.ts";
import { nestingOf, segmentsOf } from "./scan.ts";
import type { SolcNode } from "./solc-ast.ts";
import type { SourceText } from "./source-text.ts";

export type { CompilerMessage } from "./messages.ts";
export type { SourceText } from "./source-text.ts";

export interface CompileOptions {
  /** Optimizer runs; 0 switches it off. Default 200. */
  readonly runs?: number;
  readonly viaIR?: boolean;
  /** Name of the EVM release to compile for; without it the compiler's own default. */
  readonly evmVersion?: string;
  /** Sources that may be imported but are not asked about; a file of the same path in `files` replaces one. */
  readonly context?: readonly SourceText[];
  /** Names of the contracts that code is wanted of; without it all. */
  readonly contracts?: readonly string[];
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

/** OpenZeppelin 5 needs 0.8.20. */
const LIBRARY_5_PATCH = 20;
const PRAGMA_MISMATCH = "5333";
/** The compiler breaks down over a few hundred levels; real code has about ten. */
const MAX_NESTING = 100;
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

function compileAll(
  compiler: Compiler,
  files: readonly SourceText[],
  options: CompileOptions,
): Compilation | Uncheckable {
  const nesting = Math.max(0, ...files.map(({ content }) => nestingOf(segmentsOf(content))));
  if (nesting > MAX_NESTING) return { unchecked: `brackets nest ${nesting} levels deep` };
  const fits = [...files, ...(options.context ?? [])].map((file) => ({ ...file, ...fitPragma(file.content) }));
  const own = fits.slice(0, files.length);
  const notes: string[] = [];
  for (const { path, fit } of own) {
    if (fit.fit === "other") return { unchecked: `${path} asks for solidity ${fit.text}; the compiler here is 0.8` };
    if (fit.fit === "pinned") notes.push(`${path}: pragma ${fit.text} was relaxed to 0.8`);
    if (fit.fit === "none") notes.push(`${path} has no pragma`);
  }
  const run = (line: LibraryLine, viaIR: boolean): Attempt => attempt(compiler, own, fits, line, { ...options, viaIR });
  const newest = Math.min(
    ...own.map(({ fit }) => (fit.fit === "pinned" ? fit.highestPatch : Number.POSITIVE_INFINITY)),
  );
  const first = run(newest < LIBRARY_5_PATCH ? 4 : 5, options.viaIR ?? false);
  const second = first.line === 5 && mayBeOlder(first) ? run(4, options.viaIR ?? false) : null;
  let best = second !== null && (second.ok || isNearer(second, first)) ? second : first;
  if (!best.ok && best.errors.some(({ message }) => /stack too deep/i.test(message))) {
    best = run(best.line, true);
  }
  const { imports } = best;
  const reason = first.imports.unknown[0] ?? imports.unknown[0];
  if (!best.ok && reason !== undefined) return { unchecked: reason };
  // Only a source that the caller gave can still ask for another compiler.
  const older = best.errors.find(({ code }) => code === PRAGMA_MISMATCH);
  if (older !== undefined) return { unchecked: `${older.path ?? "a given source"} needs another compiler than 0.8` };
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

/** Whether more of the imports are there, so that its errors are the telling ones. */
function isNearer(one: Attempt, other: Attempt): boolean {
  return one.imports.missingLibrary.length < other.imports.missingLibrary.length;
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
  const { runs = 200, viaIR = false, evmVersion, contracts = ["*"] } = options;
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
        ...Object.fromEntries(
          own.map(({ path }) => [path, { "": ["ast"], ...Object.fromEntries(contracts.map((name) => [name, evm])) }]),
        ),
      },
    },
  };
  const output = JSON.parse(compiler.compile(JSON.stringify(input), imports.read)) as StandardOutput;
  const reported = (output.errors ?? []).filter(({ severity }) => severity === "error");
  const errors = [...reported.map(messageReader(imports.sources)), ...own.flatMap(tooNew)];
  return { ok: errors.length === 0, output, errors, imports, line, viaIR, own };
}

/** What the one release that a file's pragma names did not have yet. */
function tooNew({ path, source, fit }: FittedSource): readonly CompilerMessage[] {
  if (fit.fit !== "pinned") return [];
  return newerFeatures(source, fit.highestPatch).map(({ line, message: what }) => {
    const message = `${what}, and the pragma is ${fit.text}`;
    return { severity: "error", code: "pragma", message, path, line, formatted: `${path}:${line}: ${message}` };
  });
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
