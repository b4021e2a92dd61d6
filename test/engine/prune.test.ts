import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createService } from "../../src/app.ts";
import { parseConfig } from "../../src/config/parse.ts";
import type { Service } from "../../src/core/service.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 10, 18, 12);
const SIGNAL = new AbortController().signal;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** The product on a ledger of its own, on a day that the test chooses; the time of day is the real one. */
function dated(): { readonly service: Service; day: number } {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-prune-"));
  const parsed = parseConfig(JSON.stringify({ budgets: { month_usd: 5 } }), sandbox.env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const beganMs = performance.now();
  const clock = {
    nowMs: () => START_MS + made.day * DAY_MS + Math.round(performance.now() - beganMs),
    monotonicMs: () => performance.now(),
    sleep: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal.aborted) return resolve();
        const timer = setTimeout(resolve, ms);
        signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
      }),
  };
  const made = { service: createService(parsed.config, join(folder, "ledger.sqlite"), { clock }), day: 0 };
  onTestFinished(async () => {
    await made.service.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return made;
}

async function routeId(service: Service): Promise<string> {
  const outcome = await service.route({ task: "general", prompt: "Say something short." }, { signal: SIGNAL });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value.route_id;
}

describe("a pruned route", () => {
  it("is reported as pruned by every read; an id that never existed is not", async () => {
    const world = dated();
    const { service } = world;
    const old = await routeId(service);
    world.day = 2;
    const young = await routeId(service);
    // The promises are held against requests that are still kept; the sums stay.
    const spend = async (): Promise<unknown> => {
      const outcome = await service.spendReport({ group_by: "model" });
      if (!outcome.ok) throw new Error(outcome.error.message);
      const { totals, rows } = outcome.value;
      return { totals, rows };
    };
    const reports = async (): Promise<unknown> => [await spend(), await service.metrics(null), await service.budget()];
    const before = await reports();
    const events: string[] = [];
    service.onChange(() => events.push("changed"));
    expect(await service.pruneLedger({ before: "2026-11-20", vacuum: false }, SIGNAL)).toMatchObject({
      ok: true,
      value: { requests: 1, attempts: 1, kept: 0, bytes_free: 0, complete: true },
    });
    expect(events).toEqual(["changed"]);
    expect(await reports()).toEqual(before);
    expect(await service.receipt(young)).toMatchObject({ ok: true });
    const pruned = `The route "${old}" of 2026-11-18 is not in the ledger any more: what ended before 2026-11-20 was pruned, its cost is still in every sum`;
    expect(await service.receipt(old)).toMatchObject({ ok: false, error: { code: "not_found", message: pruned } });
    expect(await service.reportOutcome({ route_id: old, success: true })).toMatchObject({
      ok: false,
      error: { code: "invalid_request", message: pruned },
    });
    for (const never of ["r-none", `r${(START_MS + 5 * DAY_MS).toString(36)}${"0".repeat(12)}`]) {
      expect(await service.receipt(never)).toMatchObject({ error: { message: `Unknown route_id "${never}"` } });
      expect(await service.reportOutcome({ route_id: never, success: true })).toMatchObject({
        error: {
          code: "invalid_request",
          message: `Unknown route_id "${never}": use the route_id that route_task returned.`,
        },
      });
    }
  });

  it("is only made of days that are over, written as days, in a ledger that is there", async () => {
    const { service } = dated();
    const prune = async (before: string): Promise<unknown> => service.pruneLedger({ before, vacuum: false }, SIGNAL);
    for (const before of ["2026-11-19", "2999-01-01"]) {
      expect(await prune(before)).toMatchObject({
        ok: false,
        error: {
          code: "invalid_request",
          message: `${before} lies in the future; the last day that can be named is today, 2026-11-18 (UTC).`,
        },
      });
    }
    for (const before of ["", "yesterday", "2026-02-30", "2026-1-1"])
      expect(await prune(before)).toMatchObject({ ok: false, error: { code: "invalid_request" } });
    expect(await prune("2026-11-18")).toMatchObject({
      ok: false,
      error: {
        code: "ledger_unavailable",
        message: expect.stringMatching(/^There is no ledger at .*nothing to prune/),
      },
    });
  });
});
