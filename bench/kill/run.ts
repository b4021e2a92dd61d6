import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createService, systemClock } from "../../src/app.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { nanoFromUsd } from "../../src/core/money.ts";
import type { Service } from "../../src/core/service.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { seeded } from "../random.ts";
import { forkSandbox } from "../sandbox-process.ts";
import { audit, type Audit } from "./audit.ts";
import { runSlot, type Sent } from "./fleet.ts";
import { dayBudget, watch, type DayBudget, type Seen } from "./watch.ts";

export interface KillPlan {
  readonly seed: number;
  readonly processes: number;
  /** Of each process. */
  readonly requests: number;
  readonly inFlight: number;
  readonly capUsd: number;
  readonly deadlineMs: number;
  readonly killAfter: { readonly least: number; readonly most: number; readonly thenMs: number };
  readonly sampleEveryMs: number;
  /** At least so long until the day, and with it its budget, is over. */
  readonly roomMs: number;
  /** The vendors' pause before each answer, the share of calls that fail, and how. */
  readonly latencyMs: number;
  readonly faultShare: number;
  readonly faults: readonly Fault[];
  /** A ledger elsewhere than in a file of its own. */
  readonly ledger?: DisturbedLedger;
}

/** A ledger whose server or wire breaks while the processes run. */
export interface DisturbedLedger {
  /** `SIGNALBOX_DB` of the processes, which suffer, and of who looks on, who should not. */
  readonly address: string;
  readonly soundAddress: string;
  /** Breaks things again and again until `stop` fires. */
  disturb(stop: AbortSignal): Promise<void>;
}

export interface KillReport {
  readonly plan: KillPlan;
  readonly sent: readonly Sent[];
  readonly kills: number;
  readonly capNanoUsd: number;
  readonly billedNanoUsd: number;
  readonly seen: Seen;
  /** Routes of the requests made after all leases had expired. */
  readonly comers: readonly string[];
  /** Still reserved after the leases have expired and another request was made on the same day, nano-USD. */
  readonly heldThatDay: number;
  /** The day's total at the end, after another request on a later day. */
  readonly settled: DayBudget;
  readonly audit: Audit;
}

/** Faults whose bill does not depend on timing: after them the ledger must equal the bill to the nano-USD. */
export const CERTAIN_FAULTS: readonly Fault[] = [
  { kind: "server_error" },
  { kind: "overloaded" },
  { kind: "rate_limit" },
  { kind: "reset" },
  { kind: "truncated" },
  { kind: "malformed" },
  { kind: "error_event" },
  { kind: "empty" },
  { kind: "latency", ms: 250 },
];

// Few thinking tokens: then the reserved amount is a few times the spent amount, not hundreds of times.
const THINKING = { mode: "optional", room_tokens: { low: 60, normal: 120 } };
const MODELS = ["gpt-6-luna", "claude-haiku-5-5", "llama-3.3-70b", "gemini-3.5-flash-lite"];
const ANSWER = [
  "Signals tell the driver of a train whether the line ahead is free, how fast to go and which way the points are set.",
  "They keep trains apart: a section of track that is occupied shows red at its entry, and the signal before that one warns.",
  "Where traffic is dense the sections are short, so that trains may follow each other closely and still stop in time.",
  "Interlocking makes sure that no two routes which cross can be cleared together, whatever the signaller tries.",
].join(" ");
const DAY_MS = 86_400_000;
const LEASES_OVER_MS = 15 * 60_000;

/** Processes on one ledger and one day budget, killed and started again; then the ledger is compared with the vendors' bill. */
export async function runKillTest(plan: KillPlan): Promise<KillReport> {
  await untilMidnightIsFar(plan.roomMs);
  const folder = mkdtempSync(join(tmpdir(), "signalbox-kill-"));
  const file = join(folder, "ledger.sqlite");
  const path = plan.ledger?.soundAddress ?? file;
  const sandbox = await forkSandbox({
    latencyMs: plan.latencyMs,
    answer: ANSWER,
    chance: { seed: plan.seed, share: plan.faultShare, faults: plan.faults },
  });
  const config = JSON.stringify(configOf(plan.capUsd));
  const opened = (laterMs: number): Service => {
    const parsed = parseConfig(config, sandbox.env);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const clock = { ...systemClock, nowMs: () => Date.now() + laterMs };
    return createService(parsed.config, path, { clock });
  };
  const onlooker = opened(0);
  try {
    const configPath = join(folder, "config.json");
    writeFileSync(configPath, config);
    const input = {
      task: "general",
      models: MODELS,
      deadline_ms: plan.deadlineMs,
      max_output_tokens: 300,
      repair: false,
    };
    const stop = new AbortController();
    const disturbing = plan.ledger?.disturb(stop.signal);
    const watching = watch(onlooker, () => sandbox.billedNanoUsd(), plan.sampleEveryMs, stop.signal);
    const workers = await Promise.all(
      Array.from({ length: plan.processes }, (_, index) =>
        runSlot({
          name: String(index + 1),
          requests: plan.requests,
          inFlight: plan.inFlight,
          input,
          env: { ...sandbox.env, SIGNALBOX_CONFIG: configPath, SIGNALBOX_DB: plan.ledger?.address ?? file },
          random: seeded(plan.seed + index),
          killAfter: plan.killAfter,
        }),
      ),
    ).finally(() => stop.abort());
    await disturbing;
    const seen = await watching;
    const billedNanoUsd = await sandbox.billedNanoUsd();
    // The next requests after every lease has expired: one on the same day, whose money may be all spent, then one on another day.
    const comeAfter = async (laterMs: number): Promise<string | undefined> => {
      const next = opened(laterMs);
      const prompt = `Say it again, ${laterMs} ms later.`;
      const outcome = await next.route({ ...input, prompt }, { signal: new AbortController().signal });
      await next.close();
      return outcome.ok ? outcome.value.route_id : outcome.error.route_id;
    };
    const sameDay = await comeAfter(LEASES_OVER_MS);
    const heldThatDay = (await dayBudget(onlooker)).heldNanoUsd;
    const anotherDay = await comeAfter(2 * DAY_MS);
    const reader = openLedger({ path, storeText: false });
    const audited = await audit(reader, await sandbox.calls(), await sandbox.bill());
    reader.close();
    return {
      plan,
      sent: workers.flatMap((worker) => worker.sent),
      kills: workers.reduce((sum, worker) => sum + worker.kills, 0),
      capNanoUsd: nanoFromUsd(plan.capUsd),
      billedNanoUsd,
      seen,
      comers: [sameDay, anotherDay].filter((routeId) => routeId !== undefined),
      heldThatDay,
      settled: await dayBudget(onlooker),
      audit: audited,
    };
  } finally {
    await onlooker.close();
    sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function configOf(capUsd: number): Record<string, unknown> {
  return {
    budgets: { day_usd: capUsd },
    models: MODELS.filter((id) => id !== "llama-3.3-70b").map((id) => ({ id, thinking: THINKING })),
  };
}

/** Days are UTC. */
async function untilMidnightIsFar(roomMs: number): Promise<void> {
  const leftMs = DAY_MS - (Date.now() % DAY_MS);
  if (leftMs < roomMs) await delay(leftMs + 1000);
}
