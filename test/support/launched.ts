import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));

/** What a process left behind when it ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts Signalbox as a real process. Of this process's environment it gets PATH alone; its home is the given directory. */
export function launch(
  argv: readonly string[],
  directory: string,
  env: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [LAUNCHER, ...argv], {
    env: {
      PATH: process.env["PATH"],
      HOME: directory,
      XDG_DATA_HOME: directory,
      TMPDIR: directory,
      NODE_DISABLE_COMPILE_CACHE: "1",
      ...env,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (part: Buffer) => (stdout += part.toString()));
  child.stderr.on("data", (part: Buffer) => (stderr += part.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, ended };
}
