import { spawn } from "node:child_process";
import { once } from "node:events";

const WORKER = new URL("../ledger/workers/lock.ts", import.meta.url).pathname;

/** Another process that has locked a ledger. */
export interface ForeignLock {
  /** Ends that process; resolves when it is gone. */
  release(): Promise<void>;
}

/** Locks the file from a process of its own: for writers, or for readers as well. Resolves when it holds the lock. */
export async function lockLedger(path: string, what: "write" | "all" = "write"): Promise<ForeignLock> {
  const child = spawn(process.execPath, [WORKER, path, what], { stdio: ["pipe", "pipe", "inherit"] });
  const gone = once(child, "close");
  await Promise.race([
    once(child.stdout, "data"),
    gone.then(() => Promise.reject(new Error("the ledger was not locked"))),
  ]);
  return {
    async release() {
      child.stdin.end();
      await gone;
    },
  };
}
