import type { LedgerCare, NowOut, RunningCall } from "../core/ledger-care.ts";
import type { LedgerReader } from "../core/ledger-reader.ts";
import { usdFromNano } from "../core/money.ts";
import type { Outage } from "../core/outage.ts";
import { SignalboxError } from "../core/errors.ts";
import { idAt } from "../core/route-id.ts";
import type { Outcome } from "../core/outcome.ts";
import { presentReceipt } from "./present/reports.ts";
import { refusal } from "./present/route.ts";

/** Receipts that are read at a time. */
const PAGE = 200;
/** Moments whose ids have the length of all ids: from 1972 on. */
const FIRST_ID_MS = 36 ** 7;
const LAST_ID_MS = 36 ** 8 - 1;

/** The ledger as the owner's commands look after it. `guard` turns a ledger that cannot be used into a failure. */
export function ledgerCare(
  reader: LedgerReader,
  nowMs: () => number,
  guard: <T>(work: () => Promise<Outcome<T>>) => Promise<Outcome<T>>,
): LedgerCare {
  const asked = <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    guard(async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof SignalboxError && error.kind === "invalid_request")
          return refusal(error.kind, error.message);
        throw error;
      }
    });
  return {
    path: () => asked(async () => ({ ok: true, value: { path: (await reader.health(false)).path } })),
    backup: (file) => asked(async () => ({ ok: true, value: await reader.backup(file) })),
    reset: () =>
      asked(async () => {
        const running = await reader.running(nowMs());
        if (running.length > 0)
          return refusal(
            "invalid_request",
            `${running.length} calls are running: what they cost would be lost. Nothing was deleted.`,
          );
        const { path } = await reader.health(false);
        await reader.reset();
        return { ok: true, value: { path } };
      }),
    now: () =>
      asked(async () => {
        const atMs = nowMs();
        const [running, outages] = await Promise.all([reader.running(atMs), reader.outages(atMs)]);
        return { ok: true, value: presentNow(running, [...outages.values()], atMs) };
      }),
    receipts: ({ fromMs, untilMs, after }) =>
      asked(async () => {
        const first = idAt(Math.min(LAST_ID_MS, Math.max(FIRST_ID_MS, fromMs)), "");
        const last = idAt(Math.min(LAST_ID_MS, Math.max(FIRST_ID_MS, untilMs)), "");
        const ids = await reader.routeIdsBetween(after ?? first, last, PAGE);
        const routes = await Promise.all(ids.map((id) => reader.route(id)));
        return { ok: true, value: routes.flatMap((route) => (route === null ? [] : [presentReceipt(route)])) };
      }),
  };
}

function presentNow(running: readonly RunningCall[], outages: readonly Outage[], atMs: number): NowOut {
  return {
    at: new Date(atMs).toISOString(),
    running: running.map((call) => ({
      route_id: call.routeId,
      task: call.task,
      role: call.role,
      model: call.model,
      provider: call.provider,
      held_usd: usdFromNano(call.heldNanoUsd),
      running_ms: Math.max(0, atMs - call.sinceMs),
    })),
    held_usd: usdFromNano(running.reduce((sum, { heldNanoUsd }) => sum + heldNanoUsd, 0)),
    outages: outages
      .filter(({ untilMs }) => untilMs > atMs)
      // The fingerprint of an account says nothing to people.
      .map(({ key, kind, message, untilMs }) => ({
        what: key.replace(/ [0-9a-f]{8}$/, ""),
        kind,
        message,
        left_ms: untilMs - atMs,
      })),
  };
}
