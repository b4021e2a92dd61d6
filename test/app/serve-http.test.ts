import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { urlFrom } from "../matrix/columns.ts";
import { INITIALIZE, openSession, post, toolCall } from "../mcp/http/support/raw.ts";
import { connectHttp } from "../support/clients.ts";

/** `signalbox serve --http` in a process of its own. */
const LAUNCH = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const SECRET = "SECRET-of-a-prompt";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-http-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, [LAUNCH, "serve", "--http", ...args], {
    env: { PATH: process.env["PATH"], SIGNALBOX_DB: join(folder, "ledger.sqlite"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (part: Buffer) => (stdout += part.toString()));
  child.stderr?.on("data", (part: Buffer) => (stderr += part.toString()));
  const ended = new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, ended, url: urlFrom(child).catch(() => new URL("http://nowhere")), stderr: () => stderr };
}

describe("signalbox serve --http", () => {
  it.each(["0.0.0.0", "::", "192.0.2.1", "example.com"])(
    "refuses to listen on %s without a guard: one clear line, exit code 2",
    async (host) => {
      const { exitCode, stdout, stderr } = await start(["--host", host, "--port", "0"]).ended;
      expect(exitCode).toBe(2);
      expect(stdout).toBe("");
      expect(stderr.trim().split("\n")).toHaveLength(1);
      expect(stderr).toContain(host);
      expect(stderr).toContain("SIGNALBOX_HTTP_TOKEN");
    },
  );

  it("listens there with a token, and asks for it", async () => {
    const server = start(["--host", "0.0.0.0", "--port", "0"], { SIGNALBOX_HTTP_TOKEN: "a-token" });
    const { port } = await server.url;
    const url = new URL(`http://127.0.0.1:${port}/mcp`);
    expect((await post(url, INITIALIZE)).status).toBe(401);
    expect((await post(url, INITIALIZE, { authorization: "Bearer a-token" })).status).toBe(200);
  });

  it("says so when the port is taken: exit code 2", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const { exitCode, stderr } = await start(["--port", String(port)]).ended;
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`cannot listen on 127.0.0.1:${port}: EADDRINUSE`);
  });

  it("reads and writes no file of the owner's by path, whatever the config allows over stdio", async () => {
    const path = join(folder, "config.json");
    await writeFile(join(folder, "a.ts"), "x");
    await writeFile(path, JSON.stringify({ files: { roots: [folder], project: true, output_roots: [folder] } }));
    const server = start(["--port", "0"], { SIGNALBOX_CONFIG: path, OPENAI_API_KEY: "k" });
    const client = await connectHttp("v2-modern", await server.url);
    onTestFinished(() => client.close());
    const asked = { task: "general", prompt: "Review it." };
    const read = await client.callTool("estimate_cost", { ...asked, context: { files: [{ path: "a.ts" }] } });
    expect(JSON.stringify(read.structured)).toContain("files.roots");
    const written = await client.callTool("route_task", { ...asked, output: { path: "b.ts" } });
    expect(JSON.stringify(written.structured)).toContain("files.output_roots");
  });

  it("tells every problem of its section of the config, and exits with 2", async () => {
    const path = join(folder, "config.json");
    await writeFile(path, JSON.stringify({ http: { port: 1, requests_per_minute: 0, oauth: { issuer: "x" } } }));
    const { exitCode, stderr } = await start([], { SIGNALBOX_CONFIG: path }).ended;
    expect(exitCode).toBe(2);
    for (const place of ["http.port", "http.requests_per_minute", "http.oauth.audience"])
      expect(stderr).toContain(place);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("lets a running call end on %s, and then itself", async (signal) => {
    const sandbox = await startSandbox({ faults: { "*": { kind: "latency", ms: 1500 } } });
    onTestFinished(() => sandbox.close());
    const server = start(["--port", "0"], sandbox.env);
    const client = await connectHttp("v2-modern", await server.url);
    const call = client.callTool("route_task", { task: "general", prompt: "x", deadline_ms: 30_000 });
    await expect.poll(() => sandbox.calls.length).toBeGreaterThan(0);
    server.child.kill(signal);
    expect((await call).isError).toBe(false);
    expect(await server.ended).toMatchObject({ exitCode: 0, stdout: "" });
  });

  it("writes nothing of prompts, answers and tokens to its log, whatever goes wrong", async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const token = "SECRET-of-the-owner";
    const server = start(["--port", "0"], { ...sandbox.env, SIGNALBOX_HTTP_TOKEN: token, SIGNALBOX_LOG: "trace" });
    const url = await server.url;
    const auth = { authorization: `Bearer ${token}` };
    const id = await openSession(url, auth);
    const headers = { ...auth, "mcp-session-id": id };
    const send = async (message: unknown, more: Record<string, string> = {}): Promise<number> => {
      const response = await post(url, message, { ...headers, ...more });
      await response.text();
      return response.status;
    };
    expect(await send(toolCall("route_task", { task: "general", prompt: SECRET }))).toBe(200);
    expect(await send(toolCall("route_task", { task: SECRET, prompt: SECRET, [SECRET]: SECRET }, 8))).toBe(200);
    expect(await send(`{"prompt": "${SECRET}`)).toBe(400);
    expect(await send({ jsonrpc: "2.0", id: 99, result: { answer: SECRET } })).toBe(202);
    expect(await send({ jsonrpc: SECRET, id: 1, method: SECRET })).toBeGreaterThanOrEqual(400);
    expect(await send(toolCall(SECRET, {}, 9))).toBe(200);
    expect(await send(toolCall("list_models", {}, 10), { "mcp-protocol-version": SECRET })).toBe(400);
    expect(
      await send(toolCall("list_models", {}, 11), { "mcp-protocol-version": "2026-07-28", "mcp-name": SECRET }),
    ).toBe(400);
    await post(url, INITIALIZE, { authorization: `Bearer ${SECRET}` });
    server.child.kill("SIGTERM");
    const { stderr } = await server.ended;
    expect(stderr).toContain("serving MCP over HTTP");
    expect(stderr).not.toContain("SECRET");
  });
});
