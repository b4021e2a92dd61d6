import { describe, expect, test } from "vitest";
import { CLIENT_KINDS } from "../support/clients.ts";
import { connect } from "./support/connect.ts";

describe.each(CLIENT_KINDS)("tools, seen by a %s client", (kind) => {
  test("introduces itself", async () => {
    const { client } = await connect(kind);
    expect(client.serverInfo).toMatchObject({ name: "signalbox", version: "1.2.3" });
    expect(client.instructions).toContain("route_task");
  });

  test("lists seven tools, each with title, description, both schemas and all four hints", async () => {
    const { client } = await connect(kind);
    const tools = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual([
      "route_task",
      "route_batch",
      "estimate_cost",
      "get_receipt",
      "list_models",
      "report_outcome",
      "spend_report",
    ]);
    for (const tool of tools) {
      expect(tool.title).toBeTruthy();
      expect(tool.description).toBeTruthy();
      expect(tool.inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      expect(tool.outputSchema).toMatchObject({ type: "object" });
      expect(Object.keys(tool.annotations ?? {}).sort()).toEqual([
        "destructiveHint",
        "idempotentHint",
        "openWorldHint",
        "readOnlyHint",
      ]);
    }
  });

  test("routes a task: the bare answer first, then one line of receipt, everything in the structured content", async () => {
    const { client, service } = await connect(kind);
    const result = await client.callTool("route_task", { task: "code", prompt: "hello", budget_usd: 0.05 });
    expect(result.texts).toEqual([
      "answer to hello",
      "\n\n[signalbox] strong-1 · verified by tests · $0.0123 · 2 attempts · 3.1 s · saved $0.0400 · signalbox://routes/route-1\n",
    ]);
    expect(result.structured).toMatchObject({ route_id: "route-1", status: "accepted", text: "answer to hello" });
    expect(result.isError).toBe(false);
    expect(service.routeInputs).toEqual([{ task: "code", prompt: "hello", budget_usd: 0.05 }]);
  });

  test("says in the receipt line when the best answer is below the threshold", async () => {
    const { client } = await connect(kind);
    const result = await client.callTool("route_task", { task: "code", prompt: "below" });
    expect(result.structured["status"]).toBe("below_quality");
    expect(result.texts[1]).toContain("below quality, failed ·");
  });

  test.each([
    ["estimate_cost", { task: "code", prompt: "hello", budget_usd: 0.01 }, { order: ["fast-1"] }],
    ["list_models", { available_only: true }, { models: [{ id: "fast-1" }, { id: "local/llama:8b" }] }],
    ["spend_report", { since: "2026-11-01", group_by: "model" }, { totals: { requests: 0, saved_share: null } }],
  ])("%s answers with structured content and the same JSON as text", async (name, args, expected) => {
    const { client } = await connect(kind);
    const result = await client.callTool(name, args);
    expect(result.structured).toMatchObject(expected);
    expect(result.texts.map((text) => JSON.parse(text) as unknown)).toEqual([result.structured]);
  });

  test("takes the outcome of a route, which its receipt then shows", async () => {
    const { client } = await connect(kind);
    await client.callTool("route_task", { task: "code", prompt: "hello" });
    const result = await client.callTool("report_outcome", { route_id: "route-1", success: false });
    expect(result.structured).toEqual({ route_id: "route-1", recorded: true, success: false });
    expect(await client.readResource("signalbox://routes/route-1")).toMatchObject({
      reported_outcome: { success: false },
    });
  });

  test("hands a failure back as data: the message and a line for each attempt as text, code, attempts, cost and wait as structured content", async () => {
    const { client } = await connect(kind);
    const result = await client.callTool("route_task", { task: "code", prompt: "fail" });
    expect(result.isError).toBe(true);
    const attempt = "fast-1: rejected; $0.002000";
    expect(result.texts).toEqual([`Every candidate failed; try again in 2 s\n${attempt}`]);
    expect(result.structured).toEqual({
      error: {
        code: "all_failed",
        message: "Every candidate failed; try again in 2 s",
        attempts: [attempt],
        cost_usd: 0.002,
        retry_after_ms: 2000,
      },
    });
  });

  test("hands every tool's failure over even after the client has learned the output schemas", async () => {
    const { client } = await connect(kind);
    for (const { name } of await client.listTools()) {
      const result = await client.callTool(name, { nonsense: 1 });
      expect(result).toMatchObject({ isError: true, structured: { error: { code: "invalid_request" } } });
    }
    const unknown = await client.callTool("report_outcome", { route_id: "unknown", success: true });
    expect(unknown).toMatchObject({ isError: true, structured: { error: { code: "not_found" } } });
  });

  test("names every bad argument and what is expected, and calls no model", async () => {
    const { client, service } = await connect(kind);
    const result = await client.callTool("route_task", {
      task: 7,
      promt: "hello",
      context: 3,
      budget_usd: Number.NaN,
      models: ["fast-1", 5],
      optimize: "speed",
      on_unchecked: "hope",
    });
    expect(result.isError).toBe(true);
    expect(result.structured).toMatchObject({ error: { code: "invalid_request", attempts: [], cost_usd: 0 } });
    const [message] = result.texts;
    expect(message).toContain("task: expected a string, got 7");
    expect(message).toContain("prompt: missing, expected a string");
    expect(message).toContain('unknown field "promt", did you mean "prompt"');
    expect(message).toContain("context: expected a string or an object, got 3");
    expect(message).toMatch(/budget_usd: expected a finite number, got (NaN|null)/u);
    expect(message).toContain("models[1]: expected a string, got 5");
    expect(message).toContain('optimize: expected one of quality, cost, latency, got the string "speed"');
    expect(message).toContain("on_unchecked: expected one of accept, next, judge, agree, tests or a list");
    expect(service.routeInputs).toEqual([]);
  });

  test("lists the known fields where no name is near", async () => {
    const { client } = await connect(kind);
    const result = await client.callTool("report_outcome", { route_id: "r", success: true, zzzzzzzzzz: 1 });
    expect(result.texts[0]).toContain('unknown field "zzzzzzzzzz" (known: route_id, success, note)');
  });

  test("does not show the text of a defect, but logs it", async () => {
    const { client, errors } = await connect(kind);
    const result = await client.callTool("route_task", { task: "code", prompt: "throw" });
    expect(result).toMatchObject({ isError: true, structured: { error: { code: "internal" } } });
    expect(JSON.stringify(result)).not.toContain("sk-secret");
    expect(String(errors[0])).toContain("a defect");
  });

  test("rejects a tool that does not exist", async () => {
    const { client } = await connect(kind);
    await expect(client.callTool("route_tasks", {})).rejects.toThrow(/route_tasks not found/u);
  });
});
