import { InMemoryTransport, type JSONRPCMessage } from "@modelcontextprotocol/server";
import { describe, expect, onTestFinished, test } from "vitest";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { type Choice, connectAsking } from "../support/asking-client.ts";
import { CLIENT_KINDS, type ClientKind, type ProgressUpdate } from "../support/clients.ts";
import { fakeService } from "../support/fake-service.ts";
import { connect } from "./support/connect.ts";
import { manualClock } from "./support/manual-clock.ts";

const DEAR = { task: "code", prompt: "dear" };

async function connectUser(
  kind: ClientKind,
  choice: Choice | Promise<Choice> | (() => Promise<Choice>),
  clock = manualClock(),
) {
  const service = fakeService();
  const options = { version: "1", clock, onError: () => {} };
  const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
  void serveStdioServer(service, options, serverEnd);
  const client = await connectAsking(kind, clientEnd, () => (typeof choice === "function" ? choice() : choice));
  onTestFinished(() => client.close());
  return { client, service };
}

describe.each(CLIENT_KINDS)(
  "a call that could cost more than may be spent without asking, from a %s client",
  (kind) => {
    test("asks the user, with plan and price, and spends at most what was approved", async () => {
      const { client, service } = await connectUser(kind, "accept");
      const result = await client.callTool("route_task", DEAR);
      expect(result.isError ?? false).toBe(false);
      expect(result.structuredContent).toMatchObject({ text: "answer to dear" });
      expect(client.questions).toEqual([
        [
          "route_task: spend about $0.0100 with fast-1, at most $1.50?",
          "If that answer fails, in order: strong-1 (about $0.0500).",
          "You are asked because the ceiling is above $0.5000 (approval_usd). Only what is used is paid for.",
        ].join("\n"),
      ]);
      expect(service.approvals).toEqual([undefined, 1.5]);
    });

    test.each([
      ["decline", "approval_declined", "The user declined: spend about $0.0100 with fast-1, at most $1.50."],
      ["cancel", "approval_declined", "The user closed the question without an answer: spend about $0.0100"],
      ["empty", "approval_required", "No person approved this: spend about $0.0100 with fast-1, at most $1.50."],
    ] as const)("ends in a typed refusal with figures and the ways out after %s", async (choice, code, message) => {
      const { client, service } = await connectUser(kind, choice);
      const result = await client.callTool("route_task", DEAR);
      expect(result).toMatchObject({ isError: true, structuredContent: { error: { code, cost_usd: 0 } } });
      const { error } = result.structuredContent as { readonly error: { readonly message: string } };
      expect(error.message).toContain(message);
      expect(error.message).toContain("Give a budget_usd of at most 0.5, name cheaper models, or have the user raise");
      expect(service.approvals).toEqual([undefined]);
    });

    test("is kept alive while the user thinks, by progress that only grows, and not beyond", async () => {
      const clock = manualClock();
      const user = Promise.withResolvers<Choice>();
      const { client } = await connectUser(kind, user.promise, clock);
      const updates: ProgressUpdate[] = [];
      const call = client.callTool("route_task", DEAR, (progress) => updates.push(progress));
      await expect.poll(() => client.questions.length).toBe(1);
      await clock.advance(25_000);
      // In the new era there is no open call: the client comes back with the answer, and tells its own progress meanwhile.
      const waited = kind === "v2-modern" ? [] : [0, 10, 20];
      const ours = () => updates.filter(({ message }) => message?.startsWith("waiting") === true);
      expect(ours().map(({ message }) => message)).toEqual(
        waited.map((afterS) => `waiting for the user's approval${afterS === 0 ? "" : ` (${afterS} s)`}`),
      );
      user.resolve("accept");
      expect((await call).structuredContent).toMatchObject({ text: "answer to dear" });
      await clock.advance(700_000);
      expect(ours().map(({ progress }) => progress)).toEqual(waited.map((_, index) => index + 1));
    });

    test("asks again for each call: an approval is for one", async () => {
      const { client } = await connectUser(kind, "accept");
      await client.callTool("route_task", DEAR);
      await client.callTool("route_task", DEAR);
      expect(client.questions).toHaveLength(2);
    });

    test("is refused, saying how to raise the limit, when the client cannot ask", async () => {
      const { client, service } = await connect(kind);
      const result = await client.callTool("route_task", DEAR);
      expect(result).toMatchObject({
        isError: true,
        structured: { error: { code: "approval_required", cost_usd: 0, approval: { worst_case_usd: 1.5 } } },
      });
      expect(result.texts[0]).toContain("raise approval_usd");
      expect(service.approvals).toEqual([undefined]);
    });
  },
);

