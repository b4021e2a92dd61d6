import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath, kill, platform } from "node:process";
import { fileURLToPath } from "node:url";
import { programFile } from "../../kit/program-file.ts";
import type { HostReply, PageVisit, VisitOrder } from "./visit.ts";

/** The result of a visit. */
export type Visited = { readonly visit: PageVisit } | { readonly unmade: string };

/** For the whole visit; start, load and inspection also have their own limits within the host. */
export const VISIT_TIMEOUT_MS = 20_000;
const MAX_REPLY_CHARS = 4_000_000;
const HOST = fileURLToPath(programFile("checks/web/browser/host"));
/** Where Chromium and Chrome are installed. */
const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The browser of a setting: a path, or for `auto` the first installed one; `null`: none. */
export function executableOf(setting: string): string | null {
  const places = setting === "auto" ? USUAL_PLACES : [setting];
  return places.find((place) => existsSync(place)) ?? null;
}

/** One browser at a time: each takes some hundred megabytes. */
let line: Promise<unknown> = Promise.resolve();

/**
 * Loads a page in a fresh browser. The browser's host is a separate process with a minimal environment and a fresh folder for all files.
 * Both processes and the folder are gone when this resolves; the page cannot prevent it. Never rejects.
 */
export function visit(setting: string, files: VisitOrder["files"], signal: AbortSignal): Promise<Visited> {
  const turn = line.then(async () => (signal.aborted ? NO_TIME : start(setting, files, signal)));
  line = turn.catch(() => undefined);
  return turn.catch((error: unknown) => ({ unmade: `the browser could not be used: ${String(error)}` }));
}

const NO_TIME: Visited = { unmade: "there was no time left for the browser" };

async function start(setting: string, files: VisitOrder["files"], signal: AbortSignal): Promise<Visited> {
  const executable = executableOf(setting);
  if (executable === null)
    return { unmade: setting === "auto" ? "no Chromium or Chrome is installed" : `there is no ${setting}` };
  const folder = await mkdtemp(join(tmpdir(), "signalbox-browser-"));
  try {
    return await runHost({ executable, files }, folder, signal);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function runHost(order: VisitOrder, folder: string, signal: AbortSignal): Promise<Visited> {
  const passedOn = { PATH: env["PATH"], SystemRoot: env["SystemRoot"], LANG: env["LANG"] };
  const child = spawn(execPath, ["--no-warnings", HOST], {
    env: { ...passedOn, HOME: folder, TMPDIR: folder, TEMP: folder, TMP: folder },
    cwd: folder,
    detached: platform !== "win32",
    stdio: ["pipe", "pipe", "ignore"],
  });
  const { promise, resolve } = Promise.withResolvers<Visited>();
  let reply = "";
  const end = (reason: string): void => resolve({ unmade: reason });
  const timer = setTimeout(() => end(`the browser was not done after ${VISIT_TIMEOUT_MS} ms`), VISIT_TIMEOUT_MS);
  const onAbort = (): void => resolve(NO_TIME);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    reply += part;
    if (reply.length > MAX_REPLY_CHARS) end("the browser said too much");
  });
  // It stays open: when it ends, the host knows that this process has ended.
  child.stdin.on("error", () => undefined).write(`${JSON.stringify(order)}\n`);
  child.on("error", (error) => end(`the browser could not be started: ${error.message}`));
  const closed = new Promise<void>((done) => {
    child.on("close", () => {
      resolve(read(reply));
      done();
    });
  });
  const visited = await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  await endProcess(child, closed);
  return visited;
}

function read(reply: string): Visited {
  try {
    const answer = JSON.parse(reply) as HostReply;
    return answer.ok
      ? { visit: answer.visit }
      : { unmade: `the browser could not be used: ${plainly(answer.problem)}` };
  } catch {
    return { unmade: "the browser's process ended early" };
  }
}

/** The line of a launch error that states the reason. */
function plainly(problem: string): string {
  if (/without --no-sandbox is not supported/.test(problem)) {
    return "it does not start with its sandbox on as root: run Signalbox as another user";
  }
  if (/No usable sandbox/.test(problem)) return "its sandbox does not work here (user namespaces are switched off)";
  return (problem.split("\n")[0] ?? problem).slice(0, 300);
}

const GRACE_MS = 1_500;

/** Asks the host to end, which ends the browser's group, and kills it when it does not. A browser without a host ends by itself. */
async function endProcess(child: ChildProcess, closed: Promise<void>): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      kill(platform === "win32" ? child.pid : -child.pid, signal);
    } catch {
      child.kill(signal);
    }
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, GRACE_MS);
    await Promise.race([closed, late]);
    clearTimeout(timer);
  }
}
