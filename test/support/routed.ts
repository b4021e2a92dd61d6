import { HERE } from "../cases/request.ts";
import type { RouteInput } from "../../src/core/contract.ts";
import type { Verifier } from "../../src/core/ports.ts";
import type { Progress } from "../../src/core/service.ts";
import { systemClock } from "../../src/app.ts";
import { NOW_MS } from "./arbitraries.ts";
import { sandboxService } from "./sandbox-service.ts";
import { answers, scriptedProviders, type Step } from "./scripted-provider.ts";
import { virtualClock } from "./virtual-clock.ts";

export const KEYS = { ANTHROPIC_API_KEY: "k", OPENAI_API_KEY: "k", TOGETHER_API_KEY: "k", GEMINI_API_KEY: "k" };
export const FIRST = "claude-opus-5-5";
export const SECOND = "gpt-6.2-sol";
export const GOOD = "Signals tell trains when to stop and when to go.";

export interface Setup {
  readonly scripts: Readonly<Record<string, readonly (readonly Step[])[]>>;
  readonly input?: Partial<RouteInput>;
  readonly config?: Record<string, unknown>;
  readonly cancelAfterMs?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Instead of the checks of production. */
  readonly verifier?: Verifier;
}

/** Routes one request over scripted models in virtual time. */
export async function run({ scripts, input = {}, config = {}, cancelAfterMs, onProgress, verifier = HERE }: Setup) {
  const clock = virtualClock(NOW_MS);
  const { create, calls } = scriptedProviders(scripts, clock);
  const app = await sandboxService(
    { env: KEYS },
    { defaults: { budget_usd: null }, ...config },
    { clock, createProvider: create, verifier },
  );
  const control = new AbortController();
  const progress: Progress[] = [];
  if (cancelAfterMs !== undefined)
    void clock.sleep(cancelAfterMs, new AbortController().signal).then(() => control.abort());
  const outcome = await app.service.route(
    {
      task: "general",
      prompt: "What are railway signals for?",
      models: [FIRST, SECOND],
      deadline_ms: 10_000,
      ...input,
    },
    { signal: control.signal, onProgress: onProgress ?? ((each) => progress.push(each)) },
  );
  const spend = await app.service.spendReport({ group_by: "model" });
  const routeId = outcome.ok ? outcome.value.route_id : outcome.error.route_id;
  const receipt = routeId === undefined ? null : await app.service.receipt(routeId);
  const tookMs = clock.elapsedMs();
  await app.close();
  return { outcome, calls: calls.map((call) => call.model.id), wire: calls, progress, spend, receipt, tookMs };
}

/** What loads lazily is loaded before, in real time: virtual time passes while a file is read. */
export async function warmUp(): Promise<void> {
  const { create } = scriptedProviders({ [FIRST]: [answers("1. One\n2. Two")] }, systemClock);
  const app = await sandboxService({ env: KEYS }, {}, { createProvider: create, verifier: HERE });
  const { signal } = new AbortController();
  await app.service.route({ task: "planning", prompt: "Plan it.", models: [FIRST] }, { signal });
  const schema = { type: "object" };
  await app.service.route({ task: "general", prompt: "Say it.", models: [FIRST], response_schema: schema }, { signal });
  await app.close();
}

export type Ran = Awaited<ReturnType<typeof run>>;

export const attemptsOf = ({ outcome }: Ran) =>
  (outcome.ok ? outcome.value.attempts : outcome.error.attempts).map(
    ({ model, outcome: how, error_kind }) => `${model} ${how}${error_kind === undefined ? "" : ` ${error_kind}`}`,
  );

/** The attempts of a request by model, role and outcome: "gpt-6.2-sol repair accepted". */
export const rolesOf = ({ outcome }: Ran): readonly string[] =>
  (outcome.ok ? outcome.value.attempts : outcome.error.attempts).map(
    ({ model, role, outcome: how }) => `${model} ${role} ${how}`,
  );
