import { lifecycleAt, type Model } from "../core/model.ts";
import { badRequest, type ReadCall, type SandboxProvider, type CallProblem } from "./call.ts";

/** What the vendors refuse for reasons that lie in the model's row: `null` when the call is fine. */
export function refusalOf(call: ReadCall, model: Model, promptTokens: number, nowMs: number): CallProblem | null {
  if (!lifecycleAt(model, nowMs).alive) return { kind: "unknown_model", wireId: call.wireId };
  const [parameter] = call.sampling;
  if (model.sampling === "rejected" && parameter !== undefined) {
    const message = `Unsupported value: '${parameter}' is not supported with this model.`;
    return badRequest(message, parameter, "unsupported_value");
  }
  if (model.thinking.mode === "always" && call.thinking === "off") {
    return badRequest(`Thinking cannot be turned off for ${model.wireId}.`, "thinking", "unsupported_value");
  }
  if (call.limitTokens !== null && model.maxOutputTokens !== "unknown" && call.limitTokens > model.maxOutputTokens) {
    const figures = `${call.limitTokens} > ${model.maxOutputTokens}`;
    return badRequest(
      `The output limit is above what ${model.wireId} allows: ${figures}.`,
      "max_tokens",
      "invalid_value",
    );
  }
  if (promptTokens > model.contextTokens) {
    return { kind: "context_length", promptTokens, maxTokens: model.contextTokens };
  }
  return null;
}

/** Whether an optionally thinking model thinks when the request does not say: all do but Anthropic's older line. */
const THINKS_BY_DEFAULT = {
  anthropic: (model) => model.sampling === "rejected",
  openai: () => true,
  together: () => true,
  google: (model) => !model.wireId.includes("lite"),
} as const satisfies Record<SandboxProvider, (model: Model) => boolean>;

/** Whether the model thinks before it answers this call. */
export function thinks(provider: SandboxProvider, call: ReadCall, model: Model): boolean {
  if (model.thinking.mode === "none") return false;
  if (model.thinking.mode === "always") return true;
  return call.thinking === "default" ? THINKS_BY_DEFAULT[provider](model) : call.thinking === "on";
}
