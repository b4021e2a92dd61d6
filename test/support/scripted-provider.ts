import { SignalboxError, type ErrorKind } from "../../src/core/errors.ts";
import type { Clock, ModelCall, Provider, StreamEvent } from "../../src/core/ports.ts";
import type { Usage } from "../../src/core/usage.ts";

/** One thing that a scripted model does: waits, says or thinks something, sends bytes that say nothing, fails, or falls silent for ever. */
export type Step =
  | { readonly waitMs: number }
  | { readonly say: string }
  | { readonly think: string }
  | "bytes"
  | { readonly report: Usage }
  | { readonly fail: ErrorKind; readonly retryAfterMs?: number }
  | { readonly finish: "stop" | "length" | "refusal" | "content_filter" }
  | "hang"
  | "deaf";

export const USAGE: Usage = {
  inputTokens: 100,
  cacheReadTokens: null,
  cacheWriteTokens: null,
  outputTokens: 50,
  reasoningTokens: null,
};

/** A complete answer. */
export const answers = (text: string): readonly Step[] => [{ say: text }, { finish: "stop" }];

/** Models that follow a script, by our id; a list of scripts is followed call by call, the last one for ever. */
export function scriptedProviders(
  scripts: Readonly<Record<string, readonly (readonly Step[])[]>>,
  clock: Clock,
): { create: (settings: { id: string }) => Provider; calls: ModelCall[] } {
  const calls: ModelCall[] = [];
  const create = ({ id }: { id: string }): Provider => ({
    id,
    async *stream(call, signal, onBytes = () => {}): AsyncGenerator<StreamEvent> {
      const earlier = calls.filter((each) => each.model.id === call.model.id).length;
      calls.push(call);
      const script = scripts[call.model.id] ?? [];
      const steps = script[Math.min(earlier, script.length - 1)] ?? [];
      for (const step of steps) {
        if (step === "deaf") await new Promise(() => undefined);
        if (step === "hang") await new Promise((resolve) => signal.addEventListener("abort", resolve));
        if (signal.aborted) throw new SignalboxError("cancelled", "aborted");
        onBytes();
        if (typeof step === "string") continue;
        if ("waitMs" in step) await clock.sleep(step.waitMs, signal);
        if ("say" in step) yield { type: "text", text: step.say };
        if ("think" in step) yield { type: "reasoning", text: step.think };
        if ("report" in step) yield { type: "usage", usage: step.report };
        if ("fail" in step)
          throw new SignalboxError(
            step.fail,
            `scripted ${step.fail}`,
            step.retryAfterMs === undefined ? {} : { retryAfterMs: step.retryAfterMs },
          );
        if ("finish" in step) {
          if (!steps.some((each) => typeof each === "object" && "report" in each))
            yield { type: "usage", usage: USAGE };
          yield { type: "finish", reason: step.finish, raw: step.finish };
        }
      }
    },
  });
  return { create, calls };
}
