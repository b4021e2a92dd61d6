import type { AbiEntry } from "./abi.ts";
import type { SolcNode } from "./solc-ast.ts";

/** Standard JSON of the compiler, as far as it is read here. */
export interface StandardOutput {
  readonly errors?: readonly StandardMessage[];
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, StandardContract>>>>;
  readonly sources?: Readonly<Record<string, { readonly id: number; readonly ast?: SolcNode }>>;
}

export interface StandardMessage {
  readonly severity: "error" | "warning" | "info";
  readonly type: string;
  readonly errorCode?: string;
  readonly message: string;
  readonly formattedMessage?: string;
  readonly sourceLocation?: { readonly file: string; readonly start: number; readonly end: number };
}

export interface StandardBytecode {
  readonly object: string;
  readonly linkReferences?: Readonly<Record<string, unknown>>;
}

export interface StandardContract {
  readonly abi: readonly AbiEntry[];
  readonly storageLayout?: unknown;
  readonly evm: {
    readonly bytecode: StandardBytecode;
    readonly deployedBytecode: StandardBytecode;
    readonly methodIdentifiers: Readonly<Record<string, string>>;
  };
}
