import { describe, expect, test } from "vitest";
import { CLIENT_KINDS } from "../support/clients.ts";
import { connect } from "./support/connect.ts";
import { settle } from "./support/manual-clock.ts";

describe.each(CLIENT_KINDS)("cancellation by a %s client", (kind) => {
  test("reaches the service, and no result is written", async () => {
    const { client, service, sent } = await connect(kind);
    const cancel = new AbortController();
    const call = client.callTool("route_task", { task: "code", prompt: "wait" }, { signal: cancel.signal });
    const ended = call.then(
      () => "answered",
      () => "cancelled",
    );
    await settle();
    expect(service.cancelledCalls()).toBe(0);
    const sentBefore = sent.length;

    cancel.abort();
    expect(await ended).toBe("cancelled");
    await settle();
    expect(service.cancelledCalls()).toBe(1);
    expect(sent.slice(sentBefore)).toEqual([]);
  });

  test("leaves the other calls alone", async () => {
    const { client, service } = await connect(kind);
    const cancel = new AbortController();
    const waiting = client.callTool("route_task", { task: "code", prompt: "wait" }, { signal: cancel.signal });
    const ended = waiting.catch(() => "cancelled");
    await settle();
    const other = client.callTool("route_task", { task: "code", prompt: "hello" });
    cancel.abort();
    expect((await other).isError).toBe(false);
    expect(await ended).toBe("cancelled");
    expect(service.cancelledCalls()).toBe(1);
  });

  test("a client that leaves cancels what it asked for", async () => {
    const { client, service } = await connect(kind);
    const call = client.callTool("route_task", { task: "code", prompt: "wait" }).catch(() => "closed");
    await settle();
    await client.close();
    expect(await call).toBe("closed");
    await settle();
    expect(service.cancelledCalls()).toBe(1);
  });
});
