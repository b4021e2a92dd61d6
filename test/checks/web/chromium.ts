import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { executableOf } from "../../../src/checks/web/browser/browser.ts";

/** Starts the installed Chromium as a user who is not root: its sandbox stays on. */
export const CHROMIUM = fileURLToPath(new URL("./unprivileged-chromium.sh", import.meta.url));
export const HAS_CHROMIUM = executableOf("auto") !== null && existsSync("/proc/self/status");

/** A process of the browser. */
export interface Process {
  readonly pid: string;
  readonly line: string;
}

/** The place where the visits of one test file leave their folders. */
export interface VisitFolder {
  /** The browser's processes that are running. */
  processes(): readonly Process[];
  /** Folders of visits that are still there. */
  remains(): readonly string[];
  remove(): void;
}

/** Makes a place for the folders of visits, and has them made there. */
export function visitFolder(): VisitFolder {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-visits-"));
  vi.stubEnv("TMPDIR", folder);
  const profiles = `profile.${basename(folder)}.`;
  return {
    processes: () =>
      readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => ({ pid, line: commandLine(pid) }))
        .filter(({ line }) => line.includes(profiles)),
    remains: () => readdirSync(folder),
    remove: () => {
      vi.unstubAllEnvs();
      const left = readdirSync("/tmp").filter((name) => name.startsWith(profiles));
      for (const each of [folder, ...left.map((name) => join("/tmp", name))])
        rmSync(each, { recursive: true, force: true });
    },
  };
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
