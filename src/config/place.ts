import { isAbsolute, join, resolve, win32 } from "node:path";
import { environmentOf } from "./environment.ts";

/** Where the config file is. `isNamed`: a variable or a flag says so, so that it must be there. */
export interface ConfigPlace {
  readonly path: string;
  readonly isNamed: boolean;
}

/**
 * `SIGNALBOX_CONFIG`, or the place where this system keeps the settings of programs: `$XDG_CONFIG_HOME/signalbox/config.jsonc` or
 * `~/.config/signalbox/config.jsonc`, on Windows `%APPDATA%\signalbox\config.jsonc`. `null`: no home folder is known.
 */
export function configPlace(
  variables: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): ConfigPlace | null {
  const env = environmentOf(variables);
  const read = (name: string): string | null => env.read(name);
  const named = read("SIGNALBOX_CONFIG");
  if (named !== null) return { path: resolve(named), isNamed: true };
  if (platform === "win32") {
    const data = read("APPDATA");
    return data === null ? null : { path: win32.join(data, "signalbox", "config.jsonc"), isNamed: false };
  }
  const home = read("HOME");
  const base = read("XDG_CONFIG_HOME");
  // The specification has relative folders ignored.
  const folder = base !== null && isAbsolute(base) ? base : home === null ? null : join(home, ".config");
  return folder === null ? null : { path: join(folder, "signalbox", "config.jsonc"), isNamed: false };
}
