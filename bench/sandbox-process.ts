import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startSandbox } from "../src/sandbox/server.ts";

/** The sandbox in a process of its own, so that what is measured does not share its event loop. */
export async function forkSandbox(): Promise<{ env: Record<string, string>; close(): void }> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ["--serve"]);
  const [env] = (await once(child, "message")) as [Record<string, string>];
  return { env, close: () => void child.kill() };
}

if (process.argv.includes("--serve")) {
  const sandbox = await startSandbox({ answers: () => "A short answer from the sandbox, long enough to be one." });
  process.send?.(sandbox.env);
  process.on("disconnect", () => process.exit(0));
}
