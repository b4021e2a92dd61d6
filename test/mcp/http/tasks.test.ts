import { expect, test } from "vitest";
import type { Service } from "../../../src/core/service.ts";
import { fakeService, type FakeService } from "../../support/fake-service.ts";
import { startIssuer } from "./support/issuer.ts";
import { modern, post } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";

interface Answer {
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number };
}

/** The same fake service for every principal, with the principal's name. */
function namedViews(): FakeService {
  const service = fakeService();
  const as = (principal: string | null): Service => ({ ...service, principal, as });
  return Object.assign(service, { as });
}

/** A request of the new era from a client that knows tasks; each on a connection of its own. */
async function ask(url: URL, token: string, method: string, params: Record<string, unknown>): Promise<Answer> {
  const { message, headers } = modern(method, params);
  const capabilities = { extensions: { "io.modelcontextprotocol/tasks": {} } };
  message.params._meta["io.modelcontextprotocol/clientCapabilities"] = capabilities;
  const name = typeof params["taskId"] === "string" ? { "mcp-name": params["taskId"] } : {};
  const response = await post(url, message, { ...headers, ...name, authorization: `Bearer ${token}` });
  const text = await response.text();
  const line = text.startsWith("{") ? text : (/^data: (.*)$/mu.exec(text)?.[1] ?? "{}");
  return JSON.parse(line) as Answer;
}

test("a long call over HTTP outlives its request, and only who asked for it can fetch or cancel it", async () => {
  const issuer = await startIssuer();
  const { url, service } = await serveHttp({ oauth: issuer.oauth }, namedViews());
  const alice = await issuer.token("alice", "route read");
  const mallory = await issuer.token("mallory", "route read");
  const call = { name: "route_task", arguments: { task: "code", prompt: "wait", deadline_ms: 60_000 } };
  const made = await ask(url("/mcp"), alice, "tools/call", call);
  expect(made.result).toMatchObject({ resultType: "task", status: "working" });
  const params = { taskId: String(made.result?.["taskId"]) };

  expect((await ask(url("/mcp"), alice, "tasks/get", params)).result).toMatchObject({ status: "working" });
  expect(service.cancelledCalls()).toBe(0);
  for (const method of ["tasks/get", "tasks/cancel", "tasks/update"]) {
    expect((await ask(url("/mcp"), mallory, method, params)).error).toMatchObject({ code: -32_602 });
  }
  expect(service.cancelledCalls()).toBe(0);
  // A token that may only read may look, and no more.
  const reader = await issuer.token("alice", "read");
  expect((await ask(url("/mcp"), reader, "tasks/get", params)).result).toMatchObject({ status: "working" });
  expect((await ask(url("/mcp"), reader, "tasks/cancel", params)).result).toBeUndefined();

  await ask(url("/mcp"), alice, "tasks/cancel", params);
  await expect.poll(() => service.cancelledCalls()).toBe(1);
  expect((await ask(url("/mcp"), alice, "tasks/get", params)).result).toMatchObject({ status: "cancelled" });
});
