import { describe, expect, test, vi } from "vitest";
import type { ClientKind, ProgressUpdate } from "../../support/clients.ts";
import { fakeService } from "../../support/fake-service.ts";
import { serveHttp } from "./support/serve.ts";

const PAIRS: readonly (readonly [ClientKind, "/mcp" | "/sse"])[] = [
  ["v1", "/mcp"],
  ["v2-legacy", "/mcp"],
  ["v2-auto", "/mcp"],
  ["v2-modern", "/mcp"],
  ["v1", "/sse"],
  ["v2-legacy", "/sse"],
];

// Clients lose progress that arrives in one piece with the result.
const slowly = () => fakeService({ pause: () => new Promise((resolve) => setTimeout(resolve, 5)) });

describe.each(PAIRS)("a %s client at %s", (kind, path) => {
  test("gets tools, resources, completions, progress, subscriptions and cancellation", async () => {
    const { connect, service } = await serveHttp({}, slowly());
    const client = await connect(kind, path);
    expect(client.serverInfo).toMatchObject({ name: "signalbox", version: "1.2.3" });
    expect(await client.listTools()).toHaveLength(7);
    expect(await client.listResources()).toHaveLength(8);
    expect(await client.complete("signalbox://metrics/{model}", "model", "f")).toEqual(["fast-1"]);

    const onUpdated = vi.fn();
    const unsubscribe = await client.subscribe("signalbox://spend", onUpdated);
    const updates: ProgressUpdate[] = [];
    const result = await client.callTool(
      "route_task",
      { task: "code", prompt: "stream" },
      { onProgress: (progress) => updates.push(progress) },
    );
    expect(result.texts[0]).toBe("answer to stream");
    expect(updates.length).toBeGreaterThan(2);
    await vi.waitFor(() => expect(onUpdated).toHaveBeenCalled(), 5000);
    expect(await client.readResource("signalbox://routes/route-1")).toMatchObject({ route_id: "route-1" });
    await unsubscribe();
    await vi.waitFor(
      () => expect(service.listeners()).toBe(path === "/mcp" && kind.match(/auto|modern/u) ? 0 : 1),
      5000,
    );

    const cancel = new AbortController();
    const call = client.callTool(
      "route_task",
      { task: "code", prompt: "wait" },
      { signal: cancel.signal, onProgress: () => cancel.abort() },
    );
    await expect(call).rejects.toThrow();
    await vi.waitFor(() => expect(service.cancelledCalls()).toBe(1), 5000);
  });

  test("leaves nothing behind when it goes", async () => {
    const { connect, service, server } = await serveHttp();
    const client = await connect(kind, path);
    await client.subscribe("signalbox://spend", () => {});
    const before = server.sessions();
    await client.close();
    await vi.waitFor(() => expect(service.listeners()).toBe(before === 0 || path === "/sse" ? 0 : 1), 5000);
    if (path === "/sse") await vi.waitFor(() => expect(server.sessions()).toBe(0), 5000);
  });
});

test("clients of all eras are served side by side", async () => {
  const { connect, server } = await serveHttp();
  const clients = await Promise.all(PAIRS.map(([kind, path]) => connect(kind, path)));
  const answers = await Promise.all(
    clients.map((client, index) => client.callTool("route_task", { task: "code", prompt: `from ${index}` })),
  );
  expect(answers.map(({ texts }) => texts[0])).toEqual(PAIRS.map((_, index) => `answer to from ${index}`));
  expect(server.sessions()).toBe(4);
});
