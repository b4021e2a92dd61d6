import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import type { CheckOutcome } from "../../../src/checks/kit/check.ts";
import { workerPool } from "../../../src/verify/worker-pool/pool.ts";
import { subject } from "../subject.ts";

const TABLE = new URL("./table.ts", import.meta.url).href;
const pool = workerPool({ table: TABLE, maxThreads: 2, maxHeapMb: 128 });
const never = new AbortController().signal;

afterAll(() => pool.close());

function run(names: readonly string[], signal = never, runner = pool): Promise<readonly CheckOutcome[]> {
  return runner.run(
    names.map((check) => ({ check, criterion: null })),
    subject("the answer"),
    signal,
    null,
  );
}

/** "fine" for a check that passed, "- why" for one that could not be made. */
function formatted(outcome: CheckOutcome | undefined): string {
  if (outcome === undefined || outcome === null) return "nothing";
  const { findings, looked, unmade } = outcome;
  return unmade === undefined ? (findings[0]?.message ?? looked ?? "") : `- ${unmade}`;
}

describe("checks in worker threads", () => {
  it("come back in order, with what they found, and without those that do not apply", async () => {
    const results = await run(["fine", "silent", "fact"]);
    expect(results).toEqual([
      { findings: [], evidence: [], looked: "fine" },
      null,
      { findings: [{ rule: "test/fact", certainty: "fact", severity: "serious", message: "not so" }], evidence: [] },
    ]);
  });

  it.each([
    ["throws", "- the check broke: boom"],
    ["eats", "- ran out of memory"],
    ["recurses", "- the check broke: Maximum call stack size exceeded"],
    ["missing", "- there is no check named missing"],
  ])("one that %s is not checked, and those before and after it are", async (name, words) => {
    const results = await run(["fine", name, "fine"]);
    expect(results.map(formatted)).toEqual(["fine", words, "fine"]);
  });

  it.each(["hangs", "waits"])("one that %s ends the checking of its answer", async (name) => {
    const rest = "- another check of this answer took too long";
    expect((await run(["fine", name, "fine", "fact"])).map(formatted)).toEqual([
      "fine",
      "- gave up after 300 ms",
      rest,
      rest,
    ]);
  });

  it.each(["exits", "throws_later", "rejects_unseen"])("one that %s takes only itself down", async (name) => {
    const [before, broken, after] = (await run(["fine", name, "fine"])).map(formatted);
    expect([before, after]).toEqual(["fine", "fine"]);
    expect(broken).toMatch(/^- (?:the check broke its thread: |it ended its thread)/);
  });

  it("give way to a signal at once, and keep what was done before", async () => {
    const control = new AbortController();
    setTimeout(() => control.abort(), 200);
    const startedMs = performance.now();
    const results = await run(["fine", "waits_long", "fine"], control.signal);
    expect(results.map(formatted)).toEqual([
      "fine",
      "- there was no time left for it",
      "- there was no time left for it",
    ]);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it("serve many at once, and none waits for one that hangs longer than its limit", async () => {
    const all = await Promise.all([
      ...Array.from({ length: 30 }, () => run(["fine", "fact"])),
      run(["hangs"]),
      run(["waits"]),
    ]);
    expect(
      all.slice(0, 30).every((results) => formatted(results[0]) === "fine" && formatted(results[1]) === "not so"),
    ).toBe(true);
  });

  it("know nothing of the process's environment, and print nowhere", async () => {
    const results = await run(["environment", "prints"]);
    expect(results.map(formatted)).toEqual(["[]", "printed"]);
  });

  it("leave the event loop alone", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 10);
    await run(["hangs"]);
    clearInterval(timer);
    // 300 ms of a thread that never lets go: a blocked loop would not turn at all.
    expect(turns).toBeGreaterThan(10);
  });

  it("are refused when the pool is closed", async () => {
    const other = workerPool({ table: TABLE, maxThreads: 1 });
    expect((await run(["fine"], never, other)).map(formatted)).toEqual(["fine"]);
    await other.close();
    expect((await run(["fine"], never, other)).map(formatted)).toEqual(["- the server is closing"]);
  });

  it("say so when their table cannot be read", async () => {
    const broken = workerPool({ table: new URL("./no-such-table.ts", import.meta.url).href, maxThreads: 1 });
    const [result] = (await run(["fine"], never, broken)).map(formatted);
    expect(result).toMatch(/no-such-table/);
    await broken.close();
  });

  it("do not keep a process alive, nor reach its output", () => {
    const script = `
      import { workerPool } from ${JSON.stringify(new URL("../../../src/verify/worker-pool/pool.ts", import.meta.url).href)};
      const pool = workerPool({ table: ${JSON.stringify(TABLE)}, maxThreads: 1 });
      const subject = { text: "x", checks: [], notes: [], files: [] };
      const [ran] = await pool.run([{ check: "prints", criterion: null }], subject, new AbortController().signal, null);
      console.log(ran.looked);
    `;
    const ended = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      timeout: 15_000,
    });
    expect(ended).toMatchObject({ status: 0, stdout: "printed\n" });
  });
});
