import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createService } from "../../src/app.ts";
import { parseConfig } from "../../src/config/parse.ts";
import type { RouteInput } from "../../src/core/contract.ts";
import type { Service } from "../../src/core/service.ts";
import { forkSandbox, type SandboxProcess } from "../sandbox-process.ts";
import type { SlowCase } from "./cases.ts";

export interface Returned {
  /** Milliseconds after its deadline; negative when it came before. */
  readonly p95Ms: number;
  /** The status of the answer, or the code of the failure. */
  readonly ended: string;
}

/** The sandbox and a service on a ledger of its own, for as long as `work` takes. */
export async function withService<T>(
  vendors: Parameters<typeof forkSandbox>[0],
  config: Record<string, unknown>,
  work: (service: Service, sandbox: SandboxProcess) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-deadline-"));
  const sandbox = await forkSandbox(vendors);
  try {
    const parsed = parseConfig(JSON.stringify(config), sandbox.env);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const service = createService(parsed.config, join(folder, "ledger.sqlite"));
    try {
      return await work(service, sandbox);
    } finally {
      await service.close();
    }
  } finally {
    sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `rounds` times so many requests at the same moment, none of which any model can answer in time. */
export async function latenessOf(
  { fault, answer, config, input }: SlowCase,
  { inFlight, rounds, deadlineMs }: { readonly inFlight: number; readonly rounds: number; readonly deadlineMs: number },
): Promise<readonly Returned[]> {
  return withService(answer === undefined ? {} : { answer }, config, async (service, sandbox) => {
    if (fault !== null) await sandbox.setFault("*", fault);
    const returned: Returned[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const atOnce = Array.from({ length: inFlight }, () => timed(service, { ...input, deadline_ms: deadlineMs }));
      returned.push(...(await Promise.all(atOnce)));
    }
    return returned;
  });
}

export async function timed(service: Service, input: RouteInput & { readonly deadline_ms: number }): Promise<Returned> {
  const startMs = performance.now();
  const outcome = await service.route(input, { signal: new AbortController().signal });
  const p95Ms = performance.now() - startMs - input.deadline_ms;
  return { p95Ms, ended: outcome.ok ? outcome.value.status : outcome.error.code };
}
