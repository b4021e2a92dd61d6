import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { DrivenClient } from "./clients/client.ts";

const BIN = fileURLToPath(new URL("node_modules/.bin/", import.meta.url));
const SIGNALBOX = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

const MOST_SETUP_MS = 30_000;

/** What a program left behind when it ended. */
export interface Ended {
  readonly exitCode: number | null;
  /** stdout and stderr as they came. */
  readonly output: string;
}

export interface Started {
  /** Asks the program itself to stop, as Ctrl-C does; its children hear of it from the program. */
  interrupt(): void;
  /** Resolves when it has ended. After `mostMs` it is killed, with all that it has started. */
  end(mostMs: number): Promise<Ended>;
}

/** A machine with nothing on it but one client: a home folder, an empty project, and variables that name no other place. */
export interface ClientHome {
  /** Runs a program of the machine, as the user would. */
  run(program: string, args: readonly string[]): Started;
  /** Runs the client. */
  start(args: readonly string[]): Started;
  close(): Promise<void>;
}

/** Makes a home and sets Signalbox up in it with the build of this repository. Rejects when `setup` fails. */
export async function makeHome(
  client: DrivenClient,
  modelOrigin: string,
  setupFlags: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<ClientHome> {
  const home = await makeBareHome(client, modelOrigin, variables);
  const setUp = await home.run(process.execPath, [SIGNALBOX, "setup", client.id, ...setupFlags]).end(MOST_SETUP_MS);
  if (setUp.exitCode === 0) return home;
  await home.close();
  throw new Error(`signalbox setup ${client.id} ended with ${setUp.exitCode}: ${setUp.output}`);
}

/** Makes a home that knows no Signalbox yet. `variables` are the user's own. */
export async function makeBareHome(
  client: DrivenClient,
  modelOrigin: string,
  variables: Readonly<Record<string, string>>,
): Promise<ClientHome> {
  const home = await mkdtemp(path.join(tmpdir(), "signalbox-e2e-"));
  const project = path.join(home, "project");
  await mkdir(project);
  // No variable of the user's session comes along.
  const env = { PATH: `${path.dirname(process.execPath)}:${process.env["PATH"]}`, HOME: home, ...variables };
  const config = client.config?.(modelOrigin);
  if (config !== undefined) {
    const file = path.join(home, config.path);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, config.text);
  }
  return {
    run: (program, args) => start(program, args, project, env),
    start: (args) => start(path.join(BIN, client.bin), args, project, { ...env, ...client.env(modelOrigin) }),
    close: () => rm(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function start(program: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Started {
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (output += part.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.once("error", (error) => resolve({ exitCode: null, output: `${output}\n${error.message}` }));
    child.once("close", (exitCode) => resolve({ exitCode, output }));
  });
  return {
    interrupt: () => void child.kill("SIGINT"),
    async end(mostMs) {
      const timer = setTimeout(() => killGroup(child), mostMs);
      try {
        return await ended;
      } finally {
        clearTimeout(timer);
        killGroup(child);
      }
    },
  };
}

/** The child leads a group of its own, so nothing else is hit. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of it has ended.
  }
}
