import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLIENT_KINDS, connectClients } from "../support/clients.ts";
import { launch, type Ended } from "../support/launched.ts";

const BIN = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));

let folder: string;
let broken: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-test-"));
  broken = join(folder, "config.json");
  await writeFile(broken, JSON.stringify({ budgets: { day_usd: "much" }, modles: [] }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a server whose config is broken", () => {
  it.each([...CLIENT_KINDS, "v2-auto"] as const)("tells a %s client what is wrong with it", async (kind) => {
    for (const args of [[], ["serve", "--read-only"]]) {
      const server = { command: process.execPath, args: [BIN, ...args], env: { SIGNALBOX_CONFIG: broken } };
      await expect(connectClients(kind, server)).rejects.toThrow(/budgets\.day_usd .*expected a number.*modles/);
    }
  });

  it("answers each request by its id in both eras, and nothing else, until its client is gone", async () => {
    const { child, ended } = launch([], folder, { SIGNALBOX_CONFIG: broken });
    const lines = [
      { jsonrpc: "2.0", id: "a", method: "initialize", params: { protocolVersion: "2025-11-25" } },
      { jsonrpc: "2.0", method: "notifications/initialized" },
      "no JSON",
      { jsonrpc: "2.0", id: 2, result: {} },
      { jsonrpc: "2.0", id: 3, method: "server/discover", params: { _meta: {} } },
      [{ jsonrpc: "2.0", id: 4, method: "ping" }],
    ];
    child.stdin?.end(lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\r\n"));
    const { exitCode, stdout, stderr } = await ended;
    const answers = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: unknown; error: object });
    expect(answers.map(({ id }) => id)).toEqual(["a", 3, 4]);
    for (const { error } of answers) {
      expect(error).toMatchObject({
        message: expect.stringMatching(/^Signalbox cannot serve: config: budgets\.day_usd/) as string,
      });
    }
    expect(stderr).toMatch(/^signalbox: config: budgets\.day_usd/);
    expect(exitCode).toBe(2);
  });

  it("ends on a signal, with a client that never says anything", async () => {
    const { child, ended } = launch([], folder, { SIGNALBOX_CONFIG: broken });
    child.stderr?.once("data", () => child.kill("SIGTERM"));
    expect(await ended).toMatchObject({ exitCode: 2, stdout: "" });
  });
});

describe("a server that cannot be loaded", () => {
  /** Loading the file that puts Signalbox together throws this. */
  async function startWithout(error: string): Promise<Ended> {
    const lost = `import { registerHooks } from "node:module";
      registerHooks({ resolve: (name, context, next) => {
        if (name.endsWith("/app.ts")) throw ${error};
        return next(name, context);
      } });`;
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(lost)}`;
    const { child, ended } = launch([], folder, { NODE_OPTIONS });
    child.stdin?.end(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: {} })}\n`);
    return ended;
  }

  it("says what is missing, to its client and on stderr", async () => {
    const { exitCode, stdout, stderr } = await startWithout(
      `Object.assign(new Error("Cannot find package x"), { code: "ERR_MODULE_NOT_FOUND" })`,
    );
    const message = "Signalbox cannot serve: it could not be loaded: Cannot find package x";
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, error: { message } });
    expect(stderr).toBe("signalbox: it could not be loaded: Cannot find package x\n");
    expect(exitCode).toBe(1);
  });

  it("repeats no text of a defect, which may hold private data", async () => {
    const { exitCode, stdout } = await startWithout(`new Error("sk-secret")`);
    expect(JSON.parse(stdout)).toMatchObject({
      id: 1,
      error: { message: expect.stringMatching(/^Signalbox cannot serve: it broke at its start/) as string },
    });
    expect(stdout).not.toContain("sk-secret");
    expect(exitCode).toBe(1);
  });
});