describe.each(["v1", "v2-legacy"] as const)("a %s client that fails to ask its user", (kind) => {
  const REQUIRED = {
    isError: true,
    structuredContent: { error: { code: "approval_required", cost_usd: 0, approval: { worst_case_usd: 1.5 } } },
  };

  test("by refusing the question gets the refusal that says what needs approval, and no progress after it", async () => {
    const clock = manualClock();
    const { client, service } = await connectUser(kind, () => Promise.reject(new Error("no window")), clock);
    const updates: ProgressUpdate[] = [];
    expect(await client.callTool("route_task", DEAR, (progress) => updates.push(progress))).toMatchObject(REQUIRED);
    expect(client.questions).toHaveLength(1);
    const before = updates.length;
    await clock.advance(100_000);
    expect(updates).toHaveLength(before);
    expect(service.approvals).toEqual([undefined]);
  });

  test("by never answering gets it after ten minutes", async () => {
    const clock = manualClock();
    const { client, service } = await connectUser(kind, new Promise<Choice>(() => {}), clock);
    const updates: ProgressUpdate[] = [];
    const call = client.callTool("route_task", DEAR, (progress) => updates.push(progress));
    await expect.poll(() => client.questions.length).toBe(1);
    await clock.advance(600_000);
    expect(await call).toMatchObject(REQUIRED);
    const before = updates.length;
    await clock.advance(100_000);
    expect(updates).toHaveLength(before);
    expect(service.approvals).toEqual([undefined]);
  });
});

/** What a client that plays false may send: raw messages of the new era. */
describe("the state of a question", () => {
  const meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "t", version: "1" },
    "io.modelcontextprotocol/clientCapabilities": { elicitation: {} },
  };

  async function raw(principal: string | null = null) {
    const service = Object.assign(fakeService(), { principal });
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    const waiting = new Map<number, (message: JSONRPCMessage) => void>();
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- transports of the SDK have this one slot
    clientEnd.onmessage = (message) => {
      if ("id" in message) waiting.get(Number(message.id))?.(message);
    };
    void serveStdioServer(service, { version: "1", clock: manualClock(), onError: () => {} }, serverEnd);
    await clientEnd.start();
    onTestFinished(() => clientEnd.close());
    let id = 0;
    const call = (args: Record<string, unknown>, more: Record<string, unknown> = {}, name = "route_task") =>
      new Promise<{ result?: Record<string, unknown>; error?: { code: number } }>((resolve) => {
        id += 1;
        waiting.set(id, (message) => resolve(message as never));
        const params = { name, arguments: args, _meta: meta, ...more };
        void clientEnd.send({ jsonrpc: "2.0", id, method: "tools/call", params });
      });
    return { call, service };
  }
  const accept = { inputResponses: { approval: { action: "accept", content: { approve: true } } } };
  const NOT_THIS = { isError: true, structuredContent: { error: { code: "invalid_request" } } };
  const stateOf = (asked: { result?: Record<string, unknown> }): string => String(asked.result?.["requestState"]);

  test("comes with an input_required round and lets the call through once", async () => {
    const { call, service } = await raw();
    const asked = await call(DEAR);
    expect(asked.result).toMatchObject({
      resultType: "input_required",
      inputRequests: { approval: { method: "elicitation/create" } },
    });
    const round = { ...accept, requestState: stateOf(asked) };
    expect((await call(DEAR, round)).result).toMatchObject({ structuredContent: { text: "answer to dear" } });
    expect((await call(DEAR, round)).result).toMatchObject(NOT_THIS);
    expect(service.approvals).toEqual([undefined, 1.5]);
  });

  test("is bound to the arguments, whatever the order of their keys, and to the tool", async () => {
    const { call } = await raw();
    const round = { ...accept, requestState: stateOf(await call(DEAR)) };
    expect((await call({ ...DEAR, task: "other" }, round)).result).toMatchObject(NOT_THIS);
    expect((await call({ tasks: [DEAR] }, round, "route_batch")).result).toMatchObject(NOT_THIS);
    expect((await call({ prompt: "dear", task: "code" }, round)).result).toMatchObject({ resultType: "complete" });
  });

  test("is refused when it was changed, or made by another principal", async () => {
    const { call, service } = await raw();
    const state = stateOf(await call(DEAR));
    const [version, body = "", mac] = state.split(".");
    const open = JSON.parse(Buffer.from(body, "base64url").toString()) as { p: { approvedUsd: number } };
    open.p.approvedUsd = 1000;
    const forged = [version, Buffer.from(JSON.stringify(open)).toString("base64url"), mac].join(".");
    for (const requestState of [forged, "v1.e30.e30", "nonsense"]) {
      expect((await call(DEAR, { ...accept, requestState })).result).toMatchObject(NOT_THIS);
    }
    expect(service.approvals).toEqual([undefined]);
  });

  test("is bound to the principal", async () => {
    const [ada, bob] = [await raw("ada"), await raw("bob")];
    const round = { ...accept, requestState: stateOf(await ada.call(DEAR)) };
    expect((await bob.call(DEAR, round)).result).toMatchObject(NOT_THIS);
    expect((await ada.call(DEAR, round)).result).toMatchObject({ resultType: "complete" });
  });

  test("without a yes is a no", async () => {
    const { call, service } = await raw();
    const requestState = stateOf(await call(DEAR));
    for (const inputResponses of [{}, { approval: { action: "maybe" } }, { other: { action: "accept" } }]) {
      expect((await call(DEAR, { inputResponses, requestState })).result).toMatchObject({
        structuredContent: { error: { code: "approval_required" } },
      });
    }
    expect(service.approvals).toEqual([undefined]);
  });
});
