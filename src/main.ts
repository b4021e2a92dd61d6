import { drained, ignoreClosedPipes, interruptOnSignals, timeout } from "./process-streams.ts";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import type { ExitCode, Opened, SandboxServing, Serving, World } from "./cli/command.ts";
import { rootsOverHttp } from "./core/file-roots.ts";
import { takeConfigFlag } from "./config/flag.ts";
import type { LoadEnvironment } from "./config/load.ts";
import { configPlace } from "./config/place.ts";
import { legibleLine } from "./core/legible.ts";
import { createLog, parseLogLevel, traceOf, type Log } from "./log.ts";
import { openBrowser } from "./open-browser.ts";
import type { HttpSettings } from "./core/http-settings.ts";
import type { NotifySettings } from "./core/notify-settings.ts";
import type { Service } from "./core/service.ts";

/** What still runs gets this long to settle its costs. */
const CLOSE_TIMEOUT_MS = 5_000;

/** Reads the process and does what its command line says: the one place that knows `process`. Ends the process. */
export async function main(): Promise<void> {
  const flag = takeConfigFlag(process.argv.slice(2));
  if (!flag.ok) {
    say(flag.problem);
    process.exitCode = 2;
    return;
  }
  const { argv } = flag;
  const env = flag.path === null ? process.env : { ...process.env, SIGNALBOX_CONFIG: flag.path };
  const log = createLog({
    level: parseLogLevel(env["SIGNALBOX_LOG"]) ?? "warn",
    stream: process.stderr,
    secrets: secretsIn(env),
  });
  const closers: Closers = [];
  const interrupted = new AbortController();
  let ending = false;
  const end = async (exitCode: number): Promise<void> => {
    if (ending) return;
    ending = true;
    await Promise.race([Promise.allSettled(closers.map((close) => close())), timeout(CLOSE_TIMEOUT_MS)]);
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

  const open = once(() => openService("all", env, closers, log));
  const serveHere = (serving: Serving): Promise<ExitCode> => {
    const { sandbox } = serving;
    const { over } = serving;
    const openHere = over === "http" ? () => openService("all", env, closers, log, over) : open;
    const openIt = sandbox === undefined ? openHere : () => openOnSandbox(sandbox, closers, log, over);
    return serveMcp(serving, openIt, log, interrupted.signal);
  };
  try {
    const exitCode =
      argv.length === 0
        ? await serveHere({ over: "stdio" })
        : await command(argv, {
            ...worldOf(env, interrupted.signal),
            open,
            serve: serveHere,
            openSound: once(() => openService("sound", env, closers, log)),
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
  const loaded = await Promise.all([open(), import("./serve.ts")]).catch(async (error: unknown) => {
    const why = reasonOf(error);
    if (serving.over === "stdio") await refuse(why ?? "it broke at its start; its log on stderr says where");
    if (why === null) throw error;
    say(why);
    return null;
  });
  if (loaded === null) return 1;
  const [opened, { serve }] = loaded;
  if (!opened.ok) {
    for (const problem of opened.problems) say(`config: ${problem}`);
    if (serving.over === "stdio") await refuse(`config: ${opened.problems.join("; ")}`);
    return 2;
  }
  if (serving.over === "stdio" && process.stdin.isTTY) {
    say("waits for an MCP client, which would speak to it on stdin; Ctrl-C ends it");
    say("try: signalbox setup (tells your clients of it), signalbox demo (needs no key), signalbox --help");
  }
  if (serving.sandbox !== undefined) say("on the sandbox: scripted answers, no key, no money");
  return serve(serving, opened.service, { version: packageVersion(), http: opened.http, log, signal, say, browse });
}

/** Tells the client over MCP why there is no server: it hides stderr. People at a terminal have read it there. */
async function refuse(why: string): Promise<void> {
  if (process.stdin.isTTY) return;
  const { refuseToServe } = await import("./refuse.ts");
  await refuseToServe(`Signalbox cannot serve: ${why}`, process.stdin, process.stdout);
}

/** What Node says about a file of the installation that is missing or broken. Any other text may hold private data: `null`. */
function reasonOf(error: unknown): string | null {
  return error instanceof Error && "code" in error ? `it could not be loaded: ${error.message}` : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function command(argv: readonly string[], world: World): Promise<number> {
  const { runCommandLine } = await import("./cli/program.ts");
  return runCommandLine(argv, world, packageVersion());
}

function worldOf(env: NodeJS.ProcessEnv, signal: AbortSignal): Omit<World, "open" | "openSound" | "serve"> {
  return {
    out: process.stdout,
    err: process.stderr,
    in: process.stdin,
    signal,
    nodeVersion: process.versions.node,
    nowMs: Date.now,
    machine: { platform: process.platform, home: homedir(), env },
    self: { command: process.execPath, args: [scriptPath()] },
    migrateLedger: async (address) => (await import("./ledger/migrate-ledger.ts")).migrateLedger(address),
    moveLedger: async (order) => (await import("./ledger/move/move.ts")).moveLedger(order),
    variablesRead: async () => (await import("./config/tools.ts")).variablesRead(env, process.platform),
    config: {
      path: configPlace(env, process.platform)?.path ?? null,
      report: async () => (await import("./config/tools.ts")).reportConfig(env, process.platform),
      schema: async () => (await import("./config/schema.ts")).configSchema(),
    },
  };
}

/** This program's file itself, not the link in a bin folder that a later install may move. */
function scriptPath(): string {
  const [, script = ""] = process.argv;
  return existsSync(script) ? realpathSync(script) : script;
}

/** What is ended before the process is. */
type Closers = (() => Promise<void>)[];

/** A service, and how it is to be served. */
type OpenedFully = Extract<Opened, { ok: false }> | (Extract<Opened, { ok: true }> & { readonly http: HttpSettings });

async function openService(
  which: "all" | "sound",
  env: LoadEnvironment,
  closers: Closers,
  log: Log,
  over: Serving["over"] = "stdio",
): Promise<OpenedFully> {
  const [{ loadSettings, loadSoundSettings, printProblem }, { createService }] = await Promise.all([
    import("./config/load.ts"),
    import("./app.ts"),
  ]);
  const loaded = await (which === "all" ? loadSettings : loadSoundSettings)(env, process.platform);
  if (!loaded.ok) return { ok: false, problems: loaded.problems.map(printProblem) };
  const { config, dbPath } = loaded.settings;
  for (const warning of config.warnings) warn(warning);
  const files = over === "http" ? rootsOverHttp(config.files) : config.files;
  const service = createService({ ...config, files }, dbPath, {
    warn,
    place: { folder: process.cwd(), home: homedir() },
  });
  closers.push(() => service.close());
  if (which === "all") await listen(service, config.notify, env, log);
  return { ok: true, service, http: config.http };
}

/** Loads nothing where neither the log, nor a collector, nor a webhook is to hear of requests. */
async function listen(service: Service, notify: NotifySettings | null, env: LoadEnvironment, log: Log): Promise<void> {
  const exports = Object.keys(env).some((name) => name.startsWith("OTEL_EXPORTER_OTLP_"));
  if (!log.says("info") && notify === null && !exports) return;
  const { attachTelemetry } = await import("./telemetry/attach.ts");
  const version = packageVersion();
  await attachTelemetry(service, { version, env, log: log.says("info") ? log : null, notify, warn });
}

/** One line for people, beside the result. */
function say(line: string): void {
  process.stderr.write(`signalbox: ${legibleLine(line)}\n`);
}

function browse(url: string): void {
  openBrowser(process.platform, url);
}

function warn(message: string): void {
  say(`warning: ${message}`);
}

/** A service that knows nothing but the sandbox, which ends after it. */
async function openOnSandbox(
  { folder }: SandboxServing,
  closers: Closers,
  log: Log,
  over: Serving["over"],
): Promise<OpenedFully> {
  const { startSandboxWorld } = await import("./sandboxed.ts");
  const sandbox = await startSandboxWorld(folder, process.env).catch(messageOf);
  if (typeof sandbox === "string")
    return { ok: false, problems: [`--sandbox has no place for its ledger: ${sandbox}`] };
  const inner: Closers = [];
  closers.push(async () => {
    await Promise.allSettled(inner.map((close) => close()));
    await sandbox.close();
  });
  return openService("all", sandbox.env, inner, log, over);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

/** Values that must never be printed, by the names that such variables have. */
function secretsIn(env: NodeJS.ProcessEnv): readonly string[] {
  const values = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && /KEY|TOKEN|SECRET|PASSWORD/i.test(name) ? [value] : [],
  );
  const passwords = [env["SIGNALBOX_DB"], env["SIGNALBOX_DB_LISTEN"]].flatMap((address) => {
    const password = address !== undefined && URL.canParse(address) ? new URL(address).password : "";
    return password === "" ? [] : [password];
  });
  return [...values, ...passwords];
}

function packageVersion(): string {
  const file = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(file) as { readonly version: string }).version;
}
