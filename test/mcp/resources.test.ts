import { describe, expect, test } from "vitest";
import { AWKWARD_MODEL } from "../support/fake-answers.ts";
import { fakeService } from "../support/fake-service.ts";
import { CLIENT_KINDS } from "../support/clients.ts";
import { connect } from "./support/connect.ts";

describe.each(CLIENT_KINDS)("resources, seen by a %s client", (kind) => {
  test("lists the fixed ones and the templates", async () => {
    const { client } = await connect(kind);
    const listed = await client.listResources();
    expect(listed.map(({ uri }) => uri)).toEqual([
      "signalbox://models",
      "signalbox://policy",
      "signalbox://metrics",
      "signalbox://spend",
      "signalbox://report",
      "signalbox://budget",
      "ui://signalbox/route",
      "ui://signalbox/spend",
    ]);
    for (const { uri, mimeType } of listed) {
      expect(mimeType).toBe(uri.startsWith("ui://") ? "text/html;profile=mcp-app" : "application/json");
    }
    expect(await client.listTemplates()).toEqual([
      "signalbox://metrics/{model}",
      "signalbox://spend/{day}",
      "signalbox://dashboard/{days}",
      "signalbox://routes/{route_id}",
      "signalbox://answers/{route_id}",
      "signalbox://answers/{route_id}/{page}",
    ]);
  });

  test.each([
    ["signalbox://models", { models: [{ id: "fast-1" }, { id: "strong-1" }, { id: AWKWARD_MODEL }] }],
    ["signalbox://policy", { tasks: [{ task: "code" }] }],
    ["signalbox://metrics", { models: [{ attempts: 0 }, { attempts: 1 }, { attempts: 0 }] }],
    ["signalbox://metrics/strong-1", { models: [{ model: "strong-1", attempts: 1 }] }],
    [`signalbox://metrics/${encodeURIComponent(AWKWARD_MODEL)}`, { models: [{ model: AWKWARD_MODEL }] }],
    ["signalbox://spend", { totals: { requests: 1 }, rows: [{ key: "2026-11-23" }] }],
    ["signalbox://spend/2026-11-23", { totals: { requests: 1 }, rows: [{ key: "strong-1" }] }],
    ["signalbox://spend/2024-02-29", { totals: { requests: 0 }, rows: [] }],
    ["signalbox://report", { success: { target_share: 0.995 }, right_model: { by_task: [] } }],
    ["signalbox://budget", { budgets: [{ scope: "day", spent_usd: 0.0123 }] }],
    ["signalbox://dashboard/30", { days: 30, baseline_model: "strong-1", breakers: { well: 2 } }],
    ["signalbox://routes/route-1", { route_id: "route-1", attempts: [{}, {}] }],
  ])("reads %s", async (uri, expected) => {
    const { client } = await connect(kind);
    await client.callTool("route_task", { task: "code", prompt: "hello" });
    expect(await client.readResource(uri)).toMatchObject(expected);
  });

  test.each([
    "signalbox://nothing",
    "signalbox://models/fast-1",
    "signalbox://metrics/unknown",
    "signalbox://routes/unknown",
    "signalbox://routes/",
  ])("%s is not found, which the error tells apart from trouble", async (uri) => {
    const { client } = await connect(kind);
    await expect(client.readResource(uri)).rejects.toMatchObject({ code: -32602, data: { uri } });
  });

  test.each(["yesterday", "2026-13-01", "2026-02-30", "2026-1-1", "2026-11-23T00:00"])(
    "%s is not a day, and the error says what one looks like",
    async (day) => {
      const { client } = await connect(kind);
      await expect(client.readResource(`signalbox://spend/${day}`)).rejects.toThrow(
        `"${day}" is not a day; expected YYYY-MM-DD`,
      );
    },
  );

  test.each([
    "signalbox://routes/../policy",
    "signalbox://routes/%2e%2e%2fpolicy",
    "signalbox://routes/..%2f..%2f..%2fetc%2fpasswd",
    "signalbox://routes/%2fetc%2fpasswd",
    "signalbox://routes/file:%2f%2f%2fetc%2fpasswd",
    "signalbox://routes/route-1%00",
    "signalbox://routes/route-1/../route-1",
    "signalbox://routes/",
    "signalbox://routes",
    "signalbox://metrics/__proto__",
    "signalbox://metrics/constructor",
    "signalbox://answers/../routes/route-1",
    "signalbox://answers/%2e%2e%2fledger.sqlite",
    "signalbox://answers/route-1/../../policy",
    "signalbox://answers/route-1/1e1",
    "signalbox://answers/route-1/-1",
    "signalbox:///etc/passwd",
    "signalbox://evil@routes/route-1",
    "signalbox://policy/../routes/route-1",
    "file:///etc/passwd",
    "http://127.0.0.1:1/",
  ])("an address that tricks paths, %s, leads nowhere, and says no more than that", async (uri) => {
    const { client, errors } = await connect(kind);
    await client.callTool("route_task", { task: "code", prompt: "one" });
    const read = await client.readResource(uri).then(
      (text) => ({ text: JSON.stringify(text), message: "" }),
      (error: Error) => ({ text: "", message: error.message }),
    );
    // What the URL itself means without its dots may be read: it is an address as any other.
    const plain = new URL(uri).href;
    if (read.text !== "") expect(read.text).toBe(JSON.stringify(await client.readResource(plain)));
    else expect(read.message).toMatch(/not found|No route|No model|not kept|Invalid|no such|pages/iu);
    expect(read.text + read.message).not.toMatch(/root:|sqlite:|ENOENT|node:/u);
    expect(errors).toEqual([]);
  });

  test("a broken escape is an error, not a crash", async () => {
    const { client } = await connect(kind);
    await expect(client.readResource("signalbox://metrics/%E0%A4%A")).rejects.toThrow(/Broken % escape/u);
    expect(await client.listTemplates()).toHaveLength(6);
  });

  test("tells when the ledger cannot be read", async () => {
    const broken = fakeService();
    const error = { code: "ledger_unavailable", message: "The ledger is locked", attempts: [], cost_usd: 0 };
    const { client } = await connect(kind, { ...broken, budget: async () => ({ ok: false, error }) });
    await expect(client.readResource("signalbox://budget")).rejects.toMatchObject({ code: -32603 });
  });

  test("completes model ids, days and recent routes", async () => {
    const { client } = await connect(kind);
    await client.callTool("route_task", { task: "code", prompt: "one" });
    await client.callTool("route_task", { task: "code", prompt: "two" });
    expect(await client.complete("signalbox://metrics/{model}", "model", "st")).toEqual(["strong-1"]);
    expect(await client.complete("signalbox://metrics/{model}", "model", "")).toHaveLength(3);
    expect(await client.complete("signalbox://spend/{day}", "day", "2026-11")).toEqual(["2026-11-23", "2026-11-22"]);
    expect(await client.complete("signalbox://routes/{route_id}", "route_id", "r")).toEqual(["route-2", "route-1"]);
    expect(await client.complete("signalbox://routes/{route_id}", "route_id", "x")).toEqual([]);
  });
});
