import type { RouteInput, RouteOutput } from "../../src/core/contract.ts";
import type { Clock, ModelCall, Verifier } from "../../src/core/ports.ts";
import type { Outcome } from "../../src/core/outcome.ts";
import type { Service } from "../../src/core/service.ts";
import { HERE } from "../cases/request.ts";
import { NOW_MS } from "./arbitraries.ts";
import { FIRST, KEYS, SECOND } from "./routed.ts";
import { sandboxService } from "./sandbox-service.ts";
import { scriptedProviders, type Step } from "./scripted-provider.ts";
import { virtualClock } from "./virtual-clock.ts";

export type Scripts = Readonly<Record<string, readonly (readonly Step[])[]>>;

const UNREACHABLE = "http://127.0.0.1:9";
/** Keys, and unreachable vendors: a test that calls one reaches nothing outside of this machine. */
export const OFFLINE = {
  ...KEYS,
  ANTHROPIC_BASE_URL: UNREACHABLE,
  OPENAI_BASE_URL: UNREACHABLE,
  TOGETHER_BASE_URL: UNREACHABLE,
  GOOGLE_GEMINI_BASE_URL: UNREACHABLE,
};

/** One Signalbox process among several. */
export interface Process {
  readonly service: Service;
  /** The calls of all processes of the station, in order. */
  readonly calls: readonly ModelCall[];
  route(input?: Partial<RouteInput>): Promise<Outcome<RouteOutput>>;
}

export interface Station {
  readonly clock: Clock & { elapsedMs(): number };
  readonly calls: readonly ModelCall[];
  /** The ledger's file, once a process was opened. */
  readonly dbPath: () => string;
  /** Another process on the same ledger. */
  open(options?: { config?: Record<string, unknown>; env?: Readonly<Record<string, string>> }): Promise<Process>;
  close(): Promise<void>;
}

/** Several processes on one ledger, over scripted models, in virtual time. */
export async function station(scripts: Scripts, verifier: Verifier = HERE): Promise<Station> {
  const clock = virtualClock(NOW_MS);
  const { create, calls } = scriptedProviders(scripts, clock);
  const apps: Awaited<ReturnType<typeof sandboxService>>[] = [];
  return {
    clock,
    calls,
    dbPath: () => apps[0]?.dbPath ?? "",
    async open({ config = {}, env = OFFLINE } = {}) {
      const shared = apps[0]?.dbPath ?? null;
      const app = await sandboxService(
        { env },
        { defaults: { budget_usd: null }, ...config },
        { clock, createProvider: create, verifier },
        shared,
      );
      apps.push(app);
      return {
        service: app.service,
        calls,
        route: (input = {}) =>
          app.service.route(
            {
              task: "general",
              prompt: "What are railway signals for?",
              models: [FIRST, SECOND],
              deadline_ms: 10_000,
              ...input,
            },
            { signal: new AbortController().signal },
          ),
      };
    },
    async close() {
      for (const app of apps.toReversed()) await app.close();
    },
  };
}

/** Who answered, or the code of the failure. */
export function whoOf(outcome: Outcome<RouteOutput>): string {
  return outcome.ok ? outcome.value.model : outcome.error.code;
}

/** Time that passes, in a clock that only moves while a caller waits. */
export function pass(clock: Clock, ms: number): Promise<void> {
  return clock.sleep(ms, new AbortController().signal);
}
