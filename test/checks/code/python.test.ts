import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, it, vi } from "vitest";
import { compilePython, runPython, type PythonResult } from "../../../src/checks/code/python/run-python.ts";

const NEVER = new AbortController().signal;
const OK: PythonResult = { kind: "ok" };
const run = (code: string, snippets: readonly string[], timeoutMs = 10_000) =>
  runPython({ code, snippets, timeoutMs }, NEVER);
const kinds = (results: readonly PythonResult[]): string[] => results.map((result) => result.kind);

describe("running Python", () => {
  it("loads the code and judges each snippet alone, in one namespace", async () => {
    const { loaded, results } = await run("seen = []\ndef f(x):\n    seen.append(x)\n    return x + 1", [
      "assert f(1) == 2",
      "assert f(1) == 3, 'not three'",
      "result = f(2) / 0",
      "assert seen == [1, 1, 2]\nassert 'result' not in globals()",
    ]);
    expect(loaded).toEqual(OK);
    expect(results).toEqual([
      OK,
      {
        kind: "raised",
        error: "AssertionError",
        message: "not three",
        traceback: expect.stringContaining("snippet 2, line 1"),
      },
      { kind: "raised", error: "ZeroDivisionError", message: "division by zero", traceback: expect.any(String) },
      OK,
    ]);
  });

  it("tells where in the code an error came from", async () => {
    const { results } = await run("def f(x):\n    return g(x)\n\ndef g(x):\n    return x[0]", ["f(1)"]);
    expect(results).toEqual([
      {
        kind: "raised",
        error: "TypeError",
        message: "'int' object is not subscriptable",
        traceback: [
          "snippet 1, line 1, in <module>: f(1)",
          "answer.py, line 2, in f: return g(x)",
          "answer.py, line 5, in g: return x[0]",
        ].join("\n"),
      },
    ]);
  });

  it("runs no snippet when the code does not load", async () => {
    const { loaded, results } = await run("x = 1\nx.y", ["assert x == 1", "1"]);
    expect(loaded).toMatchObject({ kind: "raised", error: "AttributeError" });
    expect(results).toEqual([loaded, loaded]);
    expect((await run("x = (", ["1"])).loaded).toMatchObject({
      error: "SyntaxError",
      message: expect.stringContaining("line 1"),
    });
    expect((await run("x = 1\0", [])).loaded).toMatchObject({ error: "SyntaxError" });
    expect((await run("raise SystemExit(0)", [])).loaded).toMatchObject({ kind: "raised", error: "SystemExit" });
  });

  it("says when the sandbox had refused something before", async () => {
    const { results } = await run("import threading, subprocess", [
      "threading.Thread(target=print).start()",
      "subprocess.run(['ls'])",
      "import numpy",
      "input()",
      "open('x', 'w')",
      "assert False",
    ]);
    const refused = results.map((result) => (result.kind === "raised" ? result.refused : result.kind));
    expect(refused).toEqual([
      "threads",
      "processes",
      "a package that is not installed",
      "standard input",
      "writing files",
      undefined,
    ]);
  });

  it("is the same in each run", async () => {
    const snippet =
      "import random, uuid, os\nraise Exception(random.random(), uuid.uuid4(), os.urandom(4), {'a', 'b', 'c'}, hash('x'))";
    const [first, second] = await Promise.all([run("", [snippet]), run("", [snippet])]);
    expect(first).toEqual(second);
  });

  it("prints nothing", async () => {
    const spies = [vi.spyOn(process.stdout, "write"), vi.spyOn(process.stderr, "write"), vi.spyOn(console, "warn")];
    const code = String.raw`
import sys, warnings, os
print("out")
print("err", file=sys.stderr)
warnings.warn("careful")
pattern = "\d"
os.write(1, b"raw")
class D:
    def __del__(self): raise ValueError
D()`;
    expect((await run(code, ["print('x')", "help(print)"])).results).toEqual([OK, OK]);
    for (const spy of spies) expect(spy.mock.calls.flat().filter((text) => !String(text).includes("✓"))).toEqual([]);
    vi.restoreAllMocks();
  });
});

