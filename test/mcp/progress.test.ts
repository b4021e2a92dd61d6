import { describe, expect, test } from "vitest";
import { startProgress, type ProgressNotification } from "../../src/mcp/progress.ts";
import type { Progress } from "../../src/core/service.ts";
import { CLIENT_KINDS, type ProgressUpdate } from "../support/clients.ts";
import { fakeService } from "../support/fake-service.ts";
import { connect } from "./support/connect.ts";
import { manualClock, settle } from "./support/manual-clock.ts";

describe.each(CLIENT_KINDS)("progress, seen by a %s client", (kind) => {
  test("tells stage, model and tokens in messages whose value only grows", async () => {
    const { client } = await connect(kind, fakeService({ pause: settle }));
    const updates: ProgressUpdate[] = [];
    await client.callTool(
      "route_task",
      { task: "code", prompt: "stream" },
      { onProgress: (progress) => updates.push(progress) },
    );
    expect(updates.map(({ message }) => message)).toEqual([
      "planning, 0 tokens",
      "calling fast-1, 0 tokens",
      // 10 and 20 tokens came at the same moment of the clock.
      "verifying fast-1, 20 tokens",
      "falling_back strong-1, 0 tokens",
      "calling strong-1, 30 tokens",
      "verifying strong-1, 40 tokens",
    ]);
    const values = updates.map(({ progress }) => progress);
    expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
  });

  test("beats while nothing happens, at least every 10 s, and never after the result", async () => {
    const { client, clock } = await connect(kind);
    const updates: ProgressUpdate[] = [];
    const cancel = new AbortController();
    const call = client.callTool(
      "route_task",
      { task: "code", prompt: "wait" },
      { onProgress: (progress) => updates.push(progress), signal: cancel.signal },
    );
    const ended = call.catch(() => "cancelled");
    await settle();
    await clock.advance(31_000);
    expect(updates.map(({ message }) => message)).toEqual(
      [0, 10, 20, 30].map((afterS) => `calling fast-1, 0 tokens${afterS === 0 ? "" : ` (${afterS} s)`}`),
    );

    cancel.abort();
    expect(await ended).toBe("cancelled");
    await clock.advance(60_000);
    expect(updates).toHaveLength(4);
  });
});

describe("the pace of progress", () => {
  function reporter() {
    const clock = manualClock();
    const sent: ProgressNotification["params"][] = [];
    const cancel = new AbortController();
    const notify = async ({ params }: ProgressNotification): Promise<void> => void sent.push(params);
    return { clock, sent, cancel, ...startProgress("token", notify, clock, cancel.signal) };
  }
  function calling(tokens: number): Progress {
    return { stage: "calling", model: "fast-1", tokens, message: `calling fast-1, ${tokens} tokens` };
  }

  test("at most one every 250 ms while the stage stays", async () => {
    const { clock, sent, report, stop } = reporter();
    for (let step = 0; step <= 100; step += 1) {
      report(calling(step));
      await clock.advance(10);
    }
    stop();
    expect(sent.map(({ message }) => message)).toEqual([0, 25, 50, 75, 100].map((tokens) => calling(tokens).message));
    expect(sent.map(({ progress }) => progress)).toEqual([1, 2, 3, 4, 5]);
  });

  test("a new model is reported at once", async () => {
    const { sent, report, stop } = reporter();
    report(calling(1));
    report({ ...calling(0), model: "strong-1", message: "calling strong-1, 0 tokens" });
    stop();
    expect(sent).toHaveLength(2);
  });

  test("a heartbeat repeats where things stand, and only after silence", async () => {
    const { clock, sent, report, stop } = reporter();
    await clock.advance(9000);
    expect(sent).toEqual([]);
    report(calling(5));
    await clock.advance(9000);
    expect(sent).toHaveLength(1);
    await clock.advance(1000);
    expect(sent.at(-1)?.message).toBe("calling fast-1, 5 tokens (19 s)");
    stop();
  });

  test("nothing is sent after the end", async () => {
    const { clock, sent, report, stop } = reporter();
    stop();
    report(calling(1));
    await clock.advance(60_000);
    expect(sent).toEqual([]);
  });

  test("a client that has gone does not break the call", async () => {
    const clock = manualClock();
    const notify = async (): Promise<void> => Promise.reject(new Error("Not connected"));
    const { report, stop } = startProgress("token", notify, clock, new AbortController().signal);
    report(calling(1));
    await settle();
    stop();
  });
});
