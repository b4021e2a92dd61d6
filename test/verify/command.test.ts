import { describe, expect, it } from "vitest";
import { runCommand } from "../../src/checks/text/criteria/command.ts";
import { said } from "./subject.ts";

const never = new AbortController().signal;

async function check(script: string, text = "the answer", timeoutMs = 10_000, signal = never): Promise<string> {
  const argv = [process.execPath, "-e", script];
  return said(await runCommand({ kind: "command", name: "mine", argv, timeoutMs }, text, "planning", signal));
}

const READ = "let text = ''; process.stdin.on('data', (part) => (text += part)).on('end', () => {";

describe("a program of the user's own", () => {
  it.each([
    ["accepts with exit code 0", "", "evidence: exit code 0"],
    [
      "rejects with another, and says why on stderr",
      "console.error('too long'); process.exit(3)",
      "fact: mine: too long",
    ],
    ["rejects without a word", "process.exit(3)", "fact: mine: exit code 3"],
    ["reads the answer on stdin", `${READ} console.log(JSON.stringify({ detail: text })) })`, "evidence: the answer"],
    ["gives a score", 'console.log(\'{"score": 0.4, "detail": "so so"}\')', "evidence: so so"],
    ["gives a good score", 'console.log(\'{"score": 0.9, "detail": "good"}\')', "evidence: good"],
    ["rejects by its JSON", 'console.log(\'{"passed": false, "detail": "no"}\')', "fact: mine: no"],
    ["abstains", 'console.log(\'{"abstain": true, "detail": "not my field"}\')', "not checked: not my field"],
    ["knows the task", "console.log(JSON.stringify({ detail: process.env.SIGNALBOX_TASK }))", "evidence: planning"],
    ["need not read its stdin", "process.stdin.destroy(); setTimeout(() => undefined, 50)", "evidence: exit code 0"],
  ])("%s", async (_name, script, words) => {
    expect(await check(script, script.includes("destroy") ? "x".repeat(1_000_000) : undefined)).toBe(words);
  });

  it.each([
    ["prints something else than a verdict", "console.log('fine!')", /something else than the JSON/],
    ["gives a score out of range", "console.log('{\"score\": 7}')", /something else than the JSON/],
    ["floods its output", "for (;;) console.log('x'.repeat(10_000))", /more than 64000 characters/],
    ["is killed", "process.kill(process.pid, 'SIGSEGV')", /ended by SIGSEGV/],
  ])("that %s has not checked the answer", async (_name, script, words) => {
    expect(await check(script)).toMatch(words);
  });

  it("is ended with its children when it takes too long, whatever it does with a polite signal", async () => {
    const deaf = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)";
    const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(deaf)}], { stdio: 'inherit' }); ${deaf}`;
    expect(await check(parent, "x", 400)).toBe("not checked: gave up after 400 ms");
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
    const missing = { kind: "command", name: "mine", argv: ["/no/such/program"], timeoutMs: 1000 } as const;
    expect(said(await runCommand(missing, "x", "planning", never))).toMatch(/cannot be started/);
  });
});
