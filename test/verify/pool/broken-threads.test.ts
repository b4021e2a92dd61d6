import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import type { CheckOutcome } from "../../../src/checks/kit/check.ts";
import { workerPool } from "../../../src/verify/worker-pool/pool.ts";
import { subject } from "../subject.ts";

const TABLE = new URL("./table.ts", import.meta.url).href;
const POOL = new URL("../../../src/verify/worker-pool/pool.ts", import.meta.url).href;
const one = workerPool({ table: TABLE, maxThreads: 1 });
const never = new AbortController().signal;

afterAll(() => one.close());

function run(names: readonly string[], signal = never, pool = one): Promise<readonly CheckOutcome[]> {
  return pool.run(
    names.map((check) => ({ check, criterion: null })),
    subject("the answer"),
    signal,
    null,
  );
}

async function words(names: readonly string[], signal = never, pool = one): Promise<readonly string[]> {
  const results = await run(names, signal, pool);
  return results.map((outcome) => {
    if (outcome === null) return "nothing";
    const { findings, looked, unmade } = outcome;
    return unmade === undefined ? (findings[0]?.message ?? looked ?? "") : `- ${unmade}`;
  });
}

describe("a thread that breaks", () => {
  // In a process of its own: at its worst, memory that runs out ends the process and not only the thread.
  it.each(["eats", "fills_a_map", "takes_large_arrays", "takes_buffers"])(
    "for lack of memory (%s) leaves the process and the other checks alone",
    (name) => {
      const script = `
        import { workerPool } from ${JSON.stringify(POOL)};
        const pool = workerPool({ table: ${JSON.stringify(TABLE)}, maxThreads: 1, maxHeapMb: 256 });
        const wanted = ["fine", ${JSON.stringify(name)}, "fine"].map((check) => ({ check, criterion: null }));
        const results = await pool.run(wanted, { text: "x" }, new AbortController().signal, null);
        console.log(results.map(({ looked, unmade }) => looked ?? unmade).join(", "));
      `;
      const ended = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
      expect([ended.status, ended.stdout]).toEqual([0, "fine, ran out of memory, fine\n"]);
    },
  );

  it.each(["exits", "throws_later", "hangs"])("(%s) does not strand those who wait in line behind it", async (name) => {
    const all = await Promise.all([words([name]), ...Array.from({ length: 5 }, () => words(["fine", "fact"]))]);
    expect(all.slice(1)).toEqual(Array.from({ length: 5 }, () => ["fine", "not so"]));
  });

  it("by ending itself is noticed, however late this thread hears its first word", async () => {
    const busy = setInterval(() => {
      const untilMs = performance.now() + 400;
      while (performance.now() < untilMs);
    }, 1);
    const [before, ended, after] = await words(["fine", "exits", "fine"]);
    clearInterval(busy);
    expect([before, after]).toEqual(["fine", "fine"]);
    expect(ended).toMatch(/^- (?:the check broke its thread: |it ended its thread)/);
  });

  it("of what came before is not held against the check: it has a second try in a fresh one", async () => {
    expect(await words(["wears_out", "needs_a_fresh_thread", "fine"])).toEqual(["worn", "fresh", "fine"]);
  });

  it("by what a check left behind counts against that check, and not against the next", async () => {
    const [left, next] = await words(["rejects_behind_its_back", "fine"]);
    expect(left).toMatch(/^- the check broke its thread: .*unseen/);
    expect(next).toBe("fine");
  });
});

describe("threads", () => {
  it("are kept for the next job, and go away when there is none", async () => {
    const pool = workerPool({ table: TABLE, maxThreads: 1, idleMs: 150 });
    const [first] = await words(["thread"], never, pool);
    expect(await words(["thread"], never, pool)).toEqual([first]);
    await sleep(600);
    expect(await words(["thread"], never, pool)).not.toEqual([first]);
    await pool.close();
  });

  it("are kept when queued jobs are aborted, which return at once", async () => {
    const [thread] = await words(["thread"]);
    const control = new AbortController();
    const busy = words(["fine", "waits"]);
    const waiting = words(["fine"], control.signal);
    await sleep(50);
    const startedMs = performance.now();
    control.abort();
    expect(await waiting).toEqual(["- there was no time left for it"]);
    expect(performance.now() - startedMs).toBeLessThan(100);
    expect(await busy).toEqual(["fine", "- gave up after 300 ms"]);
    expect(thread).toBeDefined();
  });

  it("end with the pool, while checks run and wait", async () => {
    const pool = workerPool({ table: TABLE, maxThreads: 1 });
    const results = [words(["fine", "waits_long"], never, pool), words(["fine"], never, pool)];
    await sleep(400);
    await pool.close();
    const closing = "- the server is closing";
    expect(await Promise.all(results)).toEqual([["fine", closing], [closing]]);
  });
});
