import path from "node:path";
import type { SettingsFolders } from "./client.ts";

/** The folders of a user. `home` is absolute; blank variables count as not set. */
export function settingsFolders(
  platform: NodeJS.Platform,
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): SettingsFolders {
  const paths = platform === "win32" ? path.win32 : path.posix;
  const join = (...parts: string[]): string => paths.join(...parts);
  const variable = (name: string): string | null => {
    const value = env[name]?.trim();
    return value === undefined || value === "" ? null : value;
  };
  const xdgConfig = variable("XDG_CONFIG_HOME") ?? join(home, ".config");
  const appData = {
    darwin: () => join(home, "Library", "Application Support"),
    win32: () => variable("APPDATA") ?? join(home, "AppData", "Roaming"),
    other: () => xdgConfig,
  }[platform === "darwin" || platform === "win32" ? platform : "other"]();
  return { platform, home, appData, xdgConfig, variable, join };
}
