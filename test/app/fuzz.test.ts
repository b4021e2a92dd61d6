import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/app.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { HERE } from "../cases/request.ts";
import { CLIENT_KINDS, connectInMemory, type TestClient } from "../support/clients.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";

/** Whatever an agent sends as arguments of a tool: a result, or an error with a code; and the server lives on. */
const SECRET = "sk-secret-0123456789abcdef";
const CODES: readonly string[] =
  "unknown_task invalid_request no_candidate budget_exceeded deadline_exceeded all_failed below_quality cancelled not_found ledger_unavailable".split(
    " ",
  );
const TOOLS = [
  "route_task",
  "route_batch",
  "estimate_cost",
  "get_receipt",
  "list_models",
  "report_outcome",
  "spend_report",
] as const;
const RUNS = { numRuns: 120, interruptAfterTimeLimit: 8_000 };

/** Arguments that each tool takes, with values that are good, bad or strange. */
const GOOD = {
  task: ["planning", "general", "auto", "unknown"],
  prompt: ["Say something short.", "", "x".repeat(20_000), "Plan it. \u0000 \ud83d"],
  context: [
    "some text",
    { system: "Be brief.", files: [{ path: "a.ts", content: "let a" }] },
    { tests: [{ matches: "(a+)+$" }] },
  ],
  budget_usd: [0, 0.01, 1, 1e9, -1],
  deadline_ms: [1, 300, 2000, 0.5, 1e12],
  min_quality: [0, 0.5, 1, 2],
  models: [["gpt-6-luna"], ["claude-opus-5-5", "gpt-6-luna"], [], ["gpt-6-luna", "gpt-6-luna"], ["unknown"]],
  optimize: ["quality", "cost", "latency", "speed"],
  max_output_tokens: [1, 100, 0, 1e9],
  response_schema: [
    { type: "object" },
    { $ref: "#" },
    { type: "nonsense" },
    { pattern: "(a+)+$" },
    { allOf: [{ $ref: "#/allOf/0" }] },
  ],
  on_below_quality: ["error", "return_best"],
  repair: [true, false],
  tasks: [
    [{ task: "general", prompt: "Say something short.", models: ["gpt-6-luna"], max_output_tokens: 100 }],
    [
      { task: "planning", prompt: "Plan it.", models: ["gpt-6-luna"] },
      { task: "unknown", prompt: "" },
      { task: "auto", prompt: "\ud83d", context: { tests: [{ matches: "(a+)+$" }] }, models: ["gpt-6-luna"] },
    ],
    Array.from({ length: 101 }, () => ({ task: "general", prompt: "x" })),
    [{ task: "general", prompt: "x", budget_usd: 1 }],
    [],
  ],
  parallelism: [1, 16, 17, 0, 1.5],
  provider: ["openai", "unknown"],
  available_only: [true],
  route_id: ["unknown", "../../etc/passwd", "' OR 1=1 --"],
  part: ["summary", "checks", "attempts", "plan", "answer", "all"],
  page: [1, 0, 2.5, 1e9],
  success: [true, false],
  note: ["good", "x".repeat(10_000)],
  since: ["2026-11-01", "2026-02-30", "yesterday"],
  until: ["2026-11-23", "9999-99-99"],
  group_by: ["day", "model", "colour"],
} as const;
const TOOL_KEYS = {
  route_task: [
    "task",
    "prompt",
    "context",
    "budget_usd",
    "deadline_ms",
    "min_quality",
    "models",
    "optimize",
    "max_output_tokens",
    "response_schema",
    "on_below_quality",
    "repair",
  ],
  route_batch: ["tasks", "budget_usd", "deadline_ms", "parallelism"],
  estimate_cost: [
    "task",
    "prompt",
    "context",
    "budget_usd",
    "deadline_ms",
    "min_quality",
    "models",
    "optimize",
    "max_output_tokens",
    "response_schema",
  ],
  get_receipt: ["route_id", "part", "page"],
  list_models: ["task", "provider", "available_only"],
  report_outcome: ["route_id", "success", "note"],
  spend_report: ["since", "until", "group_by"],
} as const satisfies Record<(typeof TOOLS)[number], readonly (keyof typeof GOOD)[]>;

const AWKWARD = ["__proto__", "constructor", "toString", "", " ", "prompt\n", "\ud800", "promt"];
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, 0, -0, 1e308, 2 ** 53, "", " ", "\ud800", "\u0000", "__proto__"),
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...AWKWARD, ...Object.keys(GOOD)), fc.string()), tie("tree"), {
      maxKeys: 5,
    }),
  ),
}));
const deep = fc.integer({ min: 50, max: 2000 }).map((levels) => {
  let value: unknown = "core";
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
});