describe("limits on Python", () => {
  it("ends what runs too long, and goes on with the next snippet", async () => {
    const code =
      "import time\ndef f():\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass";
    const began = performance.now();
    const { loaded, results } = await run(code, ["assert True", "f()", "time.sleep(1000)", "assert True"], 1_500);
    expect(loaded).toEqual(OK);
    expect(kinds(results)).toEqual(["ok", "timeout", "timeout", "ok"]);
    expect(performance.now() - began).toBeLessThan(60_000);
    expect(await run("while True: pass", ["1"], 300)).toEqual({
      loaded: { kind: "timeout" },
      results: [{ kind: "timeout" }],
    });
    expect(kinds((await run("", ["9 ** 9 ** 9", "'a' * 10 in ('a' * 10 ** 7) * 20"], 1_000)).results)[0]).toBe(
      "timeout",
    );
  });

  it("ends what takes too much memory", async () => {
    const { results } = await run("", [
      "x = [0] * 10 ** 9",
      "x = []\nwhile True: x.append('x' * 10 ** 6)",
      "x = b''\nwhile True: x += bytes(10 ** 6)",
      "x = 'a' * 10 ** 8\ny = [x + str(i) for i in range(10)]",
      "x = bytearray(50 * 2 ** 20)",
    ]);
    expect(kinds(results)).toEqual(["memory", "memory", "memory", "memory", "ok"]);
  });

  it("ends what recurses too deeply", async () => {
    const { results } = await run("import sys\ndef f(x): return f(x + 1)", [
      "f(1)",
      "sys.setrecursionlimit(10 ** 9)\nf(1)",
      "x = []\nfor _ in range(10 ** 6): x = [x]\nrepr(x)",
      "eval('(' * 10 ** 5)",
      "eval('-' * 10 ** 5 + '1')",
      "def depth(n): return 0 if n == 0 else 1 + depth(n - 1)\nassert depth(900) == 900",
    ]);
    expect(kinds(results.slice(0, 5)).filter((kind) => kind === "ok" || kind === "timeout")).toEqual([]);
    expect(results[5]).toEqual(OK);
  });

  it("bears floods of output, threads, and large errors", async () => {
    const { results } = await run("", [
      "for _ in range(50): print('x' * 10 ** 6)",
      "import threading\nfor _ in range(100):\n    try: threading.Thread(target=print).start()\n    except RuntimeError: pass",
      "raise ValueError('x' * 10 ** 7)",
      "class E(Exception):\n    def __str__(self): raise self\nraise E",
    ]);
    expect(kinds(results)).toEqual(["ok", "ok", "raised", "raised"]);
    expect(JSON.stringify(results).length).toBeLessThan(10_000);
  });

  it("stops with the signal", async () => {
    const stop = new AbortController();
    const running = runPython({ code: "while True: pass", snippets: [], timeoutMs: 60_000 }, stop.signal);
    setTimeout(() => stop.abort(new Error("enough")), 500);
    await expect(running).rejects.toThrow("enough");
    await expect(compilePython("1", AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
  });

  it("works within a thread of the pool", async () => {
    const module = new URL("../../../src/checks/code/python/run-python.ts", import.meta.url).href;
    const code = `import { parentPort } from "node:worker_threads";
      import { runPython } from ${JSON.stringify(module)};
      const signal = new AbortController().signal;
      parentPort.postMessage(await runPython({ code: "x = 1", snippets: ["assert x == 1"], timeoutMs: 10000 }, signal));`;
    const outer = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
      env: {},
      execArgv: ["--no-warnings"],
    });
    expect((await once(outer, "message"))[0]).toEqual({ loaded: OK, results: [OK] });
    await outer.terminate();
  });
});

describe("compiling Python", () => {
  it.for([
    ["def f(:\n    pass", "SyntaxError: invalid syntax (answer.py, line 1)"],
    [
      "if True:\nx = 1",
      "IndentationError: expected an indented block after 'if' statement on line 1 (answer.py, line 2)",
    ],
    ["x = 1\nreturn x", "SyntaxError: 'return' outside function (answer.py, line 2)"],
    ["print 'x'", "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)? (answer.py, line 1)"],
    ["x = '\0'", "SyntaxError: source code string cannot contain null bytes"],
  ] as const)("tells what is wrong with %j", async ([code, problem]) => {
    expect(await compilePython(code, NEVER)).toEqual({ problem });
  });

  it.for([
    "",
    "# coding: latin-1\nx = 'é'",
    "\u{FEFF}x = 1",
    "import nothing\nwhile True: raise ValueError",
    "'\ud800'",
  ])("has nothing against %j, and does not run it", async (code) => {
    expect(await compilePython(code, NEVER)).toEqual({ problem: null });
  });
});
