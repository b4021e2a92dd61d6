import { describe, expect, test, vi } from "vitest";
import { CLIENT_KINDS } from "../support/clients.ts";
import { fakeService } from "../support/fake-service.ts";
import { connect } from "./support/connect.ts";
import { settle } from "./support/manual-clock.ts";

describe.each(CLIENT_KINDS)("subscriptions of a %s client", (kind) => {
  test.each([
    "signalbox://spend",
    "signalbox://budget",
    "signalbox://metrics/strong-1",
    "signalbox://spend/2026-11-23",
  ])("hears that %s has changed once a request is settled, until it unsubscribes", async (uri) => {
    const { client } = await connect(kind);
    const onUpdated = vi.fn();
    const unsubscribe = await client.subscribe(uri, onUpdated);
    await client.callTool("route_task", { task: "code", prompt: "hello" });
    await settle();
    expect(onUpdated).toHaveBeenCalledTimes(1);

    await unsubscribe();
    await settle();
    await client.callTool("route_task", { task: "code", prompt: "again" });
    await settle();
    expect(onUpdated).toHaveBeenCalledTimes(1);
  });

  test("hears of a receipt that a report has changed", async () => {
    const { client } = await connect(kind);
    await client.callTool("route_task", { task: "code", prompt: "hello" });
    const onUpdated = vi.fn();
    await client.subscribe("signalbox://routes/route-1", onUpdated);
    await client.callTool("report_outcome", { route_id: "route-1", success: true });
    await settle();
    expect(onUpdated).toHaveBeenCalled();
  });

  test("hears of nothing else", async () => {
    const { client } = await connect(kind);
    const onUpdated = vi.fn();
    await client.subscribe("signalbox://policy", onUpdated);
    await client.callTool("route_task", { task: "code", prompt: "hello" });
    await settle();
    expect(onUpdated).not.toHaveBeenCalled();
  });

  test("is notified once more of all changes that happened during a notification", async () => {
    const slow = Promise.withResolvers<void>();
    const service = fakeService();
    const { client } = await connect(kind, {
      ...service,
      recentDays: async (prefix) => {
        await slow.promise;
        return service.recentDays(prefix);
      },
    });
    const onUpdated = vi.fn();
    await client.subscribe("signalbox://spend", onUpdated);
    for (let change = 0; change < 5; change += 1) service.change();
    await settle();
    expect(onUpdated).not.toHaveBeenCalled();
    slow.resolve();
    await settle();
    expect(onUpdated).toHaveBeenCalledTimes(2);
  });

  test("a ledger that cannot be read breaks nothing", async () => {
    const service = fakeService();
    const recentDays = async (): Promise<never> => Promise.reject(new Error("locked"));
    const { client, errors } = await connect(kind, { ...service, recentDays });
    await client.subscribe("signalbox://spend", () => {});
    const result = await client.callTool("route_task", { task: "code", prompt: "hello" });
    expect(result.isError).toBe(false);
    expect(String(errors[0])).toContain("locked");
  });

  test("leaves no listener behind", async () => {
    const { client, service } = await connect(kind);
    await client.subscribe("signalbox://spend", () => {});
    expect(service.listeners()).toBe(1);
    await client.close();
    await settle();
    expect(service.listeners()).toBe(0);
    expect(() => service.change()).not.toThrow();
  });
});

test.each(["v1", "v2-legacy"] as const)("a %s client cannot subscribe to what does not exist", async (kind) => {
  const { client } = await connect(kind);
  await expect(client.subscribe("signalbox://nothing", () => {})).rejects.toMatchObject({ code: -32602 });
});

test.each(["v1", "v2-legacy"] as const)(
  "a %s client cannot subscribe to what is too long to be an address",
  async (kind) => {
    const { client } = await connect(kind);
    const ofLength = (chars: number) => "signalbox://routes/".padEnd(chars, "r");
    await expect(client.subscribe(ofLength(1001), () => {})).rejects.toThrow("1000 characters");
    await client.subscribe(ofLength(1000), () => {});
  },
);
