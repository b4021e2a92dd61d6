import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { connectInMemory, type TestClient } from "../support/clients.ts";
import { png } from "../support/media-fixtures.ts";
import { FIRST, SECOND } from "../support/routed.ts";
import { answers } from "../support/scripted-provider.ts";
import { pass, station } from "../support/station.ts";

const TTL_S = 600;
const MEMORY = { answer_cache: { ttl_s: TTL_S } };
const LEDGER = { ...MEMORY, privacy: { store_text: true } };
const ASKED = { task: "general", prompt: "Name a signal.", models: [FIRST], accept: [{ contains: ["home"] }] };

/** A client of a service, each answer of whose model says which call it is; and further processes on its ledger. */
async function world(config: Record<string, unknown> = MEMORY) {
  const all = await station({
    [FIRST]: Array.from({ length: 20 }, (_, call) => answers(`The home signal (${call + 1}).`)),
    [SECOND]: [answers("The home signal, too.")],
  });
  onTestFinished(() => all.close());
  const open = async () => {
    const { service } = await all.open({ config });
    const options = { version: "0.0.0", clock: all.clock, onError: () => undefined };
    const client = await connectInMemory("v2-modern", (end) => void serveStdioServer(service, options, end));
    onTestFinished(() => client.close());
    return { service, client };
  };
  return { ...(await open()), open, calls: all.calls, clock: all.clock };
}

const ask = async (client: TestClient, args: Record<string, unknown> = {}) => {
  const { structured, texts } = await client.callTool("route_task", { ...ASKED, ...args });
  return { ...structured, line: texts.at(-1) ?? "" } as Record<string, unknown> & { readonly line: string };
};

