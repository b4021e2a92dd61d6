import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { BatchOutput } from "../../src/core/contract.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { launch } from "../support/launched.ts";
import { runLine } from "./support/world.ts";

const LINES = '{"task": "general", "prompt": "one"}\n\n{"task": "auto", "prompt": "two", "models": ["gpt-6-luna"]}\n';

const output = (failed: number): { readonly ok: true; readonly value: BatchOutput } => ({
  ok: true,
  value: {
    results: [
      { status: "accepted", route_id: "r1", text: "an answer\nin two lines", model: "gpt-6-luna", cost_usd: 0.01 },
      ...Array.from({ length: failed }, () => ({
        status: "failed" as const,
        cost_usd: 0,
        error: { code: "all_failed", message: "no" },
      })),
    ],
    totals: {
      tasks: 1 + failed,
      accepted: 1,
      below_quality: 0,
      failed,
      cost_usd: 0.01,
      cost_is_estimated: false,
      reserved_usd: 0.5,
      latency_ms: 1200,
    },
  },
});

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-batch-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "tasks.jsonl");
  writeFileSync(path, text);
  return path;
}

describe("signalbox batch", () => {
  test("takes a task a line from a file and prints a result a line", async () => {
    const ran = await runLine(["batch", fileWith(LINES), "--budget", "0.5", "--parallelism", "2"], {
      batch: output(0),
    });
    expect(ran.exitCode).toBe(0);
    expect(ran.calls).toEqual([
      {
        method: "routeBatch",
        input: {
          tasks: [
            { task: "general", prompt: "one" },
            { task: "auto", prompt: "two", models: ["gpt-6-luna"] },
          ],
          budget_usd: 0.5,
          parallelism: 2,
        },
      },
    ]);
    const lines = ran.stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { line: 1, status: "accepted", text: "an answer\nin two lines" },
    ]);
    expect(ran.stderr).toContain("1 tasks: 1 accepted, 0 below quality, 0 failed; $0.0100; 1.2 s");
  });

  test("reads stdin too, and exits with 1 when any task failed", async () => {
    const ran = await runLine(["batch", "-"], { batch: output(1), stdin: LINES });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout.trimEnd().split("\n")).toHaveLength(2);
  });

  test("exits with 1 and prints no result when the whole is refused", async () => {
    const error = { code: "budget_exceeded", message: "too dear", attempts: [], cost_usd: 0 };
    const ran = await runLine(["batch"], { batch: { ok: false, error }, stdin: LINES });
    expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
    expect(ran.stderr).toContain("budget_exceeded: too dear");
  });

  test.each([
    ['{"task": "general"}\nnot json\n', ["line 1: ", "prompt: missing", "line 2: not JSON"]],
    ['{"task": "general", "prompt": "x", "promt": "y"}', ['unknown field "promt", did you mean "prompt"']],
    ["\n\n", ["there is no task"]],
  ])("tells every line that is no task: %j", async (stdin, words) => {
    const ran = await runLine(["batch"], { stdin });
    expect(ran).toMatchObject({ exitCode: 2, stdout: "", calls: [] });
    for (const word of words) expect(ran.stderr).toContain(word);
  });

  test("says so when the file cannot be read", async () => {
    const ran = await runLine(["batch", "/nowhere/tasks.jsonl"]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain("cannot read /nowhere/tasks.jsonl");
  });
});

