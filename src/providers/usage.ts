import { nanoFromUsd, type NanoUsd } from "../core/money.ts";
import type { StreamEvent } from "../core/ports.ts";
import { UNKNOWN_USAGE, type Usage } from "../core/usage.ts";
import { asTokens, disjoint, fieldsIn, type Fields } from "./shape.ts";

/** What a vendor counts where. */
export interface UsageForm {
  /** Whether the input count includes what was read from and written to a cache. */
  readonly inputHasCache: boolean;
  /** Whether the output count includes reasoning. */
  readonly outputHasReasoning: boolean;
}

/**
 * The events of a usage object, under all names that vendors, servers and proxies use, and mix. `final`: the answer is over; before that
 * the output is a running count, which is not what will be billed, so it is not told.
 */
export function usageEvents(counted: Fields, form: UsageForm, final: boolean): readonly StreamEvent[] {
  const { usage, contradictory } = usageIn(counted, form);
  const told: Usage = final ? usage : { ...usage, outputTokens: null, reasoningTokens: null };
  const cost = final ? statedCost(counted) : null;
  return [
    { type: "usage", usage: told, ...(final && contradictory ? { contradictory: true as const } : {}) },
    ...(cost === null ? [] : [{ type: "stated_cost", costNanoUsd: cost } as const]),
  ];
}

interface ReadUsage {
  readonly usage: Usage;
  /** The counts cannot all be true. */
  readonly contradictory: boolean;
}

function usageIn(counted: Fields, form: UsageForm): ReadUsage {
  const inputDetails = { ...fieldsIn(counted, "prompt_tokens_details"), ...fieldsIn(counted, "input_tokens_details") };
  const outputDetails = {
    ...fieldsIn(counted, "completion_tokens_details"),
    ...fieldsIn(counted, "output_tokens_details"),
  };
  const input = first(counted["prompt_tokens"], counted["input_tokens"], counted["promptTokenCount"]);
  const cacheRead = first(
    inputDetails["cached_tokens"],
    counted["cached_tokens"], // Moonshot
    counted["prompt_cache_hit_tokens"], // DeepSeek
    counted["cache_read_input_tokens"], // Anthropic, LiteLLM
    counted["cachedContentTokenCount"], // Gemini
  );
  const cacheWrite = first(inputDetails["cache_write_tokens"], counted["cache_creation_input_tokens"]);
  const reasoning = first(
    outputDetails["reasoning_tokens"],
    outputDetails["thinking_tokens"],
    counted["reasoning_tokens"], // xAI, SGLang
    counted["thoughtsTokenCount"],
  );
  const toolUse = first(counted["toolUsePromptTokenCount"]) ?? 0;
  const total = first(counted["total_tokens"], counted["totalTokenCount"]);
  const cached = form.inputHasCache ? 0 : (cacheRead ?? 0) + (cacheWrite ?? 0);
  /** What the total leaves for the output. */
  const rest = total === null || input === null ? null : total - input - cached - toolUse;
  const output = outputOf(
    first(counted["completion_tokens"], counted["output_tokens"], counted["candidatesTokenCount"]),
    reasoning,
    rest,
    form,
  );
  const prompt = form.inputHasCache
    ? disjoint(input, cacheRead, cacheWrite)
    : { rest: input, parts: [cacheRead, cacheWrite] };
  const [cacheReadTokens = null, cacheWriteTokens = null] = prompt.parts;
  return {
    usage: {
      inputTokens: prompt.rest,
      cacheReadTokens,
      cacheWriteTokens,
      outputTokens: output.outputTokens,
      reasoningTokens: output.reasoningTokens,
    },
    contradictory: output.contradictory || (cacheRead !== null && cacheReadTokens === null),
  };
}

interface ReadOutput extends Pick<Usage, "outputTokens" | "reasoningTokens"> {
  readonly contradictory: boolean;
}

/**
 * Output is what was counted, or what the total leaves for it (`rest`) where that is more: some servers count reasoning in the total
 * alone. Google's JSON leaves out counts of zero; then the total tells whether it is one. Reasoning that is more than all output was
 * not counted in it.
 */
function outputOf(told: number | null, reasoning: number | null, rest: number | null, form: UsageForm): ReadOutput {
  const thought = reasoning ?? 0;
  const outside = form.outputHasReasoning ? 0 : thought;
  const counted = told === null ? rest : told + outside;
  if (counted === null || counted < outside) {
    return { outputTokens: null, reasoningTokens: reasoning, contradictory: false };
  }
  const atLeast = Math.max(counted, rest ?? 0);
  const billed = thought > atLeast ? atLeast + thought : atLeast;
  return {
    outputTokens: billed - thought,
    reasoningTokens: reasoning,
    contradictory: billed > atLeast || (rest !== null && rest < counted),
  };
}

function first(...counts: readonly unknown[]): number | null {
  for (const count of counts) {
    const tokens = asTokens(count);
    if (tokens !== null) return tokens;
  }
  return null;
}

/** Above this a stated cost is a slip of units. USD. */
const MOST_COST_USD = 10_000;

/**
 * What the endpoint itself says that the call costs, a number or a numeric text in USD: OpenRouter and LiteLLM as `cost`, Perplexity as
 * `cost.total_cost`. `null` when it says nothing that a cost can be. Whether a zero can be one, the settlement decides.
 */
function statedCost(counted: Fields): NanoUsd | null {
  const stated = asUsd(counted["cost"]) ?? asUsd(fieldsIn(counted, "cost")["total_cost"]);
  if (stated === null) return null;
  // With the caller's own key at the vendor, OpenRouter's cost is its fee alone.
  const upstream =
    counted["is_byok"] === true ? asUsd(fieldsIn(counted, "cost_details")["upstream_inference_cost"]) : null;
  const usd = stated + (upstream ?? 0);
  return usd <= MOST_COST_USD ? nanoFromUsd(usd) : null;
}

function asUsd(value: unknown): number | null {
  const isNumeric =
    typeof value === "number" || (typeof value === "string" && /^\d+(?:\.\d+)?(?:e-?\d+)?$/i.test(value));
  const usd = isNumeric ? Number(value) : Number.NaN;
  return Number.isFinite(usd) && usd >= 0 ? usd : null;
}

/**
 * A usage without the zeros that cannot be: every call has a prompt, and what has brought text has cost output. Endpoints that do not
 * count send zeros, which would make the call free.
 */
export function withoutZeros(usage: Usage, hasText: boolean): Usage {
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, reasoningTokens } = usage;
  const noInput = (inputTokens ?? 0) + (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0) === 0;
  const noOutput = hasText && (outputTokens ?? 0) + (reasoningTokens ?? 0) === 0;
  return {
    ...(noInput ? UNKNOWN_USAGE : { ...UNKNOWN_USAGE, inputTokens, cacheReadTokens, cacheWriteTokens }),
    outputTokens: noOutput ? null : outputTokens,
    reasoningTokens: noOutput ? null : reasoningTokens,
  };
}
