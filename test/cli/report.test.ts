import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReportOut } from "../../src/core/contract-reports.ts";
import type { Endings } from "../../src/core/ledger-reader.ts";
import { reportOf } from "../../src/service/present/report.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";
import { runLine } from "./support/world.ts";

/** Requests of a real ledger: two answered by the first model, one by a fallback, one by nobody, one refused, one cancelled. */
let sandbox: Sandbox;
let app: SandboxService;
const NOW = Date.parse("2026-11-30T11:00:00Z");
beforeAll(async () => {
  sandbox = await startSandbox({ answers: () => "Signals tell trains when to go." });
  const clock = { ...(await import("../../src/app.ts")).systemClock, nowMs: () => NOW };
  app = await sandboxService(sandbox, { outcome_share: 0 }, { verifier: HERE, clock });
  const ask = async (models: string[], more: object = {}, signal = new AbortController().signal): Promise<void> => {
    await app.service.route({ task: "general", prompt: "What are signals for?", models, ...more }, { signal });
  };
  await ask(["gpt-6-luna"]);
  await ask(["gpt-6-luna"]);
  sandbox.setFault("gpt-6-luna", { kind: "server_error", times: 1 });
  await ask(["gpt-6-luna", "claude-haiku-5-5"]);
  sandbox.setFault("claude-haiku-5-5", { kind: "refusal" });
  await ask(["claude-haiku-5-5"]);
  await ask(["claude-haiku-5-5"], { budget_usd: 1e-9 });
  sandbox.setFault("claude-haiku-5-5", { kind: "hang" });
  await ask(["claude-haiku-5-5"], {}, AbortSignal.timeout(300));
});
afterAll(async () => {
  await app.close();
  await sandbox.close();
});
const run = (...line: string[]) => runLine(line, { service: app.service });

describe("report", () => {
  it("holds the five promises against the requests, refused and cancelled ones apart", async () => {
    const { stdout, exitCode } = await run("report", "--json");
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as ReportOut & { since: string };
    expect(report).toMatchObject({
      since: "2026-11-24",
      requests: 6,
      complete: true,
      right_model: {
        share: 0.5,
        mark: "missed",
        by_task: [
          { task: "general", model: "gpt-6-luna", asked_first: 3, answered: 2, share: 2 / 3 },
          { task: "general", model: "claude-haiku-5-5", asked_first: 1, answered: 0, share: 0 },
        ],
      },
      saved_requests: { in_need: 2, by_fallback: 1, by_repair: 0, share: 0.5 },
      cost: { target_share: 0.3, by: "modelled" },
      latency: { share: 1, mark: "open", target_ms: 30_000 },
      success: { succeeded: 3, failed: 1, refused: 1, cancelled: 1, share: 0.75, mark: "missed" },
    });
  });

  it("prints them with target and mark, within 80 columns", async () => {
    const { stdout } = await run("report", "--since", "week");
    expect(stdout).toContain("6 requests since 2026-11-24");
    expect(stdout).toMatch(/success +75\.0% +99\.5% +✗ missed +1 failed; apart: 1 refused,/);
    expect(stdout).toMatch(/saved requests +50\.0% +90\.0% .* 2 in need: 1 saved/);
    expect(stdout).toMatch(/latency +100\.0% +99\.0% +· open +within 30\.0 s; half /);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("knows nothing of other days", async () => {
    const { stdout } = await run("report", "--since", "2026-11-01", "--until", "2026-11-02", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      requests: 0,
      until: "2026-11-02",
      success: { share: null, mark: "open" },
    });
    expect((await run("report", "--since", "lately")).exitCode).toBe(2);
  });
});

describe("marks", () => {
  const of = (succeeded: number, failed: number): ReportOut["success"]["mark"] => {
    const group = {
      task: "general",
      errorCode: null,
      firstModel: "one",
      answer: "first",
      verified: true,
      reportedWrong: false,
    } as const;
    const endings: Endings = {
      groups: [
        { ...group, status: "accepted", requests: succeeded },
        { ...group, status: "failed", requests: failed },
      ],
      latencies: [],
      complete: true,
    };
    return reportOf(endings, { saved_share: 0.3, mark: "open", by: "modelled" }, null).success.mark;
  };

  it.each([
    [0, 0, "open"],
    [199, 0, "open"],
    [200, 0, "met"],
    [1990, 10, "met"],
    [1989, 11, "missed"],
    [9, 1, "missed"],
  ] as const)("%i right and %i failed of a target of 99.5%%: %s", (succeeded, failed, mark) => {
    expect(of(succeeded, failed)).toBe(mark);
  });
});
