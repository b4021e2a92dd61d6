import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routed, runLine } from "./support/world.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-test-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

describe("route", () => {
  it("prints the bare answer on stdout and the receipt on stderr", async () => {
    const ran = await runLine(["route", "--task", "planning", "--prompt", "plan it"], {
      route: { ok: true, value: routed() },
    });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toBe("the answer\n");
    expect(ran.stderr).toContain("1 claude-opus-5-5");
    expect(ran.stderr).toMatch(/rejected +0\.30 +\$0\.0100/);
    expect(ran.stderr).toContain("verified by gpt-6.2-sol (tests, score 0.96): six steps; 2 of 2 of your criteria met");
    expect(ran.stderr).toContain("cost $0.0123; claude-opus-5-5 alone $0.0200, saved $0.007700");
    expect(ran.stderr).toContain("signalbox://routes/r1");
  });

  it("writes to a file with --output, and ends with 3 when nothing was written", async () => {
    const value = { ...routed(), output: { written: [], error: "a.ts exists" } };
    const ran = await runLine(
      ["route", "--prompt", "do", "--output", "a.ts", "--overwrite", "--patch", "--continue-from", "r0"],
      {
        route: { ok: true, value },
      },
    );
    expect(ran.calls).toMatchObject([
      { input: { output: { path: "a.ts", overwrite: true, patch: true }, continue_from: "r0" } },
    ]);
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toContain("nothing was written: a.ts exists");
    expect((await runLine(["route", "--prompt", "do", "--patch"], {})).exitCode).toBe(2);
  });

  it("hands every flag to the service in the contract's spelling", async () => {
    const schema = await fileWith("schema.json", '{"type": "object"}');
    const contextA = await fileWith("a.sol", "contract A {}");
    const contextB = await fileWith("b.sol", "contract B {}");
    const ran = await runLine(
      ["route", "--task", "auto", "--prompt", "do", "--budget", "0.05", "--deadline", "5000", "--model", "m1,m2"]
        .concat([
          "--optimize",
          "cost",
          "--patience",
          "flex",
          "--min-quality",
          "0.5",
          "--max-output-tokens",
          "900",
          "--schema",
          schema,
        ])
        .concat(["--context", contextA, contextB, "--on-below-quality", "error", "--on-unchecked", "tests", "next"]),
      { route: { ok: true, value: routed() } },
    );
    expect(ran.calls).toEqual([
      {
        method: "route",
        input: {
          task: "auto",
          prompt: "do",
          budget_usd: 0.05,
          deadline_ms: 5000,
          models: ["m1", "m2"],
          optimize: "cost",
          patience: "flex",
          min_quality: 0.5,
          max_output_tokens: 900,
          response_schema: { type: "object" },
          context: {
            files: [
              { path: contextA, content: "contract A {}" },
              { path: contextB, content: "contract B {}" },
            ],
          },
          on_below_quality: "error",
          on_unchecked: ["tests", "next"],
        },
      },
    ]);
  });

  it("passes a budget of 0 on: it means free models only", async () => {
    const ran = await runLine(["route", "-t", "general", "-p", "hi", "--budget", "0"], {
      route: { ok: true, value: routed() },
    });
    expect(ran.calls[0]?.input).toMatchObject({ budget_usd: 0 });
  });

  it.each([
    ["stdin when it is piped", [], "from stdin"],
    ["stdin when the file is -", ["--file", "-"], "from stdin"],
  ])("reads the prompt from %s", async (_name, flags, prompt) => {
    const ran = await runLine(["route", "-t", "general", ...flags], {
      stdin: "from stdin",
      route: { ok: true, value: routed() },
    });
    expect(ran.calls[0]?.input).toMatchObject({ prompt });
  });

  it("reads the prompt from a file", async () => {
    const path = await fileWith("prompt.md", "from a file, with é");
    const ran = await runLine(["route", "-t", "general", "--file", path], { route: { ok: true, value: routed() } });
    expect(ran.calls[0]?.input).toMatchObject({ prompt: "from a file, with é" });
  });

  it("prints the contract's JSON with --json, for failures too", async () => {
    const value = routed();
    const good = await runLine(["route", "-t", "planning", "-p", "x", "--json"], { route: { ok: true, value } });
    expect(JSON.parse(good.stdout)).toEqual(value);
    expect(good.stderr).toBe("");

    const error = { code: "budget_exceeded", message: "needs $0.01", attempts: [], cost_usd: 0 };
    const bad = await runLine(["route", "-t", "planning", "-p", "x", "--json"], { route: { ok: false, error } });
    expect(bad.exitCode).toBe(1);
    expect(JSON.parse(bad.stdout)).toEqual({ error });
  });

  it("says what failed and with which attempts, and exits with 1", async () => {
    const attempts = [
      {
        role: "answer",
        model: "glm-5.2",
        provider: "together",
        outcome: "failed",
        error_kind: "timeout",
        cost_usd: 0.001,
        latency_ms: 800,
      },
    ] as const;
    const error = { code: "all_failed", message: "Every candidate failed.", attempts, cost_usd: 0.001 };
    const ran = await runLine(["route", "-t", "planning", "-p", "x"], { route: { ok: false, error } });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toBe("");
    expect(ran.stderr).toContain("all_failed: Every candidate failed.");
    expect(ran.stderr).toMatch(/glm-5\.2 +together +failed: timeout/);
  });

  it("warns of an answer below the quality asked for, with the check that failed", async () => {
    const value = routed({
      status: "below_quality",
      verdict: {
        status: "failed",
        basis: null,
        summary: "a circle",
        score: null,
        checks: [{ name: "plan", passed: false, detail: "a circle" }],
      },
      baseline: { model: "claude-opus-5-5", cost_usd: 0.01, saved_usd: -0.0023 },
    });
    const ran = await runLine(["route", "-t", "planning", "-p", "x"], { route: { ok: true, value } });
    expect(ran.stderr).toContain("below the quality asked for by gpt-6.2-sol");
    expect(ran.stderr).toContain("check plan failed: a circle");
    expect(ran.stderr).toContain("$0.002300 more");
  });

  it("gives the service the signal of the process", async () => {
    const interrupted = new AbortController();
    const ran = await runLine(["route", "-t", "planning", "-p", "x"], {
      signal: interrupted.signal,
      route: async (_input, { signal }) => {
        interrupted.abort();
        return {
          ok: false,
          error: { code: signal.aborted ? "cancelled" : "all_failed", message: "", attempts: [], cost_usd: 0 },
        };
      },
    });
    expect(ran.stderr).toContain("cancelled");
    expect(ran.exitCode).toBe(130);
  });
});

