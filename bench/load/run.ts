import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { forkSandbox, type SandboxPlan } from "../sandbox-process.ts";
import type { LoadPlan, LoadResult } from "./plan.ts";

export interface LoadReport extends LoadResult {
  /** What reached the vendors, and what they would bill. */
  readonly sandboxCalls: number;
  readonly billedNanoUsd: number;
}

const WORKER = fileURLToPath(new URL("../load-worker.ts", import.meta.url));
const MODELS = ["gpt-6-luna", "claude-haiku-5-5", "gemini-3.5-flash-lite", "llama-3.3-70b"];

/** One process with its requests, one with the vendors, this one only waits. `nodeFlags`: of the process under load. */
export async function runLoad(
  plan: Pick<LoadPlan, "inFlight" | "warmUpRequests" | "requests" | "durationMs">,
  vendors: SandboxPlan,
  nodeFlags: readonly string[] = [],
): Promise<LoadReport> {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-load-"));
  const sandbox = await forkSandbox(vendors);
  try {
    const full: LoadPlan = { ...plan, env: sandbox.env, dbPath: join(folder, "ledger.sqlite"), models: MODELS };
    const child = fork(WORKER, [JSON.stringify(full)], { execArgv: ["--expose-gc", ...nodeFlags] });
    const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`The process ended with ${code}`)));
    const [result] = (await Promise.race([once(child, "message"), ended])) as [LoadResult];
    await ended.catch(() => undefined);
    return {
      ...result,
      sandboxCalls: await sandbox.callCount(),
      billedNanoUsd: await sandbox.billedNanoUsd(),
    };
  } finally {
    sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Broken promises, of those that hold at any size and on any machine; empty: none. Only the bench judges time and memory. */
export function lostOrPiledUp(report: LoadReport): readonly string[] {
  const failed = Object.values(report.failedByCode).reduce((sum, count) => sum + count, 0);
  const promises: readonly (readonly [boolean, string])[] = [
    [report.thrown.length === 0, `${report.thrown.length} requests threw: ${report.thrown[0]}`],
    [report.answered + failed === report.requests, `${report.requests - report.answered - failed} requests are lost`],
    [
      report.attempts === report.sandboxCalls,
      `${report.attempts} attempts, but ${report.sandboxCalls} calls; failed: ${JSON.stringify(report.failedAttempts)}`,
    ],
    [
      report.costNanoUsd === report.billedNanoUsd,
      `reported ${report.costNanoUsd}, billed ${report.billedNanoUsd} nano-USD`,
    ],
    [
      report.ledgerNanoUsd === report.billedNanoUsd,
      `ledger ${report.ledgerNanoUsd}, billed ${report.billedNanoUsd} nano-USD`,
    ],
    [report.listenersLeft === 0, `${report.listenersLeft} abort listeners are left`],
    [report.warnings.length === 0, `warnings: ${report.warnings.join("; ")}`],
  ];
  return promises.filter(([kept]) => !kept).map(([, message]) => message);
}
