import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { EstimateOutput } from "../../src/core/contract.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { launch, type Ended } from "../support/launched.ts";

/** What a new user met on the first day, each through a real process. */
let sandbox: Sandbox;
let fenced = false;
beforeAll(async () => {
  sandbox = await startSandbox({
    answers: () => (fenced ? "Here it is:\n\n```ts\nconst a = 1;\n```\n" : "Signals tell trains when to go."),
  });
});
afterAll(() => sandbox.close());
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "signalbox-day-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
});
function run(argv: readonly string[], env: Readonly<Record<string, string>> = sandbox.env): Promise<Ended> {
  const { child, ended } = launch(argv, home, env);
  child.stdin?.end();
  return ended;
}
function file(name: string, content: object | string): string {
  const path = join(home, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content), { mode: 0o755 });
  return path;
}
const calls = (): number => sandbox.calls.length;

describe("doctor", () => {
  it("says that nothing can be used yet where no provider is on", async () => {
    const { exitCode, stdout } = await run(["doctor"], {});
    expect(exitCode).toBe(1);
    expect(stdout).toContain("Not usable yet");
    expect(stdout).toContain("OPENAI_API_KEY");
    const json = await run(["doctor", "--json"], {});
    expect(JSON.parse(json.stdout)).toMatchObject({ healthy: false });
  });

  it("is not content with a key that is refused", async () => {
    const locked = createServer((_, response) => {
      response.writeHead(401, { "content-type": "application/json" }).end('{"error": {"message": "bad key"}}');
    });
    await new Promise<void>((resolve) => void locked.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void locked.close());
    const { port } = locked.address() as AddressInfo;
    const env = { OPENAI_API_KEY: "sk-wrong", OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` };
    const { exitCode, stdout } = await run(["doctor", "--wide"], env);
    expect(stdout).toMatch(/problem +provider openai .*the key is refused/);
    expect(exitCode).toBe(1);
  });

  it("starts the programs of own checks, and names the one that cannot be started", async () => {
    const check = (command: string[]) => ({ tasks: [{ id: "general", checks: [{ name: "mine", command }] }] });
    const broken = file("broken.json", check(["./nowhere.sh"]));
    const found = await run(["doctor", "--wide", "--config", broken]);
    expect(found.stdout).toMatch(/problem +check mine of general +cannot be started: .*nowhere\.sh/);
    expect(found.exitCode).toBe(1);
    file("team/check.sh", "#!/bin/sh\nexit 0\n");
    const beside = file("team/config.json", check(["./check.sh"]));
    expect((await run(["doctor", "--wide", "--config", beside])).stdout).toMatch(/ok +check mine of general +starts/);
    const routed = await run(["route", "--config", beside, "--json", "hello"]);
    expect(JSON.parse(routed.stdout)).toMatchObject({ verdict: { status: "verified" } });
  });
});

describe("a check that could not be made", () => {
  it("is named with its error", async () => {
    const broken = file("broken.json", {
      tasks: [{ id: "general", checks: [{ name: "mine", command: ["./nowhere.sh"] }] }],
    });
    const { stderr } = await run(["route", "--task", "general", "--config", broken, "hello"]);
    expect(stderr).toMatch(/unchecked by .*mine.*cannot be started/);
  });
});

describe("estimate", () => {
  it("has one baseline, whatever the budget is", async () => {
    const baseline = async (...more: string[]) => {
      const { stdout } = await run(["estimate", "--task", "ui_design", "--json", "A sign-up page", ...more]);
      return (JSON.parse(stdout) as EstimateOutput).baseline;
    };
    const plain = await baseline();
    expect(plain?.model).toBe("claude-opus-5-5");
    for (const budget of ["0.3", "0.02", "0.001"]) expect(await baseline("--budget", budget)).toEqual(plain);
    expect(await baseline("--model", "gpt-6-luna")).toEqual(plain);
  });

  it("always tells the worst case of the whole", async () => {
    expect((await run(["estimate", "hello"])).stdout).toMatch(/when everything goes wrong: at most \$\d/);
  });
});

describe("route", () => {
  it("names flags in its errors, not fields of the tool", async () => {
    const { stderr, exitCode } = await run(["route", "--budget", "0.0000001", "--task", "solidity_codegen", "x"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Raise --budget");
    const bad = await run(["route", "--deadline", "9h", "--min-quality", "7", "--max-output-tokens", "0.5", "x"]);
    expect(bad.stderr).toMatch(/--deadline must be .*; got 32400000/);
    expect(bad.stderr).toContain("--min-quality must be");
    expect(bad.stderr).toContain("--max-output-tokens must be");
    expect(bad.stderr + stderr).not.toMatch(/budget_usd|deadline_ms|min_quality|max_output_tokens/);
  });

  it.each([
    ['{"typ": "object"}', "typ"],
    ['{"type": "objekt"}', "objekt"],
    ['{"properties": {"a": {"tipe": "string"}}}', "tipe"],
    ["[]", "must hold a JSON object"],
  ])("refuses --schema %s before anything is paid", async (schema, word) => {
    const before = calls();
    const { exitCode, stderr } = await run(["route", "--schema", file("s.json", schema), "hello"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(word);
    expect(calls()).toBe(before);
  });

  it("asks a refused key once in a request", async () => {
    sandbox.setFault("gpt-6-luna", { kind: "unauthorized" });
    sandbox.setFault("gpt-6.2-sol", { kind: "unauthorized" });
    onTestFinished(() => {
      sandbox.setFault("gpt-6-luna", null);
      sandbox.setFault("gpt-6.2-sol", null);
    });
    const before = calls();
    const { exitCode, stderr } = await run(["route", "--model", "gpt-6-luna,gpt-6.2-sol", "hello"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("auth");
    expect(calls()).toBe(before + 1);
  });

  it("prints the code alone with --code", async () => {
    fenced = true;
    onTestFinished(() => {
      fenced = false;
    });
    expect((await run(["route", "--code", "--task", "general", "a"])).stdout).toBe("const a = 1;\n");
    expect((await run(["route", "--task", "general", "a"])).stdout).toContain("```ts");
  });
});

// `script` of util-linux gives the process a terminal.
describe.runIf(process.platform === "linux")("signalbox alone on a terminal", () => {
  it("says that it waits for a client, and what to try", async () => {
    const bin = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
    const child = spawn("script", ["-qec", `${process.execPath} ${bin}`, "/dev/null"], {
      env: { PATH: process.env["PATH"], HOME: home, NODE_DISABLE_COMPILE_CACHE: "1" },
    });
    let shown = "";
    child.stdout.on("data", (part: Buffer) => (shown += String(part)));
    await expect.poll(() => shown).toContain("waits for an MCP client");
    expect(shown).toContain("signalbox setup");
    child.stdin.write("\u0003");
    await new Promise((resolve) => void child.once("close", resolve));
  });
});

describe("small things", () => {
  it("takes -v, and weeks in spend", async () => {
    expect((await run(["-v"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    await run(["route", "--task", "general", "hello"]);
    const { stdout, exitCode } = await run(["spend", "--by", "week", "--json"]);
    expect(exitCode).toBe(0);
    const { rows } = JSON.parse(stdout) as { rows: { key: string; requests: number }[] };
    expect(rows).toMatchObject([{ key: expect.stringMatching(/^\d{4}-W\d\d$/) as string, requests: 1 }]);
  });
});
