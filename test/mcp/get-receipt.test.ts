import { describe, expect, test } from "vitest";
import { CLIENT_KINDS } from "../support/clients.ts";
import { LONG_ANSWER } from "../support/fake-service.ts";
import { connect } from "./support/connect.ts";

describe.each(CLIENT_KINDS)("get_receipt, for a %s client that reads no resources", (kind) => {
  test("gives each part of a receipt, by the id or by the address that the receipt line shows", async () => {
    const { client } = await connect(kind);
    await client.callTool("route_task", { task: "code", prompt: "hello" });
    const part = async (name?: string, id = "route-1") =>
      (await client.callTool("get_receipt", { route_id: id, ...(name === undefined ? {} : { part: name }) }))
        .structured;
    expect(await part()).toMatchObject({
      route_id: "route-1",
      summary: { status: "accepted", model: "strong-1", attempts: 2, cost_usd: 0.0123, baseline: { saved_usd: 0.04 } },
    });
    expect(await part("attempts", "signalbox://routes/route-1")).toMatchObject({
      attempts: [{ model: "fast-1" }, { model: "strong-1", returned: true }],
    });
    expect(await part("plan")).toMatchObject({ plan: { order: expect.any(Array) as unknown } });
    expect(await part("checks")).toEqual({ route_id: "route-1", checks: [] });
  });

  test("pages an answer that was cut", async () => {
    const { client } = await connect(kind);
    const routed = await client.callTool("route_task", { task: "code", prompt: "long" });
    const pages = Number(routed.structured["text_pages"]);
    expect(pages).toBeGreaterThan(1);
    let text = "";
    for (let page = 1; page <= pages; page += 1) {
      const { structured } = await client.callTool("get_receipt", { route_id: "route-1", part: "answer", page });
      expect(structured).toMatchObject({ page, pages });
      text += String(structured["text"]);
    }
    expect(text).toBe(LONG_ANSWER);
  });

  test.each([
    [{ route_id: "nowhere" }, "not_found", /nowhere/u],
    [{ route_id: "route-1", part: "answer" }, "not_found", /An answer that was not cut stands in its result/u],
    [{ route_id: "route-2", part: "answer", page: 99 }, "invalid_request", /whole number from 1 to 3; got 99/u],
    [{ route_id: "route-2", part: "answer", page: 1.5 }, "invalid_request", /got 1\.5/u],
    [{ route_id: "route-1", part: "everything" }, "invalid_request", /expected one of summary, checks/u],
  ])("says what is wrong with %j", async (args, code, message) => {
    const { client } = await connect(kind);
    await client.callTool("route_task", { task: "code", prompt: "hello" });
    await client.callTool("route_task", { task: "code", prompt: "long" });
    const refused = await client.callTool("get_receipt", args);
    expect(refused).toMatchObject({ isError: true, structured: { error: { code } } });
    expect(refused.texts[0]).toMatch(message);
  });
});
