import type { ServiceTier } from "../core/flex.ts";
import type { NanoUsd } from "../core/money.ts";
import type { FinishReason, StreamEvent } from "../core/ports.ts";
import { UNKNOWN_USAGE, type Usage } from "../core/usage.ts";

/** What came over the wire so far. */
export interface Received {
  text: string;
  /** Pieces that the text came in. */
  pieces: number;
  reasoning: string;
  usage: Usage;
  contradictory: boolean;
  statedCostNanoUsd: NanoUsd | null;
  /** The last finish, as long as no text follows it. */
  finish: { readonly reason: FinishReason; readonly raw: string } | null;
  /** Text has followed a finish: only the end of the stream tells then that the answer is complete. */
  isFinishDoubted: boolean;
  schemaRefusal: string | null;
  flexRefusal: string | null;
  tier: ServiceTier;
  firstEventAtMs: number | null;
  lastEventAtMs: number;
  lastBytesAtMs: number;
}

/** At the moment of the call, monotonic milliseconds. */
export function nothingReceived(startedMs: number): Received {
  return {
    text: "",
    pieces: 0,
    reasoning: "",
    usage: UNKNOWN_USAGE,
    contradictory: false,
    statedCostNanoUsd: null,
    finish: null,
    isFinishDoubted: false,
    schemaRefusal: null,
    flexRefusal: null,
    tier: "standard",
    firstEventAtMs: null,
    lastEventAtMs: startedMs,
    lastBytesAtMs: startedMs,
  };
}

export function take(event: StreamEvent, received: Received): void {
  switch (event.type) {
    case "text":
      received.isFinishDoubted ||= received.finish !== null && received.pieces > 0;
      received.finish = null;
      received.text += event.text;
      received.pieces += 1;
      return;
    case "reasoning":
      received.reasoning += event.text;
      return;
    case "usage":
      received.usage = event.usage;
      received.contradictory = event.contradictory === true;
      return;
    case "stated_cost":
      received.statedCostNanoUsd = event.costNanoUsd;
      return;
    case "schema_refused":
      received.schemaRefusal = event.message;
      return;
    case "flex_refused":
      received.flexRefusal = event.message;
      return;
    case "tier":
      received.tier = event.tier;
      return;
    case "finish":
      received.finish = event;
      return;
  }
}

/**
 * The vendor has said that the answer is over, though the stream is not. Some servers say so with every piece, or with their first, empty
 * chunk: "stop" counts once there is text, of several pieces or with its usage, and as long as no text follows it.
 */
export function isFinished({ finish, isFinishDoubted, pieces, usage }: Received): boolean {
  if (finish === null || isFinishDoubted) return false;
  return finish.reason !== "stop" || pieces > 1 || (pieces === 1 && usage.outputTokens !== null);
}