describe("a batch of many tasks", () => {
  const lineOf = (id: string | number, prompt: string): string =>
    JSON.stringify({ id, task: "general", prompt, models: ["gpt-6-luna"] });
  const read = (path: string): { id: unknown; status: string }[] =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line) => (line.endsWith("}") ? [JSON.parse(line) as { id: unknown; status: string }] : []));

  test("loses nothing that was paid when it is killed, and goes on where it was", async () => {
    let hangs = true;
    const asked: string[] = [];
    const faultFor = ({ user }: { readonly user: string }) => {
      const prompt = /(?:first|second|third) question/.exec(user)?.[0] ?? "";
      asked.push(prompt);
      return hangs && prompt === "second question" ? ({ kind: "hang" } as const) : null;
    };
    const sandbox = await startSandbox({ answers: () => "Signals tell trains when to go.", faultFor });
    onTestFinished(() => sandbox.close());
    const folder = mkdtempSync(join(tmpdir(), "signalbox-resume-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const tasks = join(folder, "tasks.jsonl");
    const results = join(folder, "results.jsonl");
    writeFileSync(
      tasks,
      [lineOf("a", "first question"), lineOf(2, "second question"), lineOf("c", "third question")].join("\n"),
    );
    const argv = ["batch", tasks, "--resume", results, "--parallelism", "1"];
    const killed = launch(argv, folder, sandbox.env);
    await expect.poll(() => asked).toEqual(["first question", "second question"]);
    killed.child.kill("SIGKILL");
    expect((await killed.ended).exitCode).toBe(null);
    expect(read(results)).toMatchObject([{ id: "a", line: 1, status: "accepted" }]);
    // Half a line, as a full disk leaves it.
    appendFileSync(results, '{"id": 2, "sta');

    hangs = false;
    const again = launch(argv, folder, sandbox.env);
    again.child.stdin?.end();
    const { exitCode, stdout, stderr } = await again.ended;
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toBe("");
    expect(stderr).toContain("1 task is answered already");
    expect(stderr).toContain("a broken line of the results is passed over");
    expect(read(results).map(({ id }) => id)).toEqual(["a", 2, "c"]);
    expect(asked.filter((prompt) => prompt === "first question")).toHaveLength(1);

    const calls = asked.length;
    const third = launch(argv, folder, sandbox.env);
    third.child.stdin?.end();
    expect(await third.ended).toMatchObject({ exitCode: 0, stdout: "" });
    expect(asked).toHaveLength(calls);
  });

  test("prints a line while other tasks still run", async () => {
    const faultFor = ({ user }: { readonly user: string }) =>
      user.includes("second question") ? ({ kind: "hang" } as const) : null;
    const sandbox = await startSandbox({ answers: () => "Signals tell trains when to go.", faultFor });
    onTestFinished(() => sandbox.close());
    const folder = mkdtempSync(join(tmpdir(), "signalbox-stream-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { child, ended } = launch(["batch"], folder, sandbox.env);
    child.stdin?.end([lineOf("slow", "second question"), lineOf("quick", "first question")].join("\n"));
    const line = await new Promise<Buffer>((resolve) => void child.stdout?.once("data", resolve));
    expect(JSON.parse(String(line))).toMatchObject({ id: "quick", line: 2, status: "accepted" });
    child.kill("SIGINT");
    expect((await ended).exitCode).toBe(130);
  });

  test("ends with 3 when an answer is not what --require names, and refuses an id that is there twice", async () => {
    const verdict = {
      status: "unchecked" as const,
      basis: null,
      summary: "",
      score: null,
      failed_checks: [],
    };
    const value = output(0).value;
    const unchecked = {
      ok: true as const,
      value: { ...value, results: value.results.map((each) => ({ ...each, verdict })) },
    };
    const stdin = lineOf("a", "one");
    expect((await runLine(["batch"], { batch: unchecked, stdin })).exitCode).toBe(0);
    expect((await runLine(["batch", "--require", "verified"], { batch: unchecked, stdin })).exitCode).toBe(3);
    const twice = await runLine(["batch"], { stdin: `${stdin}\n${stdin}\n` });
    expect(twice).toMatchObject({ exitCode: 2, calls: [] });
    expect(twice.stderr).toContain("line 2: its id is that of line 1");
  });
});

describe("signalbox serve", () => {
  test.each([
    [
      ["serve", "--read-only"],
      ["estimate_cost", "get_receipt", "list_models", "spend_report"],
    ],
    [["--read-only"], ["estimate_cost", "get_receipt", "list_models", "spend_report"]],
    [
      ["--tools", "spend_report,route_task"],
      ["route_task", "spend_report"],
    ],
    [["--tools=route_task"], ["route_task"]],
    [["serve", "--tools", "route_task, list_models", "--read-only"], ["list_models"]],
  ])("%j offers %j", async (argv, names) => {
    const ran = await runLine(argv);
    expect(ran).toMatchObject({
      exitCode: 0,
      stdout: "",
      calls: [{ method: "serve", input: { over: "stdio", tools: names } }],
    });
  });

  test("an unknown tool is wrong usage, with the one that was near", async () => {
    const ran = await runLine(["--tools", "rote_task"]);
    expect(ran).toMatchObject({ exitCode: 2, calls: [] });
    expect(ran.stderr).toContain('unknown tool "rote_task"; did you mean "route_task"?');
  });
});
