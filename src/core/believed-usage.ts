import { mediaTokens } from "./media.ts";
import type { Model } from "./model.ts";
import type { RenderedPrompt } from "./request.ts";
import { estimateTokens, scaleTokens } from "./tokens.ts";
import { billedOutputTokens, promptTokens, type Usage } from "./usage.ts";

/** The most tokens that a call can come to, by what was sent. */
export interface UsageLimits {
  /** Upper bound of the tokens of what was sent. */
  readonly inputTokensMax: number;
  /** The output limit that was sent. */
  readonly outputLimitTokens: number;
}

/** What an endpoint reports, beside what was sent and received. */
export interface UsageReport extends UsageLimits {
  readonly model: Model;
  readonly reported: Usage;
  /** The reported counts cannot all be true: what they cost is not exact. */
  readonly isContradictory: boolean;
  readonly sent: RenderedPrompt;
  /** Estimated o200k tokens of the schema that went beside it; absent: none did. */
  readonly schemaTokens?: number;
  /** Answer and thinking, as far as they came. */
  readonly received: string;
}

/** The usage that a call is settled at. */
export interface BelievedUsage {
  readonly usage: Usage;
  /** All of it is as reported: nothing was estimated or cut. */
  readonly complete: boolean;
  /** What was reported and cannot be; continues a sentence that begins with the endpoint. */
  readonly doubts: readonly string[];
}

/**
 * A server checks its limit after each step, and a step of speculative decoding brings up to 16 tokens or so; some count the end mark
 * as well. What is above the limit by more was never allowed.
 */
const OUTPUT_ALLOWANCE_TOKENS = 32;
/** Chat templates, and the system prompts that some of them bring along, stand before what was sent: some hundred tokens. */
const TEMPLATE_ALLOWANCE_TOKENS = 4096;
/** No token of a tokenizer in use stands for more characters: o200k's longest are 128 blanks. */
const LONGEST_TOKEN_CHARS = 128;

/**
 * The usage of a call, as far as the endpoint's report can be true. Counts that cannot hold what was sent and received (zeros above
 * all) count as not told and are estimated from it; output above the limit is cut to the limit.
 */
export function believedUsage(report: UsageReport): BelievedUsage {
  const { reported } = report;
  const doubts: string[] = [];
  const input = believedInput(report, doubts);
  const output = believedOutput(report, doubts);
  if (report.isContradictory) doubts.push("reported counts that contradict each other");
  const usage: Usage = { ...(input ?? sentUsage(report)), ...(output ?? receivedUsage(report)) };
  const told = reported.inputTokens !== null && reported.outputTokens !== null;
  return { usage, complete: told && doubts.length === 0, doubts };
}

type InputUsage = Pick<Usage, "inputTokens" | "cacheReadTokens" | "cacheWriteTokens">;
type OutputUsage = Pick<Usage, "outputTokens" | "reasoningTokens">;

/** The reported input; `null` when it was not told. */
function believedInput({ reported, sent, inputTokensMax }: UsageReport, doubts: string[]): InputUsage | null {
  const tokens = promptTokens(reported);
  if (tokens === null) return null;
  if (
    tokens > inputTokensMax + TEMPLATE_ALLOWANCE_TOKENS ||
    cannotHold(tokens, (sent.system?.length ?? 0) + sent.user.length)
  ) {
    doubts.push(`reported ${tokens} input tokens, which cannot be`);
    return null;
  }
  const { inputTokens, cacheReadTokens, cacheWriteTokens } = reported;
  return { inputTokens, cacheReadTokens, cacheWriteTokens };
}

/** The reported output, no more of it than was allowed; `null` when it was not told. */
function believedOutput({ reported, received, outputLimitTokens }: UsageReport, doubts: string[]): OutputUsage | null {
  const tokens = billedOutputTokens(reported);
  if (tokens === null) return null;
  if (cannotHold(tokens, received.length)) {
    doubts.push(`reported ${tokens} output tokens, which cannot be`);
    return null;
  }
  if (tokens > outputLimitTokens + OUTPUT_ALLOWANCE_TOKENS) {
    doubts.push(`reported ${tokens} output tokens, above the limit of ${outputLimitTokens}`);
    return { outputTokens: outputLimitTokens, reasoningTokens: null };
  }
  const { outputTokens, reasoningTokens } = reported;
  return { outputTokens, reasoningTokens };
}

function cannotHold(tokens: number, chars: number): boolean {
  return tokens * LONGEST_TOKEN_CHARS < chars;
}

/** All of what was sent, at the price of input: what a report says of caches is a part of the input that it does not tell. */
function sentUsage({ sent, schemaTokens = 0, model }: UsageReport): InputUsage {
  const inputTokens = [sent.systemTokens, sent.userTokens, schemaTokens].reduce(
    (sum, tokens) => sum + scaleTokens(tokens, model.tokenFactor),
    mediaTokens(model, sent.media).expected,
  );
  return { inputTokens, cacheReadTokens: null, cacheWriteTokens: null };
}

function receivedUsage({ received, model }: UsageReport): OutputUsage {
  return { outputTokens: scaleTokens(estimateTokens(received), model.tokenFactor), reasoningTokens: null };
}
