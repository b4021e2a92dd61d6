import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, onTestFinished, test } from "vitest";
import { type Choice, connectAsking } from "../../support/asking-client.ts";
import { buildConformanceServer } from "../conformance/fixtures.ts";
import { serveHttp } from "./support/serve.ts";

/** The server asks its client in the middle of a call: the answer comes on a request of its own. */
test.each(["/mcp", "/sse"] as const)(
  "an old client at %s is asked while its call runs, and its answer arrives",
  async (path) => {
    const { url } = await serveHttp({ build: buildConformanceServer });
    const client = new Client({ name: "asked", version: "0.0.0" }, { capabilities: { elicitation: {} } });
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      expect(params.message).toBe("Who are you?");
      return { action: "accept", content: { username: "alice", email: "alice@example.com" } };
    });
    const transport =
      path === "/sse" ? new SSEClientTransport(url(path)) : new StreamableHTTPClientTransport(url(path));
    await client.connect(transport);
    onTestFinished(() => client.close());
    const { content } = await client.callTool({ name: "test_elicitation", arguments: { message: "Who are you?" } });
    expect(JSON.stringify(content)).toContain("alice@example.com");
  },
);

test.each(["/mcp", "/sse"] as const)(
  "the user of an old client at %s approves a cost while the call is open; one who cannot be asked gets the refusal",
  async (path) => {
    const { url, service } = await serveHttp();
    const connect = async (choose: () => Promise<Choice>) => {
      const transport =
        path === "/sse" ? new SSEClientTransport(url(path)) : new StreamableHTTPClientTransport(url(path));
      const client = await connectAsking("v1", transport, choose);
      onTestFinished(() => client.close());
      return client.callTool("route_task", { task: "code", prompt: "dear" });
    };
    expect((await connect(async () => "accept")).structuredContent).toMatchObject({ text: "answer to dear" });
    expect(await connect(() => Promise.reject(new Error("no window")))).toMatchObject({
      isError: true,
      structuredContent: { error: { code: "approval_required" } },
    });
    expect(service.approvals).toEqual([undefined, 1.5, undefined]);
  },
);

test("a client at /sse that leaves in the middle of a call has it cancelled", async () => {
  const { connect, service, server } = await serveHttp();
  const client = await connect("v1", "/sse");
  const call = client.callTool("route_task", { task: "code", prompt: "wait" }).catch(() => "gone");
  await expect.poll(() => service.routeInputs.length).toBe(1);
  await client.close();
  expect(await call).toBe("gone");
  await expect.poll(() => service.cancelledCalls()).toBe(1);
  await expect.poll(() => server.sessions()).toBe(0);
});

test("a client of the new era that hangs up in the middle of a call has it cancelled", async () => {
  const { connect, service } = await serveHttp();
  const control = new AbortController();
  const client = await connect("v2-modern");
  const call = client
    .callTool("route_task", { task: "code", prompt: "wait" }, { signal: control.signal })
    .catch(() => "gone");
  await expect.poll(() => service.routeInputs.length).toBe(1);
  control.abort();
  expect(await call).toBe("gone");
  await expect.poll(() => service.cancelledCalls()).toBe(1);
});
