import { readFileSync } from "node:fs";
import type { ExitCode, Opened, Serving, World } from "./cli/command.ts";
import { legibleLine } from "./core/legible.ts";
import type { Service } from "./core/service.ts";
import { createLog, parseLogLevel, traceOf, type Log } from "./log.ts";
import type { HttpSettings } from "./core/http-settings.ts";

/** What still runs gets this long to settle its costs. */
const CLOSE_TIMEOUT_MS = 5_000;
/** A signal that arrives twice at once is one signal: a terminal tells the launcher and this process, and the launcher passes it on. */
const SAME_SIGNAL_MS = 500;

/** Reads the process and does what its command line says: the one place that knows `process`. Ends the process. */
export async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const log = createLog({
    level: parseLogLevel(process.env["SIGNALBOX_LOG"]) ?? "warn",
    stream: process.stderr,
    secrets: secretsIn(process.env),
  });
  const services: Service[] = [];
  const interrupted = new AbortController();
  let ending = false;
  const end = async (exitCode: number): Promise<void> => {
    if (ending) return;
    ending = true;
    await Promise.race([Promise.allSettled(services.map((service) => service.close())), timeout(CLOSE_TIMEOUT_MS)]);
    await log.flush();
    await Promise.all([drained(process.stdout), drained(process.stderr)]);
    process.exit(exitCode);
  };
  const crash = (error: unknown): void => {
    log.write("fatal", "a defect in Signalbox; please report it", { error: traceOf(error) });
    void end(1);
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
  interruptOnSignals(interrupted, log);
  const hasReader = ignoreClosedPipes(interrupted);

  const open = once(() => openService("all", services));
  const serveHere = (serving: Serving): Promise<ExitCode> => serveMcp(serving, open, log, interrupted.signal);
  try {
    const exitCode =
      argv.length === 0
        ? await serveHere({ over: "stdio" })
        : await command(argv, {
            ...worldOf(interrupted.signal),
            open,
            serve: serveHere,
            openSound: once(() => openService("sound", services)),
          });
    await end(hasReader() ? exitCode : 0);
  } catch (error) {
    if (!interrupted.signal.aborted) crash(error);
    else await end(hasReader() ? 1 : 0);
  }
}

/** MCP until the client is gone. Loads no command and nothing that a first request does not need. */
async function serveMcp(
  serving: Serving,
  open: () => Promise<OpenedFully>,
  log: Log,
  signal: AbortSignal,
): Promise<ExitCode> {
  const [opened, { serve }] = await Promise.all([open(), import("./serve.ts")]);
  const say = (line: string): void => void process.stderr.write(`signalbox: ${legibleLine(line)}\n`);
  if (!opened.ok) {
    for (const problem of opened.problems) say(`config: ${problem}`);
    return 2;
  }
  return serve(serving, opened.service, { version: packageVersion(), http: opened.http, log, signal, say });
}

async function command(argv: readonly string[], world: World): Promise<number> {
  const { runCommandLine } = await import("./cli/program.ts");
  return runCommandLine(argv, world, packageVersion());
}

function worldOf(signal: AbortSignal): Omit<World, "open" | "openSound" | "serve"> {
  return {
    out: process.stdout,
    err: process.stderr,
    in: process.stdin,
    signal,
    nodeVersion: process.versions.node,
    self: { command: process.execPath, args: [process.argv[1] ?? ""] },
  };
}

/** A service, and how it is to be served. */
type OpenedFully = Extract<Opened, { ok: false }> | (Extract<Opened, { ok: true }> & { readonly http: HttpSettings });

async function openService(which: "all" | "sound", services: Service[]): Promise<OpenedFully> {
  const [{ loadSettings, loadSoundSettings, printProblem }, { createService }] = await Promise.all([
    import("./config/load.ts"),
    import("./app.ts"),
  ]);
  const loaded = await (which === "all" ? loadSettings : loadSoundSettings)(process.env);
  if (!loaded.ok) return { ok: false, problems: loaded.problems.map(printProblem) };
  const service = createService(loaded.settings.config, loaded.settings.dbPath);
  services.push(service);
  return { ok: true, service, http: loaded.settings.config.http };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

/** The first signal cancels what runs and lets it settle; a later one ends the process at once. */
function interruptOnSignals(interrupted: AbortController, log: Log): void {
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
function ignoreClosedPipes(interrupted: AbortController): () => boolean {
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
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.write("", () => resolve());
  });
}

function timeout(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

/** Values that must never be printed, by the names that such variables have. */
function secretsIn(env: NodeJS.ProcessEnv): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && /KEY|TOKEN|SECRET|PASSWORD/i.test(name) ? [value] : [],
  );
}

function packageVersion(): string {
  const file = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(file) as { readonly version: string }).version;
}
