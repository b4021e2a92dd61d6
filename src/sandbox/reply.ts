import { sliceByTokens } from "tokenx";
import type { Ending, ReadCall, Reply, ReplyUsage } from "./call.ts";
import type { Fault } from "./faults.ts";
import { countTokens } from "./pieces.ts";
import type { ScriptedAnswer } from "./answers/answer.ts";

/** Tokens that a model spends on thinking before each answer, unless its scripted answer says otherwise. */
const REASONING_TOKENS = 50;

export interface ReplyInput {
  readonly serial: string;
  readonly call: ReadCall;
  readonly fault: Fault["kind"] | null;
  readonly answer: ScriptedAnswer;
  readonly thinks: boolean;
  readonly promptTokens: number;
  /** What the vendor's cache of prompts has of them, or gets; absent: nothing. A scripted answer may say otherwise. */
  readonly cached?: Pick<ReplyUsage, "cacheReadTokens" | "cacheWriteTokens">;
  readonly tokenFactor: number;
  /** What the vendor sends when the model declines. */
  readonly refusalText: string;
  readonly nowMs: number;
  /** The tier that the call is served at; absent: the standard one. */
  readonly tier?: Reply["tier"];
}

/** Writes the answer that the vendor sends, with its usage: cut by the fault that ends it, then by the call's output limit. */
export function replyOf(input: ReplyInput): Reply {
  const { call, answer, promptTokens } = input;
  const ended = endedBy(input.fault, answer.text, input.refusalText);
  const wanted = input.thinks && ended.ending !== "refusal" ? (answer.reasoningTokens ?? REASONING_TOKENS) : 0;
  const limit = call.limitTokens ?? Number.POSITIVE_INFINITY;
  const reasoningTokens = Math.min(wanted, limit);
  const cut = withinLimit(ended, limit - reasoningTokens, input.tokenFactor);
  const cacheReadTokens = Math.min(answer.cacheReadTokens ?? input.cached?.cacheReadTokens ?? 0, promptTokens);
  const cacheWriteTokens = Math.min(
    answer.cacheWriteTokens ?? input.cached?.cacheWriteTokens ?? 0,
    promptTokens - cacheReadTokens,
  );
  const usage: ReplyUsage = {
    inputTokens: promptTokens - cacheReadTokens - cacheWriteTokens,
    cacheReadTokens,
    cacheWriteTokens,
    outputTokens: countTokens(cut.text, input.tokenFactor),
    reasoningTokens,
  };
  return {
    serial: input.serial,
    wireId: call.wireId,
    createdS: Math.floor(input.nowMs / 1000),
    ...cut,
    reasoningText: reasoningTokens > 0 ? (answer.reasoningText ?? "") : "",
    usage,
    includeUsage: call.includeUsage,
    tier: input.tier ?? "standard",
  };
}

interface ReplyEnd {
  readonly text: string;
  readonly ending: Ending;
}

function endedBy(fault: Fault["kind"] | null, text: string, refusalText: string): ReplyEnd {
  if (fault === "empty") return { text: "", ending: "stop" };
  if (fault === "refusal") return { text: refusalText, ending: "refusal" };
  if (fault === "filter" || fault === "length")
    return { text: text.slice(0, Math.ceil(text.length / 2)), ending: fault };
  return { text, ending: "stop" };
}

function withinLimit(ended: ReplyEnd, limitTokens: number, tokenFactor: number): ReplyEnd {
  if (countTokens(ended.text, tokenFactor) <= limitTokens) return ended;
  return {
    text: limitTokens <= 0 ? "" : sliceByTokens(ended.text, 0, Math.floor(limitTokens / tokenFactor)),
    ending: "length",
  };
}
