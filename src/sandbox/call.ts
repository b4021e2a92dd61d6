import type { Fault } from "./faults.ts";

/** The vendors that the sandbox stands for, by the catalogue's provider ids. */
export type SandboxProvider = "anthropic" | "openai" | "together" | "google";

/** What a vendor's request says, in one shape for all four. */
export interface ReadCall {
  readonly wireId: string;
  readonly stream: boolean;
  readonly system: string | null;
  /** All other messages, joined by line breaks. */
  readonly user: string;
  /** The prompt up to its last mark for the cache, system text first; `null`: nothing is marked, or this vendor knows no marks. */
  readonly marked: string | null;
  /** Images and PDF, in order. */
  readonly media: readonly SentMedia[];
  /** The slower tier was asked for. */
  readonly wantsFlex: boolean;
  /** The schema that the answer is held to, which the vendor bills as input; `null`: none was sent. */
  readonly schema: unknown;
  /** Output limit, thinking included; `null` when none was sent. */
  readonly limitTokens: number | null;
  /** Whether the request switches thinking on or off, or leaves it to the model. */
  readonly thinking: "on" | "off" | "default";
  /** Names of the sampling parameters that were sent. */
  readonly sampling: readonly string[];
  /** OpenAI's `stream_options.include_usage`; true for the vendors that always tell. */
  readonly includeUsage: boolean;
  /** The JSON body as it came. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the vendor refuses about the request itself, whatever the model. */
  readonly invalid: CallProblem | null;
}

/** An image or a PDF in a request, as it was sent. */
export interface SentMedia {
  readonly type: string;
  readonly base64: string;
  /** OpenAI is told no level of detail: an image is billed at its own size. */
  readonly isWhole: boolean;
}

/** A call as the sandbox remembers it. */
export interface SandboxCall {
  /** 1, 2, 3, … since the start or the last reset. */
  readonly ordinal: number;
  readonly provider: SandboxProvider;
  readonly wireId: string;
  readonly stream: boolean;
  readonly fault: Fault["kind"] | null;
  /** What was decided about it: the HTTP status, or `null` when it never gets headers (hang, reset). */
  readonly status: number | null;
  readonly promptText: string;
  readonly system: string | null;
  readonly limitTokens: number | null;
  /** The JSON body as it came, to see which parameters a client sends. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** Whether the connection was closed before the answer was sent to its end: a caller that cancels does that. */
  readonly closedEarly: boolean;
}

/** Disjoint token classes of a reply, as the sandbox counts them. */
export interface ReplyUsage {
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

/** How a reply ends, in one vocabulary; each wire says it in its vendor's words. */
export type Ending = "stop" | "length" | "refusal" | "filter";

/** Everything that a wire needs to write an answer down. */
export interface Reply {
  /** Unique within the sandbox: "000001". */
  readonly serial: string;
  readonly wireId: string;
  readonly createdS: number;
  readonly text: string;
  readonly ending: Ending;
  /** Thinking that the vendor shows (Together does); empty when it shows none. */
  readonly reasoningText: string;
  readonly usage: ReplyUsage;
  readonly includeUsage: boolean;
  /** The tier that it is served and billed at. */
  readonly tier: "flex" | "standard";
}

/** Prompt tokens in all, cached parts counted in. */
export function promptTokensOf(usage: ReplyUsage): number {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
}

/** An error that a vendor answers with, in one vocabulary. */
export type CallProblem =
  | { readonly kind: "rate_limit"; readonly retryAfterS: number }
  | { readonly kind: "quota" | "server_error" | "unavailable" | "overloaded" | "unauthorized" | "missing_key" }
  | { readonly kind: "context_length"; readonly promptTokens: number; readonly maxTokens: number }
  | { readonly kind: "unknown_model"; readonly wireId: string }
  | {
      readonly kind: "bad_request";
      readonly message: string;
      /** The parameter at fault, and OpenAI's code for what is wrong with it. */
      readonly param: string | null;
      readonly code: string | null;
    };

/** `bad_request` in short. */
export function badRequest(message: string, param: string | null = null, code: string | null = null): CallProblem {
  return { kind: "bad_request", message, param, code };
}
