import { MODELS as CATALOGUE } from "../../src/catalog/models.ts";
import type { RouteInput } from "../../src/core/contract.ts";
import { HERE } from "../../test/cases/request.ts";
import { NOW_MS } from "../../test/support/arbitraries.ts";
import { KEYS, warmUp } from "../../test/support/routed.ts";
import { sandboxService } from "../../test/support/sandbox-service.ts";
import { scriptedProviders } from "../../test/support/scripted-provider.ts";
import { virtualClock } from "../../test/support/virtual-clock.ts";
import { MODELS } from "./cases.ts";
import { timed, withService, type Returned } from "./lateness.ts";

const [PRIMARY = "", FALLBACK = ""] = MODELS;
const INPUT = { task: "general", prompt: "What are railway signals for?", models: [PRIMARY, FALLBACK] };

/** A primary that hangs and a healthy fallback, in real time: this many requests at the same moment. */
export async function fallbackInRealTime(deadlineMs: number, inFlight: number): Promise<readonly Returned[]> {
  return withService({ latencyMs: 50 }, {}, async (service, sandbox) => {
    const wireId = CATALOGUE.find(({ id }) => id === PRIMARY)?.wireId ?? "";
    await sandbox.setFault(wireId, { kind: "hang" });
    const input = { ...INPUT, deadline_ms: deadlineMs };
    return Promise.all(Array.from({ length: inFlight }, () => timed(service, input)));
  });
}

/** The same in virtual time, on scripted models; the fallback takes `answerMs`. */
export async function fallbackInVirtualTime(
  deadlineMs: number,
  inFlight: number,
  answerMs: number,
): Promise<readonly Returned[]> {
  await warmUp();
  const clock = virtualClock(NOW_MS);
  const answer = [{ waitMs: answerMs }, { say: "They keep trains apart." }, { finish: "stop" }] as const;
  const { create } = scriptedProviders({ [PRIMARY]: [["hang"]], [FALLBACK]: [answer] }, clock);
  const app = await sandboxService({ env: KEYS }, {}, { clock, createProvider: create, verifier: HERE });
  const input: RouteInput = { ...INPUT, deadline_ms: deadlineMs };
  const returned = await Promise.all(
    Array.from({ length: inFlight }, async (): Promise<Returned> => {
      const startMs = clock.monotonicMs();
      const outcome = await app.service.route(input, { signal: new AbortController().signal });
      return {
        p95Ms: clock.monotonicMs() - startMs - deadlineMs,
        ended: outcome.ok ? outcome.value.status : outcome.error.code,
      };
    }),
  );
  await app.close();
  return returned;
}
