import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { CLIENT_KINDS, connectClients, type ServerCommand, type ProgressUpdate } from "../support/clients.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const SERVER: ServerCommand = {
  command: join(ROOT, "node_modules", ".bin", "node"),
  args: [join(ROOT, "test", "support", "fake-server.ts")],
};

describe.each(CLIENT_KINDS)("a real process, seen by a %s client", (kind) => {
  test("serves tools, resources, completions, progress, subscriptions and cancellation, and ends with its client", async () => {
    const client = await connectClients(kind, SERVER);
    expect(client.serverInfo).toMatchObject({ name: "signalbox", version: "1.2.3" });
    expect(await client.listTools()).toHaveLength(7);
    expect(await client.listResources()).toHaveLength(8);
    expect(await client.complete("signalbox://metrics/{model}", "model", "f")).toEqual(["fast-1"]);

    const onUpdated = vi.fn();
    await client.subscribe("signalbox://spend", onUpdated);
    const updates: ProgressUpdate[] = [];
    const result = await client.callTool(
      "route_task",
      { task: "code", prompt: "stream" },
      { onProgress: (progress) => updates.push(progress) },
    );
    expect(result.texts[0]).toBe("answer to stream");
    expect(updates.length).toBeGreaterThan(2);
    await expect.poll(() => onUpdated.mock.calls.length).toBeGreaterThan(0);
    expect(await client.readResource("signalbox://routes/route-1")).toMatchObject({ route_id: "route-1" });

    const cancel = new AbortController();
    const call = client.callTool(
      "route_task",
      { task: "code", prompt: "wait" },
      // Once it is under way.
      { signal: cancel.signal, onProgress: () => cancel.abort() },
    );
    const ended = call.catch(() => "cancelled");
    expect(await ended).toBe("cancelled");
    await expect
      .poll(() => client.readResource("signalbox://metrics"))
      .toMatchObject({ models: [{}, { failed: 1 }, {}] });

    await client.close();
    await expect.poll(() => client.stderr()).toContain("closed, 1 cancelled, 0 listening");
  });
});

test("a client that finds out the era by itself ends up in the new one", async () => {
  const client = new Client({ name: "auto", version: "0.0.0" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(new StdioClientTransport({ command: SERVER.command, args: [...SERVER.args] }));
  onTestFinished(() => client.close());
  expect(client.getProtocolEra()).toBe("modern");
  expect((await client.listTools()).tools).toHaveLength(7);
});

describe("the two ends of the pipe", () => {
  interface Running {
    readonly child: ChildProcessWithoutNullStreams;
    readonly exited: Promise<number | null>;
    write(...lines: readonly (object | string)[]): void;
    stdout(): string;
    stderr(): string;
  }

  function start(): Running {
    const child = spawn(SERVER.command, SERVER.args);
    onTestFinished(() => void child.kill());
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    return {
      child,
      exited: once(child, "exit").then(([code]) => code as number | null),
      write: (...lines) => {
        for (const line of lines) child.stdin.write(`${typeof line === "string" ? line : JSON.stringify(line)}\n`);
      },
      stdout: () => stdout,
      stderr: () => stderr,
    };
  }

  const initialize = {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "0" } },
  };
  const initialized = { jsonrpc: "2.0", method: "notifications/initialized" };
  function call(id: number, prompt: string) {
    return {
      jsonrpc: "2.0",
      id,
      method: "tools/call",
      params: { name: "route_task", arguments: { task: "code", prompt } },
    };
  }

  test("stdout carries protocol only, one message a line, whatever comes in", async () => {
    const server = start();
    server.write("this is not JSON", initialize, initialized, '{"jsonrpc":"2.0"', call(2, "throw"), call(3, "hello"));
    await expect.poll(() => server.stdout()).toContain('"id":3');
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
    const messages = server
      .stdout()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { jsonrpc: string; id: number });
    expect(new Set(messages.map(({ id }) => id))).toEqual(new Set([1, 2, 3]));
    expect(messages).toHaveLength(3);
    expect(server.stderr()).toContain("a defect");
  });

  test("the end of stdin aborts what is running and ends the process", async () => {
    const server = start();
    server.write(initialize, initialized, call(2, "wait"));
    await expect.poll(() => server.stdout()).toContain('"id":1');
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
    expect(server.stderr()).toContain("closed, 1 cancelled, 0 listening");
    expect(server.stdout()).not.toContain('"id":2');
  });

  test("a client that stops reading ends the process too, without a crash", async () => {
    const server = start();
    server.write(initialize, initialized);
    await expect.poll(() => server.stdout()).toContain('"id":1');
    server.child.stdout.destroy();
    server.child.stdin.on("error", () => {});
    server.write(call(2, "hello"), call(3, "hello"));
    expect(await server.exited).toBe(0);
    expect(server.stderr()).toContain("EPIPE");
    expect(server.stderr()).toContain("closed");
  });
});
