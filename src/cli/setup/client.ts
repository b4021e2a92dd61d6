import type { FormatName } from "./formats/index.ts";
import type { ConfigObject } from "./formats/format.ts";

/** Where programs keep their settings, on this machine and for this user. */
export interface SettingsFolders {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** `~/Library/Application Support`, `%APPDATA%` or `$XDG_CONFIG_HOME`. */
  readonly appData: string;
  /** `$XDG_CONFIG_HOME`, else `~/.config`, on every platform. */
  readonly xdgConfig: string;
  /** The value of a variable, or `null` when it is not set or blank. */
  readonly variable: (name: string) => string | null;
  /** Joins the parts of a path as this platform does. */
  readonly join: (...parts: string[]) => string;
}

/** How a client starts Signalbox. */
export interface ServerStart {
  /** An absolute path, or a name that is looked up. */
  readonly command: string;
  readonly args: readonly string[];
  /** What stands in the entry for each variable: a value, or the client's own reference to the variable. */
  readonly env: Readonly<Record<string, string>>;
  /** Variables that the client is told to hand on, where it can be told so. */
  readonly handedOn: readonly string[];
}

/**
 * How a variable of the user reaches a server.
 * - `inherited`: the client hands it on by itself.
 * - `reference`: the entry names it and the client puts its value in.
 * - `listed`: the entry lists its name.
 * - `value`: only its value can be written.
 */
export type VariableRoute = "inherited" | "reference" | "listed" | "value";

/** One MCP client: where its config lives and what Signalbox's entry looks like there. */
export interface SetupClient {
  /** As it is named on the command line. */
  readonly id: string;
  readonly title: string;
  readonly format: FormatName;
  /** The key under which the client keeps its servers. */
  readonly section: string;
  /** Config files, the preferred one first; the first that exists is used. */
  files(at: SettingsFolders): readonly string[];
  /** A folder or file that only a machine with this client has. */
  signs(at: SettingsFolders): readonly string[];
  entry(start: ServerStart): ConfigObject;
  route(variable: string): VariableRoute;
  /** How this client names a variable in its config; only where `route` says `reference`. */
  reference?(variable: string): string;
  /** What a config that did not exist before holds beside the server. */
  readonly newFile?: ConfigObject;
  /** What to do when the config is written. */
  readonly next: string;
  /** What a user of this client has to know about variables. */
  readonly notes?: readonly string[];
  /** A command of the client that does the same, where it has one. */
  command?(start: ServerStart): string;
  /** A link that installs the server. */
  deepLink?(start: ServerStart): string;
}
