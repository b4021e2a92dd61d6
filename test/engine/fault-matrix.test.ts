import { monitorEventLoopDelay } from "node:perf_hooks";
import { beforeAll, describe, expect, it } from "vitest";
import type { RouteOutput } from "../../src/core/contract.ts";
import type { Outcome } from "../../src/core/outcome.ts";
import { MODELS } from "../../src/catalog/models.ts";
import { FAULT_KINDS, type Fault, type FaultKind } from "../../src/sandbox/faults.ts";
import { planning } from "../../src/sandbox/answers/planning.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { sandboxService } from "../support/sandbox-service.ts";

/**
 * Every fault at every vendor while others were tried before it: `middle` and `last` of three, those before it down. (The first
 * place, fault by fault, is in faults.test.ts.) Each case has a sandbox and a ledger of its own; many run side by side.
 */
const DEADLINE_MS = 4_000;
const GRACE_MS = 250;
/** Slow, so that hardly more than one piece can be on its way when the call is broken off. */
const DRIP_MS = 250;

const VENDORS = [
  { vendor: "anthropic", failing: "claude-opus-5-5", others: ["gpt-6.2-sol", "deepseek-v4-pro"] },
  { vendor: "openai", failing: "gpt-6.2-sol", others: ["deepseek-v4-pro", "gemini-3.8-flash"] },
  { vendor: "together", failing: "deepseek-v4-pro", others: ["gemini-3.8-flash", "claude-opus-5-5"] },
  { vendor: "google", failing: "gemini-3.8-flash", others: ["claude-opus-5-5", "gpt-6.2-sol"] },
] as const;
const PLACES = ["middle", "last"] as const;
/** What does not keep the caller from an answer of the model itself. */
const HARMLESS: ReadonlySet<FaultKind> = new Set(["latency"]);

const wireIdOf = (id: string): string => MODELS.find((model) => model.id === id)?.wireId ?? "";
const answerOf = (id: string): string => planning.good.replace("# Plan: move", `# Plan by ${wireIdOf(id)}: move`);
const faultOf = (kind: FaultKind): Fault =>
  kind === "latency" ? { kind, ms: 50 } : kind === "drip" ? { kind, everyMs: DRIP_MS } : { kind };

interface Played {
  readonly outcome: Outcome<RouteOutput>;
  readonly tookMs: number;
  readonly reportedNanoUsd: number;
  readonly billedNanoUsd: number;
}

async function play(order: readonly string[], failing: string, kind: FaultKind): Promise<Played> {
  const down = order.slice(0, order.indexOf(failing));
  const faults = Object.fromEntries([
    ...down.map((id): [string, Fault] => [wireIdOf(id), { kind: "unavailable" }]),
    [wireIdOf(failing), faultOf(kind)],
  ]);
  const sandbox = await startSandbox({
    faults,
    answers: ({ wireId, bad }) => (bad ? null : answerOf(MODELS.find((model) => model.wireId === wireId)?.id ?? "")),
  });
  const app = await sandboxService(sandbox, {}, { verifier: HERE });
  const startedMs = performance.now();
  const outcome = await app.service.route(
    {
      task: "planning",
      prompt: planning.prompt,
      models: [...order],
      deadline_ms: DEADLINE_MS,
      on_below_quality: "error",
    },
    { signal: new AbortController().signal },
  );
  const tookMs = performance.now() - startedMs;
  const billedNanoUsd = sandbox.billedNanoUsd();
  const spend = await app.service.spendReport({});
  if (!spend.ok) throw new Error(spend.error.message);
  const reportedNanoUsd = Math.round(spend.value.totals.cost_usd * 1e9);
  await app.close();
  await sandbox.close();
  return { outcome, tookMs, reportedNanoUsd, billedNanoUsd };
}

const CASES = VENDORS.flatMap(({ vendor, failing, others }) =>
  PLACES.flatMap((place) => {
    const order = place === "middle" ? [others[0], failing, others[1]] : [...others, failing];
    const answering = place === "middle" ? others[1] : null;
    return FAULT_KINDS.map((kind) => ({
      key: `${vendor} ${place} ${kind}`,
      vendor,
      place,
      kind,
      failing,
      order,
      answering,
    }));
  }),
);
/** These wait for their slice to end, so more of them run at a time. */
const WAITING: ReadonlySet<FaultKind> = new Set(["hang", "stall", "drip"]);
const WAITING_LANES = 8;
const LANES = 2;
const played = new Map<string, Played>();
/** How late the event loop itself was at worst: on a machine that others keep busy no deadline is kept better than that. */
const lag = monitorEventLoopDelay({ resolution: 10 });

async function playAll(cases: readonly (typeof CASES)[number][], lanes: number): Promise<void> {
  const left = [...cases];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      played.set(next.key, await play(next.order, next.failing, next.kind));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

beforeAll(async () => {
  // The SDKs are loaded before anything is timed.
  for (const { failing } of VENDORS) await play([failing], failing, "latency");
  lag.enable();
  await playAll(
    CASES.filter(({ kind }) => !WAITING.has(kind)),
    LANES,
  );
  await playAll(
    CASES.filter(({ kind }) => WAITING.has(kind)),
    WAITING_LANES,
  );
  lag.disable();
}, 180_000);

describe.each(VENDORS)("$vendor fails", ({ vendor }) => {
  describe.each(PLACES)("as the %s of three, those before it down", (place) => {
    it.each(CASES.filter((each) => each.vendor === vendor && each.place === place))(
      "$kind: ends in time and well, and what is reported is what is billed",
      ({ key, kind, failing, order, answering: next }) => {
        const one = played.get(key);
        if (one === undefined) throw new Error(`${key} was not played`);
        const { outcome, tookMs, reportedNanoUsd, billedNanoUsd } = one;
        expect(tookMs).toBeLessThan(DEADLINE_MS + GRACE_MS + 2 * (lag.max / 1e6));
        const answering = HARMLESS.has(kind) ? failing : next;
        if (answering === null) {
          if (outcome.ok) throw new Error(`an answer of ${outcome.value.model} although no model could answer`);
          expect(["all_failed", "deadline_exceeded", "below_quality"]).toContain(outcome.error.code);
          expect(outcome.error.attempts.map(({ model }) => model)).toEqual(expect.arrayContaining([...order]));
          expect(Math.round(outcome.error.cost_usd * 1e9)).toBe(reportedNanoUsd);
        } else {
          if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
          expect(outcome.value).toMatchObject({ status: "accepted", model: answering, text: answerOf(answering) });
          expect(Math.round(outcome.value.cost_usd * 1e9)).toBe(reportedNanoUsd);
        }
        const { attempts } = outcome.ok ? outcome.value : outcome.error;
        const cutOff = attempts.some((attempt) => attempt.error_kind === "timeout" && attempt.model !== failing);
        // A refusal that arrived too late is booked at the cost of its input: never less than the bill.
        if (cutOff) expect(reportedNanoUsd).toBeGreaterThanOrEqual(billedNanoUsd);
        // Of a drip one character may be on its way when the call is broken off.
        else if (kind === "drip") expect(Math.abs(reportedNanoUsd - billedNanoUsd)).toBeLessThan(0.01 * billedNanoUsd);
        else expect(reportedNanoUsd).toBe(billedNanoUsd);
      },
    );
  });
});
