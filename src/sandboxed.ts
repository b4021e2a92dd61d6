import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { LoadEnvironment } from "./config/load.ts";

/** The sandbox, running in this process, and the environment of a Signalbox that has nothing else. */
export interface SandboxWorld {
  /** No key, config file or ledger of the user is in it. */
  readonly env: LoadEnvironment;
  /** Ends the sandbox; a folder that was made for it goes too. */
  close(): Promise<void>;
}

/** Starts the sandbox with its ledger in `folder`, or in a temporary one. Rejects with the system's error when there can be none. */
export async function startSandboxWorld(folder: string | null, env: LoadEnvironment): Promise<SandboxWorld> {
  const { startSandbox } = await import("./sandbox/server.ts");
  const home = folder === null ? await mkdtemp(join(tmpdir(), "signalbox-sandbox-")) : resolve(folder);
  await mkdir(home, { recursive: true });
  const sandbox = await startSandbox();
  return {
    env: { ...sandbox.env, SIGNALBOX_DB: join(home, "ledger.db"), SIGNALBOX_LOG: env["SIGNALBOX_LOG"] },
    close: async () => {
      await sandbox.close();
      if (folder === null) await rm(home, { recursive: true, force: true });
    },
  };
}
