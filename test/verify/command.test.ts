import { describe, expect, it } from "vitest";
import { inProcess } from "../../src/verify/in-process-runner.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import { request, taskWith } from "./subject.ts";

const never = new AbortController().signal;
/** Programs run elsewhere anyway: no thread is started for them. */
const verifier = createVerifier({ workers: inProcess(async () => new Map()), universal: [] });

async function check(script: string, text = "the answer", timeoutMs = 10_000, signal = never): Promise<string> {
  return formatted([process.execPath, "-e", script], text, timeoutMs, signal);
}

/** What a verdict by a program alone comes to, with its words. */
async function formatted(
  argv: readonly string[],
  text: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string> {
  const own = { kind: "command", name: "mine", argv, timeoutMs } as const;
  const task = { ...taskWith([{ check: "own_test", own }]), id: "planning" };
  const verdict = await verifier.verify(text, request({ task }), signal);
  return `${verdict.status}: ${verdict.checks.map(({ detail }) => detail).join()}`;
}

const READ = "let text = ''; process.stdin.on('data', (part) => (text += part)).on('end', () => {";

describe("a program of the user's own", () => {
  it.each([
    ["accepts with exit code 0", "", "verified: mine: exit code 0"],
    [
      "rejects with another, and says why on stderr",
      "console.error('too long'); process.exit(3)",
      "failed: mine: too long",
    ],
    ["rejects without a word", "process.exit(3)", "failed: mine: exit code 3"],
    [
      "reads the answer on stdin",
      `${READ} console.log(JSON.stringify({ detail: text })) })`,
      "verified: mine: the answer",
    ],
    [
      "gives a score below what was asked for",
      'console.log(\'{"score": 0.4, "detail": "so so"}\')',
      "unchecked: mine: so so",
    ],
    ["gives a good score", 'console.log(\'{"score": 0.9, "detail": "good"}\')', "verified: mine: good"],
    ["rejects by its JSON", 'console.log(\'{"passed": false, "detail": "no"}\')', "failed: mine: no"],
    [
      "knows the task",
      "console.log(JSON.stringify({ detail: process.env.SIGNALBOX_TASK }))",
      "verified: mine: planning",
    ],
    [
      "need not read its stdin",
      "process.stdin.destroy(); setTimeout(() => undefined, 50)",
      "verified: mine: exit code 0",
    ],
  ])("%s", async (_name, script, words) => {
    expect(await check(script, script.includes("destroy") ? "x".repeat(1_000_000) : undefined)).toBe(words);
  });

  it("that abstains proves nothing", async () => {
    expect(await check('console.log(\'{"abstain": true, "detail": "not my field"}\')')).toMatch(/^unchecked: /);
  });

  it.each([
    ["prints something else than a verdict", "console.log('fine!')", /something else than the JSON/],
    ["gives a score out of range", "console.log('{\"score\": 7}')", /something else than the JSON/],
    ["floods its output", "for (;;) console.log('x'.repeat(10_000))", /more than 64000 characters/],
    ["is killed", "process.kill(process.pid, 'SIGSEGV')", /ended by SIGSEGV/],
  ])("that %s has not checked the answer", async (_name, script, words) => {
    const found = await check(script);
    expect(found).toMatch(/^unchecked: not checked: /);
    expect(found).toMatch(words);
  });

  it("is ended with its children when it takes too long, whatever it does with a polite signal", async () => {
    const deaf = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)";
    const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(deaf)}], { stdio: 'inherit' }); ${deaf}`;
    expect(await check(parent, "x", 400)).toBe("unchecked: not checked: gave up after 400 ms");
  });

  it("is ended when the deadline has passed", async () => {
    const signal = AbortSignal.timeout(200);
    expect(await check("setInterval(() => undefined, 1000)", "x", 10_000, signal)).toMatch(/no time left/);
  });

  it("sees none of the process's variables but those that any program needs", async () => {
    process.env["SIGNALBOX_TEST_SECRET"] = "sk-secret";
    const words = await check("console.log(JSON.stringify({ detail: Object.keys(process.env).join() }))");
    delete process.env["SIGNALBOX_TEST_SECRET"];
    expect(words).toContain("PATH");
    expect(words).not.toContain("SECRET");
  });

  it("that cannot be started has not checked the answer", async () => {
    expect(await formatted(["/no/such/program"], "x", 1000, never)).toMatch(/^unchecked: .*cannot be started/);
  });
});
