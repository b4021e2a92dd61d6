import { spawn, type ChildProcess } from "node:child_process";
import { env, kill } from "node:process";
import { z } from "zod";
import { unmade, type CheckReport } from "../../kit/check.ts";
import type { CommandTest } from "../../kit/criterion.ts";
import { met, notMet } from "../../kit/criterion-report.ts";

/** The environment variables that a program needs to start and find its files. It gets no others, so no keys. */
const PASSED_ON = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "SystemRoot", "USERPROFILE", "PATHEXT"];
const MAX_STDOUT_CHARS = 64_000;
const MAX_STDERR_CHARS = 4_000;

const ProgramVerdict = z.object({
  score: z.number().min(0).max(1).optional(),
  passed: z.boolean().optional(),
  detail: z.string().optional(),
  abstain: z.boolean().optional(),
});

/** How a program ended. `failure`: why it gave no verdict. */
interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly failure: string | null;
}

/**
 * Runs the user's own program on an answer. The program reads the text from stdin; exit code 0 accepts, any other rejects; JSON on
 * stdout may give `score`, `detail`, or abstain. It gets no shell and a minimal environment; a time-out ends it and its children.
 */
export async function runCommand(
  test: CommandTest,
  text: string,
  taskId: string,
  signal: AbortSignal,
): Promise<CheckReport> {
  const ended = await finished(test, text, taskId, signal);
  if (ended.failure !== null) return unmade(ended.failure);
  const verdict = verdictIn(ended.stdout);
  const words = verdict?.detail ?? lastLine(ended.stderr);
  if (ended.code !== 0) return notMet(test, words === "" ? `exit code ${ended.code}` : words);
  if (ended.stdout.trim() !== "" && verdict === null) {
    return unmade(`${test.argv[0]} printed something else than the JSON of a verdict`);
  }
  if (verdict?.abstain === true) return unmade(words === "" ? "it abstains" : words);
  if (verdict?.passed === false) return notMet(test, words === "" ? "it says no" : words);
  return met(test, words === "" ? "exit code 0" : words, verdict?.score ?? 1);
}

function finished(test: CommandTest, text: string, taskId: string, signal: AbortSignal): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const [program = "", ...args] = test.argv;
  const kept = Object.fromEntries(PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  // Its own process group, so that its children end with it.
  const child = spawn(program, args, {
    env: { ...kept, SIGNALBOX_TASK: taskId },
    ...(test.folder === undefined ? {} : { cwd: test.folder }),
    detached: true,
    stdio: "pipe",
  });
  const out = { stdout: "", stderr: "" };
  let failure: string | null = null;
  const end = (reason: string): void => {
    failure ??= reason;
    killGroup(child);
    resolve({ code: null, ...out, failure });
  };
  const timer = setTimeout(() => end(`gave up after ${test.timeoutMs} ms`), test.timeoutMs);
  const onAbort = (): void => end("there was no time left for it");
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    out.stdout += part;
    if (out.stdout.length > MAX_STDOUT_CHARS) end(`printed more than ${MAX_STDOUT_CHARS} characters`);
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    out.stderr = (out.stderr + part).slice(-MAX_STDERR_CHARS);
  });
  // A program may stop reading before the end of the answer.
  child.stdin.on("error", () => undefined).end(text);
  child.on("error", (error) => end(`cannot be started: ${error.message}`));
  child.on("close", (code, killedBy) => {
    resolve({ code, ...out, failure: failure ?? (killedBy === null ? null : `was ended by ${killedBy}`) });
  });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

function verdictIn(stdout: string): z.infer<typeof ProgramVerdict> | null {
  try {
    return ProgramVerdict.safeParse(JSON.parse(stdout)).data ?? null;
  } catch {
    return null;
  }
}

function lastLine(stderr: string): string {
  return stderr.trim().split("\n").at(-1)?.trim() ?? "";
}
