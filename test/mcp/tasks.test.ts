import { InMemoryTransport } from "@modelcontextprotocol/server";
import { describe, expect, onTestFinished, test } from "vitest";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import type { Service } from "../../src/core/service.ts";
import { type OpenTask, TaskStore } from "../../src/mcp/tasks/store.ts";
import { fakeService } from "../support/fake-service.ts";
import { connect } from "./support/connect.ts";
import { type ManualClock, manualClock, settle } from "./support/manual-clock.ts";

const TASKS = "io.modelcontextprotocol/tasks";
const LONG = { task: "code", deadline_ms: 60_000 };

interface Answer {
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly data?: unknown };
}

interface Line {
  readonly call: (args: Record<string, unknown>, tool?: string) => Promise<Answer>;
  readonly send: (method: string, params: Record<string, unknown>) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** A client of the new era by hand: the SDKs' clients do not know tasks yet. */
async function line(
  service: Service,
  clock: ManualClock,
  capabilities: object = { extensions: { [TASKS]: {} } },
): Promise<Line> {
  const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
  const waiting = new Map<unknown, (answer: Answer) => void>();
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- transports of the SDK have this one slot
  clientEnd.onmessage = (message) => {
    if ("id" in message) waiting.get(message.id)?.(message as Answer);
  };
  void serveStdioServer(service, { version: "1", clock, onError: () => {} }, serverEnd);
  await clientEnd.start();
  onTestFinished(() => clientEnd.close());
  let id = 0;
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "t", version: "1" },
    "io.modelcontextprotocol/clientCapabilities": capabilities,
  };
  const send = (method: string, params: Record<string, unknown>) =>
    new Promise<Answer>((resolve) => {
      id += 1;
      waiting.set(id, resolve);
      void clientEnd.send({ jsonrpc: "2.0", id, method, params: { ...params, _meta } });
    });
  return {
    send,
    call: (args, tool = "route_task") => send("tools/call", { name: tool, arguments: args }),
    close: () => clientEnd.close(),
  };
}

function opened(task: OpenTask | null): OpenTask {
  if (task === null) throw new Error("There was no room");
  return task;
}

const idOf = (answer: Answer): string => String(answer.result?.["taskId"]);

