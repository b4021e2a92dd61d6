import { migrateLedger } from "../../src/ledger/migrate-ledger.ts";
import { moveLedger } from "../../src/ledger/move/move.ts";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createService } from "../../src/app.ts";
import { runCommandLine } from "../../src/cli/program.ts";
import { parseConfig } from "../../src/config/parse.ts";
import type { Service } from "../../src/core/service.ts";
import { MIGRATIONS } from "../../src/ledger/sqlite/migrations/index.ts";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { connectInMemory } from "../support/clients.ts";
import { virtualClock } from "../support/virtual-clock.ts";
import { requestEnd, requestRecord, reserveInput, routeOnce, type TestLedger } from "./records.ts";
import { filesBeside, ledgerAt, rawDatabase, tempPath } from "./support.ts";

const REFUSED = new RegExp(
  `written by a newer Signalbox \\(its schema is 99, this one knows ${MIGRATIONS.length}\\); update Signalbox, or set SIGNALBOX_DB to another file. Nothing was changed.`,
);

/** A ledger of a Signalbox that is newer, closed in peace. */
async function newerLedger(): Promise<string> {
  const path = tempPath();
  const ledger = ledgerAt(path);
  await routeOnce(ledger, "r1");
  ledger.close();
  const later = rawDatabase(path);
  later.pragma("user_version = 99");
  later.close();
  expect([...filesBeside(path).keys()]).toEqual([path]);
  return path;
}

/** The same, whose process was killed: what it wrote last is in the files beside it. */
async function crashedNewerLedger(): Promise<string> {
  const path = await newerLedger();
  const script = new URL("workers/leave-wal.ts", import.meta.url).pathname;
  expect(spawnSync(process.execPath, [script, path]).signal).toBe("SIGKILL");
  // What the dead process shared in memory is not part of what it left on the disk.
  rmSync(`${path}-shm`);
  expect(filesBeside(path).get(`${path}-wal`)?.length).toBeGreaterThan(1000);
  return path;
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

function serviceAt(path: string): Service {
  const parsed = parseConfig(null, sandbox.env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const service = createService(parsed.config, path);
  onTestFinished(() => service.close());
  return service;
}

const QUESTIONS: readonly (readonly [string, (ledger: TestLedger) => Promise<unknown>])[] = [
  ["a reservation", (ledger) => ledger.reserve(reserveInput("r2", "a2"))],
  ["the end of a request", (ledger) => ledger.finish(requestRecord("r2"), requestEnd("r2", null))],
  ["an outcome", (ledger) => ledger.recordOutcome("r1", true, null, 0)],
  ["a report", (ledger) => ledger.spend({ since: null, until: null, groupBy: "day" })],
  ["metrics", (ledger) => ledger.metrics(null)],
  ["a plan", (ledger) => ledger.recent([], 0)],
  ["a receipt", (ledger) => ledger.route("r1")],
  ["a look at its health", (ledger) => ledger.health(true)],
  [
    "pruning",
    (ledger) => ledger.prune({ before: "2026-11-20", nowMs: 0, vacuum: true, signal: new AbortController().signal }),
  ],
];

describe.each([
  ["that was closed", newerLedger],
  ["whose process was killed", crashedNewerLedger],
])("the ledger of a newer Signalbox %s", (_, make) => {
  it("is refused whatever is asked of it, and not a byte changes on the disk", async () => {
    const path = await make();
    const before = filesBeside(path);
    for (const [what, ask] of QUESTIONS) {
      const ledger = ledgerAt(path);
      await expect(ask(ledger), what).rejects.toMatchObject({
        kind: "ledger_unavailable",
        message: expect.stringMatching(REFUSED),
      });
      ledger.close();
      expect(filesBeside(path), what).toEqual(before);
    }
  });

  it("is refused by commands with exit code 1; doctor calls it a problem", async () => {
    const path = await make();
    const before = filesBeside(path);
    for (const line of [["spend"], ["ledger", "prune", "--before", "2026-11-20"], ["doctor"]]) {
      const [out, err] = [new PassThrough(), new PassThrough()];
      const opened = { ok: true, service: serviceAt(path) } as const;
      const world = {
        out,
        err,
        in: Object.assign(new PassThrough(), { isTTY: true }),
        signal: new AbortController().signal,
        nodeVersion: "24.0.0",
        nowMs: () => 0,
        self: { command: "false", args: [] },
        machine: { platform: "linux", home: "/nowhere", env: {} },
        config: {
          path: null,
          report: async () => ({ ok: true, warnings: [], effective: {} }) as const,
          schema: async () => "",
        },
        variablesRead: async () => [],
        open: async () => opened,
        openSound: async () => opened,
        serve: async () => 0 as const,
        moveLedger,
        migrateLedger,
      } as const;
      expect(await runCommandLine(line, world, "0.0.0-test"), line.join(" ")).toBe(1);
      const output = `${String(out.read() ?? "")}${String(err.read() ?? "")}`.replace(/\s+/g, " ");
      expect(output, line.join(" ")).toMatch(REFUSED);
    }
    expect(filesBeside(path)).toEqual(before);
  });

  it("is refused by the tools that need it, while no model is called and nothing is spent", async () => {
    const path = await make();
    const before = filesBeside(path);
    const service = serviceAt(path);
    const client = await connectInMemory("v2-modern", (serverEnd) => {
      void serveStdioServer(
        service,
        { version: "1.2.3", clock: virtualClock(Date.UTC(2026, 10, 20)), onError: () => {} },
        serverEnd,
      );
    });
    onTestFinished(() => client.close());
    for (const [tool, args] of [
      ["route_task", { task: "general", prompt: "Say something short." }],
      ["spend_report", {}],
      ["report_outcome", { route_id: "r1", success: true }],
    ] as const) {
      const result = await client.callTool(tool, args);
      expect(result.isError, tool).toBe(true);
      expect(JSON.stringify(result.structured), tool).toMatch(REFUSED);
    }
    const estimate = await client.callTool("estimate_cost", { task: "general", prompt: "Say something short." });
    expect(JSON.stringify(estimate.structured["notes"])).toMatch(REFUSED);
    expect(sandbox.calls).toEqual([]);
    expect(filesBeside(path)).toEqual(before);
  });
});
