import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { randomBytes } from "node:crypto";
import { postgresPrograms, startPostgres } from "./postgres-server.ts";

/** The variable that names the folder of the server of this run. */
export const TEST_DIR = "SIGNALBOX_TEST_POSTGRES_DIR";

/** Tests look at rules, not at the disk. */
const SETTINGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/** Why there is no Postgres to test with; `null` when there is one. */
export const noPostgres: string | null =
  process.env["SIGNALBOX_TEST_POSTGRES"] === undefined && (await postgresPrograms()) === null
    ? `no Postgres server for ${process.platform}-${process.arch}; name one by SIGNALBOX_TEST_POSTGRES`
    : null;

let server: Promise<string> | null = null;

/** The address of a ledger of its own, which is not there yet. */
export async function freshPostgres(): Promise<string> {
  return `${await sharedServer()}?schema=t_${randomBytes(8).toString("hex")}&connections=4`;
}

/** The address of the server of this run. */
export function sharedServer(): Promise<string> {
  server ??= foundServer();
  return server;
}

/** `SIGNALBOX_TEST_POSTGRES`, or a server that the first of the test files starts and the others find. */
async function foundServer(): Promise<string> {
  const named = process.env["SIGNALBOX_TEST_POSTGRES"];
  if (named !== undefined) return named;
  const dir = process.env[TEST_DIR];
  const programs = await postgresPrograms();
  if (dir === undefined || programs === null) throw new Error(noPostgres ?? "the tests were not set up");
  const found = join(dir, "url");
  try {
    mkdirSync(join(dir, "starting"));
  } catch {
    for (let tries = 0; tries < 600 && !existsSync(found); tries += 1) await delay(100);
    return readFileSync(found, "utf8");
  }
  const { url } = await startPostgres(programs, dir, SETTINGS);
  writeFileSync(`${found}.new`, url);
  renameSync(`${found}.new`, found);
  return url;
}

/** Ends the server of a folder. */
export async function stopShared(dir: string): Promise<void> {
  const file = join(dir, "data", "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  process.kill(pid, "SIGINT");
  for (let tries = 0; tries < 100 && existsSync(file); tries += 1) await delay(50);
}
