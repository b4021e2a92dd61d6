import type { Readable, Writable } from "node:stream";
import type { LedgerMoved, LedgerMoveOrder } from "../core/ledger-move.ts";
import type { ConfigReport } from "../core/config-report.ts";
import type { Service } from "../core/service.ts";
import type { Tool } from "../mcp/define-tool.ts";

/**
 * 0: done. 1: the task failed. 2: wrong usage, which covers a config that cannot be used. 3: there is an answer, and it is not good
 * enough. 130: the user interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** A stream for people or for pipes; `isTTY` is set on a terminal. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };
export type InputStream = Readable & { readonly isTTY?: boolean };

/** The service, or why the config does not let one start. */
export type Opened =
  | { readonly ok: true; readonly service: Service }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The sandbox in place of the vendors: no key, no money. Its ledger is in `folder`, or in one that goes with the process. */
export interface SandboxServing {
  readonly folder: string | null;
}

/** How MCP is served, over stdin and stdout or over HTTP at an address, or the view alone in a browser of this machine; and with which tools (all of them, unless it says which). */
export type Serving = { readonly tools?: readonly Tool[]; readonly sandbox?: SandboxServing } & (
  | { readonly over: "stdio" }
  | { readonly over: "http"; readonly host: string; readonly port: number }
  | { readonly over: "view" }
);

/** The config file, for the commands that look after it. */
export interface ConfigTools {
  /** Where it is, or would be; `null`: no home folder is known. */
  readonly path: string | null;
  report(): Promise<ConfigReport>;
  /** Its JSON Schema, as text. */
  schema(): Promise<string>;
}

/** All that a command may use of the world. Injected, so that a test needs no process. */
export interface World {
  /** Results only. */
  readonly out: Output;
  /** Everything that is said beside the result. */
  readonly err: Output;
  readonly in: InputStream;
  /** Aborted when the user interrupts, or when the reader of stdout goes away. */
  readonly signal: AbortSignal;
  readonly nodeVersion: string;
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Whose machine this is: the platform, the home folder and the environment. */
  readonly machine: {
    readonly platform: NodeJS.Platform;
    readonly home: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  };
  /** How to start this same Signalbox as a child process: absolute paths. */
  readonly self: { readonly command: string; readonly args: readonly string[] };
  readonly config: ConfigTools;
  /** Opens the service of the user's config, once; the maker of the world closes it. */
  open(): Promise<Opened>;
  /** Serves MCP until the client is gone or the user interrupts. */
  serve(serving: Serving): Promise<ExitCode>;
  /** Creates a ledger or brings it to the newest schema. Throws `ledger_unavailable`. */
  migrateLedger(address: string): Promise<{ readonly shown: string; readonly schemaVersion: number }>;
  /** Copies a ledger into another place. Throws `ledger_unavailable` or `invalid_request`. */
  moveLedger(order: LedgerMoveOrder): Promise<LedgerMoved>;
  /** Names of the variables that are set and that reading the config looks at: keys, addresses, what the config file names. */
  readonly variablesRead: () => Promise<readonly string[]>;
  /** The service without the broken parts of the config, for looking around when it cannot be used. */
  openSound(): Promise<Opened>;
}

/** An option of a command, in commander's spelling: `--budget <usd>`, `--context <file...>`. */
export interface Flag {
  readonly flags: string;
  readonly about: string;
  readonly required?: true;
  readonly choices?: readonly string[];
  /** It may stand there several times: its values become a list. */
  readonly repeats?: true;
  /** Turns the text into its value; throws a usage error (see `usageError`) that says what was expected. */
  readonly parse?: (text: string) => unknown;
}

/** A command: one file each, listed in index.ts. `Flags` is the shape of its parsed options, keyed in camelCase. */
export interface Command<Flags> {
  /** What stands beside the flags, in commander's spelling: one word, or many of them (`[client...]`); handed to `run`. */
  readonly argument?: { readonly name: string; readonly about: string };
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
  run(flags: Flags, world: World, ...words: readonly string[]): Promise<ExitCode>;
}
