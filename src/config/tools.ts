import type { ConfigReport } from "../core/config-report.ts";
import { effectiveConfig } from "./effective.ts";
import { loadSettings, printProblem, type LoadEnvironment } from "./load.ts";

/** Reads the config as every command does, and says what it comes to. */
export async function reportConfig(env: LoadEnvironment, platform: NodeJS.Platform): Promise<ConfigReport> {
  const loaded = await loadSettings(env, platform);
  if (!loaded.ok) return { ok: false, problems: loaded.problems.map(printProblem) };
  const { config, dbPath } = loaded.settings;
  return { ok: true, warnings: config.warnings, effective: effectiveConfig(config, withoutPassword(dbPath)) };
}

function withoutPassword(address: string): string {
  if (!URL.canParse(address) || !/^postgres(?:ql)?:/.test(address)) return address;
  const url = new URL(address);
  if (url.password !== "") url.password = "***";
  return url.href;
}

/** Names of the variables that are set and that reading the config looks at, whether it can be used or not. */
export async function variablesRead(env: LoadEnvironment, platform: NodeJS.Platform): Promise<readonly string[]> {
  const names = new Set<string>();
  const watched = new Proxy(
    { ...env },
    {
      get: (variables, name) => {
        if (typeof name !== "string") return undefined;
        names.add(name);
        return variables[name];
      },
    },
  );
  await loadSettings(watched, platform);
  return [...names];
}
