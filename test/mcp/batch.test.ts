import { describe, expect, test } from "vitest";
import { CLIENT_KINDS, type ProgressUpdate } from "../support/clients.ts";
import { fakeService } from "../support/fake-service.ts";
import { connect } from "./support/connect.ts";
import { settle } from "./support/manual-clock.ts";

const task = (prompt: string) => ({ task: "code", prompt });

describe.each(CLIENT_KINDS)("route_batch, called by a %s client", (kind) => {
  test("answers task by task: a heading and the bare answer as text, everything in the structured content", async () => {
    const { client } = await connect(kind);
    const result = await client.callTool("route_batch", {
      tasks: [task("one"), task("fail"), task("below")],
      budget_usd: 1,
    });
    expect(result.isError).toBe(false);
    expect(result.texts).toEqual([
      "\n[signalbox] task 1 · accepted · strong-1 · verified by tests · $0.0123 · signalbox://routes/route-1\n",
      "answer to one",
      "\n[signalbox] task 2 · failed · $0.002000\n",
      "all_failed: Every candidate failed; try again in 2 s",
      "\n[signalbox] task 3 · below quality · strong-1 · failed · $0.0123 · signalbox://routes/route-2\n",
      "answer to below",
      "\n[signalbox] 3 tasks: 1 accepted, 1 below quality, 1 failed · $0.0266\n",
    ]);
    expect(result.structured).toMatchObject({
      results: [
        { status: "accepted", text: "answer to one" },
        { status: "failed", error: { code: "all_failed", retry_after_ms: 2000 } },
        { status: "below_quality", verdict: { failed_checks: ["json: parsed"] } },
      ],
      totals: { tasks: 3, accepted: 1, below_quality: 1, failed: 1, cost_usd: 0.0266 },
    });
  });

  test("tells how many tasks are done", async () => {
    const { client } = await connect(kind, fakeService({ pause: settle }));
    const updates: ProgressUpdate[] = [];
    await client.callTool(
      "route_batch",
      { tasks: ["a", "b", "c", "d"].map(task) },
      { onProgress: (each) => updates.push(each) },
    );
    expect(updates.map(({ message }) => message)).toEqual([1, 2, 3, 4].map((done) => `${done} of 4 done`));
  });

  test("names what is wrong in which task, and calls no model", async () => {
    const { client } = await connect(kind);
    const result = await client.callTool("route_batch", { tasks: [task("one"), { task: "code", budget_usd: 1 }] });
    expect(result).toMatchObject({ isError: true, structured: { error: { code: "invalid_request" } } });
    expect(result.texts[0]).toContain("tasks[1].prompt: missing, expected a string");
    expect(result.texts[0]).toContain('unknown field "budget_usd"');
  });
});
