import { describe, expect, test } from "vitest";
import type { BatchInput } from "../../src/core/contract.ts";
import { CLIENT_KINDS } from "../support/clients.ts";
import { type FakeService, fakeService } from "../support/fake-service.ts";
import { connect } from "./support/connect.ts";

/** A service that remembers its batches. */
function remembering() {
  const service = fakeService();
  const batches: BatchInput[] = [];
  const routeBatch: FakeService["routeBatch"] = (input, options) => {
    batches.push(input);
    return service.routeBatch(input, options);
  };
  return { service: { ...service, routeBatch }, batches };
}

const TASK = { task: "code", prompt: "hello" };

describe.each(CLIENT_KINDS)("arguments as a %s client may write them", (kind) => {
  test("null for what may be left out is left out, at every level", async () => {
    const { service, batches } = remembering();
    const { client } = await connect(kind, service);
    const nothing = {
      context: null,
      budget_usd: null,
      deadline_ms: null,
      min_quality: null,
      models: null,
      optimize: null,
      max_output_tokens: null,
      response_schema: null,
      accept: null,
      on_below_quality: null,
      repair: null,
    };
    expect((await client.callTool("route_task", { ...TASK, ...nothing })).isError).toBe(false);
    const { budget_usd: _budget, deadline_ms: _deadline, ...ofTask } = nothing;
    const batch = { tasks: [{ ...TASK, ...ofTask }], budget_usd: null, deadline_ms: null, parallelism: null };
    expect((await client.callTool("route_batch", batch)).isError).toBe(false);
    expect(service.routeInputs).toEqual([TASK]);
    expect(batches).toEqual([{ tasks: [TASK] }]);
    expect((await client.callTool("list_models", { task: null, available_only: null })).isError).toBe(false);
    expect((await client.callTool("spend_report", { since: null, group_by: null })).isError).toBe(false);
  });

  test("numbers, booleans, lists and objects are read from JSON text, in each other too", async () => {
    const { service, batches } = remembering();
    const { client } = await connect(kind, service);
    const accept = [{ contains: ["7"] }, { min_words: 3 }];
    const written = {
      budget_usd: "0.05",
      deadline_ms: "5e3",
      models: '["strong-1", "7"]',
      response_schema: '{"type": "object", "title": "7"}',
      accept: JSON.stringify(accept),
      repair: "false",
    };
    const read = {
      budget_usd: 0.05,
      deadline_ms: 5000,
      models: ["strong-1", "7"],
      response_schema: { type: "object", title: "7" },
      accept,
      repair: false,
    };
    await client.callTool("route_task", { ...TASK, ...written });
    await client.callTool("route_task", { ...TASK, accept: accept.map((each) => JSON.stringify(each)) });
    const tasks = [JSON.stringify({ ...TASK, max_output_tokens: "10", min_quality: null })];
    await client.callTool("route_batch", { tasks: JSON.stringify(tasks), parallelism: "2" });
    expect(service.routeInputs).toEqual([
      { ...TASK, ...read },
      { ...TASK, accept },
    ]);
    expect(batches).toEqual([{ tasks: [{ ...TASK, max_output_tokens: 10 }], parallelism: 2 }]);
  });

  test.each([
    ["a prompt", { prompt: '{"a": 1}' }],
    ["a prompt that is a number", { prompt: "7" }],
    ["a prompt that is null", { prompt: "null" }],
    ["a context", { context: '{"system": "x"}' }],
    ["a name in a list", { models: ["7", "true", "null"] }],
    ["what is inside an object", { context: { a: "7", b: null, c: '["x"]' } }],
    ["what is inside a schema", { response_schema: { const: "7", default: null } }],
    ["what is inside a criterion", { accept: [{ contains: "7", x: null }] }],
  ])("a text stays a text: %s", async (_, input) => {
    const { client, service } = await connect(kind);
    await client.callTool("route_task", { ...TASK, ...input });
    expect(service.routeInputs).toEqual([{ ...TASK, ...input }]);
  });

  test.each([
    [{ prompt: null }, "prompt: expected a string, got null"],
    [{ prompt: 7 }, "prompt: expected a string, got 7"],
    [{ budget_usd: "much" }, 'budget_usd: expected a finite number, got the string "much"'],
    [{ budget_usd: "NaN" }, 'budget_usd: expected a finite number, got the string "NaN"'],
    [{ budget_usd: "" }, 'budget_usd: expected a finite number, got the string ""'],
    [{ budget_usd: '"0.05"' }, "budget_usd: expected a finite number"],
    [{ repair: "yes" }, 'repair: expected true or false, got the string "yes"'],
    [{ repair: "1" }, "repair: expected true or false"],
    [{ models: "strong-1" }, 'models: expected a list, got the string "strong-1"'],
    [{ models: '{"0": "strong-1"}' }, "models: expected a list"],
    [{ models: "[7]" }, "models[0]: expected a string, got 7"],
    [{ response_schema: "[]" }, "response_schema: expected an object"],
    [{ response_schema: '{"type": ' }, "response_schema: expected an object"],
    [{ optimize: '"cost"' }, "optimize: expected one of quality, cost, latency"],
    [{ nothing: null }, 'unknown field "nothing"'],
  ])("what is none is refused as before: %j", async (input, message) => {
    const { client, service } = await connect(kind);
    const result = await client.callTool("route_task", { ...TASK, ...input });
    expect(result).toMatchObject({ isError: true, structured: { error: { code: "invalid_request" } } });
    expect(result.texts[0]).toContain(message);
    expect(service.routeInputs).toEqual([]);
  });
});