/** Mostly the tool's own arguments with mostly good values, so that many calls get far; then something else on top. */
function argumentsOf(tool: (typeof TOOLS)[number]): fc.Arbitrary<unknown> {
  const keys = TOOL_KEYS[tool];
  const values = keys.map((key): [string, fc.Arbitrary<unknown>] => [
    key,
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom<unknown>(...GOOD[key]) }, { weight: 1, arbitrary: tree }),
  ]);
  const own = fc.record(Object.fromEntries(values), { requiredKeys: keys.slice(0, 2) });
  const more = fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    fc.dictionary(fc.constantFrom(...AWKWARD), tree, { maxKeys: 2 }),
  );
  const strange = fc.record({ [keys[0]]: fc.oneof(tree, deep) });
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(own, more).map(([one, other]) => ({ ...one, ...other })) },
    { weight: 1, arbitrary: strange },
    { weight: 1, arbitrary: tree },
  );
}

let sandbox: Sandbox;
let app: SandboxService;
beforeAll(async () => {
  sandbox = await startSandbox();
  const env = Object.fromEntries(
    Object.entries(sandbox.env).map(([name, value]) => [name, name.endsWith("_API_KEY") ? SECRET : value]),
  );
  app = await sandboxService({ env }, {}, { verifier: HERE });
});
afterAll(async () => {
  await app.close();
  await sandbox.close();
});

function expectClean(text: string): void {
  expect(text).not.toContain(SECRET);
  expect(text).not.toMatch(/\n\s+at |node_modules|file:\/\/|\/src\//);
}

/** How often each end came. */
const ends = { answered: 0, failed: 0, refused: 0 };

/** What the client sees is a result, an error with a code, or an error of the protocol. */
async function expectGoodEnd(client: TestClient, tool: string, args: unknown): Promise<void> {
  let result: Awaited<ReturnType<TestClient["callTool"]>>;
  try {
    result = await client.callTool(tool, args as Record<string, unknown>, { timeoutMs: 60_000 });
  } catch (error) {
    ends.refused += 1;
    expect(error).toBeInstanceOf(Error);
    const { code, message } = error as Error & { code?: unknown };
    expect(["number", "string"]).toContain(typeof code);
    expect(String(code)).not.toMatch(/timeout/i);
    expectClean(message);
    return;
  }
  ends[result.isError ? "failed" : "answered"] += 1;
  if (!result.isError) {
    expect(Object.keys(result.structured)).not.toEqual([]);
    return;
  }
  const { error } = result.structured as { error?: { code?: string; message?: string } };
  expect(CODES).toContain(error?.code);
  expect(error?.message).toBeTruthy();
  expectClean(JSON.stringify(result));
}

describe.each(CLIENT_KINDS)("arguments of a %s client", (kind) => {
  let client: TestClient;
  const errors: unknown[] = [];
  beforeAll(async () => {
    client = await connectInMemory(kind, (serverEnd) => {
      const send = serverEnd.send.bind(serverEnd);
      // As on a real line: only JSON gets through.
      serverEnd.send = (message, options) => send(JSON.parse(JSON.stringify(message)), options);
      void serveStdioServer(
        app.service,
        { version: "0.0.0", clock: systemClock, onError: (error) => errors.push(error) },
        serverEnd,
      );
    });
  });
  afterAll(() => client.close());

  it.each(TOOLS)("of %s may be anything", async (tool) => {
    await fc.assert(
      fc.asyncProperty(argumentsOf(tool), (args) =>
        expectGoodEnd(client, tool, args === undefined ? args : (JSON.parse(JSON.stringify(args)) as unknown)),
      ),
      RUNS,
    );
  });

  it("may be anything for a tool of any name", async () => {
    const name = fc.oneof(fc.constantFrom("", "__proto__", "constructor", "route_tasks", "toString"), fc.string());
    await fc.assert(
      fc.asyncProperty(name, tree, (tool, args) => expectGoodEnd(client, tool, args)),
      { ...RUNS, numRuns: 60 },
    );
  });

  it("leave a server that answers as before, and no defect in its log", async () => {
    const result = await client.callTool("route_task", { task: "general", prompt: "Say something short." });
    expect(result.isError).toBe(false);
    expect(await client.listTools()).toHaveLength(TOOLS.length);
    // What always fails at the door would show little.
    for (const count of Object.values(ends)) expect(count).toBeGreaterThan(10);
    expect(errors.map(String).filter((error) => /TypeError|RangeError|SyntaxError|ReferenceError/.test(error))).toEqual(
      [],
    );
  });
});
