import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { InMemoryTransport } from "@modelcontextprotocol/server";
import { Client as ModernClient } from "@modelcontextprotocol/client";
import { describe, expect, onTestFinished, test } from "vitest";
import { LongAnswerStore } from "../../src/mcp/long-answers/store.ts";
import { MOST_ANSWER_TEXT_CHARS } from "../../src/mcp/long-answers/truncate.ts";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { CLIENT_KINDS } from "../support/clients.ts";
import { fakeService, LONG_ANSWER } from "../support/fake-service.ts";
import { connect } from "./support/connect.ts";
import { manualClock } from "./support/manual-clock.ts";

const LONG = { task: "code", prompt: "long" };

/** The links of the last result on the line. */
function linksIn(sent: readonly JSONRPCMessage[]): readonly { readonly uri: string; readonly size: number }[] {
  const { result } = sent.at(-1) as unknown as { result: { content: { type: string; uri: string; size: number }[] } };
  return result.content.filter(({ type }) => type === "resource_link");
}

describe.each(CLIENT_KINDS)("an answer that is too long for a result, seen by a %s client", (kind) => {
  test("comes cut at a paragraph, says so, and links to the rest", async () => {
    const { client, sent } = await connect(kind);
    const result = await client.callTool("route_task", LONG);
    const [text = "", notice, line] = result.texts;
    expect(text.length).toBeLessThanOrEqual(MOST_ANSWER_TEXT_CHARS);
    expect(text.length).toBeGreaterThan(MOST_ANSWER_TEXT_CHARS * 0.8);
    expect(LONG_ANSWER.startsWith(text)).toBe(true);
    expect(text.endsWith("\n\n")).toBe(true);
    expect(notice).toBe(
      `\n[signalbox] These are the first ${text.length} of ${LONG_ANSWER.length} characters. The rest can be read for up to an hour as ` +
        "signalbox://answers/route-1/2 to signalbox://answers/route-1/3.\n",
    );
    expect(line).toContain("signalbox://routes/route-1");
    expect(result.structured).toMatchObject({ text, text_is_cut: true, text_chars: LONG_ANSWER.length });
    expect(linksIn(sent).map(({ uri }) => uri)).toEqual([
      "signalbox://answers/route-1/2",
      "signalbox://answers/route-1/3",
    ]);
  });

  test("a short one is whole, and is not kept", async () => {
    const { client, sent } = await connect(kind);
    const result = await client.callTool("route_task", { task: "code", prompt: "hello" });
    expect(result.structured).not.toHaveProperty("text_is_cut");
    expect(linksIn(sent)).toEqual([]);
    await expect(client.readResource("signalbox://answers/route-1")).rejects.toMatchObject({ code: -32_602 });
  });

  test("in a batch shares the room with the others: short ones stay whole", async () => {
    const { client } = await connect(kind);
    const tasks = [LONG, { task: "code", prompt: "hello" }, LONG];
    const { results } = (await client.callTool("route_batch", { tasks })).structured as {
      results: { text: string; text_is_cut?: true }[];
    };
    expect(results.map(({ text_is_cut: cut }) => cut)).toEqual([true, undefined, true]);
    expect(results[1]?.text).toBe("answer to hello");
    expect(results.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(MOST_ANSWER_TEXT_CHARS);
  });
});

describe("the resource of a long answer", () => {
  /** A client that reads texts, and whose identity is known. */
  async function reader(principal: string | null = null, clock = manualClock(), service = fakeService()) {
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    const own = Object.assign(service, { principal });
    void serveStdioServer(own, { version: "1", clock, onError: () => {} }, serverEnd);
    const client = new ModernClient({ name: "t", version: "1" }, { versionNegotiation: { mode: "legacy" } });
    await client.connect(clientEnd);
    onTestFinished(() => client.close());
    const read = async (uri: string) => {
      const { contents } = await client.readResource({ uri });
      return contents[0] as { text: string; mimeType: string };
    };
    return { client, clock, read };
  }

  test("holds all of it, in pages or at once", async () => {
    const { client, read } = await reader();
    const result = await client.callTool({ name: "route_task", arguments: LONG });
    const first = (result.content as { text: string }[])[0]?.text ?? "";
    const rest = [await read("signalbox://answers/route-1/2"), await read("signalbox://answers/route-1/3")];
    expect(first + rest.map(({ text }) => text).join("")).toBe(LONG_ANSWER);
    expect(rest[0]?.mimeType).toBe("text/plain");
    expect((await read("signalbox://answers/route-1")).text).toBe(LONG_ANSWER);
  });

  test.each(["route-1/4", "route-1/0", "route-1/x", "route-1/2/3", "unknown", "unknown/1", ""])(
    "there is none at %j",
    async (path) => {
      const { client, read } = await reader();
      await client.callTool({ name: "route_task", arguments: LONG });
      await expect(read(`signalbox://answers/${path}`)).rejects.toMatchObject({ code: -32_602 });
    },
  );

  test("is there for an hour, and for its own principal alone", async () => {
    const ada = await reader("ada");
    await ada.client.callTool({ name: "route_task", arguments: LONG });
    const bob = await reader("bob", ada.clock);
    await expect(bob.read("signalbox://answers/route-1")).rejects.toMatchObject({ code: -32_602 });
    await ada.clock.advance(3_599_000);
    expect((await ada.read("signalbox://answers/route-1")).text).toBe(LONG_ANSWER);
    await ada.clock.advance(1000);
    await expect(ada.read("signalbox://answers/route-1")).rejects.toThrow(/for up to an hour.*privacy.store_text/u);
  });

  test("comes from the ledger where that keeps texts", async () => {
    const service = fakeService();
    const routed = await service.route({ task: "code", prompt: "hello" }, { signal: new AbortController().signal });
    const stored = await service.receipt(routed.ok ? routed.value.route_id : "");
    if (!stored.ok) throw new Error("no receipt");
    const texts = ["an earlier try", "stored answer"];
    const attempts = stored.value.attempts.map((attempt, index) => ({ ...attempt, text: texts[index] ?? "" }));
    const { read } = await reader(null, manualClock(), {
      ...service,
      receipt: async () => ({ ok: true, value: { ...stored.value, attempts } }),
    });
    expect((await read("signalbox://answers/old-route")).text).toBe("stored answer");
    expect((await read("signalbox://answers/old-route/1")).text).toBe("stored answer");
  });
});

describe("the shelf", () => {
  test("gives no principal but the owner more than a quarter of it", () => {
    const longAnswers = new LongAnswerStore(manualClock(), { mostChars: 100, keepMs: 1000 });
    longAnswers.keep("owner", null, "x".repeat(60));
    for (const id of ["a", "b", "c"]) longAnswers.keep(id, "ada", id.repeat(10));
    longAnswers.keep("huge", "ada", "x".repeat(26));
    expect(longAnswers.routeIds("ada")).toEqual(["c", "b"]);
    longAnswers.keep("d", "bob", "d".repeat(20));
    expect(longAnswers.routeIds("ada")).toEqual(["c", "b"]);
    expect(longAnswers.get("owner", null)).not.toBeNull();
  });

  test("keeps the newest answers within its bounds", () => {
    const longAnswers = new LongAnswerStore(manualClock(), { mostChars: 100, keepMs: 1000 });
    for (const id of ["a", "b", "c"]) longAnswers.keep(id, null, id.repeat(40));
    expect(["a", "b", "c"].map((id) => longAnswers.get(id, null) !== null)).toEqual([false, true, true]);
    longAnswers.keep("huge", null, "x".repeat(101));
    expect(longAnswers.get("huge", null)).toBeNull();
    expect(longAnswers.routeIds(null)).toEqual(["c", "b"]);
    longAnswers.keep("b", null, "again");
    expect(longAnswers.get("b", null)).toBe("again");
  });
});
