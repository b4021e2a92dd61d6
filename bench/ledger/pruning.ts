import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { dayOf } from "../../src/core/budget.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import { ms, quantile } from "../stats.ts";

const DAY_MS = 86_400_000;
const ALONE_MS = 4000;

/** Runs `work` while another process routes on the same ledger; what that process's requests took, milliseconds. */
async function besideWriter(path: string, work: () => Promise<unknown>): Promise<readonly number[]> {
  const child = fork(fileURLToPath(new URL("writer.ts", import.meta.url)), [path]);
  const result = once(child, "message") as Promise<[readonly number[]]>;
  const ended = once(child, "exit").then(() => {
    throw new Error("the process that wrote beside it has failed");
  });
  await Promise.race([work(), ended]);
  child.send("stop");
  const [samplesMs] = await Promise.race([result, ended]);
  ended.catch(() => {});
  return samplesMs;
}

/** Prunes the oldest days of the file while another process routes on it; beside it what that process does alone. */
export async function prunePart(path: string, days: number, daysGone: number): Promise<string[][]> {
  const ledger = openLedger({ path, storeText: false });
  const before = dayOf(Date.now() - (days - daysGone) * DAY_MS);
  const aloneMs = await besideWriter(path, () => delay(ALONE_MS));
  const startMs = performance.now();
  let summary = "";
  const order = { before, nowMs: Date.now(), vacuum: false, signal: new AbortController().signal };
  const besideMs = await besideWriter(path, async () => {
    const pruned = await ledger.prune(order);
    const seconds = (performance.now() - startMs) / 1000;
    const freedMb = (pruned.sizeBytesBefore - pruned.sizeBytesAfter) / 1e6;
    summary = `${pruned.requests} requests with ${pruned.attempts} attempts in ${seconds.toFixed(1)} s (${(pruned.requests / seconds).toFixed(0)}/s), ${freedMb.toFixed(0)} MB given back`;
  });
  ledger.close();
  const row = (name: string, samplesMs: readonly number[]): string[] => [
    name,
    ms(quantile(samplesMs, 0.5)),
    ms(quantile(samplesMs, 0.99)),
    ms(Math.max(...samplesMs)),
  ];
  return [
    ["another process reserves and settles", "p50", "p99", "longest"],
    row("alone", aloneMs),
    row(`while \`ledger prune\` deletes ${summary}`, besideMs),
  ];
}