describe("a long call of a client that knows tasks", () => {
  test("that finds no room stays a call, also when many come at once", async () => {
    const service = fakeService();
    const clock = manualClock();
    const lines = await Promise.all(Array.from({ length: 70 }, () => line(service, clock)));
    let tasks = 0;
    for (const { call } of lines) {
      void (async () => {
        const { result } = await call({ ...LONG, prompt: "wait" });
        if (result?.["resultType"] === "task") tasks += 1;
      })();
    }
    await expect.poll(() => service.routeInputs.length).toBe(70);
    await settle();
    expect(tasks).toBe(64);
    await Promise.all(lines.map(({ close }) => close()));
    // Calls end with their connection, tasks do not.
    await expect.poll(() => service.cancelledCalls()).toBe(6);
  });

  test("comes back as a task, which ends with the result of the tool", async () => {
    const clock = manualClock();
    const service = fakeService({ pause: () => clock.sleep(1000, new AbortController().signal) });
    const { call, send } = await line(service, clock);
    const making = call({ ...LONG, prompt: "stream" });
    // No vendor has been asked yet: it is still a call.
    await expect.poll(() => service.routeInputs.length).toBe(1);
    await settle();
    await clock.advance(1000);
    const made = await making;
    expect(made.result).toMatchObject({
      resultType: "task",
      status: "working",
      createdAt: "1970-01-01T00:00:00.000Z",
      ttlMs: 660_000,
      pollIntervalMs: 1000,
    });
    expect(idOf(made)).toMatch(/^[\w-]{32}$/);
    for (const key of ["result", "error", "task", "inputRequests", "requestState", "structuredContent"]) {
      expect(made.result).not.toHaveProperty(key);
    }

    await clock.advance(500);
    const working = await send("tasks/get", { taskId: idOf(made) });
    expect(working.result).toMatchObject({
      resultType: "complete",
      status: "working",
      statusMessage: "calling fast-1, 0 tokens",
      lastUpdatedAt: "1970-01-01T00:00:01.000Z",
    });
    await clock.advance(20_000);
    expect((await send("tasks/get", { taskId: idOf(made) })).result).toMatchObject({
      status: "completed",
      result: { content: [{ type: "text", text: "answer to stream" }, {}], structuredContent: { route_id: "route-1" } },
    });
  });

  test("of a batch is a task as well", async () => {
    const clock = manualClock();
    const service = fakeService({ pause: () => clock.sleep(1000, new AbortController().signal) });
    const { call, send } = await line(service, clock);
    const tasks = [1, 2].map((each) => ({ task: "code", prompt: `p${each}` }));
    const made = await call({ tasks, deadline_ms: 120_000 }, "route_batch");
    expect(made.result).toMatchObject({ resultType: "task", statusMessage: "1 of 2 done" });
    await clock.advance(5000);
    expect((await send("tasks/get", { taskId: idOf(made) })).result).toMatchObject({
      status: "completed",
      result: { structuredContent: { totals: { tasks: 2 } } },
    });
  });

  test("that fails is a completed task whose result is an error", async () => {
    const clock = manualClock();
    const service = fakeService();
    const begun: Service = {
      ...service,
      route: async (_input, { onProgress }) => {
        onProgress?.({ stage: "calling", model: null, tokens: 0, message: "calling" });
        await clock.sleep(1000, new AbortController().signal);
        return { ok: false, error: { code: "all_failed", message: "all failed", attempts: [], cost_usd: 0 } };
      },
    };
    const { call, send } = await line(begun, clock);
    const made = await call({ ...LONG, prompt: "x" });
    await clock.advance(2000);
    expect((await send("tasks/get", { taskId: idOf(made) })).result).toMatchObject({
      status: "completed",
      result: { isError: true, structuredContent: { error: { code: "all_failed" } } },
    });
  });

  test("outlives the connection that asked for it", async () => {
    const clock = manualClock();
    const service = fakeService({ pause: () => clock.sleep(1000, new AbortController().signal) });
    const first = await line(service, clock);
    const making = first.call({ ...LONG, prompt: "stream" });
    await expect.poll(() => service.routeInputs.length).toBe(1);
    await settle();
    await clock.advance(1000);
    const made = await making;
    await first.close();
    await clock.advance(20_000);
    const second = await line(service, clock);
    expect((await second.send("tasks/get", { taskId: idOf(made) })).result).toMatchObject({ status: "completed" });
    expect(service.cancelledCalls()).toBe(0);
  });

  test("can be cancelled: the call is, once, and the task says so for good", async () => {
    const clock = manualClock();
    const service = fakeService();
    const { call, send } = await line(service, clock);
    const made = await call({ ...LONG, prompt: "wait" });
    expect((await send("tasks/cancel", { taskId: idOf(made) })).result).toEqual(
      expect.not.objectContaining({ taskId: expect.anything(), status: expect.anything() }),
    );
    await settle();
    expect(service.cancelledCalls()).toBe(1);
    expect((await send("tasks/cancel", { taskId: idOf(made) })).result).toMatchObject({ resultType: "complete" });
    const cancelled = await send("tasks/get", { taskId: idOf(made) });
    expect(cancelled.result).toMatchObject({ status: "cancelled" });
    expect(cancelled.result).not.toHaveProperty("result");
    expect(service.cancelledCalls()).toBe(1);
  });

  test("is no task when it is over before a vendor was asked: bad arguments, a refusal, a question to the user", async () => {
    const clock = manualClock();
    const { call } = await line(fakeService(), clock);
    expect((await call({ ...LONG, promt: "x" })).result).toMatchObject({ resultType: "complete", isError: true });
    expect((await call({ ...LONG, prompt: "fail" })).result).toMatchObject({ resultType: "complete", isError: true });
    const asking = await line(fakeService(), clock, { elicitation: {}, extensions: { [TASKS]: {} } });
    const asked = await asking.call({ ...LONG, prompt: "dear" });
    expect(asked.result).toMatchObject({ resultType: "input_required" });
    expect(asked.result).not.toHaveProperty("taskId");
  });

  test("that was approved becomes a task in the second round", async () => {
    const clock = manualClock();
    const service = fakeService();
    const dearAndLong: Service = {
      ...service,
      route: async (input, options) => {
        if (options.approvedUsd === undefined) return service.route({ ...input, prompt: "dear" }, options);
        return service.route({ ...input, prompt: "wait" }, options);
      },
    };
    const { call, send } = await line(dearAndLong, clock, { elicitation: {}, extensions: { [TASKS]: {} } });
    const asked = await call({ ...LONG, prompt: "dear" });
    const made = await send("tools/call", {
      name: "route_task",
      arguments: { ...LONG, prompt: "dear" },
      inputResponses: { approval: { action: "accept", content: { approve: true } } },
      requestState: asked.result?.["requestState"],
    });
    expect(made.result).toMatchObject({ resultType: "task" });
    expect(made.result).not.toHaveProperty("requestState");
    expect(service.approvals).toEqual([undefined, 1.5]);
    await send("tasks/cancel", { taskId: idOf(made) });
  });
});

