import type { Log } from "./log.ts";

/** A signal that arrives twice at once is one signal: a terminal tells the launcher and this process, and the launcher passes it on. */
const SAME_SIGNAL_MS = 500;

/** The first signal cancels what runs and lets it settle; a later one ends the process at once. */
export function interruptOnSignals(interrupted: AbortController, log: Log): void {
  let firstAtMs: number | null = null;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (firstAtMs !== null && performance.now() - firstAtMs > SAME_SIGNAL_MS) process.exit(1);
      if (firstAtMs !== null) return;
      firstAtMs = performance.now();
      log.write("info", "interrupted", { signal });
      interrupted.abort();
      // For a server this is how its client goes away, for a command that waits for a prompt the end of the wait.
      process.stdin.destroy();
    });
  }
}

/** A reader that closes its end (`signalbox models | head -1`) is no failure: what still runs is cancelled. */
export function ignoreClosedPipes(interrupted: AbortController): () => boolean {
  let hasReader = true;
  process.stderr.on("error", () => {});
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    hasReader = false;
    interrupted.abort();
  });
  return () => hasReader;
}

/** Resolves when the stream has handed on what was written, or can take no more. */
export function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.write("", () => resolve());
  });
}

export function timeout(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
