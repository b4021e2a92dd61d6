import { execFile, spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLIENT_KINDS, connectClients } from "./support/clients.ts";

const ROOT = dirname(import.meta.dirname);
/** The system's own Node: old on the machines that this launcher is for. */
const SYSTEM_NODE = "/usr/bin/node";

/** Stands for main: prints its Node version and arguments, waits for a signal or echoes its input, as its argument says. */
const FAKE_MAIN = `export async function main() {
  const [how] = process.argv.slice(2);
  if (how === "wait") {
    process.on("SIGTERM", () => { console.log("told to end"); process.exit(7); });
    console.log("waiting");
    setInterval(() => {}, 1000);
    return;
  }
  if (how === "echo") { for await (const part of process.stdin) process.stdout.write(part); return; }
  console.log(JSON.stringify({ version: process.versions.node, argv: process.argv.slice(2) }));
  process.exitCode = Number(how ?? 0);
}`;

const systemVersion = spawnSync(SYSTEM_NODE, ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "";
const systemIsOld = /^v(1\d|20|21|22\.([0-9]|1[0-3]))\./.test(systemVersion);
if (!systemIsOld) {
  console.log(
    `launcher tests on an old Node are skipped: ${SYSTEM_NODE} is ${systemVersion || "not there"}, not older than 22.14`,
  );
}

let directory: string;
let bare: string;
let withNode: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-launch-"));
  bare = await packageIn(join(directory, "bare", "signalbox"));
  // Installed side by side, as npm does it: the launcher has to look upwards.
  withNode = await packageIn(join(directory, "full", "node_modules", "signalbox"));
  await symlink(join(ROOT, "node_modules", "node"), join(directory, "full", "node_modules", "node"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A package with the real launcher, as the build would emit it, and the fake main. */
async function packageIn(root: string): Promise<string> {
  await mkdir(join(root, "dist"), { recursive: true });
  await writeFile(join(root, "package.json"), '{"type": "module"}');
  await writeFile(join(root, "dist", "main.js"), FAKE_MAIN);
  const source = await readFile(fileURLToPath(new URL("../src/bin.ts", import.meta.url)), "utf8");
  const launcher = join(root, "dist", "launch.js");
  await writeFile(launcher, emitted(source));
  await writeFile(join(root, "dist", "refuse.js"), emitted(await readFile(join(ROOT, "src", "refuse.ts"), "utf8")));
  return launcher;
}

function emitted(source: string): string {
  return stripTypeScriptTypes(source).replaceAll(/"\.\/(\w+)\.ts"/g, '"./$1.js"');
}

function run(
  node: string,
  args: readonly string[],
  input = "",
): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(node, args, { encoding: "utf8", input });
  return { code: status, stdout, stderr };
}

describe("on a Node that is new enough", () => {
  it("runs main in the same process and passes on its exit code", () => {
    const { code, stdout } = run(process.execPath, [bare, "3", "--flag"]);
    expect(JSON.parse(stdout)).toEqual({ version: process.versions.node, argv: ["3", "--flag"] });
    expect(code).toBe(3);
  });
});

describe("on Bun", () => {
  // Node with Bun's mark: what a real one says is printed by `npm run bench:package`.
  const likeBun = [
    "--import",
    'data:text/javascript,Object.defineProperty(process, "versions", { value: { ...process.versions, bun: "1.4.5" } })',
  ];

  it("is refused by name, on stderr and to an MCP client", () => {
    const { code, stdout, stderr } = run(
      process.execPath,
      [...likeBun, bare],
      '{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}\n',
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/^signalbox: needs Node 22\.14 or newer, this is Bun 1\.4\.5\. .+\n$/);
    expect(stdout).toContain("Signalbox cannot serve: it needs Node 22.14 or newer, this is Bun 1.4.5.");
  });
});

describe.skipIf(!systemIsOld)("on an old Node", () => {
  it("says which Node is needed, in one line, and exits with 2", () => {
    const { code, stdout, stderr } = run(SYSTEM_NODE, [bare]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^signalbox: needs Node 22\.14 or newer, this is .+\n$/);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("tells an MCP client so too, which hides what is on stderr", async () => {
    const initialize = `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: {} })}\n`;
    for (const args of [[], ["serve", "--read-only"], ["--sandbox"]]) {
      const { code, stdout } = run(SYSTEM_NODE, [bare, ...args], initialize);
      expect(code).toBe(2);
      const { id, error } = JSON.parse(stdout) as { readonly id: number; readonly error: { readonly message: string } };
      expect(id).toBe(1);
      expect(error.message).toMatch(/^Signalbox cannot serve: it needs Node 22\.14 or newer, this is /);
    }
    for (const args of [["models"], ["serve", "--http"]]) {
      expect(run(SYSTEM_NODE, [bare, ...args], initialize).stdout, args.join(" ")).toBe("");
    }
    for (const kind of CLIENT_KINDS) {
      const server = { command: SYSTEM_NODE, args: [bare], env: {} };
      await expect(connectClients(kind, server), kind).rejects.toThrow(/needs Node 22\.14 or newer/);
    }
  });

  it("hands over to the Node beside it, with arguments and exit code", () => {
    const { code, stdout } = run(SYSTEM_NODE, [withNode, "5", "--flag", "two words"]);
    const { version, argv } = JSON.parse(stdout) as { readonly version: string; readonly argv: readonly string[] };
    expect(Number(version.split(".")[0])).toBeGreaterThanOrEqual(22);
    expect(argv).toEqual(["5", "--flag", "two words"]);
    expect(code).toBe(5);
  });

  it("hands over stdin and stdout", async () => {
    const running = promisify(execFile)(SYSTEM_NODE, [withNode, "echo"]);
    running.child.stdin?.end("through both of them");
    expect((await running).stdout).toBe("through both of them");
  });

  it("passes signals on", async () => {
    const child = spawn(SYSTEM_NODE, [withNode, "wait"], { stdio: ["ignore", "pipe", "inherit"] });
    let stdout = "";
    child.stdout.on("data", (part: Buffer) => {
      stdout += part.toString();
      if (stdout === "waiting\n") child.kill("SIGTERM");
    });
    const code = await new Promise((resolve) => {
      child.once("close", resolve);
    });
    expect(stdout).toBe("waiting\ntold to end\n");
    expect(code).toBe(7);
  });
});