describe("a request as people write it", () => {
  it.each([
    [["route", "Plan", "a", "move"], { prompt: "Plan a move", task: "auto" }],
    [["route", "hello", "--budget", "$0.05", "--deadline", "30s"], { budget_usd: 0.05, deadline_ms: 30_000 }],
    [["route", "hello", "--budget", "5c", "--deadline", "1.5m"], { budget_usd: 0.05, deadline_ms: 90_000 }],
    [["route", "hello", "--model", "m1,m2", "--model", "m3"], { models: ["m1", "m2", "m3"] }],
  ])("%j", async (argv, input) => {
    const ran = await runLine(argv, { route: { ok: true, value: routed() } });
    expect(ran.calls[0]?.input).toMatchObject(input);
  });

  const failed = { ...routed().verdict, status: "failed" as const };
  const unchecked = { ...routed().verdict, status: "unchecked" as const, basis: null, score: null };
  it.each([
    ["a failed verdict", routed({ verdict: failed, status: "below_quality" }), [], 3],
    ["a failed verdict, as JSON", routed({ verdict: failed, status: "below_quality" }), ["--json"], 3],
    ["an unchecked answer", routed({ verdict: unchecked }), [], 0],
    [
      "an unchecked answer where a verified one is required",
      routed({ verdict: unchecked }),
      ["--require", "verified"],
      3,
    ],
    ["a verified answer where one is required", routed(), ["--require", "verified"], 0],
    [
      "an answer below the quality where an accepted one is required",
      routed({ status: "below_quality" }),
      ["--require", "accepted"],
      3,
    ],
  ] as const)("ends by what it came to: %s", async (_name, value, flags, exitCode) => {
    const ran = await runLine(["route", "hello", ...flags], { route: { ok: true, value } });
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.stdout).toContain("the answer");
  });
});

describe("wrong usage exits with 2 and calls no model", () => {
  it.each([
    ["a prompt twice", ["route", "do", "this", "-p", "x"], "exclude each other"],
    ["no prompt on a terminal", ["route", "-t", "general"], "there is no prompt"],
    ["two prompts", ["route", "-t", "general", "-p", "x", "-f", "y"], "exclude each other"],
    ["a budget that is no number", ["route", "-t", "general", "-p", "x", "--budget", "5 cents"], "such as $0.05"],
    ["a deadline in hexadecimal", ["route", "-t", "general", "-p", "x", "--deadline", "0x10"], "such as 30s"],
    ["an unknown preference", ["route", "-t", "general", "-p", "x", "--optimize", "fame"], "quality, cost, latency"],
    ["an unknown step", ["route", "-t", "general", "-p", "x", "--on-unchecked", "pray"], "judge, agree, tests"],
    ["a file that is not there", ["route", "-t", "general", "-f", "/nowhere/at/all"], "cannot read /nowhere/at/all"],
    ["an unknown option", ["route", "-t", "general", "-p", "x", "--budgett", "1"], "--budget"],
    ["words too many", ["models", "everything"], "too many arguments"],
    ["an unknown command", ["rout"], "route"],
  ])("%s", async (_name, argv, message) => {
    const ran = await runLine(argv);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(ran.stdout).toBe("");
    expect(ran.calls).toEqual([]);
  });

  it("a prompt that is not text", async () => {
    const path = await fileWith("image.png", Uint8Array.from([0x89, 0x50, 0xff, 0xfe]));
    const ran = await runLine(["route", "-t", "general", "-f", path]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain("is not UTF-8 text");
  });

  it.each([
    ["is not JSON", "{"],
    ["must hold a JSON object", "[1]"],
  ])("a schema that %s", async (message, content) => {
    const path = await fileWith("broken.json", content);
    const ran = await runLine(["route", "-t", "general", "-p", "x", "--schema", path]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(message);
  });

  it("an input that the service refuses", async () => {
    const error = { code: "unknown_task", message: 'Unknown task "plan".', attempts: [], cost_usd: 0 };
    const ran = await runLine(["route", "-t", "plan", "-p", "x"], { route: { ok: false, error } });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain("unknown_task");
  });

  it("a config with problems: all of them are reported", async () => {
    const ran = await runLine(["models"], {
      configProblems: ["budgets.day_usd is a text; expected a number", "x is y; expected z"],
    });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain("config: budgets.day_usd is a text; expected a number");
    expect(ran.stderr).toContain("config: x is y; expected z");
  });
});