describe("what stays a call", () => {
  test.each([
    ["a short deadline", { ...LONG, deadline_ms: 30_000 }, { extensions: { [TASKS]: {} } }],
    ["a client that does not know tasks", LONG, {}],
  ])("%s", async (_why, args, capabilities) => {
    const { call } = await line(fakeService({ pause: settle }), manualClock(), capabilities);
    expect((await call({ ...args, prompt: "stream" })).result).toMatchObject({
      resultType: "complete",
      structuredContent: { text: "answer to stream" },
    });
  });

  test.each(["v1", "v2-legacy", "v2-modern"] as const)("a long call of a %s client", async (kind) => {
    const { client } = await connect(kind, fakeService({ pause: settle }));
    const result = await client.callTool("route_task", { ...LONG, prompt: "stream" });
    expect(result.structured).toMatchObject({ text: "answer to stream" });
  });
});

describe("the methods of the extension", () => {
  test.each(["tasks/get", "tasks/update", "tasks/cancel"])(
    "%s asks for the capability, and knows only its own tasks",
    async (method) => {
      const clock = manualClock();
      const params = { taskId: "unknown", inputResponses: {} };
      const without = await line(fakeService(), clock, {});
      expect((await without.send(method, params)).error).toMatchObject({
        code: -32_021,
        data: { requiredCapabilities: { extensions: { [TASKS]: {} } } },
      });
      const withIt = await line(fakeService(), clock);
      expect((await withIt.send(method, params)).error).toMatchObject({ code: -32_602 });
    },
  );

  test.each(["tasks/list", "tasks/result"])("%s is not there", async (method) => {
    const { send } = await line(fakeService(), manualClock());
    expect((await send(method, { taskId: "x" })).error).toMatchObject({ code: -32_601 });
  });

  test("the server says that it knows tasks, in the new way alone", async () => {
    const { send } = await line(fakeService(), manualClock());
    const { capabilities } = (await send("server/discover", {})).result as { capabilities: Record<string, unknown> };
    expect(capabilities).toMatchObject({ extensions: { [TASKS]: {} } });
    expect(capabilities).not.toHaveProperty("tasks");
  });

  test("a task of another principal is as unknown as any", async () => {
    const clock = manualClock();
    const ada = Object.assign(fakeService(), { principal: "ada" });
    const bob = Object.assign(fakeService(), { principal: "bob" });
    const made = await (await line(ada, clock)).call({ ...LONG, prompt: "wait" });
    const other = await line(bob, clock);
    for (const method of ["tasks/get", "tasks/cancel", "tasks/update"]) {
      expect((await other.send(method, { taskId: idOf(made) })).error).toMatchObject({ code: -32_602 });
    }
    expect(ada.cancelledCalls()).toBe(0);
    expect((await (await line(ada, clock)).send("tasks/get", { taskId: idOf(made) })).result).toMatchObject({
      status: "working",
    });
  });
});

describe("the store", () => {
  const result = { content: [] };

  test("keeps a task for its ttlMs, and not for ever", async () => {
    const clock = manualClock();
    const store = new TaskStore(clock, { most: 2, mostPerPrincipal: 2, keepMs: 1000 });
    const task = opened(store.open(null, 5000, () => {}));
    const { taskId, ttlMs } = task.state();
    task.complete(result);
    await clock.advance(ttlMs - 1);
    expect(store.get(taskId, null)).toMatchObject({ status: "completed" });
    await clock.advance(1);
    expect(store.get(taskId, null)).toBeNull();
  });

  test("has room for so many, over all and for one principal; no task is forgotten for another", () => {
    const store = new TaskStore(manualClock(), { most: 3, mostPerPrincipal: 2, keepMs: 1000 });
    const open = (principal: string) => store.open(principal, 5000, () => {});
    const tasks = [open("ada"), open("ada"), open("ada"), open("bob"), open("eve")];
    expect(tasks.map((task) => task !== null)).toEqual([true, true, false, true, false]);
    tasks[0]?.discard();
    expect(open("eve")).not.toBeNull();
    expect(store.get(tasks[1]?.state().taskId ?? "", "ada")).not.toBeNull();
  });

  test("takes no end but the first", () => {
    const store = new TaskStore(manualClock());
    const task = opened(store.open(null, 5000, () => {}));
    store.cancel(task.state().taskId, null);
    task.complete(result);
    task.say("still here");
    expect(store.get(task.state().taskId, null)).toMatchObject({ status: "cancelled" });
  });
});
