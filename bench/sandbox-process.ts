import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Fault } from "../src/sandbox/faults.ts";
import type { BillLine } from "../src/sandbox/bill.ts";
import type { SandboxCall } from "../src/sandbox/call.ts";
import { startSandbox } from "../src/sandbox/server.ts";
import { seeded } from "./random.ts";

/** How the sandbox in its own process behaves. Everything in it can be sent to another process. */
export interface SandboxPlan {
  readonly latencyMs?: number;
  /** The text of every answer. */
  readonly answer?: string;
  /** Faults by chance: this share of the calls suffers one of `faults`. */
  readonly chance?: { readonly seed: number; readonly share: number; readonly faults: readonly Fault[] };
}

/** The sandbox in a process of its own, so that what is measured does not share its event loop. */
export interface SandboxProcess {
  readonly env: Record<string, string>;
  /** What the vendors would bill as of now, nano-USD. */
  billedNanoUsd(): Promise<number>;
  /** How many calls have reached the vendors. */
  callCount(): Promise<number>;
  bill(): Promise<readonly BillLine[]>;
  calls(): Promise<readonly SandboxCall[]>;
  setFault(wireId: string, fault: Fault | null): Promise<void>;
  close(): void;
}

const ANSWER = "A short answer from the sandbox, long enough to be one.";

export async function forkSandbox(plan: SandboxPlan = {}): Promise<SandboxProcess> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ["--serve", JSON.stringify(plan)], { execArgv: [] });
  const [{ origin, env }] = (await once(child, "message")) as [{ origin: string; env: Record<string, string> }];
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${origin}/sandbox/${path}`, init);
    if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const total = async (): Promise<{ nanoUsd: number; calls: number }> => ask("total");
  return {
    env,
    billedNanoUsd: async () => (await total()).nanoUsd,
    callCount: async () => (await total()).calls,
    bill: async () => (await ask<{ lines: readonly BillLine[] }>("bill")).lines,
    calls: async () => (await ask<{ calls: readonly SandboxCall[] }>("calls")).calls,
    setFault: async (wireId, fault) => void (await ask("faults", { model: wireId, fault })),
    close: () => void child.kill(),
  };
}

if (process.argv[2] === "--serve") {
  const { latencyMs = 0, answer = ANSWER, chance } = JSON.parse(process.argv[3] ?? "{}") as SandboxPlan;
  const random = seeded(chance?.seed ?? 0);
  const faultFor = (): Fault | null | undefined =>
    chance === undefined || random() >= chance.share
      ? undefined
      : (chance.faults[Math.floor(random() * chance.faults.length)] ?? null);
  const { origin, env } = await startSandbox({ latencyMs, answers: () => answer, faultFor });
  process.send?.({ origin, env });
  process.on("disconnect", () => process.exit(0));
}