describe.each([
  ["in memory", MEMORY],
  ["in the ledger", LEDGER],
])("a verified answer that is kept %s", (_where, config) => {
  test("is given again to the same request: free, without a call, and said on result, receipt and in the report", async () => {
    const { client, calls } = await world(config);
    const first = await ask(client);
    expect(first).not.toHaveProperty("answered_from");
    const again = await ask(client);
    expect(calls).toHaveLength(1);
    expect(again).toMatchObject({
      status: "accepted",
      text: "The home signal (1).",
      model: FIRST,
      verdict: { status: "verified", basis: "tests" },
      cost_usd: 0,
      saved_usd: null,
      answered_from: first["route_id"],
    });
    expect(again["route_id"]).not.toBe(first["route_id"]);
    expect(again.line).toContain("given again");
    expect(await client.readResource(String(again["receipt"]))).toMatchObject({
      status: "accepted",
      attempts: [],
      cost_usd: 0,
      answered_from: first["route_id"],
    });
    const { structured: report } = await client.callTool("spend_report", { group_by: "task" });
    expect(report).toMatchObject({ totals: { requests: 2, verified: 2, cost_usd: first["cost_usd"] } });
  });

  test("is asked for anew after report_outcome says that it was wrong, of itself or of where it was given again", async () => {
    const { client, calls } = await world(config);
    const first = await ask(client);
    const again = await ask(client);
    await client.callTool("report_outcome", { route_id: again["route_id"], success: false });
    const second = await ask(client);
    expect(second).toMatchObject({ text: "The home signal (2)." });
    expect(calls).toHaveLength(2);
    await client.callTool("report_outcome", { route_id: first["route_id"], success: true });
    expect(await ask(client)).toMatchObject({ answered_from: second["route_id"] });
    await client.callTool("report_outcome", { route_id: second["route_id"], success: false });
    expect(await ask(client)).toMatchObject({ text: "The home signal (3)." });
  });

  test("is over after its time", async () => {
    const { client, calls, clock } = await world(config);
    await ask(client);
    await pass(clock, TTL_S * 1000 - 1);
    await ask(client);
    expect(calls).toHaveLength(1);
    await pass(clock, 2);
    await ask(client);
    expect(calls).toHaveLength(2);
  });

  test("answers nothing that differs: prompt, context, criteria, schema, task, models, quality, evidence", async () => {
    const { client, calls } = await world(config);
    await ask(client);
    const others = [
      { prompt: "Name a signal!" },
      { context: "On a branch line." },
      { context: { files: [{ path: "a.txt", content: "x" }] } },
      { context: { files: [{ path: "a.txt", content: "y" }] } },
      ...[4, 5].map((px) => ({ context: { files: [{ name: "a.png", data: png(px, px).toString("base64") }] } })),
      { accept: [{ contains: ["signal"] }] },
      { accept: [...ASKED.accept, { max_words: 9 }] },
      { task: "summarization" },
      { models: [FIRST, SECOND] },
      { min_quality: 0.99 },
      { max_output_tokens: 100 },
      { on_unchecked: ["tests", "accept"] },
    ];
    for (const [index, other] of others.entries()) {
      await ask(client, other);
      expect(calls, JSON.stringify(other)).toHaveLength(index + 2);
    }
    await ask(client, { budget_usd: 0.4, deadline_ms: 9000 });
    expect(calls).toHaveLength(others.length + 1);
  });

  test("is kept only when it was verified", async () => {
    const { client, calls } = await world(config);
    for (const accept of [[], [], [{ contains: ["nothing of it"] }], [{ contains: ["nothing of it"] }]])
      await ask(client, { ...(accept.length === 0 ? { accept: undefined } : { accept }), repair: false });
    expect(calls).toHaveLength(4);
  });

  test("is given again within a batch, and written to a file", async () => {
    const root = await realpath(await mkdtemp(join(tmpdir(), "kept-")));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    const { client, calls } = await world({ ...config, files: { output_roots: [root] } });
    await ask(client);
    const tasks = [{ ...ASKED, output: { path: "signal.txt" } }, ASKED];
    const { structured } = await client.callTool("route_batch", { tasks });
    expect(structured).toMatchObject({
      results: [{ status: "accepted", cost_usd: 0 }, { text: "The home signal (1)." }],
    });
    expect(await readFile(join(root, "signal.txt"), "utf8")).toBe("The home signal (1).\n");
    expect(calls).toHaveLength(1);
  });

  test("is never given to another principal, whoever asks in which order", async () => {
    const { service, calls } = await world(config);
    const { signal } = new AbortController();
    const people = fc.constantFrom(null, "alice", "bob");
    let prompts = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(people, { minLength: 2, maxLength: 5 }), async (order) => {
        prompts += 1;
        const seen = new Set<string | null>();
        for (const principal of order) {
          const before = calls.length;
          const routed = await service.as(principal).route({ ...ASKED, prompt: `Name signal ${prompts}.` }, { signal });
          expect(routed.ok).toBe(true);
          expect(calls.length - before).toBe(seen.has(principal) ? 0 : 1);
          seen.add(principal);
        }
      }),
      { numRuns: 12 },
    );
  });
});

test("an answer on a file by path is given again until the file changes", async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), "kept-")));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const { client, calls } = await world({ ...MEMORY, files: { roots: [root] } });
  const context = { files: [{ path: "a.txt" }] };
  await writeFile(join(root, "a.txt"), "one");
  await ask(client, { context });
  await ask(client, { context });
  expect(calls).toHaveLength(1);
  await writeFile(join(root, "a.txt"), "two");
  await ask(client, { context });
  expect(calls).toHaveLength(2);
});

test("another process gives it again from the ledger, and never from another one's memory", async () => {
  const stored = await world(LEDGER);
  await ask(stored.client);
  expect(await ask((await stored.open()).client)).toHaveProperty("answered_from");
  const remembered = await world(MEMORY);
  await ask(remembered.client);
  expect(await ask((await remembered.open()).client)).not.toHaveProperty("answered_from");
});

test("nothing is kept unless the config says so", async () => {
  const { client, calls } = await world({ privacy: { store_text: true } });
  await ask(client);
  await ask(client);
  expect(calls).toHaveLength(2);
});
