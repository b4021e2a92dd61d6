import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ListRootsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { rootsOverHttp } from "../../src/core/file-roots.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";

const LAUNCH = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** Two projects, a home, and the real program with a config; `roots`: what its client names, `null`: it knows no roots. */
async function world(config: Record<string, unknown>, roots: readonly string[] | null, cwd = "here") {
  const base = await realpath(await mkdtemp(join(tmpdir(), "project-")));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  for (const name of ["here", "there"]) {
    await mkdir(join(base, name));
    await writeFile(join(base, name, `${name}.ts`), `export const ${name} = 1;`);
  }
  const configPath = join(base, "config.json");
  await writeFile(configPath, JSON.stringify(config));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [LAUNCH],
    cwd: join(base, cwd),
    env: { ...sandbox.env, HOME: base, SIGNALBOX_DB: join(base, "ledger.sqlite"), SIGNALBOX_CONFIG: configPath },
  });
  const client = new Client(
    { name: "t", version: "0" },
    { capabilities: roots === null ? {} : { roots: { listChanged: true } } },
  );
  const named = { roots: roots ?? [], asked: 0 };
  if (roots !== null)
    client.setRequestHandler(ListRootsRequestSchema, () => {
      named.asked += 1;
      return { roots: named.roots.map((folder) => ({ uri: pathToFileURL(join(base, folder)).href })) };
    });
  await client.connect(transport);
  onTestFinished(() => client.close());
  const estimate = async (path: string): Promise<string> => {
    const context = { files: [{ path }] };
    const { structuredContent } = await client.callTool({
      name: "estimate_cost",
      arguments: { task: "general", prompt: "Review it.", context, models: ["gpt-6-luna"] },
    });
    return JSON.stringify(structuredContent);
  };
  return { client, estimate, named };
}

describe("the project as a root", () => {
  test("is the folder that the client names, asked for once and again when it changes", async () => {
    const { client, estimate, named } = await world({ files: { project: true } }, ["there"]);
    expect(await estimate("there.ts")).toContain("sends there.ts: 23 bytes");
    expect(await estimate("here.ts")).toContain("does not exist");
    expect(named.asked).toBe(1);
    named.roots = ["here"];
    await client.sendRootsListChanged();
    expect(await estimate("here.ts")).toContain("sends here.ts");
    expect(named.asked).toBe(2);
  });

  test("is the folder of the process where the client names none", async () => {
    const { estimate } = await world({ files: { project: true } }, null);
    expect(await estimate("here.ts")).toContain("sends here.ts");
    expect(await estimate("there.ts")).toContain("does not exist");
  });

  test("is nothing without files.project, and the client is not asked", async () => {
    const { estimate, named } = await world({}, ["there"]);
    expect(await estimate("there.ts")).toContain("files.roots");
    expect(named.asked).toBe(0);
  });

  test.each([
    ["the user's home", null, "."],
    ["what holds the home, as the client names it", [".."], "here"],
  ])("is never %s", async (_what, roots, cwd) => {
    const { estimate } = await world({ files: { project: true } }, roots, cwd);
    expect(await estimate("here/here.ts")).toContain("files.roots");
  });
});

test("over HTTP nothing of the owner's is left: no root, no project, no output root", () => {
  const own = new Map([["alice", ["/srv/alice"]]]);
  const all = {
    roots: ["/a/b"],
    perPrincipal: own,
    isProjectReadable: true,
    outputRoots: ["/a/b"],
    outputPerPrincipal: own,
  };
  expect(rootsOverHttp(all)).toEqual({
    roots: [],
    perPrincipal: own,
    isProjectReadable: false,
    outputRoots: [],
    outputPerPrincipal: own,
  });
});
